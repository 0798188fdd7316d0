// Light: three experiments, each beside what a trained network does: dawn to noon, the threshold against the background, a mask.

import { NewestAnalysis, Refusal } from "../analysis.js";
import { element, say, show } from "../panels/markup.js";
import { Choice, differing, faultLine } from "./fields.js";
import { Adaptation } from "./light_adaptation.js";
import { Mask } from "./light_mask.js";
import { Threshold } from "./light_threshold.js";

const PARTS = { adaptation: Adaptation, threshold: Threshold, normalisation: Mask };

export class Light {
  constructor(context) {
    this.context = context;
    const { data } = context;
    this.spec = { ...data.opened.spec };
    if (!PARTS[this.spec.part]) this.spec.part = "adaptation";
    this.starts = data.presets.filter(({ changes }) => PARTS[changes.part]).map((start) => ({ ...start, name: start.changes.part, start: start.name }));
    this.choice = new Choice("Experiments with light", this.starts, ({ name }) => this._choose(name));
    this.sentence = element("p", { class: "px-note pxp-sentence" });
    this.fault = faultLine();
    this.waiting = element("p", { class: "px-note", role: "status", text: "Computing the responses…" });
    this.place = element("div");
    this.parts = {};
    this.indices = {};
    this.newest = new NewestAnalysis(context.api, "perception", (answer, spec) => this._answered(answer, spec), (error) => this.refused(error));
    this.element = element("div", { class: "pxp-part pxl" }, element("div", { class: "pxp-starts" }, this.choice.element, this.sentence), this.fault.element, this.waiting, this.place);
    const level = Number(data.opened.query.at);
    this.start = data.opened.query.at !== undefined && Number.isInteger(level) && level >= 0 ? level : null;
    this._open(this.spec.part);
    this.start ??= this.part.start;
  }

  get count() { return this.part.count; }
  get noun() { return this.part.noun; }

  moved(index) {
    this.index = index;
    this.part.moved(index);
  }

  says(index) {
    return this.part.says(index);
  }

  address() {
    const { spec, part, context } = this;
    const image = spec.image.startsWith("sample:") ? spec : { ...spec, image: context.data.defaults.image };
    return { part: spec.part, ...differing(image, context.data.defaults, part.fields), at: this.index === part.start ? null : String(this.index ?? part.start) };
  }

  table() {
    return this.part.table();
  }

  panels() {
    return this.part.panels();
  }

  theme() {
    this.part.theme();
  }

  /** Changes of the spec: of a slider, or of a photograph. */
  set(changes) {
    Object.assign(this.spec, changes);
    this._ask();
    this.context.changed();
  }

  refused(error) {
    if (!(error instanceof Refusal)) console.error(error);
    show(this.waiting, false);
    this.fault.say(error instanceof Refusal ? error.message : "This could not be computed. Try again.");
  }

  _choose(name) {
    if (name === this.spec.part) return;
    this.indices[this.spec.part] = this.context.player.index;
    this.spec.part = name;
    this._open(name);
    this.context.reload({ index: this.indices[name] ?? this.part.start });
    this.context.changed();
  }

  _open(name) {
    this.parts[name] ??= new PARTS[name](this.context, this);
    this.part = this.parts[name];
    this.place.replaceChildren(this.part.element);
    this.choice.mark(name);
    say(this.sentence, this.starts.find((start) => start.name === name).sentence);
    this.fault.say("");
    this._ask();
  }

  _ask() {
    this.newest.ask(Object.fromEntries(["part", ...this.part.fields].map((name) => [name, this.spec[name]])));
  }

  _answered(answer, spec) {
    this.fault.say("");
    show(this.waiting, false);
    this.parts[spec.part].answered(answer, spec);
    this.element.dataset.answered = spec.part;
    if (this.parts[spec.part] === this.part) this.part.moved(this.context.player.index);
  }

  destroy() {
    this.newest.destroy();
    for (const part of Object.values(this.parts)) part.destroy();
  }
}
