// What Grad-CAM, the occlusion map and the check found, in sentences with their numbers, and no verdict where a map tells nothing.

import { number, whole } from "../../panels/format.js";
import { mean } from "./naming.js";

const LEAST = 0.01; // of the label's probability: with less than this share lost, no part of the picture counts by itself
const LEFT = 0.5; // mean rank correlation from which the map counts as kept; our choice

/** What hiding takes from the label: {sentence, some: whether any part counts}. `values`: the occlusion map. */
export function hidden({ window, stride, looks, whole: probability }, values) {
  const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const some = most >= LEAST * probability;
  const taken = values.reduce((largest, value) => Math.max(largest, value), 0);
  const square = `A grey square of ${window} px, moved by ${stride} px: ${whole(looks)} looks.`;
  if (!some) return { some, sentence: `${square} Wherever it stands, the label’s probability of ${number(probability)} changes by less than a hundredth of itself: no part of this picture counts.` };
  if (taken < LEAST * probability) return { some, sentence: `${square} Hiding takes nothing from the label’s probability of ${number(probability)} anywhere; in places it adds to it.` };
  return { some, sentence: `${square} Hiding the pixel that matters most takes ${number(taken)} from the label’s probability of ${number(probability)}, on average over the squares that cover it.` };
}

/** Whether the map depends on what was learned, as far as the check can tell. */
export function verdict({ label, check, draws, units, flat, even }, name) {
  const before = `${name}, “${label}”: `;
  if (even) return `${before}the picture is one colour throughout, so no part of it can speak for the label more than another; what varies in a map comes from the picture’s edge. The check with random weights tells nothing here.`;
  if (flat) return `${before}Grad-CAM’s map is flat here, so it has no order that drawing weights anew could change, and the check tells nothing. Choose another stage or another photograph.`;
  const means = check.map(({ correlations }) => mean(correlations));
  const known = means.filter((value) => value !== null);
  if (!known.length) return `${before}all maps with weights drawn anew are flat, so there is no rank correlation and no verdict.`;
  const most = Math.max(...known.map(Math.abs));
  const single = Math.max(...check.flatMap(({ correlations }) => correlations.filter((value) => value !== null).map(Math.abs)));
  const told = most < LEFT ? `below the ${LEFT} that we take for a map that is kept, so the map depends on what was learned` : `and we take ${LEFT} and more for a map that is kept: a part of it does not depend on what was learned`;
  return `${before}with the label’s own weights drawn anew the mean rank correlation with Grad-CAM’s map is ${number(means[0] ?? NaN)}, with all weights drawn anew ${number(means.at(-1) ?? NaN)} (${whole(draws)} draws, ${whole(units)} units). The mean never goes beyond ±${number(most)}, single draws reach ±${number(single)}; ${told}. A map is of this photograph alone: it is no receptive field, and another photograph may have the same label for other reasons.`;
}
