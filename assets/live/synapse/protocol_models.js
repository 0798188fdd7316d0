// How the models are told apart in every picture of this tab: a dash and a name at the curve's end, one colour for all.

export const DASHES = { pair: [2, 4], triplet: [], triplet_nearest: [9, 4], calcium: [14, 4, 2, 4], bcm: [5, 3] };
export const SHORT = { pair: "pair", triplet: "triplet", triplet_nearest: "triplet, nearest", calcium: "calcium", bcm: "BCM" };
export const WIDTHS = { pair: 1, triplet: 1.4, triplet_nearest: 1, calcium: 1.2, bcm: 1.8 };

/** One curve of a model, as charts take it. */
export function modelCurve(name, colour, x, y, more = {}) {
  return { name, colour, dash: DASHES[name], width: WIDTHS[name], x, y, label: SHORT[name], ...more };
}

/** Values as they are drawn: relative change (0.5 = half as strong again) in per cent. */
export function inPercent(values) {
  return Float64Array.from(values, (value) => 100 * value);
}

/** Low and high of an axis in steps, so that it does not jump while something is dragged; always holds 0. */
export function stepped(values, least = 50) {
  let size = least;
  let [low, high] = [0, 0];
  for (const value of values) if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const steps = [10, 25, 50, 75, 100, 150, 200, 300, 500, 1000, 2000, 5000, 10000];
  const fit = (reach) => steps.find((step) => step >= reach) ?? reach;
  size = fit(Math.max(size, high));
  return { low: -fit(Math.max(Math.min(least, 50), -low)), high: size };
}

/** Round values from low to high, about `count` of them. */
export function ticksOf(low, high, count = 5) {
  const raw = (high - low) / count;
  const unit = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((part) => part * unit).find((known) => known >= raw - 1e-12);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(10)));
}
