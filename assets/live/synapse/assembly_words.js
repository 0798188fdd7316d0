// What both sides do at a moment, in sentences whose numbers come from the answer.

import { number, percent, signed, whole } from "../panels/format.js";
import { element, say, show } from "../panels/markup.js";

const KINDS = 4; // of pairs, as in `means`
const [WITHIN, SILENT] = [0, 3];
const part = (array, row, width) => Array.from(array.subarray(row * width, (row + 1) * width));

/** The moment itself: presentation `t` (from 0; null before the first), or recall moment `r` (null while learning). */
export function moment(arrays, t, r) {
  if (r === null) return t === null ? "Before learning" : `Learning: presentation ${t + 1} of ${arrays.order.length}, pattern ${arrays.order[t] + 1}`;
  const when = r === 0 ? "the cue is shown" : `after ${whole(arrays.recall_updates[r])} updates`;
  return `Recall: ${when}, overlap of the circuit ${number(arrays.recall_overlap[2 * r])}, of the network ${number(arrays.recall_overlap[2 * r + 1])}`;
}

/** [circuit, network] at presentation `t` (from 0; null before the first), or at recall moment `r` (null while learning). */
export function sides({ arrays, result }, t, r) {
  if (r !== null) return recalling(arrays, result, r);
  if (t === null) return ["No pattern has been shown: every connection is zero.", "No pattern has been shown: every weight is zero."];
  const total = arrays.order.length;
  const [grown, made] = [0, 1].map((side) => part(arrays.change, side, total));
  const share = (values) => values[t] / (values[0] || 1);
  const circuit = `Connections between units that are active together grow, whether or not the pattern is known already: this presentation changed each by ${number(grown[t])} on average, ${number(share(grown))} times the first.`;
  const network = `Its outputs missed their targets by ${little(arrays.error[t])} on average, so each weight moved by ${little(made[t])}, ${little(share(made))} times the first.`;
  return [circuit, network];
}

function recalling(arrays, result, r) {
  const moments = arrays.recall_updates.length;
  const updates = arrays.recall_updates[r];
  const last = r === moments - 1;
  return [0, 1].map((side) => {
    const now = arrays.recall_overlap[2 * r + side];
    const end = last && result.settled[side] ? " Nothing changes any more." : last ? " It has not come to rest." : "";
    const energy = side === 0 ? ` Energy ${number(arrays.recall_energy[r])} per unit; no update raises it.` : "";
    return `${whole(updates)} ${updates === 1 ? "unit" : "units"} updated, one at a time: overlap with the pattern ${number(now)}.${energy}${end}`;
  });
}

/** Sentences of "What you are seeing", at presentation count `shown` (0…T). */
export function story({ arrays, result }, spec, shown) {
  return [changes(arrays, result, shown), silent(arrays, result, spec, shown), completion(arrays, result, spec), correlated(arrays, result), gates(arrays, spec, shown)].filter(Boolean);
}

function changes(arrays, result, shown) {
  if (shown === 0) return "Press Play: the patterns are shown one after the other, and both sides change their connections after each; then both complete the cue, a unit at a time.";
  const total = arrays.order.length;
  const [grown, made] = [0, 1].map((side) => part(arrays.change, side, total));
  const [circuit, network] = [grown, made].map((values) => values[shown - 1] / (values[0] || 1));
  const right = result.solved && shown >= result.solved ? `; from presentation ${whole(result.solved)} on each of its outputs is within ${number(result.tolerance, 1)} of its target when a pattern is shown, which counts as right here, and its steps go on shrinking` : "";
  return `Of ${whole(total)} presentations ${whole(shown)} have been shown. The last of them changed the circuit ${number(circuit)} times as much as the first, and the network ${little(network)} times${right}. Hebb’s rule knows what both ends do, and no error.`;
}

function completion(arrays, result, spec) {
  const last = arrays.recall_updates.length - 1;
  const [circuit, network] = [arrays.recall_overlap[2 * last], arrays.recall_overlap[2 * last + 1]];
  const what = spec.damage_kind === "missing" ? `${percent(spec.damage)} of its active units missing` : `${percent(spec.damage)} of all units flipped`;
  return `From pattern ${spec.cue} with ${what}, an overlap of ${number(arrays.recall_overlap[0])}, the circuit goes to ${number(circuit)} and the network to ${number(network)}, with all presentations behind them.`;
}

/** Two units that no pattern makes active: where there are any, what they gain beside those that fire together, and why. */
function silent({ means, order, patterns }, result, spec, shown) {
  if (shown === 0 || !result.pairs[SILENT]) return "";
  const mean = (side, kind) => means[(side * (order.length + 1) + shown) * KINDS + kind];
  const [circuit, network] = [0, 1].map((side) => mean(side, SILENT));
  const beside = `${number(mean(0, WITHIN))} and ${number(mean(1, WITHIN))}`;
  const most = [0, 1].filter((side) => Math.max(...[0, 1, 2].map((kind) => mean(side, kind)).filter(Number.isFinite)) < mean(side, SILENT));
  const which = most.length === 2 ? ": in both no kind of pair grows more" : most.length ? `: in the ${most[0] ? "network" : "circuit"} no kind of pair grows more` : "";
  const theta = result.threshold;
  const gain = (theta * theta) / (patterns.shape[1] * theta * (1 - theta));
  return `Two units that are silent in every pattern have a mean connection of ${signed(circuit)} in the circuit and ${signed(network)} in the network (within an assembly: ${beside})${which}. They agree in every pattern: the ${spec.rule === "hopfield" ? "outer product" : "covariance rule"} adds (0 − θ)² over nθ(1 − θ), ${number(gain)}, at each presentation, and in the network no pattern asks for the opposite. Hebb’s idea is about units that fire together and says nothing of these.`;
}

/** What overlap of the patterns does to both, measured at no damage at all. */
function correlated(arrays, result) {
  const count = arrays.levels.length;
  const [circuit, network] = [arrays.curve[0], arrays.curve[count * 3]];
  const alike = `The patterns’ mean correlation is ${number(result.correlation, 2)}. Shown undamaged, they are kept at ${number(circuit)} by the circuit and at ${number(network)} by the network (mean of ${result.draws} orders of update).`;
  const angle = result.least_norm_angle < 10 ? ` The network’s weights lie ${number(result.least_norm_angle, 2)} degrees from the shortest ones that give every pattern back, the pseudo-inverse, to which descent leads (Diederich and Opper 1987).` : "";
  if (circuit < network - 0.02) return `${alike} What patterns share is added with each of them in the circuit; descent corrects only what is still wrong.${angle}`;
  return `${alike}${angle}`;
}

function gates(arrays, spec, shown) {
  if (shown === 0) return "";
  const total = arrays.order.length;
  const at = (side) => arrays.gate.subarray((side * total + shown - 1) * 8, (side * total + shown) * 8);
  const [pre, post, theta, change] = at(0);
  const [, , , error, , slope] = at(1);
  const sign = change > 0 ? "strengthened" : "weakened";
  const silent = pre + post === 0 ? " (two silent units gain as well, which Hebb’s idea does not say)" : "";
  return `What corresponds: both changes are a product of something at the sending and something at the receiving end. What does not: with pre ${pre} and post ${post} the threshold ${number(theta, 2)} decided that the connection is ${sign}${silent}, and knows no target; the slope ${number(slope)} only scaled a step whose sign came from the error ${number(error)}. Neither of the two makes potentiation a descent on an error: the circuit’s rule has none that could come to an end.`;
}

/** Beyond this the arrays, which are single precision, and a reader learn nothing from digits. */
export function little(value) {
  return value > 0 && value < 1e-4 ? "less than 0.0001" : number(value);
}

/** Writes sentences into a place, one paragraph each. */
export function paragraphs(place, sentences) {
  while (place.children.length < sentences.length) place.append(element("p", { class: "pxp-story" }));
  [...place.children].forEach((line, i) => { say(line, sentences[i] ?? ""); show(line, i < sentences.length); });
}
