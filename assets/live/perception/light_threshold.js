// The least light that can be added and seen, as the background grows: three laws in one curve, and a network's first layer.

import { number, percent } from "../panels/format.js";
import { badgeButton } from "../panels/badge.js";
import { element, say, section } from "../panels/markup.js";
import { Slider, csv, exported } from "./fields.js";
import { LineChart } from "./line_chart.js";

const NAMES = ["dark light", "that of the photons", "that of the response"];
const LABELS = [{ text: "dark light alone", at: 70 }, { text: "photons alone", at: 74, below: true }, { text: "response noise alone", at: 26, below: true }];
const DASHES = [[2, 4], [6, 4], [10, 4, 2, 4]];
const powers = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

export class Threshold {
  constructor(context, light) {
    Object.assign(this, { context, light, index: 0 });
    this.fields = ["dark_events", "response_noise"];
    this.noun = "background";
    this.count = 91;
    this.start = 90;
    this._build();
  }

  _build() {
    const { data } = this.context;
    this.sliders = this.fields.map((name) => new Slider(name, data.fields[name], this.light.spec[name], (value) => this.light.set({ [name]: value }), { log: true }));
    const axes = { x: { low: -2, high: 7, log: true, ticks: powers(-2, 7), label: "background, photon events in one integration time" }, y: { low: -1, high: 6, log: true, ticks: powers(-1, 6), label: "" } };
    this.chart = new LineChart(this.context, "Threshold against background", axes, 380);
    const stem = { x: { low: -2, high: 0, log: true, ticks: [-2, -1, 0], label: "background, share of the largest pixel value" }, y: { low: -1, high: 2, log: true, ticks: [-1, 0, 1, 2], label: "" } };
    this.network = new LineChart(this.context, "The network’s first layer", stem, 260);
    this.told = element("p", { class: "pxp-story" });
    this.flat = element("p", { class: "pxp-story" });
    const brain = section("threshold", "Brain: what must be added to be seen", "a model observer");
    brain.root.append(element("p", { class: "px-note", text: "events to add, against events of the background; dashes: what each noise alone would ask for" }), this.chart.element, badgeButton(data.badges.threshold, "Threshold"), this.told);
    const net = section("stem", "Network: one unit of its first layer", "EfficientNet-Lite0");
    net.root.append(element("p", { class: "px-note", text: "edge that changes the unit by as much on each background, relative to the darkest" }), this.network.element, badgeButton(data.badges.stem, "First layer"), this.flat);
    this.element = element("div", {}, element("div", { class: "pxp-controls" }, this.sliders.map((slider) => slider.element)), element("div", { class: "pxl-two" }, brain.root, net.root));
  }

  answered(answer) {
    this.answer = answer;
    const { background, threshold, parts, stem } = answer.arrays;
    const count = background.length;
    this.x = Array.from(background, Math.log10);
    this.y = Array.from(threshold, Math.log10);
    this.noises = NAMES.map((_, i) => Array.from(parts.subarray(i * count, (i + 1) * count), Math.log10));
    const points = stem.shape[1];
    this.stem = { x: Array.from(stem.subarray(0, points), Math.log10), y: Array.from(stem.subarray(points), Math.log10) };
    const needed = Array.from(stem.subarray(points));
    say(this.flat, `From the darkest background to one ${number(stem[points - 1] / stem[0])} times lighter, what must be added changes by ${percent(Math.max(...needed) / Math.min(...needed) - 1)}: slope 0 throughout. Its batch normalisation subtracts and divides by numbers that were fixed when training ended, so the drive is a straight line in the pixels. Only a ReLU’s cut at 0 or 6 ends that, by silence.`);
  }

  moved(index) {
    this.index = index;
    if (!this.answer) return;
    const { colours } = this.context;
    const at = this.x[index];
    const noises = this.noises.map((y, i) => ({ colour: colours.faint, dash: DASHES[i], x: this.x, y, until: at, label: LABELS[i] }));
    this.chart.show([...noises, { colour: colours.brain, width: 1.6, x: this.x, y: this.y, until: at }], { at, dots: [{ x: at, y: this.y[index], colour: colours.brain }] });
    this.network.show([{ colour: colours.network, width: 1.6, ...this.stem }]);
    say(this.told, this._law(index));
    this.chart.words(this._law(index));
  }

  _law(index) {
    const { background, threshold, slope } = this.answer.arrays;
    const steep = slope[index];
    const parts = NAMES.map((name, i) => [name, this.noises[i][index]]).sort((a, b) => b[1] - a[1]);
    const law = steep < 0.25 ? "hardly rises, as dark light hides what is dim" : steep < 0.75 ? "rises about as the square root of the background, the law of de Vries and Rose" : "rises about as the background does, Weber’s law";
    return `On a background of ${number(background[index])} events, ${number(threshold[index])} more are just seen, ${percent(threshold[index] / background[index])} of it. The largest noise is ${parts[0][0]}; with a slope of ${number(steep)} the threshold ${law}.`;
  }

  says(index) {
    return this.answer ? this._law(index) : `background ${index + 1}`;
  }

  table() {
    if (!this.answer) return null;
    const { background, threshold, slope } = this.answer.arrays;
    return csv([["background", "threshold", "slope"], ...Array.from(background, (value, i) => [value, threshold[i], slope[i]])]);
  }

  panels() {
    return [exported("threshold", "Threshold", this.chart), exported("first-layer", "First layer", this.network)];
  }

  theme() {
    this.moved(this.index);
  }

  destroy() {
    this.chart.destroy();
    this.network.destroy();
  }
}
