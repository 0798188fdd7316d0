// The climb: which rungs stand side by side. A correspondence by position only; which area does what a stage does is a
// question for measurements (regressions on recordings), and nothing on the page answers it.

import { number, whole } from "../panels/format.js";
import { FeatureMap, mapsOf } from "./feature_map.js";

export const MOMENTS = [
  { brain: "retina", network: "pixels" },
  { brain: "v1_simple", network: "stem" },
  { brain: "v1_complex", network: "stage1" },
  { brain: "v1_complex", network: "stage2" },
  { brain: "c1", network: "stage3" },
  { brain: "c1", network: "stage4" },
  { brain: "s2", network: "stage5" },
  { brain: "c2", network: "stage6" },
  { brain: "c2", network: "stage7" },
  { brain: "c2", network: "head" },
  { brain: null, network: "label" },
];
export const SIDES = ["brain", "network"];
export const BRAIN = ["retina", "v1_simple", "v1_complex", "c1", "s2", "c2"];
export const NETWORK = ["stem", "stage1", "stage2", "stage3", "stage4", "stage5", "stage6", "stage7", "head"];
/** Short names, where there is little room. */
const SHORT = { retina: "Retina", v1_simple: "V1 simple", v1_complex: "V1 complex", c1: "C1", s2: "S2", c2: "C2" };
export const short = (stage) => SHORT[stage.name] ?? stage.title;
/** Pixels of the input in one degree of the visual field: 224 pixels are taken to be 8 degrees wide. */
export const PER_DEGREE = 28;
/** Where a rectified stage of the network cuts its drive. */
export const CEILING = 6;

/** The moment at which a rung is open; the present one where the rung already is. */
export function momentOf(rung, present = 0) {
  if (MOMENTS[present].brain === rung || MOMENTS[present].network === rung) return present;
  return MOMENTS.findIndex(({ brain, network }) => brain === rung || network === rung);
}

/** Columns of the ladder that a rung spans: [first, count]. */
export function span(side, rung) {
  const first = MOMENTS.findIndex((moment) => moment[side] === rung);
  return [first, MOMENTS.filter((moment) => moment[side] === rung).length];
}

/** Every rung of an answer by name: {name: {side, stage, maps}}. The network's lowest rung is its input. */
export function rungsOf({ result, arrays }) {
  const rungs = {};
  const put = (side, stage, maps) => { rungs[stage.name] = { side, stage: Object.assign(stage, { side }), maps }; };
  for (const stage of result.brain ?? []) put("brain", stage, mapsOf(stage, arrays));
  const pixels = input(arrays);
  put("network", pixels.stage, pixels.maps);
  for (const stage of result.stages) put("network", stage, mapsOf(stage, arrays));
  return rungs;
}

const CHANNELS = ["red", "green", "blue"];

/** What the network starts from: three numbers a pixel, (value − 127) / 128. */
function input(arrays) {
  const side = arrays.input.shape[0];
  const second = arrays["compared/input"];
  const stage = {
    name: "pixels", title: "Pixels", shape: [3, side, side], receptive_field: { size: 1, stride: 1, start: 0, larger_than_input: false, covers: 0 },
    about: "What the network starts from: red, green and blue of every pixel, (value − 127) / 128.",
  };
  const maps = CHANNELS.map((name, channel) => plane(stage, arrays.input, channel, name, second));
  return { stage, maps };
}

function plane(stage, rgb, channel, name, second) {
  const found = extremes(rgb, channel);
  const side = stage.shape[1];
  const described = { channel, name, minimum: (found.low - 127) / 128, maximum: (found.high - 127) / 128, at_ceiling: 0, position: [Math.floor(found.at / side), found.at % side] };
  const map = new FeatureMap(stage, described, stretched(rgb, channel, found));
  if (second) {
    const range = extremes(second, channel);
    map.beside(stretched(second, channel, range), { minimum: (range.low - 127) / 128, maximum: (range.high - 127) / 128 });
  }
  return map;
}

function extremes(rgb, channel) {
  let [low, high, at] = [255, 0, 0];
  for (let i = channel, unit = 0; i < rgb.length; i += 3, unit++) {
    low = Math.min(low, rgb[i]);
    if (rgb[i] > high) [high, at] = [rgb[i], unit];
  }
  return { low, high, at };
}

function stretched(rgb, channel, { low, high }) {
  const factor = high > low ? 255 / (high - low) : 0;
  return Uint8Array.from({ length: rgb.length / 3 }, (_, unit) => Math.round((rgb[3 * unit + channel] - low) * factor));
}

/** "9", or "6–74" where a rung's units differ. */
export function sides({ receptive_field: { size, smallest = size, largest = size } }) {
  return smallest === largest ? `${size}` : `${smallest}–${largest}`;
}

const MEDIAN = new Set(["v1_simple", "v1_complex"]);

/** How far the units of a rung see, in degrees too. */
export function fieldInWords({ name, receptive_field: { size, smallest = size, largest = size, larger_than_input: larger } }) {
  const across = (side) => `${number(side / PER_DEGREE)}°`;
  if (smallest !== largest) return `its units see from ${smallest} to ${largest} pixels across, ${across(smallest)} to ${across(largest)}${MEDIAN.has(name) ? `; the median cell ${size}` : ""}`;
  if (larger) return `each unit can see all of the input (its field of ${size} × ${size} pixels is larger)`;
  return `each unit sees ${size} × ${size} pixels, ${across(size)} across`;
}

/** "32 maps of 112 × 112", or "100 values". */
export function sizeInWords({ shape }) {
  const [channels, height, width] = shape;
  return width ? `${whole(channels)} maps of ${height} × ${width}` : `${whole(channels)} values`;
}
