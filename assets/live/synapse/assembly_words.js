// What both sides do at a moment, in sentences whose numbers come from the answer.

import { number, percent, whole } from "../panels/format.js";
import { element, say, show } from "../panels/markup.js";

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
  const still = made[t] === 0 ? `Its outputs are within ${number(arrays.error[t], 2)} of their targets on average, and all near enough: no step.` : `Its outputs missed their targets by ${number(arrays.error[t])} on average, so each weight moved by ${number(made[t])}, ${number(share(made))} times the first.`;
  return [circuit, still];
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
  return [changes(arrays, result, shown), completion(arrays, result, spec), correlated(arrays, result), gates(arrays, spec, shown)].filter(Boolean);
}

function changes(arrays, result, shown) {
  if (shown === 0) return "Press Play: the patterns are shown one after the other, and both sides change their connections after each; then both complete the cue, a unit at a time.";
  const total = arrays.order.length;
  const [grown, made] = [0, 1].map((side) => part(arrays.change, side, total));
  const [circuit, network] = [grown, made].map((values) => values[shown - 1] / (values[0] || 1));
  const stopped = result.solved && shown >= result.solved ? `; from presentation ${whole(result.solved)} on it takes no step, as nothing is left to correct` : "";
  return `Of ${whole(total)} presentations ${whole(shown)} have been shown. The last of them changed the circuit ${number(circuit)} times as much as the first, and the network ${number(network)} times${stopped}. Hebb’s rule knows what both ends do, and no error.`;
}

function completion(arrays, result, spec) {
  const last = arrays.recall_updates.length - 1;
  const [circuit, network] = [arrays.recall_overlap[2 * last], arrays.recall_overlap[2 * last + 1]];
  const what = spec.damage_kind === "missing" ? `${percent(spec.damage)} of its active units missing` : `${percent(spec.damage)} of all units flipped`;
  return `From pattern ${spec.cue} with ${what}, an overlap of ${number(arrays.recall_overlap[0])}, the circuit goes to ${number(circuit)} and the network to ${number(network)}, with all presentations behind them.`;
}

/** What overlap of the patterns does to both, measured at no damage at all. */
function correlated(arrays, result) {
  const count = arrays.levels.length;
  const [circuit, network] = [arrays.curve[0], arrays.curve[count * 3]];
  const alike = `The patterns’ mean correlation is ${number(result.correlation, 2)}. Shown undamaged, they are kept at ${number(circuit)} by the circuit and at ${number(network)} by the network (mean of ${result.draws} orders of update).`;
  const angle = result.least_norm_angle < 10 ? ` Its weights lie ${number(result.least_norm_angle, 2)} degrees from the shortest ones that give every pattern back, the pseudo-inverse, to which descent leads (Diederich and Opper 1987).` : "";
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

/** Writes sentences into a place, one paragraph each. */
export function paragraphs(place, sentences) {
  while (place.children.length < sentences.length) place.append(element("p", { class: "pxp-story" }));
  [...place.children].forEach((line, i) => { say(line, sentences[i] ?? ""); show(line, i < sentences.length); });
}
