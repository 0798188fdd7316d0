// What has to reach a synapse under a rule, and how far away each of these things is. Pure; the page tells rules and ingredients.

/** Ingredients that a composed rule's recipe names, in the words of the other rules. */
const OF_RECIPE = {
  pre: { activity: ["pre"], centred: ["pre", "average"] },
  post: { slope: ["slope"], activity: ["post"], activity_above_threshold: ["post", "average"], noise: ["noise", "quiet"] },
  third: {
    none: [], reward: ["reward"], error_transposed: ["error", "transposed"], error_fixed: ["error", "fixed"],
    error_direct: ["error", "direct"], error_sign: ["error", "signs"],
  },
  keep: { none: [], oja: ["post"], decay: [] },
};
/** Rules whose output layer does the same as their hidden ones; all others leave it to the delta rule. */
const THROUGHOUT = new Set(["three_factor", "weight_perturbation"]);
const DELTA_RULE = ["pre", "error"];

/** Every ingredient of a lane's rule, as a set of names. */
export function needsOfRule({ rule, recipe, knows = [] }) {
  if (rule !== "composed" || !recipe) return new Set(knows);
  return new Set(Object.entries(OF_RECIPE).flatMap(([part, choices]) => choices[recipe[part]] ?? []));
}

/** Whether the output's weights follow the delta rule: their own error, by their own input. */
export function hasDeltaOutput({ rule, recipe }) {
  return rule === "composed" ? recipe?.output !== "same" : !THROUGHOUT.has(rule);
}

/** Of the synapses into `layer` (the last is the output): a set of names, empty where nothing reaches them. */
export function needsAt(lane, layer, last) {
  if (layer === last && hasDeltaOutput(lane)) return new Set(DELTA_RULE);
  if (lane.rule === "output_only") return new Set();
  return needsOfRule(lane);
}

/** The page's ingredients, the nearest first, that at least one of these sets holds. */
export function inOrder(ingredients, sets) {
  return ingredients.filter(({ name }) => sets.some((set) => set.has(name)));
}

/** Short heads for narrow columns. */
export const SHORT = {
  pre: "pre", post: "post", slope: "slope", noise: "noise", average: "average", phases: "phases", settling: "settling", quiet: "2nd pass", layer: "layer",
  label: "label", reward: "reward", error: "error", fixed: "B", direct: "B, direct", signs: "sign W", transposed: "Wᵀ",
};
