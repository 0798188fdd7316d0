// What survives a change, in sentences: what is left of each rung's pattern, how large its responses are, and where nothing is left.

import { number, percent, similarity } from "./format.js";
import { BRAIN, NETWORK } from "./moments.js";

const TOLD = [["brain", "v1_simple"], ["brain", "c2"], ["network", "stem"], ["network", "head"]];
const RUNGS = [...BRAIN.map((name) => ["brain", name]), ...NETWORK.map((name) => ["network", name])];
const EVEN = " This picture has no structure, one colour throughout: what its rungs keep is their answer to the colour and to the picture’s edge.";

/** `changes`: words for each slider that is not at rest; `titles` {rung: name}; `floors` {side: {rung: {units, channels}}}. */
export function said({ result, changes, kind, titles, floors }) {
  const found = (side, name, from) => from?.[side]?.[name]?.[kind] ?? null;
  const kept = (side, name) => found(side, name, result?.similarity);
  const parts = TOLD.filter(([side, name]) => kept(side, name) !== null && titles[name]).map(([side, name]) => {
    const floor = found(side, name, floors);
    const size = result.similarity[side][name].size;
    return `${titles[name]} keeps r = ${similarity(kept(side, name))}${floor === null ? "" : ` (another photograph: ${similarity(floor)})`} at ${times(size)} its size`;
  });
  if (!parts.length) return "The first answer is on its way.";
  const below = RUNGS.filter(([side, name]) => titles[name] && kept(side, name) !== null && found(side, name, floors) !== null && kept(side, name) < found(side, name, floors));
  const lost = below.map(([side, name]) => `${titles[name]} (${similarity(kept(side, name))}, mark ${similarity(found(side, name, floors))})`);
  const nothing = lost.length ? ` No more alike than another photograph, so that nothing in particular is left: ${lost.join(", ")}.` : "";
  return `With ${changes.length ? changes.join(", ") : "nothing changed"}: ${parts.join("; ")}.${nothing}${named(result.label)}${result.even ? EVEN : ""}`;
}

/** "×0.234": how large responses are beside those to the photograph itself. */
export function times(size) {
  return size === null || size === undefined ? "×…" : `×${size < 0.005 ? number(size, 1) : size.toFixed(2)}`;
}

function named(label) {
  if (!label) return "";
  const before = label.name === label.before ? "" : `; ${label.before}, its first name, has ${percent(label.kept)}`;
  return ` The network calls it ${label.name} (${percent(label.probability)})${before}.`;
}

export function explained(kind, weights) {
  const over = kind === "units" ? "over all units, each at its place: a map that only moves along with the picture counts as changed" : "over channels, each as its mean over the whole picture: where something is no longer counts";
  const control = weights === "random" ? " Random weights: the same architecture, drawn anew, its scale set by the packaged photographs; what its curves keep comes from the architecture alone. Grey curves behind: the trained weights, where they were measured." : "";
  return `r is Pearson’s correlation between a rung’s responses to the changed and to the unchanged photograph, ${over}. r says nothing about size; the multiple beside it does: the root mean square of all of the rung’s responses, ×1.00 without any change. The mark on each bar is the mean r with the other packaged photographs: below it nothing in particular is left. HMAX’s C2 is built to be invariant, by taking a maximum over places and sizes; how invariant is measured here, on this photograph. For speed the brain’s models run on a coarser grid here than above. Nothing of the brain’s models was learned from labels, so that only the network has this control.${control}`;
}
