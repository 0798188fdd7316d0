// Why this label? Grad-CAM and an occlusion map over the photograph, and whether the map depends on what was learned.

import { number, percent } from "../../panels/format.js";
import { element, say, section, show } from "../../panels/markup.js";
import { themed } from "../../panels/surface.js";
import { Asked } from "./asked.js";
import { hidden, verdict } from "./attribution_words.js";
import { Check } from "./check.js";
import { title } from "./naming.js";
import { NetworkChoice } from "./network_choice.js";
import { overlay, paintPicture, picture } from "./pictures.js";

const INVITES = "Press the button: parts of the photograph are hidden one after the other, and weights are drawn anew from the label downwards to see whether the map depends on them.";
const MAPS = [
  { name: "cam", title: "Grad-CAM" },
  { name: "occlusion", title: "Occlusion" },
];
const WINDOWS = [32, 48, 64];

export class Attribution {
  constructor(context) {
    this.context = context;
    const { root } = section("attribution", "Why this label?");
    this.element = root;
    this.unthemed = themed(context, root);
    this.asked = new Asked(context, "attribution", "Show which pixels speak for it", {
      question: () => this._question(),
      preview: (arrays) => this._draw(arrays),
      answered: (answer) => this._answered(answer),
    });
    this.check = new Check(context);
    this.charts = this.check.charts;
    this.opacity = 0.8;
    this._build();
  }

  _build() {
    this.network = new NetworkChoice(this.context, () => { this._labels(); this._stages(); });
    this.label = element("select", { class: "px-select" });
    this.stage = element("select", { class: "px-select" });
    this.window = element("select", { class: "px-select" }, ...WINDOWS.map((side) => element("option", { value: side, selected: side === 48, text: `${side} px` })));
    const opacity = element("input", { type: "range", class: "px-range", min: 0, max: 1, step: 0.05, value: this.opacity, "aria-label": "Opacity of the maps" });
    opacity.addEventListener("input", () => { this.opacity = Number(opacity.value); this._draw(this.arrays); });
    this.canvases = MAPS.map(({ name, title }) => ({ name, canvas: picture(`${title} over the photograph`, "pxm-large"), told: element("p", { class: "px-caption" }) }));
    this.invitation = element("p", { class: "pxm-invitation", text: INVITES });
    const figures = this.canvases.map(({ canvas, told }, i) => element("figure", {}, element("h4", { text: MAPS[i].title }), canvas, told));
    const legend = element("p", { class: "px-legend" }, element("span", { class: "px-key" }, element("i", { class: "px-swatch px-line-positive" }), "speaks for the label"), element("span", { class: "px-key" }, element("i", { class: "px-swatch px-line-negative" }), "speaks against it"), field("opacity", opacity));
    this.body = element("div", { class: "pxm-attribution", hidden: true }, ...figures, this.check.element);
    this.legend = legend;
    this.sentence = element("p", { class: "px-sentences", role: "status" });
    this.left = element("p", { class: "px-note", text: "Guided backpropagation is not offered: its maps hardly change when weights are drawn anew (Adebayo et al. 2018), so they cannot tell what was learned." });
    show(legend, false);
    this.element.append(element("div", { class: "pxm-controls" }, this.network.element, field("label", this.label), field("stage of Grad-CAM", this.stage), field("hiding square", this.window), this.asked.element), this.invitation, legend, this.body, this.sentence, this.left);
  }

  /** Another photograph was answered: the maps of the last one go. */
  analysed({ image, labels, title }) {
    const same = this.image === image;
    Object.assign(this, { image, title, labels });
    this._labels();
    this._stages();
    if (same) return;
    if (this.asked.busy) this.asked.cancel();
    this.answer = this.arrays = null;
    for (const part of [this.body, this.legend]) show(part, false);
    show(this.invitation, true);
    say(this.sentence, "");
  }

  // Another network has labels of its own, which are known once it has answered.
  _labels() {
    const named = ({ name, probability }, i) => element("option", { value: i + 1, text: this.network.ladders ? `${name} (${percent(probability)})` : `answer ${i + 1}` });
    const chosen = this.label.value;
    this.label.replaceChildren(...(this.labels ?? []).slice(0, 5).map(named));
    if (chosen && this.network.ladders === false) this.label.value = chosen;
  }

  _stages() {
    const names = this.network.stages ?? ["head"];
    const chosen = this.stage.value;
    this.stage.replaceChildren(...names.map((name) => element("option", { value: name, selected: name === chosen, text: title(name) })));
    if (!names.includes(chosen)) this.stage.value = names.at(-1);
  }

  _question() {
    if (!this.image) return null;
    return { image: this.image, network: this.network.name, label: Number(this.label.value), stage: this.stage.value, window: Number(this.window.value) };
  }

  _draw(arrays) {
    if (!arrays) return;
    this.arrays = arrays;
    show(this.body, true);
    show(this.legend, true);
    show(this.invitation, false);
    for (const { name, canvas } of this.canvases) {
      paintPicture(canvas, arrays.input);
      if (arrays[name]) overlay(canvas, arrays[name], arrays[name].shape, this.context.palette, this.opacity);
    }
    if (arrays.randomised) this.check.maps(arrays.randomised);
    show(this.check.element, Boolean(arrays.randomised));
  }

  _answered(answer) {
    this.answer = answer;
    const { result, arrays } = answer;
    this._draw(arrays);
    const [side] = arrays.cam.shape;
    say(this.canvases[0].told, `${title(result.stage)}: ${side} × ${side} units, each drawn as one square; ${result.flat ? "it is flat: nearly all of them have one and the same value" : `largest ${number(Math.max(...arrays.cam))}`}.`);
    const lost = hidden(result.occlusion, arrays.occlusion);
    say(this.canvases[1].told, lost.sentence);
    if (!lost.some) paintPicture(this.canvases[1].canvas, arrays.input);
    if (result.flat) paintPicture(this.canvases[0].canvas, arrays.input);
    this.check.show(result, arrays.randomised);
    show(this.check.element, !result.flat && !result.even);
    say(this.sentence, verdict(result, this.title));
  }

  theme() {
    if (this.answer) this._answered(this.answer);
    else this._draw(this.arrays);
  }

  destroy() {
    this.unthemed();
    this.asked.destroy();
    this.check.destroy();
  }
}

const field = (name, control) => element("label", { class: "px-label" }, element("span", { text: name }), control);
