// What is told beside the pictures: where the protocol stands, and at its end what came of it; every number from the answer.

import { number, percent, whole } from "../panels/format.js";
import { SHORT } from "./protocol_models.js";

export function change(value) {
  return Math.abs(value) < 5e-4 ? "0%" : `${value > 0 ? "+" : ""}${percent(value)}`;
}

/** "12.4 s" or "310 ms". */
export function moment(ms) {
  return Math.abs(ms) >= 1000 ? `${number(ms / 1000)} s` : `${number(ms)} ms`;
}

/** Where the synapse stands at instant `i` of an answer. */
export function synapseSentence({ arrays, result }, i) {
  const now = arrays.time[i];
  const spikes = `${plural(until(arrays.pre, now), "presynaptic spike")} and ${plural(until(arrays.post, now), "postsynaptic one")}`;
  const strengths = result.models.map(({ name }) => `${SHORT[name]} ${change(arrays[`${name}/weight`][i] - 1)}`).join(", ");
  return `At ${moment(now)}, after ${spikes}, the synapse has changed by: ${strengths}.`;
}

/** Where the weight stands, and why. */
export function weightSentence({ arrays, result }, i) {
  const [weight, error, step] = ["weight", "error", "step"].map((name) => arrays[`network/${name}`][i]);
  const last = `its last error was ${small(error)} and its last step ${small(step)}`;
  return result.network.diverged ? "" : `The weight is ${number(weight)}; ${last}.`;
}

/** What came of the whole protocol, for the story at its end. */
export function ended({ result }) {
  const told = [result.calcium?.said, result.bcm?.said];
  const beyond = result.models.filter(({ name, change: moved }) => name !== "calcium" && Math.abs(moved) > 1).map(({ said }) => said);
  return [...told, ...beyond].filter(Boolean).join(" ");
}

/** Bliss and Lømo's proportions: shares of experiments, each with what it is of. */
export function proportions({ potentiated, rabbits, proportions: shares }) {
  return [{ title: "rabbits with potentiation", share: potentiated / rabbits, of: `${potentiated} of ${rabbits}` }, ...shares.map(({ title, share }) => ({ title, share, of: percent(share) }))];
}

/** Below a ten-thousandth what is left is of no size that a picture here could show. */
function small(value) {
  return value !== 0 && Math.abs(value) < 1e-4 ? "all but 0" : number(value);
}

function until(times, now) {
  let count = 0;
  while (count < times.length && times[count] <= now) count++;
  return count;
}

function plural(count, noun) {
  return `${whole(count)} ${noun}${count === 1 ? "" : "s"}`;
}
