// A rule put together from ingredients: what its choices are called, the equation that they make, and the named rule that it equals.

const WORDS = {
  pre: { activity: "its activity a", centred: "its activity less the batch’s mean" },
  post: { slope: "its slope f′(z)", activity: "its activity y", activity_above_threshold: "its activity above a sliding threshold", noise: "noise ξ that it tried out" },
  third: {
    none: "nothing", reward: "one reward M for all", error_transposed: "the error, through Wᵀ", error_fixed: "the error, through fixed B",
    error_direct: "the error, straight from the output", error_sign: "the error, through the signs of W",
  },
  keep: { none: "nothing", oja: "Oja’s decay, −y² w", decay: "a decay, −λ w" },
  output: { delta: "the delta rule", same: "the same recipe" },
};
const SIGNS = {
  pre: { activity: "a", centred: "(a − ā)" },
  post: { slope: "f′(z)", activity: "y", activity_above_threshold: "y (y − θ)", noise: "ξ/σ²" },
  third: { none: "", reward: "M", error_transposed: "(−Wᵀδ)", error_fixed: "(−Bδ)", error_direct: "(−B e)", error_sign: "(−s·sign(W)ᵀδ)" },
  keep: { none: "", oja: "y² w", decay: "w" },
};

/** [value, words] of one part of a recipe. */
export function choicesOf(part, values) {
  return values.map((value) => [value, WORDS[part]?.[value] ?? value]);
}

/**
 * "Δw = η · f′(z) · a · (−Bδ)" as it runs; `told` {shares, bound, noise} are the page's numbers. Without a third factor hidden layers
 * learn with the share ρ of the rate, and what keeps them in bounds counts as much as the product.
 */
export function equationOf(recipe, told) {
  const alone = recipe.third === "none";
  const product = ["post", "pre", "third"].map((part) => SIGNS[part][recipe[part]]).filter(Boolean).join(" · ");
  const kept = SIGNS.keep[recipe.keep] && ` − ${alone ? "" : "κ "}${SIGNS.keep[recipe.keep]}`;
  const rate = alone ? "η ρ" : "η";
  const numbers = [
    recipe.post === "noise" && `σ = ${told.noise}`,
    kept && !alone && `κ = ${told.bound}`,
    alone && `ρ = ${shareText(told.shares[recipe.keep])}`,
  ].filter(Boolean);
  return [kept ? `Δw = ${rate} (${product}${kept})` : `Δw = ${rate} · ${product}`, ...numbers].join(",  ");
}

/** "1/10,000" */
export function shareText(share) {
  return share === 1 ? "1" : `1/${Math.round(1 / share).toLocaleString("en-GB")}`;
}

const SAME = [
  ["Backpropagation", { pre: "activity", post: "slope", third: "error_transposed", keep: "none" }],
  ["Feedback alignment", { pre: "activity", post: "slope", third: "error_fixed", keep: "none" }],
  ["Direct feedback alignment", { pre: "activity", post: "slope", third: "error_direct", keep: "none" }],
  ["Sign-symmetric feedback", { pre: "activity", post: "slope", third: "error_sign", keep: "none" }],
  ["Hebb", { pre: "activity", post: "activity", third: "none", keep: "none", output: "delta" }],
  ["Oja, each neuron by itself", { pre: "activity", post: "activity", third: "none", keep: "oja", output: "delta" }],
  ["BCM", { pre: "activity", post: "activity_above_threshold", third: "none", keep: "none", output: "delta" }],
  ["Three-factor", { pre: "activity", post: "noise", third: "reward", keep: "none", output: "same" }],
];

/** The named rule that takes the same steps, or null. */
export function namedAs(recipe) {
  return SAME.find(([, parts]) => has(recipe, parts))?.[0] ?? null;
}

const has = (recipe, parts) => Object.entries(parts).every(([part, value]) => recipe[part] === value);

/** Why no lane can learn by this recipe, or null; `forbidden` are the page's [{parts, then, sentence}]. */
export function against(recipe, forbidden = []) {
  const found = forbidden.find(({ parts, then }) => has(recipe, parts) && !has(recipe, then));
  return found ? `${found.sentence[0].toUpperCase()}${found.sentence.slice(1)}.` : null;
}

/** What a recipe comes to, in a sentence. */
export function remark(recipe, forbidden) {
  const wrong = against(recipe, forbidden);
  if (wrong) return wrong;
  const named = namedAs(recipe);
  if (named) return `These are the ingredients of ${named}: at the same rate it takes the same steps.`;
  const output = recipe.output === "delta" ? "The output layer learns by its own error." : "The output layer follows the same recipe: it hears no error of its own unless the third factor brings one.";
  if (recipe.third === "none") return `Nothing tells this rule how well the network does. ${output}`;
  return output;
}
