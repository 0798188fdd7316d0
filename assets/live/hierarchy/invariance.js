// What survives a change? Sliders change the photograph; every rung on both sides answers again, and how much is left of its
// pattern of responses to the photograph itself is drawn as curves; how large responses are is told beside.

import { NewestAnalysis } from "../analysis.js";
import { element, say, show } from "../panels/markup.js";
import { Changed } from "./changed.js";
import { Curves } from "./curves.js";
import { explained, said } from "./invariance_words.js";
import { Measured } from "./measured.js";
import { BRAIN, NETWORK, SIDES, short } from "./moments.js";
import { Now } from "./now.js";
import { Sliders } from "./sliders.js";

const RUNGS = { brain: BRAIN, network: NETWORK };
const KINDS = { units: "each unit at its place", channels: "each channel’s mean over the picture" };
const STEPS = 40; // of a sweep
const COARSE = 6; // steps over the whole range of a slider that was moved
const TITLES = { brain: "Brain, models: similarity to the unchanged photograph", network: "Network: similarity to the unchanged photograph" };

export class Invariance {
  constructor(context, { opened, moved }) {
    Object.assign(this, { context, moved, asides: new WeakSet(), kind: "units", weights: opened.weights ?? "trained", titles: {}, open: {} });
    const { sliders } = context.data;
    this.sliders = new Sliders(sliders, { moved: (field) => this._moved(field), sweep: (field) => (this.sweeping === field ? this._stopped() : this._sweep(field)) });
    this.measured = new Measured(sliders.filter(({ curve }) => curve).map(({ field }) => field));
    for (const [field, value] of Object.entries(opened.sliders ?? {})) this.sliders.set(field, value, true);
    this.along = Object.keys(this.sliders.changed()).find((field) => this.measured.fields.includes(field)) ?? "shift_x";
    this.asking = new NewestAnalysis(context.api, "invariance", (answer, spec) => this._answered(answer, spec), (error) => this._refused(error));
    this.changed = new Changed(context);
    this.charts = SIDES.map((side) => new Curves(context, side, TITLES[side]));
    this.nows = SIDES.map((side) => new Now(side));
    this._build();
  }

  _build() {
    const choice = (name, label, options, present, chosen) => {
      const select = element("select", { class: "pxh-select", "aria-label": label, onchange: () => chosen(select.value) }, ...Object.entries(options).map(([value, text]) => element("option", { value, text, selected: value === present })));
      return element("label", { class: "pxh-choice" }, element("span", { text: label }), select);
    };
    const reset = element("button", { type: "button", class: "pxh-button", onclick: () => this._reset() }, "Put all sliders at rest");
    const kinds = choice("kind", "Compare", KINDS, this.kind, (kind) => { this.kind = kind; this._draw(); });
    this.control = choice("weights", "Network’s weights", { trained: "trained", random: "random (control)" }, this.weights, (weights) => this._control(weights));
    this.said = element("p", { class: "pxh-left", role: "status" });
    this.note = element("p", { class: "pxh-caption" });
    this.refusal = element("p", { class: "pxh-refusal", role: "alert", hidden: true });
    const sides = SIDES.map((side, i) => element("section", { class: `pxh-survives pxh-${side}` }, element("h4", { text: TITLES[side] }), element("div", { class: "pxh-chart" }, this.nows[i].element, this.charts[i].element)));
    this.element = element("section", { class: "pxh-invariance", "aria-label": "What survives a change of the photograph" },
      element("h3", { text: "What survives a change?" }),
      element("p", { text: "Move a slider, or play it through its range. The photograph changes, every rung on both sides answers anew, and its curve shows how much of its pattern is left: how alike its responses still are, unit by unit. How large they are is told beside each bar, as a multiple." }),
      element("div", { class: "pxh-changing" }, this.changed.element, element("div", {}, this.sliders.element, element("div", { class: "pxh-choices" }, reset, kinds, this.control))),
      this.refusal, element("div", { class: "pxh-sides" }, ...sides), this.said, this.note);
  }

  /** Another photograph: its curves begin anew. `image` is null where the service could not keep it. */
  show(image, rungs) {
    this._stopped();
    this.titles = Object.fromEntries(Object.entries(rungs).map(([name, { stage }]) => [name, short(stage)]));
    if (image === this.image) return this._draw();
    Object.assign(this, { image, answer: null, floors: {}, others: { trained: 0, random: 0 } });
    this.measured.clear();
    show(this.refusal, image === null);
    if (image === null) say(this.refusal, "This file is shown, but it is not kept for further questions: save it as PNG or JPEG to use the sliders.");
    else this._ask();
    this._draw();
  }

  /** The unit that is open above: its map is shown before and after. */
  choose(map) {
    this.unit = map;
    this.open = { [map.stage.side]: map.stage.name };
    if (this.image) this._ask();
    this._draw();
  }

  _spec(values, weights = this.weights) {
    const { name } = this.unit?.stage ?? { name: "pixels" };
    const rung = name === "pixels" ? {} : { rung: name, channel: this.unit.described.channel };
    const floor = this.sweeping || this._floored(weights) ? {} : { unrelated: this.others[weights] + 1 };
    return { image: this.image, ...values, weights, ...rung, ...floor };
  }

  _floored(weights) {
    return this.others[weights] >= this.context.data.samples.length - 1;
  }

  _ask() {
    this.asking.ask(this._spec(this.sliders.values));
  }

  _moved(field) {
    if (this.sweeping && this.sweeping !== field) this._stopped();
    if (this.measured.fields.includes(field)) this.along = field;
    this.sliders.mark(this.along, Boolean(this.sweeping));
    if (this.image) this._ask();
    this._draw();
    if (!this.sweeping) this.moved();
  }

  _reset() {
    this._stopped();
    this.sliders.reset();
    this._moved(this.along);
  }

  _control(weights) {
    this.weights = weights;
    this._stopped();
    this.moved();
    this._sweep(this.along);
  }

  // One value after the other, each when the last one is answered: as fast as the models are.
  _sweep(field) {
    this._stopped();
    if (!this.image) return;
    Object.assign(this, { along: field, sweeping: field });
    this.stops = this._stops(STEPS);
    this._next();
  }

  _next() {
    if (!this.stops?.length) return this._stopped();
    this.sliders.set(this.along, this.stops.shift());
  }

  _stopped() {
    const swept = this.sweeping;
    this.sweeping = this.stops = null;
    this.sliders.mark(this.along, false);
    if (swept) this.moved();
  }

  _answered(answer, spec) {
    if (spec.image !== this.image) return;
    show(this.refusal, false);
    const values = Object.fromEntries(Object.keys(this.sliders.values).map((field) => [field, spec[field]]));
    this.measured.add(values, spec.weights, answer.result.similarity);
    if (answer.result.unrelated) {
      this.floors[spec.weights] = answer.result.unrelated;
      this.others[spec.weights] = spec.unrelated;
    }
    if (!this.asides.has(spec)) {
      if (spec.weights === this.weights) this.answer = answer;
      this.changed.show(answer, this.unit);
    }
    this._draw();
    this.element.dataset.answers = String(Number(this.element.dataset.answers ?? 0) + 1);
    if (this.sweeping) {
      // An answer that was asked for before the sweep does not move it on.
      if (values[this.along] === this.sliders.values[this.along] && spec.weights === this.weights) this._next();
    } else this._further();
  }

  // At rest nothing is asked for but the other photographs, one at a time; once a slider was moved, first a few points of its whole
  // range, so that its curve is no single piece. Sliders never wait for any of it: the newest question goes first.
  _further() {
    const { values } = this.sliders;
    const next = values[this.along] === this.sliders.of(this.along).rest ? undefined : this._stops(COARSE).find((value) => !this.measured.has(this.along, { ...values, [this.along]: value }, this.weights));
    if (next === undefined) return this._floored(this.weights) ? undefined : this._ask();
    const aside = { ...this._spec({ ...values, [this.along]: next }), unrelated: 0 };
    this.asides.add(aside);
    this.asking.ask(aside);
  }

  /** Values over the whole range of the slider whose curve is drawn, and its place of rest. */
  _stops(count) {
    const { minimum, maximum, rest, step } = this.sliders.of(this.along);
    const stops = Array.from({ length: count + 1 }, (_, i) => minimum + Math.round(((i / count) * (maximum - minimum)) / step) * step);
    return [...new Set([...stops, rest].map((value) => Number(value.toFixed(6))))].sort((a, b) => a - b);
  }

  _refused(error) {
    this._stopped();
    show(this.refusal, true);
    say(this.refusal, error.message);
  }

  _draw() {
    const { values } = this.sliders;
    const slider = this.sliders.of(this.along);
    const axis = { label: `${slider.label.toLowerCase()}${slider.unit ? `, ${slider.unit}` : ""}`, minimum: slider.minimum, maximum: slider.maximum, rest: slider.rest, value: values[this.along] };
    const floors = this.floors?.[this.weights] ?? {};
    const other = this.weights === "random" ? "trained" : "random";
    SIDES.forEach((side, i) => {
      const rungs = RUNGS[side].filter((name) => this.titles[name]).map((name) => ({ name, title: this.titles[name] }));
      const points = this.measured.points(this.along, values, this.weights, side, this.kind);
      const behind = side === "network" ? this.measured.points(this.along, values, other, side, this.kind) : [];
      this.charts[i].show({ rungs, points, behind, axis, open: this.open[side] });
      this.nows[i].show({ rungs, colours: this.context.palette, open: this.open[side], now: this.answer?.result.similarity[side] ?? {}, floor: floors[side] ?? {}, kind: this.kind });
    });
    this.sliders.mark(this.along, Boolean(this.sweeping));
    this._say(floors);
  }

  _say(floors) {
    const changes = Object.keys(this.sliders.changed()).map((field) => `${this.sliders.of(field).label.toLowerCase()} ${this.sliders.text(field)}`);
    say(this.said, said({ result: this.answer?.result, changes, kind: this.kind, titles: this.titles, floors }));
    say(this.note, explained(this.kind, this.weights));
  }

  /** What of it belongs in the address. */
  link() {
    const values = this.sliders.changed();
    const all = Object.fromEntries(this.sliders.described.map(({ field }) => [field, field in values ? String(values[field]) : null]));
    return { ...all, weights: this.weights === "trained" ? null : this.weights };
  }

  points() {
    return this.measured.rows(this.along, this.sliders.values);
  }

  repaint() {
    this._draw();
    if (this.answer) this.changed.show(this.answer, this.unit);
  }

  destroy() {
    this._stopped();
    this.asking.destroy();
    for (const chart of this.charts) chart.destroy();
  }
}
