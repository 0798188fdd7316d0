// The schedule that a person sets: starts, uses, gap, withholding; and, folded away, what the two sides are made of.

import { number } from "../panels/format.js";
import { element, say, toggle } from "../panels/markup.js";
import { Choice, Slider } from "../perception/fields.js";
import { DurationSlider } from "./memory_time.js";

const SPANS = new Set(["gap", "retention", "fastest", "lifetime"]);
const SCHEDULE = ["repetitions", "gap", "retention"];
const BRAIN = ["beakers", "fastest", "limit", "lifetime"];
const NETWORK = ["network_rate", "weight_decay", "others_per_hour", "others"];

/** `changed(changes)` of the spec; `started(preset)`. */
export class Schedule {
  constructor(told, spec, { changed, started }) {
    Object.assign(this, { told, changed, spec, sliders: {} });
    this.starts = new Choice("Starts", told.presets, started);
    this.sentence = element("p", { class: "px-note pxp-sentence" });
    this.axes = new Choice("Axes", [{ name: "log", title: "Powers of ten", sentence: "Time and strength by powers of ten: a power law is a straight line" }, { name: "linear", title: "Even", sentence: "Time and strength evenly" }], ({ name }) => changed({ axes: name }));
    this.bounded = toggle("Full at a limit", spec.bounded, (bounded) => changed({ bounded }));
    const seed = element("button", { type: "button", class: "px-button", title: "Other items, first weights, and another order", onclick: () => changed({ seed: (this.spec.seed + 1) % 10000 }) }, "Draw anew");
    this.seed = element("span", { class: "px-note" });
    const axes = element("div", { class: "pxm-axes" }, element("span", { class: "px-name", text: "Axes" }), this.axes.element);
    const further = element("details", { class: "pxm-further" }, element("summary", { text: "What the two sides are made of" }),
      element("div", { class: "pxm-made" },
        element("div", { class: "pxm-made-brain" }, element("h4", { text: "Synapse" }), this.bounded, this._all(BRAIN)),
        element("div", { class: "pxm-made-network" }, element("h4", { text: "Network" }), this._all(NETWORK), element("div", { class: "pxm-seed" }, seed, this.seed))));
    this.element = element("div", { class: "pxm-schedule" }, element("div", { class: "pxp-starts" }, this.starts.element, this.sentence), element("div", { class: "pxp-controls" }, this._all(SCHEDULE), axes), further);
    this.fit(spec);
  }

  _all(names) {
    return names.map((name) => {
      const field = this.told.fields[name];
      const made = SPANS.has(name) ? new DurationSlider(name, field, this.spec[name], (value) => this.changed({ [name]: value }))
        : field.whole ? new WholeSlider(name, field, this.spec[name], (value) => this.changed({ [name]: value }))
        : new Slider(name, field, this.spec[name], (value) => this.changed({ [name]: value }), { log: field.log });
      this.sliders[name] = made;
      return made.element;
    });
  }

  /** Every control as the spec says, and the start that it is, if it is one. */
  fit(spec) {
    this.spec = spec;
    for (const [name, slider] of Object.entries(this.sliders)) if (slider.value !== spec[name]) slider.set(spec[name]);
    this.axes.mark(spec.axes);
    this.bounded.querySelector("input").checked = spec.bounded;
    this.sliders.limit.range.disabled = !spec.bounded;
    say(this.seed, `seed ${spec.seed}`);
    const start = this.told.presets.find(({ changes }) => this._is(changes));
    this.starts.mark(start?.name);
    say(this.sentence, start?.sentence ?? "A schedule of your own.");
  }

  _is(changes) {
    const whole = { ...this.told.defaults, ...changes };
    return Object.keys(whole).every((name) => name === "axes" || name === "seed" || whole[name] === this.spec[name]);
  }
}

/** A slider over counts: one step for each, or by ratio where the field is logarithmic. */
class WholeSlider extends Slider {
  constructor(name, field, value, changed) {
    super(name, field, value, changed, { log: field.log });
    if (!field.log) Object.assign(this.range, { min: String(field.low), max: String(field.high) });
    this.whole = true;
    this.set(value);
  }

  set(value) {
    super.set(value);
    if (this.whole && !this.log) this.range.value = String(this.value);
  }

  _take(value) {
    this.value = Math.round(value);
    const words = number(this.value);
    say(this.shown, this.value < 1000 ? String(this.value) : words);
    this.range.setAttribute("aria-valuetext", words);
  }

  _at(share) {
    return this.log ? super._at(share) : Number(this.range.value);
  }
}
