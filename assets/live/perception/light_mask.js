// A grating gets stronger under a mask: a normalised cell's response beside that of a unit in a network's first layer.

import { number } from "../panels/format.js";
import { badgeButton } from "../panels/badge.js";
import { element, say, section } from "../panels/markup.js";
import { Slider, csv, exported } from "./fields.js";
import { LineChart } from "./line_chart.js";
import { Picture, captioned } from "./picture.js";

const SHARES = [0, 0.25, 0.5, 0.75, 1];

export class Mask {
  constructor(context, light) {
    Object.assign(this, { context, light, index: 0 });
    this.fields = ["mask", "exponent", "half"];
    this.noun = "contrast";
    this.count = 41;
    this.start = 40;
    this._build();
  }

  _build() {
    const { data } = this.context;
    this.sliders = this.fields.map((name) => new Slider(name, data.fields[name], this.light.spec[name], (value) => this.light.set({ [name]: value })));
    const x = { low: 0, high: 1, ticks: SHARES, label: "contrast of the grating" };
    this.chart = new LineChart(this.context, "Contrast response of the cell", { x, y: { low: 0, high: 1, ticks: SHARES, label: "" } }, 300);
    this.network = new LineChart(this.context, "Contrast response of the unit", { x, y: { low: 0, high: 3, ticks: [0, 1, 2, 3], label: "" } }, 300);
    this.stimulus = new Picture("Grating with mask", "pxl-stimulus");
    this.told = element("p", { class: "pxp-story" });
    this.unit = element("p", { class: "pxp-story" });
    const figure = captioned(this.stimulus, "what both see: upright bars that grow, level bars as the mask");
    const brain = section("mask-cell", "Brain: a cell with divisive normalisation", "solid: with mask, dashed: without");
    brain.root.append(element("p", { class: "px-note", text: "response, as a share of the largest" }), this.chart.element, badgeButton(data.badges.normalisation, "Normalised cell"), this.told);
    const net = section("mask-unit", "Network: a unit of its first layer", "solid: with mask, dashed: without");
    net.root.append(element("p", { class: "px-note", text: "response above that to even grey" }), this.network.element, badgeButton(data.badges.stem, "First layer"), this.unit);
    this.element = element("div", {}, element("div", { class: "pxp-controls" }, this.sliders.map((slider) => slider.element)), element("div", { class: "pxl-three" }, figure.element, brain.root, net.root));
  }

  answered(answer, spec) {
    this.answer = answer;
    this.spec = spec;
    const top = Math.max(...answer.arrays.stem_alone, ...answer.arrays.stem_masked);
    const high = Math.max(1, Math.ceil(top));
    Object.assign(this.network.axes.y, { high, ticks: Array.from({ length: high + 1 }, (_, i) => i) });
  }

  moved(index) {
    this.index = index;
    if (!this.answer) return;
    const { arrays, result } = this.answer;
    const { colours } = this.context;
    const at = arrays.contrast[index];
    const pair = (alone, masked, colour) => [{ colour, dash: [7, 5], x: arrays.contrast, y: alone }, { colour, width: 1.4, x: arrays.contrast, y: masked, until: at }];
    const halves = [{ x: result.half_alone, y: 0.5, colour: colours.brain, hollow: true }];
    if (result.half_masked <= at) halves.push({ x: result.half_masked, y: 0.5, colour: colours.brain });
    this.chart.show(pair(arrays.alone, arrays.masked, colours.brain), { at, dots: halves });
    this.network.show(pair(arrays.stem_alone, arrays.stem_masked, colours.network), { at });
    this.stimulus.bytes(arrays.stimulus, arrays.stimulus.shape.slice(1), index * 64 * 64);
    this._tell(index);
  }

  _tell(index) {
    const { arrays, result } = this.answer;
    const { mask } = this.spec;
    const where = result.half_masked > 1 ? "beyond the highest contrast" : `at ${number(result.half_masked)}`;
    const sentence = `Half of the largest response is reached at a contrast of ${number(result.half_alone)} without the mask, and ${where} with a mask of ${number(mask)}. The ceiling is the same: only the place on the axis moves.`;
    say(this.told, `${sentence} At a contrast of ${number(arrays.contrast[index])} the cell gives ${number(arrays.masked[index])} with the mask and ${number(arrays.alone[index])} without. Some cells answer less to the highest contrasts (Peirce 2007); this function rises for ever and cannot fit them.`);
    this.chart.words(sentence);
    const last = arrays.contrast.length - 1;
    const added = arrays.stem_masked[last] - arrays.stem_alone[last];
    say(this.unit, `The unit’s drive is a straight line in contrast: ${number(arrays.stem_alone[last] / 2)} at half and ${number(arrays.stem_alone[last])} at full contrast. The mask adds ${number(added)} at full contrast and ${number(arrays.stem_masked[0])} at none; it divides nothing, and there is no half-contrast to move.`);
  }

  says(index) {
    return `contrast ${number(index / 40)}`;
  }

  table() {
    if (!this.answer) return null;
    const { contrast, alone, masked, stem_alone: unit, stem_masked: covered } = this.answer.arrays;
    return csv([["contrast", "cell", "cell with mask", "unit", "unit with mask"], ...Array.from(contrast, (value, i) => [value, alone[i], masked[i], unit[i], covered[i]])]);
  }

  panels() {
    return [exported("cell", "Cell", this.chart), exported("unit", "Unit", this.network), exported("grating", "Grating with mask", this.stimulus)];
  }

  theme() {
    this.moved(this.index);
  }

  destroy() {
    this.chart.destroy();
    this.network.destroy();
  }
}
