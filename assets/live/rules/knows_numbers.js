// The running numbers of one synapse under one rule: factors of the batch's first example, and what the last update did.

import { number, signed, whole } from "../panels/format.js";
import { reading } from "../panels/reading.js";
import { prefixOf } from "./lanes_picture.js";
import { shareText } from "./compose_recipe.js";
import { hasDeltaOutput } from "./knows_needs.js";

const SLOPES = {
  tanh: (a) => 1 - a * a,
  relu: (a) => (a > 0 ? 1 : 0),
  sigmoid: (a) => a * (1 - a),
};
const BY_ERROR = new Set(["backpropagation", "feedback_alignment", "direct_feedback_alignment", "sign_symmetric"]);

/** {pre, post, slope, delta, arriving, weight, update}; NaN where a frame does not say. `delta`: minus what would make the weight grow. */
export function numbersOf(frame, lane, layer, { last, activation }) {
  const one = (name) => reading(frame, `${prefixOf(lane)}knows/${name}`)?.[0] ?? NaN;
  const [pre, post, delta] = ["pre", "post", "third"].map(one);
  const slope = layer === last ? 1 : SLOPES[activation](post);
  return { pre, post, delta, slope, arriving: delta / slope, weight: one("weight"), update: one("update") };
}

/** BCM's threshold out of δ = y (θ − y). */
export const thresholdOf = ({ post, delta }) => (post === 0 ? NaN : post + delta / post);

/** What each neuron's layer explains of one input under Oja's rule, Σ y w, with the weights as they are now. */
export function explainedOf(frame, lane, { layer, from }, inputs) {
  const [activity, weights] = ["activation", "weight"].map((name) => reading(frame, `${prefixOf(lane)}${layer}/${name}`));
  if (!activity || !weights) return NaN;
  let sum = 0;
  for (let j = 0; j < activity.length; j++) sum += activity[j] * weights[j * inputs + from];
  return sum;
}

/**
 * How the factors make the example's step, as [noun, value] pairs; `sign` of the step, 0 where they do not multiply to it; a remark.
 * `about`: one of them is not the number that the rule multiplied, but close to it.
 */
export function factors(lane, layer, last, now, explained = NaN) {
  const { rule, recipe } = lane;
  const pre = ["pre", now.pre];
  if (layer === last && hasDeltaOutput(lane)) return { parts: [pre, ["error", now.delta]], sign: -1 };
  if (rule === "output_only") return null;
  if (BY_ERROR.has(rule)) return { parts: [pre, ["slope", now.slope], ["error", now.arriving]], sign: -1 };
  if (rule === "hebb") return { parts: [pre, ["post", now.post]], sign: 1 };
  if (rule === "oja") return { parts: [["post", now.post], ["what the layer leaves of pre", now.pre - explained]], sign: 1, about: true, remark: "with the weights as they are now" };
  if (rule === "bcm") return { parts: [pre, ["post", now.post], ["post − θ", now.post - thresholdOf(now)]], sign: 1 };
  if (rule === "three_factor") return { parts: [pre, ["M × ξ/σ²", -now.delta]], sign: 1, about: layer > 1, remark: layer > 1 ? "pre as it was without noise" : "" };
  if (rule === "weight_perturbation") return { parts: [["size of the loss’s change, per unit of shake", Math.abs(now.delta)]], sign: 0, remark: "the same for every weight; whether it was shaken up or down decides the sign" };
  if (rule === "predictive_coding") return { parts: [pre, ["prediction error ε/κ", -now.delta]], sign: 1, about: layer > 1, remark: layer > 1 ? "pre as it was before settling" : "" };
  if (rule === "equilibrium_propagation") return { parts: [pre, ["γᵏ⁻ᴴ/2β × difference of the two phases", -now.delta]], sign: 1, about: layer > 1, remark: layer > 1 ? "pre in the free phase" : "" };
  if (rule === "forward_forward") return { parts: [["push by both labels, s (1 − p) and −s p", -now.delta]], sign: 0, remark: "each times what arrives with that label" };
  return composed(recipe, now, pre, layer);
}

function composed(recipe, now, pre, layer) {
  const sent = recipe.pre === "centred" ? ["pre less its mean", NaN] : pre;
  if (recipe.post === "noise") return { parts: [sent, ["M × ξ/σ²", -now.delta]], sign: 1, about: layer > 1, remark: layer > 1 ? "pre as it was without noise" : "" };
  const post = recipe.post === "slope" ? ["slope", now.slope] : recipe.post === "activity" ? ["post", now.post] : ["post (post − θ)", NaN];
  if (recipe.third === "none") return { parts: [sent, recipe.post === "activity_above_threshold" ? [post[0], -now.delta] : post], sign: 1 };
  if (recipe.third === "reward") return { parts: [sent, post, ["reward", -now.delta / post[1]]], sign: 1 };
  return { parts: [sent, post, ["error", now.delta / post[1]]], sign: -1 };
}

/** "pre 0.62 × slope 0.81 × error 0.034 = 0.0171 of this example" */
export function worked(found) {
  if (!found) return "";
  const known = found.parts.filter(([, value]) => Number.isFinite(value));
  const text = found.parts.map(([noun, value]) => `${noun}${Number.isFinite(value) ? ` ${number(value)}` : ""}`).join(" × ");
  const all = known.length === found.parts.length && found.parts.length > 1 && found.sign !== 0;
  const product = all ? ` ${found.about ? "≈" : "="} ${number(known.reduce((sum, [, value]) => sum * value, 1))} for the first example` : "";
  return `${text}${product}${found.remark ? ` (${found.remark})` : ""}`;
}

/** What the last update did to the weight; `made` {batch, rate, share, sign, optimiser, kept}: how the step came of the factors. */
export function moved({ weight, update }, step, made) {
  if (!step) return "No update yet.";
  if (!Number.isFinite(update)) return "";
  if (update === 0) return `Δw 0: the weight stays at ${number(weight)}.`;
  return `→ Δw ${signed(update)}${wayOf(made)}; w is now ${number(weight)}.`;
}

function wayOf({ batch, rate, share = 1, sign, optimiser = "sgd", kept }) {
  const mean = batch > 1 ? `the mean of this over the batch’s ${whole(batch)} examples` : "this";
  const less = kept ? ", less what keeps it in bounds" : "";
  if (optimiser !== "sgd") return `, which ${optimiser === "adam" ? "Adam" : "momentum"} makes of ${mean}${less}`;
  const times = `η ${number(rate)}${share === 1 ? "" : ` × ρ ${shareText(share)}`}`;
  return sign === 0 ? `: ${times} × ${mean}${less}` : ` = ${sign < 0 ? "−" : ""}${times} × ${mean}${less}`;
}
