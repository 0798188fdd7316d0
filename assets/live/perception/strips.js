// The strips of the profiles: light, two filter models, and the judges where there are any.

/** `along(values)`: a picture's values on the line; `judged`: those of both networks, or nothing. */
export function stripsOf(arrays, along, judged, colours) {
  const strips = [
    { name: "light", colour: colours.text, lines: [{ values: along(arrays.picture) }], low: 0, high: 1, zero: false },
    { name: "round filter (DoG)", colour: colours.brain, lines: [{ values: along(arrays.dog) }], ...reach(arrays.dog), zero: true },
    { name: "ODOG", colour: colours.brain, lines: [{ values: along(arrays.odog) }], ...reach(arrays.odog), zero: true },
  ];
  if (judged) strips.push({ name: "judges: reflectance", colour: colours.network, lines: judged.map((values, i) => ({ values, dash: i ? [7, 5] : [] })), low: 0, high: 1, zero: false });
  return strips;
}

/** The whole picture's range, so that strips keep their scale while the line moves. */
function reach(values) {
  let [low, high] = [0, 0];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { low, high: high > low ? high : low + 1 };
}
