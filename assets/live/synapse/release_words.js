// What the pictures say, with the numbers of this sequence and this event.

import { number, percent, signed } from "../panels/format.js";

const ALIKE = 0.03; // two numbers that differ by less are told as the same

const row = (array, i, events) => array.subarray(i * events, (i + 1) * events);

/** The synapse at one spike. */
export function brainWords({ arrays }, index) {
  const { times, pool, probability, released, quanta, docked } = arrays;
  const sites = docked.shape[1];
  const relative = index ? `, ${number(arrays.counts[index])} times what the first sent` : "";
  const gone = quanta[index] === 0 ? `none of the ${sites} sites releases` : `${quanta[index]} of ${sites} sites release${quanta[index] === 1 ? "s" : ""}`;
  return `Spike ${index + 1}, at ${number(times[index] - times[0])} ms, finds ${percent(pool[index])} of the pool and a release probability of ${number(probability[index])}: on average it sends ${percent(released[index])} of a full pool${relative}. In the trial drawn, ${gone}.`;
}

/** The weight at one event. */
export function networkWords({ arrays }, index) {
  const events = arrays.gradients.length;
  const step = (rule) => row(arrays.deltas, rule, events)[index];
  const count = (rule) => row(arrays.counts, rule + 1, events)[index];
  const relative = index ? ` (${number(count(0))}, ${number(count(1))} and ${number(count(2))} times their first steps)` : "";
  return `Event ${index + 1} brings a gradient of ${number(arrays.gradients[index])}. Plain descent moves the weight by ${signed(step(0))}, momentum by ${signed(step(1))}, Adam by ${signed(step(2))}${relative}. Adam’s mean m̂ is ${number(arrays.mean[index])}, its root √v̂ ${number(arrays.root[index])}.`;
}

/** What makes one event count more than another on each side, and where the likeness ends; a list of sentences. */
export function story({ arrays, result }, index, spec) {
  return [synapse(arrays, index), weight(arrays, index), larger(arrays, index, spec), pause(arrays, index, spec), ends(arrays, index, spec, result)].filter(Boolean);
}

function synapse({ counts, pool, probability }, index) {
  if (index === 0) return "At the first event nothing has been used or learned yet: both sides are measured against it.";
  const [x, u] = [pool[index], probability[index]];
  const ratio = counts[index];
  const verdict = Math.abs(ratio - 1) < ALIKE ? "counts as much as" : ratio < 1 ? "counts less than" : "counts more than";
  return `In the synapse this spike ${verdict} the first, ${number(ratio)} times: ${went("the pool", pool[0], x)}, and ${went("the release probability", probability[0], u)}.`;
}

function weight({ gradients, counts, mean, root }, index) {
  if (index === 0) return "";
  const events = gradients.length;
  const ratio = row(counts, 3, events)[index];
  const size = Math.abs(gradients[index] / gradients[0]);
  const same = Math.abs(size - 1) < ALIKE ? "the same size of gradient" : `a gradient ${number(size)} times the first`;
  const verdict = Math.abs(ratio - 1) < ALIKE ? "as far as the first" : `${number(ratio)} times as far as the first`;
  const momentum = row(counts, 2, events)[index];
  return `Under Adam ${same} moves the weight ${verdict}: ${went("m̂", mean[0], mean[index])}, and ${went("√v̂", root[0], root[index])}. Momentum’s step holds the earlier gradients as well: ${number(momentum)} times its first.`;
}

function went(name, from, to) {
  return Math.abs(to - from) <= 1e-4 * Math.abs(from) ? `${name} is ${number(to)}, as at first` : `${name} went from ${number(from)} to ${number(to)}`;
}

/** What large gradients do: less than in proportion while they last, and for a while after them not even a shorter step. */
function larger({ gradients, counts }, index, { gradients: kind, surge, beta_1, beta_2 }) {
  if (kind !== "surge" || surge < 2) return "";
  const adam = row(counts, 3, gradients.length);
  const first = gradients.findIndex((gradient) => gradient === surge);
  const after = gradients.findIndex((gradient, i) => i > first && gradient < surge);
  if (first < 0 || index < first) return "";
  const during = `The first gradient of ${number(surge)} moved Adam’s weight ${number(adam[first])} times as far as the first event, not ${number(surge)} times: √v̂ grew with it.`;
  if (after < 0 || index < after) return during;
  const memory = beta_1 < beta_2 && beta_1 >= 0.5 ? `, for m̂ still held the large ones (it keeps about ${memories(beta_1)}, √v̂ about ${memories(beta_2)})` : "";
  const now = index > after ? ` Now it is ${number(adam[index])}.` : "";
  return `${during} The first small one after them moved it ${number(adam[after])} times as far${memory}.${now}`;
}

function memories(beta) {
  const events = Math.round(1 / (1 - beta));
  return `${events.toLocaleString("en-GB")} event${events === 1 ? "" : "s"}`;
}

/** A pause is felt by the synapse alone. */
function pause({ times, pool, released }, index, { train }) {
  const last = times.length - 1;
  if (train !== "recovery" || index !== last) return "";
  const left = pool[last - 1] - released[last - 1];
  return `The pause of ${number(times[last] - times[last - 1])} ms let the pool rise from ${number(left)} to ${number(pool[last])}. The step rules saw one more event and no pause: they count events, not time.`;
}

function ends({ pool, released, weights, gradients }, index, { recovery_ms: recovery }) {
  const lacking = 1 - (pool[index] - released[index]);
  const rested = Math.max(0, recovery * Math.log(lacking / 0.01));
  const at = row(weights, 2, gradients.length)[index];
  return `Release is transmission: how much is sent now, without any error in it. Left alone, this synapse has 99% of its pool again after ${number(rested / 1000)} s. A step is a change of the weight, and it is kept: left alone, Adam’s weight stays at ${number(at)}.`;
}

/** Below the steady curves. */
export function steadyWords({ result }, rate, release, { train }) {
  const a_second = release * rate;
  const share = percent(a_second / result.limit_hz);
  const peak = result.peak_hz === null ? "Release per spike has no peak between 0.5 and 100 Hz." : `Release per spike is largest at ${number(result.peak_hz)} Hz${result.theory_peak_hz ? `; the model’s rule of thumb, 1/√(Uτfacilτrec), says ${number(result.theory_peak_hz)}` : ""}.`;
  const own = train === "own" ? " Your own spikes have no one rate: the handle asks about a regular train." : "";
  return `At ${number(rate)} Hz a spike of an endless train releases ${percent(release)} of the pool, ${number(a_second)} pools a second: ${share} of the most that recovery allows. ${peak} A step rule has no such axis, as it knows no rate.${own}`;
}
