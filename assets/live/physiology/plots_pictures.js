// White noise and natural patches: pictures that are built up from the frames so far.

import { Surface } from "../panels/surface.js";
import { number } from "../panels/format.js";
import { element, say } from "../panels/markup.js";
import { axes, dots, line, roundUp } from "./axes.js";
import { patchPixels } from "./stimulus.js";

const SHELF = 6;

/** A square field of signed values in the diverging colours, one canvas pixel a value. */
function paintField(canvas, colours, values, side, largest) {
  Object.assign(canvas, { width: side, height: side });
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(side, side);
  const words = new Uint32Array(image.data.buffer);
  for (let k = 0; k < words.length; k++) words[k] = colours.lut[Math.max(0, Math.min(255, Math.round((values[k] / largest + 1) * 127.5)))];
  pen.putImageData(image, 0, 0);
}

const largestOf = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);

export class NoisePlots {
  constructor(context, side) {
    Object.assign(this, { context, side, index: -1 });
    this.fields = ["average", "significance", "axis", "planted"].map((name) => this._field(name));
    this.surface = new Surface(context, { label: "Agreement with the planted field by number of frames", height: (width, projector) => (projector ? 280 : 178), render: (pen, view) => this.record?.result.correlations && this._curve(pen, view) });
    this.figure = element("figure", { class: "pxp-plot" }, element("figcaption", { text: "Average and planted field" }), this.surface.canvas);
    this.beside = element("div", { class: "pxp-plots pxp-plots-fields" }, ...this.fields.slice(0, 2).map(({ figure }) => figure));
    this.element = element("div", { class: "pxp-plots pxp-plots-three pxp-plots-fields" }, ...this.fields.slice(2).map(({ figure }) => figure), this.figure);
  }

  _field(name) {
    const canvas = element("canvas", { class: "pxp-pixels", role: "img" });
    const [title, caption] = [element("figcaption"), element("p", { class: "pxp-caption" })];
    return { name, canvas, title, caption, figure: element("figure", { class: "pxp-plot" }, title, canvas, caption) };
  }

  load(record) {
    this.record = record;
    this.moments = record.result.frames.length;
    this.figure.hidden = !record.result.correlations;
    for (const { name, figure } of this.fields) figure.hidden = name === "planted" && !record.arrays.planted;
  }

  draw(index) {
    this.index = index;
    for (const field of this.fields) if (!field.figure.hidden) this._show(field);
    this.surface.draw();
  }

  _show({ name, canvas, title, caption }) {
    const { result, arrays } = this.record;
    const pixels = result.squares ** 2;
    const finished = this.index >= this.moments - 1;
    const values = name === "average" ? arrays.average.subarray(this.index * pixels, (this.index + 1) * pixels) : arrays[name];
    const waits = !finished && (name === "significance" || name === "axis");
    const bound = name === "significance" ? values.map((value) => (Math.abs(value) > result.threshold ? value : 0)) : values;
    paintField(canvas, this.context.colours, waits ? new Float32Array(pixels) : bound, result.squares, largestOf(bound));
    const [heading, words] = this._words(name, waits);
    say(title, heading);
    say(caption, words);
    canvas.setAttribute("aria-label", `${heading}. ${words}`);
  }

  _words(name, waits) {
    const { result } = this.record;
    const count = result.frames[this.index];
    const frames = count === 1 ? "1 frame" : `${count.toLocaleString("en-GB")} frames`;
    if (name === "average") return ["Weighted average", `After ${frames}, each weighted by the response. Blue: light raises it; orange: dark does.`];
    if (name === "planted") return ["The planted field", "What the model cell was built with."];
    const title = name === "significance" ? "Squares beyond chance" : "Covariance: first axis";
    if (waits) return [title, "Comes after the last frame."];
    if (name === "significance") return [title, `${result.passing} of ${result.squares ** 2} pass |z| > ${number(result.threshold)}; by chance all would stay grey in 19 of 20 such maps.`];
    return [title, `Variance along it ${number(result.eigenvalue)} times that of the noise (1 would be none). Its sign means nothing.`];
  }

  _curve(pen, view) {
    const { frames, correlations } = this.record.result;
    const ticks = [1, 10, 100, 1000, 10000];
    const at = axes(pen, view, { low: 0.9, high: 22000, log: true, name: "frames", ticks, tick: (value) => value.toLocaleString("en-GB") }, { low: -0.25, high: 1, name: "correlation r", ticks: [0, 0.5, 1] });
    line(pen, view, [[at.left, at.y(0)], [at.right, at.y(0)]], view.colours.border, { width: view.projector ? 3 : 1 });
    const points = correlations.average.slice(0, this.index + 1).map((value, k) => [at.x(frames[k]), at.y(Math.max(-0.25, value))]);
    line(pen, view, points, view.colours[this.side]);
    dots(pen, view, points, view.colours[this.side]);
  }

  panels() {
    const pictures = this.fields.filter(({ figure }) => !figure.hidden).map(({ name, title, canvas, figure }) => ({ panel: { name: `${this.side}-${name}`, title: `${this.side}: ${title.textContent}`, element: figure, image: () => canvas }, host: figure }));
    return this.figure.hidden ? pictures : [...pictures, { panel: { name: `${this.side}-agreement`, title: `${this.side}: agreement`, element: this.figure, image: () => this.surface.image(), svg: () => this.surface.svg() }, host: this.figure }];
  }

  destroy() {
    this.surface.destroy();
  }
}

export class NaturalPlots {
  constructor(context, side) {
    Object.assign(this, { side, index: -1 });
    this.surface = new Surface(context, { label: "Response to each patch", height: (width, projector) => (projector ? 280 : 178), render: (pen, view) => this.record && this._bars(pen, view) });
    this.figure = element("figure", { class: "pxp-plot pxp-plot-wide" }, element("figcaption", { text: "Response to each patch" }), this.surface.canvas);
    this.shelves = [this._shelf("Drive it most so far"), this._shelf("Drive it least so far")];
    this.beside = this.figure;
    this.element = element("div", { class: "pxp-plots" }, ...this.shelves.map(({ figure }) => figure));
  }

  _shelf(title) {
    const cells = Array.from({ length: SHELF }, () => ({ canvas: element("canvas", { class: "pxp-pixels", role: "img" }), rate: element("span") }));
    const row = element("div", { class: "pxp-shelf" }, ...cells.map(({ canvas, rate }) => element("div", {}, canvas, rate)));
    return { cells, figure: element("figure", { class: "pxp-plot pxp-plot-wide" }, element("figcaption", { text: title }), row) };
  }

  load(record) {
    this.record = record;
    this.moments = record.result.patches.length;
    this.high = roundUp(Math.max(...record.arrays.response));
    const side = record.arrays.patch.shape[1];
    for (const { cells } of this.shelves) for (const { canvas } of cells) Object.assign(canvas, { width: side, height: side });
  }

  draw(index) {
    this.index = index;
    this.surface.draw();
    const seen = Array.from({ length: index + 1 }, (_, k) => k).sort((a, b) => this.record.arrays.response[b] - this.record.arrays.response[a]);
    const half = Math.floor(seen.length / 2);
    this._fill(this.shelves[0], seen.slice(0, Math.min(SHELF, Math.max(1, half))));
    this._fill(this.shelves[1], seen.slice(-Math.min(SHELF, half)).reverse().slice(0, half));
  }

  _fill({ cells }, numbers) {
    cells.forEach(({ canvas, rate }, k) => {
      const patch = numbers[k];
      canvas.style.visibility = patch === undefined ? "hidden" : "visible";
      say(rate, patch === undefined ? "" : number(this.record.arrays.response[patch], 2));
      if (patch === undefined || canvas.dataset.patch === String(patch)) return;
      canvas.dataset.patch = String(patch);
      const pen = canvas.getContext("2d");
      const image = pen.createImageData(canvas.width, canvas.height);
      patchPixels(this.record.arrays.patch, patch, image);
      pen.putImageData(image, 0, 0);
      canvas.setAttribute("aria-label", `Patch ${patch + 1}, from ${this.record.result.patches[patch].photograph}`);
    });
  }

  _bars(pen, view) {
    const { response } = this.record.arrays;
    const at = axes(pen, view, { low: 0, high: this.moments, name: "patch, in the order shown", ticks: [0, 28, 56, 84] }, { low: 0, high: this.high, name: this.record.result.unit.rate, ticks: [0, this.high / 2, this.high] });
    pen.fillStyle = view.colours[this.side];
    const width = (at.x(1) - at.x(0)) * 0.75;
    for (let k = 0; k <= this.index; k++) pen.fillRect(at.x(k), at.y(response[k]), width, at.bottom - at.y(response[k]));
  }

  panels() {
    return [{ panel: { name: `${this.side}-patches`, title: `${this.side}: response to each patch`, element: this.figure, image: () => this.surface.image(), svg: () => this.surface.svg() }, host: this.figure }];
  }

  destroy() {
    this.surface.destroy();
  }
}
