// What a view may say of what runs back through the network: an error only where the run's rule has one.

import { element } from "./markup.js";
import { statics } from "./reading.js";

const BACKPROPAGATION = { name: "backpropagation", title: "Backpropagation", signal: "gradient" };
const CHANGES = "what tells each neuron to change";

// Of each kind of signal: the figure's title and line, the name of its bars, of a neuron's number, and which way something runs in hidden layers.
const WORDS = {
  gradient: { title: "Gradient flow", line: "The signal runs right, the error runs left.", bars: ["error ←", "mean |δ|"], mean: "Mean error", delta: "error δ", direction: "gradient", product: "a·δ = gradient", back: true },
  error: { title: "Error flow", line: "The signal runs right, the error runs left, by its own way.", bars: ["error ←", "mean |δ|"], mean: "Mean error", delta: "error δ", direction: "rule's direction", product: "a·δ = rule's direction", back: true },
  difference: {
    title: "What tells each neuron to change", line: "The signal runs right; a difference of activity tells each neuron to change.", bars: ["difference", "mean |δ|"], mean: "Mean difference of activity",
    delta: "difference of activity δ", direction: "rule's direction", product: "The rule's direction", back: true,
  },
  output: { title: "What tells each neuron to change", line: "The signal runs right; the error stays at the output.", bars: ["error", "mean |δ|"], mean: "Mean error", delta: "error δ", direction: "rule's direction", product: "a·δ = rule's direction", back: false },
  own: {
    title: "What tells each neuron to change", line: "The signal runs right; no error runs left. Each hidden neuron's own activity tells it to change.", bars: ["tells it", "to change"], mean: "Mean of what tells each neuron to change",
    delta: `${CHANGES} (δ)`, direction: "rule's direction", product: "The rule's direction", back: false,
  },
  scalar: {
    title: "What tells each neuron to change", line: "The signal runs right; no error runs left. One number for all, times each neuron's own noise, tells it to change.", bars: ["tells it", "to change"], mean: "Mean of what tells each neuron to change",
    delta: `${CHANGES} (δ)`, direction: "rule's direction", product: "The rule's direction", back: false,
  },
};

/** {name, title, signal} of the run's rule. */
export function ruleOf(context) {
  return statics(context)?.meta.rule ?? BACKPROPAGATION;
}

export function wordsOf(context) {
  return WORDS[ruleOf(context).signal] ?? WORDS.gradient;
}

/** What is said of layer 1 where no error reaches it; null for a rule whose error may shrink or grow on its way. */
export function withoutError({ title, signal }) {
  return {
    own: `${title} sends no error down: a hidden neuron goes by activity of its own layer, and only the output learns by its error.`,
    scalar: `${title} sends no error down: every neuron hears the same number, and tells by its own noise what to do with it.`,
    output: "Hidden layers are told nothing and stay as they were drawn: the error stays at the output.",
  }[signal] ?? null;
}

/** [] for backpropagation, which every page takes for granted; else a chip that names the rule, and leads to where rules are compared. */
export function ruleChip({ name, title }) {
  if (name === BACKPROPAGATION.name) return [];
  return [element("a", { class: "px-rule-chip", href: "/learning-rules", target: "_top", title: "Compare learning rules" }, element("span", { text: "Learning rule: " }), element("b", { text: title }))];
}
