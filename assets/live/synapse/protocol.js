// Spike timing: one synapse and one weight under a protocol. The protocol runs, or the curve of change against Δt draws itself.

import { NewestAnalysis, Refusal } from "../analysis.js";
import { element, say, show } from "../panels/markup.js";
import { Choice, csv, exported, faultLine } from "../perception/fields.js";
import { Controls } from "./protocol_controls.js";
import { Curve } from "./protocol_curve.js";
import { Frequency, TRAINS } from "./protocol_frequency.js";
import { Pictures } from "./protocol_pictures.js";
import { Question } from "./protocol_question.js";
import { Spikes } from "./protocol_spikes.js";
import { ofCurve, presetOf, written } from "./protocol_spec.js";

const MOMENTS = 300; // of the protocol, however long it lasts
const MANY = 300; // pairs, above which the curve is computed at fewer intervals, so that sliders stay live
const NO_DELTA = "this protocol has no single Δt; choose Pairs to drag it";
const WATCH = [{ name: "protocol", title: "the protocol" }, { name: "curve", title: "the curve" }];

export class Protocol {
  constructor(context) {
    this.context = context;
    this.told = context.data.protocol;
    this.spec = { ...this.told.spec };
    const { query } = context.data.opened;
    const own = context.data.opened.tab === "protocol" ? query : {};
    this.watch = own.watch === "curve" ? "curve" : "protocol";
    const at = Number(own.at);
    this.asked = own.at !== undefined && Number.isInteger(at) && at >= 0 ? at : null;
    this._build(own);
    this._ask("synapse", this.spec);
    this._askCurves();
    this._fit();
    this.start = this.asked ?? (this.question.open ? 0 : this.count - 1);
  }

  // ── what the page asks ─────────────────────────────────────────────────────────────────────────

  get count() { return this.watch === "curve" ? this.curve.count : MOMENTS; }
  get noun() { return this.watch === "curve" ? "interval" : "moment"; }

  moved(index) {
    this.index = index;
    const share = this.count > 1 ? index / (this.count - 1) : 1;
    if (this.watch === "curve") this.curve.upTo(index === this.count - 1 ? Infinity : index);
    else this.pictures.moved(share);
    if (share === 1 && this.watch === "protocol" && this.question.chosen !== null) this.question.reveal();
  }

  says(index) {
    return this.watch === "curve" ? this.curve.says(index) : this.pictures.says(index / (MOMENTS - 1));
  }

  address() {
    const { defaults } = this.told;
    const fields = Object.fromEntries(Object.keys(defaults).map((name) => [name, written(this.spec[name]) === written(defaults[name]) ? null : written(this.spec[name])]));
    const last = this.index === undefined || this.index === this.count - 1;
    const kept = { watch: this.watch === "curve" ? "curve" : null, frequency: this.frequency.train === TRAINS[0].name ? null : this.frequency.train, data: this.frequency.data ? null : "0" };
    return { ...fields, moments: null, look_at: null, ...kept, at: last ? null : String(this.index) };
  }

  table() {
    const { answer } = this.pictures;
    if (!answer) return null;
    const { arrays, result } = answer;
    const names = ["calcium", ...result.models.map(({ name }) => `${name}/weight`), "network/weight", "network/error", "network/step"];
    return csv([["time, ms", ...names], ...Array.from(arrays.time, (time, i) => [time, ...names.map((name) => arrays[name][i])])]);
  }

  panels() {
    const frequency = this.frequency.panels().map((chart, i) => [`frequency-${i + 1}`, chart.label, chart]);
    return [...this.pictures.panels(), ["curve", "Change against Δt", this.curve.chart], ...frequency].map((named) => exported(...named));
  }

  theme() {
    this.pictures.redraw();
    this.curve.theme();
    this.frequency.redraw();
  }

  destroy() {
    for (const asks of Object.values(this.asks)) asks.destroy();
    for (const part of [this.pictures, this.curve, this.frequency, this.spikes]) part.destroy();
  }

  // ── what stands there ──────────────────────────────────────────────────────────────────────────

  _build(query) {
    const { context, told } = this;
    this.fault = faultLine();
    this.waiting = element("p", { class: "px-note", role: "status", text: "Asking the models…" });
    this.controls = new Controls(told, this.spec, { changed: (changes) => this.set(changes), started: (start) => this._take(start) });
    this.question = new Question(() => this._revealed());
    this.spikes = new Spikes(context, (changes) => this.set(changes));
    this.choice = new Choice("Watch", WATCH, ({ name }) => this._watch(name));
    this.pictures = new Pictures(context, told, (spec) => this._ask("close", spec));
    this.curve = new Curve(context, (delta_ms) => this.set({ delta_ms }));
    const train = TRAINS.some(({ name }) => name === query.frequency) ? query.frequency : TRAINS[0].name;
    this.frequency = new Frequency(context, told, { train, data: query.data !== "0" }, () => { this._askFrequency(); context.changed(); });
    this.hidden = element("p", { class: "px-note", hidden: true, text: "The curves over Δt and over frequency come with the answer: they would give it away." });
    const { sides, closely, story } = this.pictures;
    const near = element("div", { class: "pxs-pair pxs-near" }, element("div", {}, this.curve.element, this.hidden), closely);
    const far = element("div", { class: "pxs-pair pxs-far" }, this.frequency.element, story);
    const watch = element("div", { class: "px-row pxs-watch" }, element("span", { class: "px-name", text: "Watch" }), this.choice.element);
    this.controls.told.append(watch);
    this.element = element("div", { class: "pxp-part pxs-protocol" }, this.controls.element, this.spikes.element, this.question.element, this.fault.element, this.waiting, sides, near, far);
    this._mark();
    const ask = (experiment, answered) => new NewestAnalysis(context.api, experiment, answered, (error) => this._refused(error));
    this.asks = {
      synapse: ask("synapse", (answer, spec) => this._answered(answer, spec)), close: ask("synapse", (answer) => this.pictures.close(answer)),
      interval: ask("stdp-curve", (answer) => this._drawn(answer)), frequency: ask("stdp-curve", (answer) => this.frequency.answered(answer)),
    };
  }

  // ── what is done ───────────────────────────────────────────────────────────────────────────────

  /** Changes of the spec, by a hand: a slider, the handle of Δt, a drawn spike. */
  set(changes) {
    const before = ofCurve(this.spec);
    Object.assign(this.spec, changes);
    this._fit();
    this._ask("synapse", this.spec);
    if (JSON.stringify(ofCurve(this.spec)) !== JSON.stringify(before)) this._askCurves();
    this.context.changed();
  }

  _take(start) {
    this.set({ ...this.told.defaults, ...start.changes });
    if (this.watch === "curve") this._watch("protocol");
    this.context.player.pause();
    this.context.player.show(this.question.open ? 0 : this.count - 1);
  }

  /** Controls, question, lanes and handle as the spec says. */
  _fit() {
    const { spec, told } = this;
    this.controls.fit(spec);
    this.question.ask(presetOf(told, spec)?.prediction ?? null);
    show(this.spikes.element, spec.protocol === "own");
    if (spec.protocol === "own") this.spikes.fit(spec);
    this.curve.place(spec.delta_ms, told.uses[spec.protocol].includes("delta_ms"), NO_DELTA);
    this._revealed();
  }

  _revealed() {
    const { open } = this.question;
    show(this.curve.element, !open);
    show(this.frequency.element, !open);
    show(this.hidden, open);
    show(this.choice.element.parentElement, !open);
    this.pictures.secret(open);
    this.controls.secret(open);
  }

  _watch(name) {
    if (name === this.watch) return;
    this.indices = { ...this.indices, [this.watch]: this.index };
    this.watch = name;
    this._mark();
    if (name === "protocol") this.curve.upTo(Infinity);
    this.context.reload({ index: name === "curve" ? 0 : this.indices[name] ?? this.count - 1 });
    this.context.changed();
  }

  /** What moves stands first. */
  _mark() {
    this.choice.mark(this.watch);
    if (this.element) this.element.dataset.watch = this.watch;
  }

  _ask(name, spec) {
    this.asks[name].ask(spec);
  }

  _askCurves() {
    this._ask("interval", { ...ofCurve(this.spec), mode: "interval", intervals: this.spec.pairs * this.spec.bursts > MANY ? 41 : 101 });
    this._askFrequency();
  }

  _askFrequency() {
    this._ask("frequency", { ...ofCurve(this.spec), ...this.frequency.fields, mode: "frequency", frequencies: 41 });
  }

  _answered(answer, spec) {
    this.fault.say("");
    show(this.waiting, false);
    this.pictures.answered(answer, spec);
    this.question.measured(Object.fromEntries(answer.result.models.map(({ name, change }) => [name, change])));
    this.element.dataset.answered = `${spec.protocol} ${spec.delta_ms} ${spec.rate_hz}`;
    this.element.dataset.answers = String(Number(this.element.dataset.answers ?? 0) + 1);
    this.context.answered();
  }

  _drawn(answer) {
    this.curve.answered(answer, this.spec.protocol === "pairs");
    if (this.watch === "curve") this.context.reload({ index: this.context.player.index });
  }

  _refused(error) {
    if (!(error instanceof Refusal)) console.error(error);
    show(this.waiting, false);
    this.fault.say(error instanceof Refusal ? error.message : "This could not be computed. Try again.");
  }
}
