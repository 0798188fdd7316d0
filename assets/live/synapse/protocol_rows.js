// An answer as rows over time: the synapse's on the left, the weight's on the right, what came of it first, and of like height, so that they can be read across.

import { fade } from "../panels/palette.js";
import { inPercent, modelCurve, ticksOf } from "./protocol_models.js";

const HEIGHTS = { result: 136, spikes: 30, upper: 62, middle: 44 };
const BOUNDS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

/** Rows of the synapse. `prefix`: "" for the whole protocol, "window/" for the close-up, which has traces and no strengths. */
export function brainRows({ arrays, result }, colours, prefix = "") {
  const close = prefix !== "";
  const models = result.models.map(({ name }) => name);
  const rows = [spikesRow(arrays, colours)];
  if (result.calcium) rows.push(calciumRow(arrays, result.calcium, colours, prefix, close));
  if (close) {
    if (models.some((name) => name !== "calcium" && name !== "bcm")) rows.push(traceRow(arrays, colours, models));
    return rows;
  }
  if (result.calcium) rows.push(noiseRow(arrays, colours));
  if (result.bcm) rows.push({ ...rateRow(arrays, colours), height: result.calcium ? HEIGHTS.middle : HEIGHTS.upper });
  return [strengthRow(arrays, models, colours), ...rows];
}

function spikesRow({ pre, post }, { brain, text }) {
  return { title: "Spikes", height: HEIGHTS.spikes, spikes: [{ name: "pre", times: pre, colour: text }, { name: "post", times: post, colour: brain }] };
}

function calciumRow(arrays, { theta_d, theta_p }, colours, prefix, close) {
  const [x, y] = [arrays[`${prefix}time`], arrays[`${prefix}calcium`]];
  const high = fitted(Math.max(largest(y), theta_p) * 1.08, [2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 40, 60]);
  const shades = [{ x, y, above: theta_d, colour: fade(colours.negative, 0.34) }, { x, y, above: theta_p, colour: fade(colours.positive, 0.6) }];
  return {
    title: "Calcium, in units of θd", height: close ? 104 : HEIGHTS.upper, low: 0, high, ticks: ticksOf(0, high, 3), shades,
    lines: [{ x, y, colour: colours.brain, width: 0.8 }],
    rules: [{ y: theta_d, label: "θd: weakens", colour: colours.negativeText }, { y: theta_p, label: "θp: strengthens", colour: colours.positiveText, dash: [7, 3] }],
  };
}

function traceRow(arrays, { brain, text }, models) {
  const x = arrays["window/time"];
  const shown = [["r1", "r₁, pre", text, [], 1], ["o1", "o₁, post", brain, [3, 3], 1], ...(models.some((name) => name.startsWith("triplet")) ? [["o2", "o₂, post, slow", brain, [], 1.2]] : [])];
  const lines = shown.map(([name, label, colour, dash, width]) => ({ x, y: arrays[`window/traces/${name}`], colour, dash, width, label }));
  const high = fitted(Math.max(...lines.map(({ y }) => largest(y))) * 1.05, [1, 1.5, 2, 3, 4, 6, 8, 10, 15, 20]);
  return { title: "Synaptic traces, as all-to-all", height: 78, low: 0, high, ticks: ticksOf(0, high, 2), lines };
}

function noiseRow(arrays, { brain }) {
  const x = arrays.time;
  const lines = [["rho_up", "began strong", [], 1.1], ["rho_down", "began weak", [3, 3], 1]].map(([name, label, dash, width]) => ({ x, y: arrays[`calcium/${name}`], colour: brain, dash, width, label }));
  return { title: "Efficacy ρ of two synapses with noise, in the calcium model", height: HEIGHTS.middle, low: -0.25, high: 1.25, ticks: [0, 0.5, 1], lines };
}

function rateRow(arrays, { brain, text }) {
  const x = arrays.time;
  const lines = [["post_hz", "post, Hz", brain, [], 1], ["threshold_hz", "θ, Hz", text, [6, 3], 1]].map(([name, label, colour, dash, width]) => ({ x, y: arrays[`bcm/${name}`], colour, dash, width, label }));
  const high = fitted(Math.max(...lines.map(({ y }) => largest(y))) * 1.05, [2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000]);
  return { title: "Postsynaptic rate and BCM’s sliding threshold θ", low: 0, high, ticks: ticksOf(0, high, 2), lines };
}

function strengthRow(arrays, models, colours) {
  const lines = models.map((name) => modelCurve(name, colours, arrays.time, inPercent(arrays[`${name}/weight`])));
  const all = lines.flatMap(({ y }) => [...y]);
  const [low, high] = around(100, Math.min(...all), Math.max(...all));
  return { title: "Strength, % of what it was", height: HEIGHTS.result, low, high, ticks: ticksOf(low, high, 4), lines };
}

export function networkRows({ arrays, result }, { network, text }) {
  const x = arrays.time;
  const held = (name, label, colour, dash = [], width = 1) => ({ x, y: arrays[`network/${name}`], colour, dash, width, label, hold: true });
  const counts = Math.max(1, Math.ceil(Math.max(largest(arrays["network/x"]), largest(arrays["network/y"]))));
  const reach = (name) => fitted(Math.max(...Array.from(arrays[`network/${name}`], Math.abs)) * 1.05, [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 1000, 1e6]);
  const weights = arrays["network/weight"];
  const [low, high] = around(result.network.start, Math.min(0, ...weights), Math.max(1, ...weights), 0.25);
  const signed = (title, height, name) => ({ title, height, low: -reach(name), high: reach(name), ticks: [-reach(name), 0, reach(name)], lines: [held(name, "", network)] });
  return [
    { title: "Weight w", height: HEIGHTS.result, low, high, ticks: ticksOf(low, high, 4), lines: [held("weight", "w", network, [], 1.4)] },
    { title: "Spikes in the last bin", height: HEIGHTS.spikes, low: 0, high: counts * 1.1, ticks: [0, counts], lines: [held("x", "x, pre", text), held("y", "y, post", network, [4, 3], 1.3)] },
    signed("Error y − w x", HEIGHTS.upper, "error"),
    signed("Step Δw = η · error · x", HEIGHTS.middle, "step"),
  ];
}

/** From `low` to `high` in ms; named in seconds where that is more than two. */
export function timeAxis(low, high) {
  const seconds = high - low > 2000;
  const unit = seconds ? 1000 : 1;
  const ticks = ticksOf(low / unit, high / unit, 6);
  return { low, high, ticks: ticks.map((tick) => ({ at: tick * unit, text: String(tick) })), label: seconds ? "time, s" : "time, ms" };
}

function fitted(value, steps) {
  return steps.find((step) => step >= value) ?? value;
}

/** A range around `middle` that grows in steps of two. */
function around(middle, low, high, least = middle * 0.05) {
  const steps = BOUNDS.map((step) => step * least);
  const up = fitted(high - middle, steps);
  const down = fitted(middle - low, steps);
  return [middle - down, middle + up];
}

function largest(values) {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}
