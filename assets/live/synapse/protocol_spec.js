// A protocol as it is asked, linked and recognised.

import { same } from "./protocol_controls.js";

const PAIRING = ["rate_hz", "pairs", "bursts", "pause_s"];
const MODELS = ["models", "calcium_set", "pair_potentiation", "pair_depression", "bcm_threshold", "bcm_exponent", "bcm_target_hz", "bcm_average_s", "bcm_window_s", "bcm_time_s"];

/** The part of a spec that the curves over Δt and over frequency read. */
export function ofCurve(spec) {
  return Object.fromEntries([...PAIRING, ...MODELS].map((name) => [name, spec[name]]));
}

/** The start that this spec is, or undefined. */
export function presetOf({ presets, defaults }, spec) {
  return presets.find(({ changes }) => same({ ...defaults, ...changes }, spec));
}

/** A value as the address holds it: lists with commas, numbers plain. */
export function written(value) {
  return Array.isArray(value) ? value.map(String).join(",") : typeof value === "number" ? String(Number(value.toPrecision(6))) : String(value);
}
