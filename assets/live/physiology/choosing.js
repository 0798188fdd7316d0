// What a person chooses: protocol, one unit or a layer, the two units, and the few parameters that a protocol leaves open.

import { button, element, say, show } from "../panels/markup.js";

let made = 0;

/** Buttons of which one is pressed. `options` [[value, text, title?]]. */
export class Segments {
  constructor(label, options, chosen) {
    this.buttons = new Map(options.map(([value, text, title = ""]) => [value, button(text, () => chosen(value), { class: "pxp-segment", "aria-pressed": "false", title })]));
    this.titles = new Map(options.map(([value, , title = ""]) => [value, title]));
    this.element = element("div", { class: "pxp-segments", role: "group", "aria-label": label }, ...this.buttons.values());
  }

  /** Disables what `why(value)` gives a reason against. */
  allow(why) {
    for (const [name, made] of this.buttons) {
      made.disabled = Boolean(why(name));
      made.title = why(name) || this.titles.get(name);
    }
  }

  mark(value) {
    for (const [name, made] of this.buttons) made.setAttribute("aria-pressed", String(name === value));
  }
}

/** A whole number or a share with its name: typed, stepped, or dragged where `slider`. */
export class NumberField {
  constructor(label, { low, high, step = 1, slider = false, title = "" }, changed) {
    Object.assign(this, { low, high, step });
    const id = `pxp-number-${(made += 1)}`;
    this.input = element("input", { id, type: slider ? "range" : "number", class: slider ? "px-range" : "pxp-input", min: low, max: high, step, title });
    this.out = slider ? element("output", { for: id }) : null;
    this.wrong = element("span", { class: "px-wrong", role: "alert", hidden: true });
    this.element = element("div", { class: "pxp-number" }, element("label", { for: id, class: "px-name", text: label }), this.input, this.out, this.wrong);
    this.input.addEventListener("input", () => this.out && say(this.out, this.input.value));
    this.input.addEventListener("change", () => this._take(changed));
  }

  _take(changed) {
    const value = Number(this.input.value);
    const fits = this.input.value !== "" && value >= this.low && value <= this.high && (this.step < 1 || Number.isInteger(value));
    show(this.wrong, !fits);
    say(this.wrong, fits ? "" : `A ${this.step < 1 ? "number" : "whole number"} from ${this.low} to ${this.high.toLocaleString("en-GB")}.`);
    if (fits) changed(String(value));
  }

  bound(high) {
    this.high = high;
    this.input.max = String(high);
  }

  show(value) {
    if (document.activeElement !== this.input || this.input.type === "range") this.input.value = value;
    if (this.out) say(this.out, value);
    show(this.wrong, false);
  }
}

/** The model's cell: simple or complex, its number, with or without normalisation. */
export class CellChooser {
  constructor(data, change) {
    const half = data.cells / 2;
    this.half = half;
    this.kind = new Segments("Kind of cell", [["simple", "Simple"], ["complex", "Complex"]], (kind) => {
      const inside = Number(this.state.cell) % half;
      change({ cell: String(kind === "complex" ? half + inside : inside) });
    });
    this.number = new NumberField("Cell", { low: 0, high: data.cells - 1, title: `0 to ${half - 1} are simple, ${half} to ${data.cells - 1} complex` }, (cell) => change({ cell }));
    this.normalised = new Segments("Divisive normalisation", [["yes", "Normalised"], ["no", "Alone"]], (normalised) => change({ normalised }));
    this.element = element("div", { class: "pxp-chooser" }, this.kind.element, this.number.element, this.normalised.element);
  }

  show(state) {
    this.state = state;
    this.kind.mark(Number(state.cell) < this.half ? "simple" : "complex");
    this.number.show(state.cell);
    this.normalised.mark(state.normalised);
    const layer = state.scope === "layer";
    show(this.kind.element, !layer);
    show(this.number.element, !layer);
  }
}

/** The network's unit: of EfficientNet a stage and a channel, of the network that learns a layer and a filter. */
export class UnitChooser {
  constructor(data, change) {
    this.data = data;
    this.network = new Segments("Network", [["efficientnet", "EfficientNet"], ["live", "Now training"]], (network) => change({ network }));
    this.stage = element("select", { class: "pxp-input", "aria-label": "Stage" }, ...data.stages.map(({ name, channels }) => element("option", { value: name, text: `${name.replace("stage", "stage ")} (${channels})` })));
    this.stage.addEventListener("change", () => change({ stage: this.stage.value, channel: "0" }));
    this.channel = new NumberField("Channel", { low: 0, high: 31 }, (channel) => change({ channel }));
    this.layer = new NumberField("Layer", { low: 1, high: data.layers }, (layer) => change({ layer, filter: "0" }));
    this.filter = new NumberField("Filter", { low: 0, high: data.filters - 1 }, (filter) => change({ filter }));
    this.element = element("div", { class: "pxp-chooser" }, this.network.element, this.stage, this.channel.element, this.layer.element, this.filter.element);
  }

  show(state) {
    const live = state.network === "live";
    const layer = state.scope === "layer";
    this.network.mark(state.network);
    this.stage.value = state.stage;
    this.channel.bound(this.data.stages.find(({ name }) => name === state.stage).channels - 1);
    for (const name of ["channel", "layer", "filter"]) this[name].show(state[name]);
    show(this.stage, !live);
    show(this.channel.element, !live && !layer);
    show(this.layer.element, live);
    show(this.filter.element, live && !layer);
  }
}

/** Contrast, frames and seed: those that the protocol uses. */
export class Parameters {
  constructor(change) {
    this.contrast = new NumberField("Contrast", { low: 0.05, high: 1, step: 0.05, slider: true }, (contrast) => change({ contrast }));
    this.frames = new NumberField("Frames", { low: 500, high: 20000, step: 500, slider: true }, (frames) => change({ frames }));
    this.seed = new NumberField("Seed", { low: 0, high: 999 }, (seed) => change({ seed }));
    this.element = element("div", { class: "pxp-chooser" }, this.contrast.element, this.frames.element, this.seed.element);
  }

  show(state) {
    for (const name of ["contrast", "frames", "seed"]) this[name].show(state[name]);
    show(this.contrast.element, ["gratings", "size"].includes(state.protocol));
    show(this.frames.element, state.protocol === "noise");
    show(this.seed.element, ["noise", "natural"].includes(state.protocol));
  }
}
