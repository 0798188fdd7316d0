// One photograph from dawn to noon: through a response curve that stays, through one that follows the light, and before a network.

import { Analysis, uploaded } from "../analysis.js";
import { number, percent } from "../panels/format.js";
import { badgeButton } from "../panels/badge.js";
import { element, say, section, show } from "../panels/markup.js";
import { Slider, csv, exported } from "./fields.js";
import { LineChart } from "./line_chart.js";
import { Picture, captioned } from "./picture.js";

const PICTURES = "image/jpeg,image/png,image/webp,image/gif,image/bmp,image/tiff";
const LEVELS = [-2, -1, 0, 1, 2];
const SHARES = [0, 0.25, 0.5, 0.75, 1];
const LIGHT = "light, log units from the photograph’s own";

export class Adaptation {
  constructor(context, light) {
    Object.assign(this, { context, light, index: 0 });
    this.fields = ["image", "fixed_at"];
    this.noun = "level";
    this.count = 51;
    this.start = 45;
    this._build();
    this._expose();
  }

  _build() {
    const { data } = this.context;
    this.slider = new Slider("fixed_at", data.fields.fixed_at, this.light.spec.fixed_at, (value) => this.light.set({ fixed_at: value }));
    this.fixed = new Picture("The photograph through a curve that stays", "pxl-photo");
    this.adapting = new Picture("The photograph through a curve that follows the light", "pxl-photo");
    this.camera = new Picture("The photograph as a camera of fixed exposure takes it", "pxl-photo");
    this.curves = new LineChart(this.context, "The two response curves", { x: { low: -4, high: 4, ticks: [-4, -2, 0, 2, 4], label: LIGHT }, y: { low: 0, high: 1, ticks: SHARES, label: "" } }, 210);
    this.kept = new LineChart(this.context, "What survives", { x: { low: -2.5, high: 2.5, ticks: LEVELS, label: LIGHT }, y: { low: 0, high: 1, ticks: SHARES, label: "" } }, 210);
    this.named = new LineChart(this.context, "Probability of the label", { x: { low: -2.5, high: 2.5, ticks: LEVELS, label: LIGHT }, y: { low: 0, high: 1, ticks: SHARES, label: "" } }, 210);
    this.told = element("p", { class: "pxp-story" });
    this.label = element("p", { class: "pxp-story" });
    this.element = element("div", {}, element("div", { class: "pxp-controls" }, this._photographs(), this.slider.element), element("div", { class: "pxl-two" }, this._brain(), this._network()));
  }

  _brain() {
    const { data } = this.context;
    const { root } = section("retina", "Brain: a response curve that follows the light", "response 0 (black) to 1 (white)");
    this.legend = element("figcaption");
    const pair = element("div", { class: "pxp-pair" }, captioned(this.fixed, "a curve that stays").element, captioned(this.adapting, "a curve that follows").element);
    const charts = element("div", { class: "pxp-pair" }, element("figure", { class: "pxp-figure" }, this.curves.element, this.legend), element("figure", { class: "pxp-figure" }, this.kept.element, element("figcaption", { text: "part of the response range that the photograph uses (5th to 95th percentile)" })));
    root.append(pair, charts, badgeButton(data.badges.adapting, "Response curves"), this.told);
    return root;
  }

  _network() {
    const { data } = this.context;
    const { root } = section("exposure", "Network: a label in more and less light", "EfficientNet-Lite0");
    this.working = element("p", { class: "px-note", role: "status", text: "Asking the network." });
    const pair = element("div", { class: "pxp-pair" }, captioned(this.camera, "a camera of fixed exposure").element, element("div", {}, this.working, this.label));
    root.append(pair, element("figure", { class: "pxp-figure" }, this.named.element, element("figcaption", { text: "probability of its own label; dashed: from the camera, solid: behind the curve that follows" })), badgeButton(data.badges.exposure, "Label"));
    return root;
  }

  _photographs() {
    const { data, images } = this.context;
    this.samples = data.samples.map(({ name, title }) => element("button", { type: "button", class: "pxl-sample", "aria-label": title, title, "aria-pressed": "false", "data-sample": `sample:${name}`, onclick: () => this._photo(`sample:${name}`) }, element("img", { src: `${images}/samples/${name}.webp`, alt: "", width: 44, height: 44 })));
    const file = element("input", { type: "file", accept: PICTURES, class: "pxl-file", "aria-label": "Choose a photograph" });
    file.addEventListener("change", () => { this._upload(file.files[0]); file.value = ""; });
    const own = element("label", { class: "px-button pxl-own" }, file, element("span", { "aria-hidden": "true", text: "Choose a photograph" }));
    this._mark();
    return element("div", { class: "pxl-photographs", role: "group", "aria-label": "Photographs" }, this.samples, own);
  }

  _mark() {
    for (const made of this.samples) made.setAttribute("aria-pressed", String(made.dataset.sample === this.light.spec.image));
  }

  _photo(image) {
    this.light.set({ image });
    this._mark();
    this._expose();
  }

  async _upload(file) {
    if (!file) return;
    const { bytes, sentence } = this.context.data.limit;
    if (file.size > bytes) return this.light.fault.say(sentence.replace("{size}", (file.size / 1e6).toFixed(1)));
    try {
      this._photo(await uploaded(this.context.api, file));
    } catch (error) {
      this.light.refused(error);
    }
  }

  /** The network's side takes a second and is asked once for each photograph. */
  async _expose() {
    this.asking?.cancel();
    this.exposure = null;
    show(this.working, true);
    say(this.label, "");
    const asking = (this.asking = new Analysis(this.context.api, "exposure", (sentence) => this.asking === asking && say(this.working, `Asking the network: ${sentence}.`)));
    try {
      const answer = await asking.of({ image: this.light.spec.image });
      if (this.asking !== asking) return;
      this.exposure = answer;
      show(this.working, false);
      this.moved(this.index);
    } catch (error) {
      if (error !== null && this.asking === asking) this.light.refused(error);
    }
  }

  answered(answer) {
    this.answer = answer;
  }

  moved(index) {
    this.index = index;
    if (this.answer) this._retina(index);
    if (this.exposure) this._label(index);
  }

  _retina(index) {
    const { arrays, result } = this.answer;
    const { colours } = this.context;
    say(this.legend, `response; dashed: stays, solid: follows, half-way up at the mean light plus a floor of ${number(result.night)} (this page’s assumption); shaded in grey: the photograph’s light now`);
    const shape = arrays.fixed.shape.slice(1);
    const size = shape[0] * shape[1];
    this.fixed.bytes(arrays.fixed, shape, index * size);
    this.adapting.bytes(arrays.adapting, shape, index * size);
    const points = arrays.curve_light.length;
    const level = arrays.levels[index];
    const [low, high] = result.spread.map((value) => value + level);
    const grey = { colour: colours.faint, width: 4, alpha: 0.6, x: [low, high], y: [0.004, 0.004] };
    this.curves.show([grey, { colour: colours.brain, dash: [7, 5], x: arrays.curve_light, y: arrays.fixed_curve }, { colour: colours.brain, width: 1.4, x: arrays.curve_light, y: arrays.adapting_curve.subarray(index * points, (index + 1) * points) }], { at: level });
    const count = arrays.levels.length;
    const [fixed, follows] = [arrays.kept.subarray(0, count), arrays.kept.subarray(count)];
    this.kept.show([{ colour: colours.brain, dash: [7, 5], x: arrays.levels, y: fixed }, { colour: colours.brain, width: 1.4, x: arrays.levels, y: follows }], { at: level, dots: [{ x: level, y: fixed[index], colour: colours.brain, hollow: true }, { x: level, y: follows[index], colour: colours.brain }] });
    const floor = result.night;
    const part = floor / (10 ** level + floor); // of the half-saturation, which is the mean light and the floor
    const sentence = `In ${times(level)} the photograph’s own light, its greys fill ${percent(fixed[index])} of the range of the curve that stays, and ${percent(follows[index])} of that which follows.`;
    say(this.told, `${sentence} ${followed(part, floor)} The first keeps contrast near one level only, and darkness or glare is left beyond it. Following costs something too: how much light there is can no longer be told from the response.`);
    this.kept.words(sentence);
  }

  _label(index) {
    const { arrays, result } = this.exposure;
    const { colours } = this.context;
    const level = this._level(index);
    const nearest = nearestOf(arrays.levels, level);
    const shape = arrays.pictures.shape.slice(1, 3);
    this.camera.bytes(arrays.pictures, shape, nearest * shape[0] * shape[1] * 3, 3);
    this.named.show([{ colour: colours.network, dash: [7, 5], x: arrays.levels, y: arrays.camera }, { colour: colours.network, width: 1.4, x: arrays.levels, y: arrays.adapted }], { at: level, dots: [{ x: arrays.levels[nearest], y: arrays.camera[nearest], colour: colours.network, hollow: true }, { x: arrays.levels[nearest], y: arrays.adapted[nearest], colour: colours.network }] });
    const count = arrays.levels.length;
    say(this.label, `It says “${result.label}” with ${percent(result.probability)} in the photograph’s own light, and with ${percent(arrays.camera[nearest])} in ${times(arrays.levels[nearest])} that. Nothing in it adapts: it learned that photographs are well exposed. ${percent(arrays.stem[count + nearest])} of its first units are silent here. Behind the curve that follows it says so with ${percent(arrays.adapted[nearest])}.`);
  }

  _level(index) {
    return -2.5 + (5 * index) / (this.count - 1);
  }

  says(index) {
    return `${times(this._level(index))} the light`;
  }

  table() {
    if (!this.answer) return null;
    const { levels, kept } = this.answer.arrays;
    const exposed = this.exposure?.arrays;
    const named = (level) => { const i = exposed ? exposed.levels.findIndex((known) => Math.abs(known - level) < 0.01) : -1; return i < 0 ? ["", ""] : [exposed.camera[i], exposed.adapted[i]]; };
    return csv([["log10 light", "range used, fixed curve", "range used, adapting curve", "label, camera", "label, adapting"], ...Array.from(levels, (level, i) => [level, kept[i], kept[levels.length + i], ...named(level)])]);
  }

  panels() {
    return [exported("curves", "Response curves", this.curves), exported("kept", "What survives", this.kept), exported("label", "Label", this.named)];
  }

  theme() {
    this.moved(this.index);
  }

  destroy() {
    this.asking?.cancel();
    for (const chart of [this.curves, this.kept, this.named]) chart.destroy();
  }
}

/** What the curve that follows depends on: ratios of light, until its floor counts. `part`: the floor's, of the half-saturation. */
function followed(part, floor) {
  const named = `the floor that is left in the dark (${number(floor)} of the photograph’s own mean light, this page’s assumption)`;
  if (part < 0.01) return `The second depends on ratios of light only, so contrast survives: ${named} is far below this light.`;
  return `The second would depend on ratios of light only, but ${named} now counts: it is ${percent(part)} of the half-saturation, and contrast shrinks with its share.`;
}

/** "316 times" of 2.5, "1/316 of" of −2.5. */
function times(level) {
  if (Math.abs(level) < 0.005) return "exactly";
  return level > 0 ? `${number(10 ** level)} times` : `1/${number(10 ** -level)} of`;
}

function nearestOf(levels, wanted) {
  let best = 0;
  levels.forEach((level, i) => { if (Math.abs(level - wanted) < Math.abs(levels[best] - wanted)) best = i; });
  return best;
}
