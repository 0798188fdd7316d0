// What a copy can do differently, and how each is typed and read.

import { read } from "../controls.js";
import { element, show } from "./markup.js";

// Bounds for what the page describes no control of; the service has the last word on all of them.
const FIELDS = [
  { field: "learning_rate", label: "Learning rate", minimum: 1e-5, maximum: 10 },
  { field: "rule", label: "Learning rule", choices: {
    backpropagation: "backpropagation", feedback_alignment: "feedback alignment", direct_feedback_alignment: "direct feedback alignment",
    sign_symmetric: "sign-symmetric feedback", output_only: "output layer only", hebb: "Hebb", oja: "Oja", bcm: "BCM", three_factor: "three-factor",
    predictive_coding: "predictive coding", equilibrium_propagation: "equilibrium propagation", forward_forward: "forward-forward", weight_perturbation: "weight perturbation",
  } },
  { field: "optimiser", label: "Optimiser", choices: { sgd: "plain descent", momentum: "momentum", adam: "Adam" } },
  { field: "momentum", label: "Momentum", minimum: 0, maximum: 0.999999, matters: ({ optimiser }) => optimiser === "momentum" },
  { field: "regularisation", label: "Regularisation", choices: { none: "none", l1: "L1", l2: "L2" } },
  { field: "regularisation_rate", label: "Regularisation rate", minimum: 0, maximum: 1, matters: ({ regularisation }) => regularisation !== "none" },
  { field: "activation", label: "Activation", choices: { relu: "ReLU", tanh: "tanh", sigmoid: "sigmoid", linear: "linear" } },
  { field: "initialisation", label: "Initialisation", start: true, choices: { uniform: "uniform", xavier: "Xavier", he: "He", zero: "all zero", too_large: "ten times too large" } },
  { field: "hidden_layers", label: "Hidden layers", start: true, layers: true },
];
const LAYERS = { most: 6, neurons: 64 };

/** "8, 8" as [8, 8]; an empty text or "none" as []; null where it is neither. */
export function readLayers(text) {
  const written = text.trim().toLowerCase();
  if (written === "" || written === "none") return [];
  const sizes = written.split(/[\s,;]+/).filter(Boolean).map(Number);
  const fine = sizes.length <= LAYERS.most && sizes.every((n) => Number.isInteger(n) && n >= 1 && n <= LAYERS.neurons);
  return fine ? sizes : null;
}

/** One labelled control. `value()` → {value} or {sentence}. */
class FormField {
  constructor(described, changed) {
    Object.assign(this, described);
    const attributes = { class: this.choices ? "px-select" : "px-input", name: this.field, oninput: changed, onchange: changed };
    this.control = this.choices
      ? element("select", attributes, ...Object.entries(this.choices).map(([value, text]) => element("option", { value, text })))
      : element("input", { ...attributes, type: "text", autocomplete: "off", inputmode: this.layers ? "text" : "decimal", placeholder: this.layers ? "none" : null });
    this.element = element("label", { class: "px-race-field" }, element("span", { text: this.label }), this.control);
  }

  fill(value) {
    this.base = this.layers ? (value ?? []).join(", ") : String(value ?? "");
    this.control.value = this.base;
  }

  get changed() {
    return this.control.value.trim() !== this.base;
  }

  value() {
    const text = this.control.value;
    if (this.choices) return { value: text };
    if (!this.layers) return read(text, this);
    const sizes = readLayers(text);
    return sizes ? { value: sizes } : { sentence: `Hidden layers must be up to ${LAYERS.most} whole numbers from 1 to ${LAYERS.neurons}, such as 8, 8; empty means none.` };
  }
}

export class RaceFields {
  constructor(controls, changed) {
    const bounds = Object.fromEntries((controls ?? []).map(({ field, minimum, maximum }) => [field, { minimum, maximum }]));
    this.list = FIELDS.map((described) => new FormField({ ...described, ...(described.field in bounds && described.field !== "momentum" ? bounds[described.field] : {}) }, () => { this.arrange(); changed(); }));
    const group = (legend, start) => element("fieldset", { class: "px-race-fields" }, element("legend", { text: legend }), ...this.list.filter((field) => Boolean(field.start) === start).map((field) => field.element));
    this.elements = [group("The copy differs in", false), group("Only in a race from the start", true)];
  }

  fill(values) {
    for (const field of this.list) field.fill(values[field.field]);
    this.arrange();
  }

  /** What a person had typed before, over what was filled in. */
  type(typed) {
    for (const field of this.list) if (field.field in typed) field.control.value = typed[field.field];
    this.arrange();
  }

  typed() {
    return Object.fromEntries(this.list.filter((field) => field.changed).map((field) => [field.field, field.control.value]));
  }

  /** A rate without what it is the rate of is no control. */
  arrange() {
    const values = Object.fromEntries(this.list.map(({ field, control }) => [field, control.value]));
    for (const field of this.list) show(field.element, this._matters(field, values));
  }

  _matters(field, values = Object.fromEntries(this.list.map((one) => [one.field, one.control.value]))) {
    return field.matters?.(values) ?? true;
  }

  /** {values} that the person changed, or the {sentence} of the first that cannot be, with its control. */
  read(fromStart) {
    const values = {};
    for (const field of this.list.filter((one) => one.changed && this._matters(one))) {
      const { value, sentence } = field.value();
      const text = sentence?.replace("; the old value stays.", ".");
      if (!fromStart && field.start) return { field, sentence: `A copy from here has its weights already: ${field.label.toLowerCase()} can differ only from the start.` };
      field.control.setAttribute("aria-invalid", String(Boolean(text)));
      if (text) return { field, sentence: text };
      values[field.field] = value;
    }
    return { values };
  }
}
