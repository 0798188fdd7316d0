// What the run's ask `arithmetic` answers, as grids and sums that a panel can draw whatever the part.

/** Rows of numbers as one flat grid: {values, height, width}. */
export function grid(rows) {
  if (!rows) return null;
  const nested = Array.isArray(rows[0]) ? rows : [rows];
  return { values: nested.flat(), height: nested.length, width: nested[0].length };
}

/** The sum of all numbers in a nest of lists. */
export function total(nest) {
  return Array.isArray(nest) ? nest.reduce((sum, part) => sum + total(part), 0) : nest;
}

/** Each input channel's share of a convolution's drive. */
export const channelSums = ({ products }) => products.map(total);
