// What the matrices say, in sentences with their numbers, and what they do not say.

import { number, whole } from "../../panels/format.js";
import { title } from "./naming.js";

const NAMES = { rank: "rank correlation", cka: "debiased CKA", cka_plain: "plain CKA" };

/** Paragraphs about the chosen rung. */
export function words({ result, arrays }, rung, measure) {
  const pictures = result.pictures.length;
  return [closest(result, arrays, rung, measure), bias(result, arrays), people(result, rung), limits(pictures, result)].filter(Boolean);
}

function closest({ rungs, pictures, draws }, arrays, rung, measure) {
  const row = (i) => arrays[measure][rung * rungs.length + i];
  const best = (side) => rungs.map((other, i) => ({ ...other, i, value: row(i) })).filter((other) => other.side === side && other.i !== rung && Number.isFinite(other.value)).sort((a, b) => b.value - a.value)[0];
  const chosen = rungs[rung];
  const other = chosen.side === "brain" ? "network" : "brain";
  const [found, random] = [best(other), best("random")];
  if (!found) return "";
  const [low, high] = [arrays.rank_low, arrays.rank_high].map((ends) => ends[rung * rungs.length + found.i]);
  const spread = measure === "rank" ? `, 95% of ${whole(draws)} redrawn sets between ${number(low, 2)} and ${number(high, 2)}` : "";
  const verdict = random && measure === "rank" ? (random.value >= low ? ", which lies within that interval: these pictures cannot tell learning from architecture" : ", below that interval: here learning adds to the architecture") : "";
  const control = other === "network" && random ? ` With random weights the best rung, ${title(random.name)}, reaches ${number(random.value)}${verdict}.` : "";
  const pixels = rungs[0].side === "pixels" && rung !== 0 ? ` The pixels themselves have ${number(row(0))} with it.` : "";
  return `Over ${whole(pictures.length)} pictures (${whole((pictures.length * (pictures.length - 1)) / 2)} pairs) ${title(chosen.name)} groups them most like ${title(found.name)} on the ${other === "brain" ? "brain’s" : "network’s"} side: ${NAMES[measure]} ${number(found.value)}${spread}.${control}${pixels}`;
}

// The widest gap between both estimates that these pictures show.
function bias({ rungs, pictures }, arrays) {
  let most = { gap: 0 };
  for (let a = 0; a < rungs.length; a++) for (let b = a + 1; b < rungs.length; b++) {
    const [plain, debiased] = [arrays.cka_plain[a * rungs.length + b], arrays.cka[a * rungs.length + b]];
    if (plain - debiased > most.gap) most = { gap: plain - debiased, plain, debiased, a, b };
  }
  if (!most.gap) return "";
  const name = (i) => `${title(rungs[i].name)}${rungs[i].side === "random" ? " with random weights" : ""}`;
  return `CKA compares responses directly (Kornblith et al. 2019). With more units than the ${whole(pictures.length)} pictures its plain estimate is far above 0 even for unrelated responses: between ${name(most.a)} and ${name(most.b)} it says ${number(most.plain)}, the debiased one ${number(most.debiased)}.`;
}

function people({ published, rungs, how_to_get: how, recordings_installed: installed }, rung) {
  if (!published) return installed ? "" : `People’s recordings of inferior temporal cortex are not part of the lab, and nothing stands in for them here. ${how}`;
  const [lower, upper] = published.ceiling;
  const mean = published.means[rung];
  const own = mean === null || mean === undefined ? "" : ` ${title(rungs[rung].name)} reaches a mean rank correlation of ${number(mean)} with single people.`;
  return `IT of ${whole(published.people)} people (recorded data, Kriegeskorte et al. 2008): a perfect model would reach ${number(lower)} to ${number(upper)} with them, the noise ceiling.${own}`;
}

function limits(pictures, { most_units: units, rungs }) {
  const large = rungs.filter(({ size }) => size > units).length;
  const drawn = large ? ` Of the ${whole(large)} largest rungs ${whole(units)} units each were drawn once.` : "";
  return `Two stages that find the same pictures alike need not work alike: the matrix says what is told apart, not how. Pictures of one photograph share light and colour, so even pixels group them.${drawn}`;
}
