// Three selects that reach every neuron, weight and bias by keyboard: layer, neuron, and what it listens to.

import { element } from "./markup.js";
import { layerName, neuronName, sizes } from "./reading.js";

const BIAS = "bias";
const WHOLE = "neuron";

export class WeightPicker {
  /** `neurons`: whether a neuron itself (and its bias) can be chosen besides its weights. */
  constructor(context, { name, neurons, onpick }) {
    Object.assign(this, { context, neurons, onpick });
    const select = (label, handler) => element("select", { class: "px-select", "aria-label": `${name}: ${label}`, onchange: handler });
    this.layer = select("layer", () => this._refill(Number(this.layer.value), 0, this._defaultFrom(), true));
    this.to = select("neuron", () => this._tell());
    this.from = select("connection", () => this._tell());
    this.element = element("div", { class: "px-picker", role: "group", "aria-label": name }, this.layer, this.to, this.from);
    // Arrows and letters choose here; the view's own keys (step, play) must not hear them.
    this.element.addEventListener("keydown", (event) => event.stopPropagation());
  }

  _defaultFrom() {
    return this.neurons ? WHOLE : "0";
  }

  _fill(select, entries, value) {
    select.replaceChildren(...entries.map(([key, text]) => element("option", { value: key, text })));
    select.value = String(value);
  }

  _refill(layer, to, from, tell) {
    const all = sizes(this.context);
    const last = all.length - 1;
    const names = (k) => Array.from({ length: all[k] }, (_, i) => [String(i), neuronName(this.context, k, i)]);
    const layers = all.map((_, k) => [String(k), layerName(k, last)]).slice(this.neurons ? 0 : 1);
    this._fill(this.layer, layers, layer);
    this._fill(this.to, names(layer), to);
    const sources = layer === 0 ? [] : names(layer - 1).map(([key, text]) => [key, `from ${text}`]);
    const own = this.neurons ? [[WHOLE, "the neuron"], ...(layer > 0 ? [[BIAS, "its bias"]] : [])] : [];
    this._fill(this.from, [...own, ...sources], from);
    this.known = this.context.statics;
    this.shown = layer;
    if (tell) this._tell();
  }

  _tell() {
    const [layer, to, from] = [Number(this.layer.value), Number(this.to.value), this.from.value];
    if (from === WHOLE) this.onpick({ kind: "neuron", layer, index: to });
    else this.onpick({ kind: "weight", layer, to, from: from === BIAS ? null : Number(from) });
  }

  /** Follows what was chosen elsewhere. */
  show(target) {
    if (!sizes(this.context) || !target) return;
    const to = target.kind === "neuron" ? target.index : target.to;
    const from = target.kind === "neuron" ? WHOLE : target.from === null ? BIAS : String(target.from);
    if (this.known !== this.context.statics || this.shown !== target.layer) return this._refill(target.layer, to, from, false);
    this.to.value = String(to);
    this.from.value = from;
  }
}
