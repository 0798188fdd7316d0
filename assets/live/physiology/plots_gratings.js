// Drifting gratings: the map of responses fills grating by grating; two curves and one cycle of the drift are read from it.

import { Surface, font } from "../panels/surface.js";
import { number } from "../panels/format.js";
import { element } from "../panels/markup.js";
import { axes, DASH, dots, legend, line, plain, roundUp } from "./axes.js";

const SHORT = { "without normalisation": "alone", "with normalisation": "normalised", "shuffled weights": "shuffled" };
const frequency = (value) => number(value, 2);

export class GratingPlots {
  constructor(context, side) {
    Object.assign(this, { context, side, index: -1 });
    this.surfaces = [
      this._surface("map", "Response by orientation and frequency", (pen, view) => this._map(pen, view), (width, projector) => (projector ? 300 : 214)),
      this._surface("orientation", "Orientation tuning", (pen, view) => this._orientation(pen, view)),
      this._surface("frequency", "Frequency tuning", (pen, view) => this._frequency(pen, view)),
      this._surface("cycle", "One cycle of the best", (pen, view) => this._cycle(pen, view)),
    ];
    const [map, ...curves] = this.surfaces.map(({ figure }) => figure);
    this.beside = map;
    this.element = element("div", { class: "pxp-plots pxp-plots-three" }, ...curves);
  }

  _surface(name, title, render, height = (width, projector) => (projector ? 280 : 178)) {
    const surface = new Surface(this.context, { label: title, height, render: (pen, view) => this.record && render(pen, view) });
    return { name, title, surface, figure: element("figure", { class: `pxp-plot pxp-plot-${name}` }, element("figcaption", { text: title }), surface.canvas) };
  }

  load(record) {
    this.record = record;
    const { orientations, frequencies } = record.result.axes;
    Object.assign(this, { columns: orientations.length, rows: frequencies.length, cells: orientations.length * frequencies.length });
    this.table = record.arrays.response.subarray(0, this.cells);
    this.highest = roundUp(Math.max(...this.table));
    this.second = record.result.variants.length > 1 ? record.arrays.response.subarray(this.cells, 2 * this.cells) : null;
    this.moments = this.cells + record.result.axes.phases.length;
  }

  draw(index) {
    this.index = index;
    for (const { surface } of this.surfaces) surface.draw();
  }

  get shown() {
    return Math.min(this.cells, this.index + 1);
  }

  get finished() {
    return this.index + 1 >= this.cells;
  }

  _best() {
    let best = 0;
    for (let k = 1; k < this.shown; k++) if (this.table[k] > this.table[best]) best = k;
    return [Math.floor(best / this.columns), best % this.columns];
  }

  _map(pen, view) {
    const { orientations, frequencies } = this.record.result.axes;
    const x = { low: -0.5, high: this.columns - 0.5, name: "orientation, degrees", ticks: orientations.map((_, k) => k).filter((k) => k % 4 === 0), tick: (k) => plain(orientations[k]) };
    const y = { low: -0.5, high: this.rows - 0.5, name: "spatial frequency, cycles per degree", ticks: frequencies.map((_, k) => k).filter((k) => k % 2 === 0 || view.projector === false), tick: (k) => frequency(frequencies[k]) };
    const at = axes(pen, view, x, y);
    const [width, height] = [at.x(1) - at.x(0), at.y(0) - at.y(1)];
    for (let k = 0; k < this.cells; k++) {
      const [row, column] = [Math.floor(k / this.columns), k % this.columns];
      const known = k < this.shown;
      pen.fillStyle = known ? view.colours.css(this.table[k] / this.highest) : view.colours.surface;
      const inset = known ? 0.5 : 0.35 * width;
      pen.fillRect(at.x(column - 0.5) + inset, at.y(row + 0.5) + (known ? 0.5 : 0.35 * height), width - 2 * inset, height - (known ? 1 : 0.7 * height));
    }
    const k = this.finished ? this._best()[0] * this.columns + this._best()[1] : this.index;
    if (k < 0) return;
    Object.assign(pen, { strokeStyle: view.colours.text, lineWidth: view.projector ? 4 : 2 });
    pen.strokeRect(at.x((k % this.columns) - 0.5), at.y(Math.floor(k / this.columns) + 0.5), width, height);
  }

  _scale(view) {
    return { low: 0, high: this.highest, name: this.record.result.unit.rate, ticks: [0, this.highest / 2, this.highest] };
  }

  _orientation(pen, view) {
    const { orientations } = this.record.result.axes;
    const x = { low: 0, high: 180, name: "orientation, degrees", ticks: [0, 45, 90, 135, 180] };
    const at = axes(pen, view, x, this._scale(view), { top: 2.1 });
    const [bestRow] = this._best();
    const curve = (table, row, limit) => orientations.map((value, k) => [value, table[row * this.columns + k], row * this.columns + k]).filter(([, , k]) => k < limit);
    const placed = (points, scale = 1) => points.map(([value, rate]) => [at.x(value), at.y(rate * scale)]);
    for (let row = 0; row < this.rows; row++) line(pen, view, placed(curve(this.table, row, this.shown)), view.colours[this.side], { width: view.line * 0.6, alpha: row === bestRow ? 0 : 0.3 });
    const best = placed(curve(this.table, bestRow, this.shown));
    line(pen, view, best, view.colours[this.side]);
    dots(pen, view, best, view.colours[this.side]);
    if (this.finished && this.second) this._control(pen, view, placed, curve);
  }

  // What is compared: a cell without normalisation on the same scale, shuffled weights on a scale of their own.
  _control(pen, view, placed, curve) {
    let best = 0;
    for (let k = 1; k < this.cells; k++) if (this.second[k] > this.second[best]) best = k;
    const row = this.side === "brain" ? this._best()[0] : Math.floor(best / this.columns);
    const peak = Math.max(...curve(this.second, row, this.cells).map(([, rate]) => rate));
    const fit = peak > 0 ? (0.9 * this.highest) / peak : 0;
    const scale = this.side === "brain" && peak <= this.highest ? 1 : fit;
    line(pen, view, placed(curve(this.second, row, this.cells), scale), view.colours.faint, { dash: DASH });
    const title = this.record.result.variants[1].title;
    legend(pen, view, [{ text: scale === 1 ? SHORT[title] ?? title : `${SHORT[title] ?? title}, own scale`, colour: view.colours.faint, dash: DASH }]);
  }

  _frequency(pen, view) {
    const { frequencies } = this.record.result.axes;
    const x = { low: frequencies[0] / 1.15, high: frequencies.at(-1) * 1.15, log: true, name: "cycles per degree", ticks: frequencies, tick: frequency };
    const at = axes(pen, view, x, this._scale(view), { top: 2.1 });
    const [, column] = this._best();
    const points = frequencies.map((value, row) => [value, this.table[row * this.columns + column], row * this.columns + column]).filter(([, , k]) => k < this.shown);
    const placed = points.map(([value, rate]) => [at.x(value), at.y(rate)]);
    line(pen, view, placed, view.colours[this.side]);
    dots(pen, view, placed, view.colours[this.side]);
  }

  _cycle(pen, view) {
    const { phases } = this.record.result.axes;
    const rates = this.record.arrays.cycle.subarray(0, phases.length);
    const high = roundUp(Math.max(...rates));
    const x = { low: 0, high: 360, name: "phase, degrees", ticks: [0, 180, 360] };
    const at = axes(pen, view, x, { low: 0, high, name: this.record.result.unit.rate, ticks: [0, high / 2, high] }, { top: 2.1 });
    const count = Math.max(0, this.index + 1 - this.cells);
    if (count === 0) {
      Object.assign(pen, { font: font(view), fillStyle: view.colours.faint, textAlign: "center", textBaseline: "middle" });
      pen.fillText("after the last grating", (at.left + at.right) / 2, (at.top + at.bottom) / 2);
      return;
    }
    pen.fillStyle = view.colours[this.side];
    const width = (at.x(22.5) - at.x(0)) * 0.82;
    for (let k = 0; k < count; k++) pen.fillRect(at.x(phases[k]) + width * 0.1, at.y(rates[k]), width, at.bottom - at.y(rates[k]));
  }

  panels() {
    return this.surfaces.map(({ name, title, surface, figure }) => ({ panel: { name: `${this.side}-${name}`, title: `${this.side}: ${title}`, element: figure, image: () => surface.image(), svg: () => surface.svg() }, host: figure }));
  }

  destroy() {
    for (const { surface } of this.surfaces) surface.destroy();
  }
}
