// How the models are told apart in every picture of this tab: by dash, width and lightness of the brain's one colour, and by a name.

import { bytes } from "../colour.js";

export const DASHES = { pair: [2, 3], triplet: [], triplet_nearest: [9, 4], calcium: [16, 4, 3, 4], calcium_cortical: [16, 4, 3, 4, 3, 4], bcm: [5, 3] };
export const SHORT = { pair: "pair", triplet: "triplet", triplet_nearest: "triplet, nearest", calcium: "calcium", calcium_cortical: "calcium, cortical", bcm: "BCM" };
export const WIDTHS = { pair: 1.5, triplet: 1.3, triplet_nearest: 1, calcium: 2.3, calcium_cortical: 1.8, bcm: 2.6 };
const TOWARDS = { pair: ["text", 0.75], triplet_nearest: ["text", 0.3], calcium: ["background", 0.34], calcium_cortical: ["text", 0.5], bcm: ["text", 0.45] }; // what each is mixed with, and how much of it

/** One curve of a model, as charts take it; `colours` the Palette. A light curve's name is written in the full colour. */
export function modelCurve(name, colours, x, y, more = {}) {
  const [towards, share] = TOWARDS[name] ?? ["text", 0];
  const colour = mixed(colours.brain, colours[towards], share);
  return { name, colour, ink: towards === "background" ? colours.brain : colour, dash: DASHES[name], width: WIDTHS[name], x, y, label: SHORT[name], ...more };
}

function mixed(colour, other, share) {
  const [from, to] = [bytes(colour), bytes(other)];
  return `rgb(${from.map((part, i) => Math.round(part + share * (to[i] - part))).join(",")})`;
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

/** A model's name in a chart; the calcium model's results hang on its set. */
export function labelled(name, { calcium_set }) {
  return name === "calcium" && calcium_set ? `calcium, set ${calcium_set}` : SHORT[name];
}
