// One side: its unit, the stimulus that it is shown now, and what it has answered so far.

import { badgeButton } from "../panels/badge.js";
import { number } from "../panels/format.js";
import { button, element, say, show } from "../panels/markup.js";
import { CurvePlot } from "./plots_curves.js";
import { GratingPlots } from "./plots_gratings.js";
import { LayerPlots } from "./plots_layer.js";
import { NaturalPlots, NoisePlots } from "./plots_pictures.js";
import { Stimulus } from "./stimulus.js";

const TITLES = { brain: "Brain: a model cell", network: "Network: a unit" };
const LAYERS = { brain: "Brain: the model’s cells", network: "Network: the layer’s units" };
const orientation = (moment) => `${number(moment.orientation)}°`;

export class Side {
  constructor(context, name, { chooser, data, learn }) {
    Object.assign(this, { context, name, data, record: null });
    this.title = element("h3", { text: TITLES[name] });
    this.stimulus = new Stimulus(name);
    this.about = element("p", { class: "pxp-caption" });
    this.rate = element("output", { class: "pxp-rate", "aria-label": "Response to this stimulus" });
    this.rateName = element("span", { class: "pxp-caption" });
    this.rateLine = element("p", { class: "pxp-rate-line" }, this.rate, this.rateName);
    this.beside = element("div", { class: "pxp-beside" });
    this.bar = element("progress", { max: 1, value: 0 });
    this.doing = element("span");
    this.working = element("p", { class: "pxp-working", role: "status", hidden: true }, this.bar, this.doing);
    this.refusal = element("p", { class: "pxp-refusal", role: "alert", hidden: true });
    this.missing = this._missing(learn);
    this.plots = element("div", { class: "pxp-plot-place" });
    this.unit = element("h4");
    this.now = element("div", { class: "pxp-now" }, this.stimulus.element, element("div", { class: "pxp-answer" }, this.unit, this.about, this.rateLine), this.beside);
    this.element = element("section", { class: `pxp-side pxp-side-${name}`, "aria-label": TITLES[name] },
      element("header", { class: "pxp-side-head" }, this.title, badgeButton(data.badges[name], TITLES[name])), chooser, this.working, this.refusal, this.missing, this.now, this.plots);
    show(this.now, false);
  }

  _missing(learn) {
    const start = button("Train one here", learn, { class: "px-button pxp-button pxp-primary" });
    const words = "No network is learning in this tab. Open Live convnet, let it learn, and come back; or let one learn a little here: MNIST digits, 300 updates.";
    return element("div", { class: "pxp-missing", hidden: true }, element("p", { text: words }), element("div", { class: "pxp-row" }, start, element("a", { class: "pxp-link", href: "live-convnet", target: "_self", text: "Open Live convnet" })));
  }

  progress(sentence, share) {
    show(this.working, true);
    show(this.refusal, false);
    show(this.missing, false);
    say(this.doing, sentence);
    this.bar.value = share;
  }

  /** What was shown before stays: a refusal costs nothing. `runless`: there is no network to ask. */
  refuse(sentence, runless = false) {
    show(this.working, false);
    show(this.missing, runless);
    show(this.refusal, !runless);
    if (runless) this._clear();
    else say(this.refusal, sentence);
  }

  _clear() {
    this.record = null;
    show(this.now, false);
    this.plot?.destroy();
    this.plot = null;
    this.plots.replaceChildren();
    this.beside.replaceChildren();
  }

  load(record, state) {
    show(this.working, false);
    show(this.refusal, false);
    show(this.missing, false);
    const layer = state.scope === "layer";
    const kind = layer ? "layer" : state.protocol;
    if (this.kind !== kind || !this.plot) {
      this.plot?.destroy();
      this.plot = this._plots(layer, state.protocol);
      this.plots.replaceChildren(this.plot.element);
      this.beside.replaceChildren(...(this.plot.beside ? [this.plot.beside] : []));
      this.kind = kind;
    }
    Object.assign(this, { record, layer, protocol: state.protocol });
    show(this.now, true);
    say(this.title, (layer ? LAYERS : TITLES)[this.name]);
    show(this.rateLine, !layer);
    say(this.unit, layer ? record.result.layer : record.result.unit.title);
    say(this.about, layer ? "" : this._about(record.result.unit.about));
    say(this.rateName, layer ? "" : `${record.result.unit.rate}, ${this._quantity()}`);
    if (layer) this.stimulus.loadLayer();
    else this.stimulus.load(record);
    this.plot.load(record);
  }

  _plots(layer, protocol) {
    if (layer) return new LayerPlots(this.context, this.name, this.data.published, this.data.badges);
    if (protocol === "gratings") return new GratingPlots(this.context, this.name);
    if (protocol === "noise") return new NoisePlots(this.context, this.name);
    return protocol === "natural" ? new NaturalPlots(this.context, this.name) : new CurvePlot(this.context, this.name, protocol);
  }

  // The pool's answer to a picture would take its filters' answers to every frame: pictures go to the cell alone.
  _about(words) {
    const alone = this.name === "brain" && ["noise", "natural"].includes(this.protocol);
    return alone ? `${words} Noise and patches go to the cell alone, without its pool, whatever the switch says.` : words;
  }

  /** What of the response the large number is. */
  _quantity() {
    if (this.protocol === "noise") return "to this frame";
    if (this.protocol === "natural") return "to this patch";
    return this.record.result.modulated ? "F1: what follows the bars" : "F0: its mean over a cycle";
  }

  get moments() {
    return this.plot && this.record ? this.plot.moments : 0;
  }

  /** Shows moment `index`, or its last where it has fewer. */
  draw(index, rate, playing) {
    if (!this.record) return;
    const k = Math.min(index, this.moments - 1);
    this.plot.draw(k);
    const answer = this._stimulus(k, rate, playing, index);
    say(this.rate, answer === null ? "" : number(answer < 1e-3 ? 0 : answer));
  }

  _stimulus(k, rate, playing, turn) {
    const { result, arrays } = this.record;
    if (this.layer) {
      const moment = result.moments[k];
      this.stimulus.grating({ ...moment, contrast: moment.known ? 1 : 0, phases: [[0, 0], [90, 0], [180, 0], [270, 0]] }, rate, playing, turn);
      this.stimulus.say(moment.known ? `unit ${result.numbers[k]} prefers what varies along ${orientation(moment)}, ${number(moment.frequency)} cycles per degree` : `unit ${result.numbers[k]}: no grating drives it`, moment.known ? moment.orientation : NaN);
      return null;
    }
    if (this.protocol === "noise") {
      this.stimulus.noise(k);
      const most = result.asked > result.most ? `; this unit is given at most ${result.most.toLocaleString("en-GB")}, for time` : "";
      this.stimulus.say(`frame ${result.frames[k].toLocaleString("en-GB")} of ${result.frames.at(-1).toLocaleString("en-GB")}${most}`);
    } else if (this.protocol === "natural") {
      this.stimulus.patch(k);
      this.stimulus.say(`patch ${k + 1}, from “${result.patches[k].photograph}”`);
    } else {
      this.stimulus.grating(result.moments[k], rate, playing, turn);
      const cycle = this._cycle(k);
      this.stimulus.say(this._words(result.moments[k], cycle), cycle >= 0 ? result.moments[k].orientation : NaN);
      if (cycle >= 0) return arrays.response.subarray(0, k - cycle).reduce((most, value) => Math.max(most, value), 0);
    }
    return arrays.response[k];
  }

  /** Which phase of the preferred grating moment `k` shows; below 0 while the gratings themselves are shown. */
  _cycle(k) {
    return this.protocol === "gratings" ? k - this.record.arrays.response.length / this.record.result.variants.length : -1;
  }

  _words(moment, cycle) {
    const base = `${orientation(moment)}, ${number(moment.frequency)} cycles per degree`;
    if (this.protocol === "contrast") return `${base}, contrast ${number(moment.contrast, 2)}`;
    if (this.protocol === "size") return `${base}, ${number(moment.diameter)}° wide`;
    if (this.protocol === "masks") return `${base}, contrast ${number(moment.contrast, 2)}, mask ${number(moment.mask_contrast, 2)}`;
    if (cycle < 0) return base;
    return `${base}: the preferred one; at phase ${number(moment.phases[0][0])}° it answers ${number(Math.max(0, this.record.arrays.cycle[cycle]), 2)}`;
  }

  panels() {
    return this.record ? this.plot.panels() : [];
  }

  redraw() {
    if (this.record) this.plot.draw(this.plot.index);
  }

  destroy() {
    this.stimulus.destroy();
    this.plot?.destroy();
  }
}
