// The feature hierarchy: a photograph in; its labels, each stage's strongest maps and their receptive fields out.
// Changing stage or channel asks the service nothing: every map that is shown came with the analysis.

import { Palette, watchTheme } from "../colour.js";
import { element } from "../panels/markup.js";
import { Analysis, Refusal } from "../analysis.js";
import { mapsOf } from "./feature_map.js";
import { fieldOf } from "./geometry.js";
import { Intake } from "./intake.js";
import { Labels } from "./labels.js";
import { Ladder } from "./ladder.js";
import { asImage, Photograph } from "./photograph.js";
import { Shelf } from "./shelf.js";
import { Unit } from "./unit.js";

/** Called again with every change of the page; the first call decides. Returns how to take the view away. */
export function mount(place, data) {
  place.parallaxHierarchy ??= new Hierarchy(place, data);
  return () => {
    place.parallaxHierarchy?.destroy();
    delete place.parallaxHierarchy;
  };
}

class Hierarchy {
  constructor(place, data) {
    this.data = data;
    this.root = element("section", { class: "pxh", "aria-label": "Feature hierarchy", "data-status": "starting" });
    place.append(this.root);
    this.palette = new Palette(this.root);
    this._build();
    this.stop = watchTheme(this.root, () => this.palette.read() && this.answer && this._show());
    this.stage = Math.max(0, data.stages.indexOf(data.opened.stage));
    this.channel = data.opened.channel;
    this._take({ sample: data.spec.image.replace("sample:", "") });
  }

  _build() {
    const look = (map, row, column) => this._look(map, row, column);
    this.panel = element("div", { class: "pxh-panel", role: "tabpanel", id: "pxh-panel" });
    this.intake = new Intake(this.root, this.data, (chosen) => this._take(chosen));
    this.photograph = new Photograph();
    this.labels = new Labels();
    this.ladder = new Ladder(this.panel, (index) => this._climb(index));
    this.shelf = new Shelf(look, (index) => this._choose(index));
    this.unit = new Unit(look);
    this.panel.append(this.unit.element, this.shelf.element);
    const seen = element("div", { class: "pxh-seen" }, this.photograph.element, this.labels.element);
    this.body = element("div", { class: "pxh-body", hidden: true }, seen, element("div", { class: "pxh-network" }, this.ladder.element, this.panel));
    this.waiting = element("div", { class: "pxh-shape", "aria-hidden": "true" }, element("i"), element("i"), element("i"));
    this.root.append(this._tools(), this.intake.element, this.waiting, this.body);
    this.root.addEventListener("keydown", (event) => event.key === "Escape" && this._project(false));
  }

  _tools() {
    this.projector = element("button", { type: "button", class: "pxh-button pxh-projecting", "aria-pressed": "false", onclick: () => this._project(!this.root.classList.contains("px-projector")) }, "Projector");
    return this.projector;
  }

  _project(on) {
    this.root.classList.toggle("px-projector", on);
    this.projector.setAttribute("aria-pressed", String(on));
  }

  async _take({ sample, file }) {
    this.analysis?.cancel();
    const analysis = (this.analysis = new Analysis(this.data.api, "feature-hierarchy", (sentence, share) => this.analysis === analysis && this.intake.progress(sentence, share)));
    this.root.dataset.status = "working";
    this.intake.progress(file ? "uploading" : "asking the service", 0);
    try {
      const answer = await analysis.of({ ...this.data.spec, image: sample ? `sample:${sample}` : undefined }, file ? { image: file } : {});
      if (this.analysis === analysis) this._answered(answer, sample);
    } catch (error) {
      if (error === null || this.analysis !== analysis) return;
      if (!(error instanceof Refusal)) console.error(error);
      this._refused(error instanceof Refusal ? error.message : "The answer could not be shown. Try again.");
    }
  }

  // What was shown before stays: a refused photograph costs nothing.
  _refused(sentence) {
    this.root.dataset.status = "refused";
    this.intake.refuse(sentence);
  }

  _answered(answer, sample) {
    this.answer = answer;
    this.sample = this.data.samples.find(({ name }) => name === sample) ?? null;
    this.input = asImage(answer.arrays.input);
    this.maps = answer.result.stages.map((stage) => mapsOf(stage, answer.arrays));
    this.body.hidden = false;
    this.waiting.hidden = true;
    this.intake.finished();
    this.intake.mark(sample ?? null);
    this._show();
    this.root.dataset.status = "done";
  }

  _show() {
    const { result } = this.answer;
    this.photograph.show(this.answer, this.sample?.title ?? "Your photograph", this._caption());
    this.labels.show(result.labels);
    this.ladder.show(result.stages, this.maps.map(([strongest]) => strongest), this.palette, result.labels[0]);
    this._open(this.stage);
  }

  _caption() {
    const { photograph, notes } = this.answer.result;
    const about = this.sample ? [this.sample.sentence, `${this.sample.credit}.`] : [];
    return [...about, `${photograph.width.toLocaleString("en-GB")} × ${photograph.height.toLocaleString("en-GB")} pixels.`, ...notes].join(" ");
  }

  // Channels of two stages have nothing in common but their numbers.
  _climb(index) {
    if (index !== this.stage) this.channel = null;
    this._open(index);
  }

  _open(index) {
    this.stage = index;
    const maps = this.maps[index];
    this.root.dataset.stage = maps[0].stage.name;
    this.ladder.mark(index);
    this.shelf.show(maps[0].stage, maps, this.palette);
    this._choose(Math.max(0, maps.findIndex((map) => map.described.channel === this.channel)));
  }

  _choose(index) {
    this.chosen = this.maps[this.stage][index];
    this.channel = this.chosen.described.channel;
    this.root.dataset.channel = this.channel;
    this.shelf.reveal(index);
    this.shelf.mark(index);
    this.unit.show(this.chosen, this.input, this.palette);
    this._look(null);
    this._address(index);
  }

  /** A unit's field on the photograph; without one, that of the chosen channel's largest response. */
  _look(map, row, column) {
    const [shown, at] = map ? [map, [row, column]] : [this.chosen, this.chosen.described.position];
    this.photograph.point(fieldOf(shown.stage, ...at), this.palette.network);
    if (map) this.unit.read(map, row, column);
    else this.unit.rest();
  }

  // The address holds what can be opened again: a packaged photograph, the stage, the channel. Uploads expire, so they are not in it.
  _address(index) {
    const url = new URL(location.href);
    const wanted = {
      image: this.sample && this.sample.name !== this.data.samples[0].name ? `sample:${this.sample.name}` : null,
      stage: this.stage > 0 ? this.data.stages[this.stage] : null,
      channel: index > 0 ? String(this.channel) : null,
    };
    for (const [name, text] of Object.entries(wanted)) {
      if (text === null) url.searchParams.delete(name);
      else url.searchParams.set(name, text);
    }
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  }

  destroy() {
    this.analysis?.cancel();
    this.intake.destroy();
    this.stop();
    this.root.remove();
  }
}
