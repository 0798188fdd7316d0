// The page's numbers as CSV: every map that is shown, then every point of the invariance curves.

const quoted = (value) => (/[",\n]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : value);

/** `rungs` by name (moments.js); `points` [{slider, value, weights, side, rung, units, channels, size}]. */
export function rows(rungs, points) {
  const maps = Object.entries(rungs).flatMap(([name, { side, maps: found }]) => found.map(({ described }) => [side, name, described.channel, described.maximum, described.mean ?? ""]));
  const curves = points.map((point) => [point.slider, point.value, point.weights, point.side, point.rung, point.units ?? "", point.channels ?? "", point.size ?? ""]);
  const lines = [["side", "rung", "channel", "maximum", "mean"], ...maps];
  if (curves.length) lines.push([], ["slider", "value", "weights", "side", "rung", "r_units", "r_channels", "size_ratio"], ...curves);
  return lines.map((line) => line.map(quoted).join(",")).join("\n") + "\n";
}
