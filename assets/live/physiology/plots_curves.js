// Contrast, size and masks: one curve that grows to the right, point by point; fits are drawn once their points are all there.

import { Surface, font } from "../panels/surface.js";
import { number } from "../panels/format.js";
import { element } from "../panels/markup.js";
import { mix } from "../panels/palette.js";
import { axes, DASH, dots, legend, LEGEND_ROW, line, roundUp, upright } from "./axes.js";

const TITLES = { contrast: "Response to contrast", size: "Response to size", masks: "Response to contrast under a mask" };
const TICKS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20];

/** A fit that is drawn: none where the function does not describe the points, which are joined faintly instead. */
const described = (fit) => (fit?.described ? fit : null);

export class CurvePlot {
  constructor(context, side, protocol) {
    Object.assign(this, { side, protocol, index: -1 });
    this.surface = new Surface(context, { label: TITLES[protocol], height: (width, projector) => (projector ? 320 : 330), render: (pen, view) => this.record && this._draw(pen, view) });
    this.figure = element("figure", { class: "pxp-plot pxp-plot-wide" }, element("figcaption", { text: TITLES[protocol] }), this.surface.canvas);
    this.beside = this.figure;
    this.element = element("div");
  }

  load(record) {
    this.record = record;
    this.values = record.result.axes.contrasts ?? record.result.axes.diameters;
    this.moments = record.result.moments.length;
    const count = record.result.variants.length;
    this.tables = Array.from({ length: count }, (_, k) => record.arrays.response.subarray(k * this.moments, (k + 1) * this.moments));
    const peak = (table) => Math.max(...table, 0);
    // Responses without normalisation have the cell's own scale; shuffled weights are brought to the unit's.
    const shared = this.side === "brain" ? this.tables : this.tables.slice(0, 1);
    this.high = roundUp(Math.max(...shared.map(peak)));
    this.scales = this.tables.map((table, k) => (k === 0 || this.side === "brain" || peak(table) === 0 ? 1 : peak(this.tables[0]) / peak(table) || 1));
  }

  draw(index) {
    this.index = index;
    this.surface.draw();
  }

  _draw(pen, view) {
    const { values } = this;
    const contrasts = this.protocol !== "size";
    const name = contrasts ? "contrast of the grating" : "diameter, degrees";
    const x = { low: values[0] / 1.1, high: values.at(-1) * 1.1, log: true, name, ticks: TICKS.filter((tick) => tick >= values[0] / 1.05 && tick <= values.at(-1) * 1.05) };
    const at = axes(pen, view, x, { low: 0, high: this.high, name: this.record.result.unit.rate, ticks: [0, this.high / 2, this.high] }, { top: 2.4 + LEGEND_ROW * (this._rows(view) - 1) });
    if (!contrasts) upright(pen, view, at, at.x(this.record.result.unit.field_degrees), "field");
    if (this.protocol === "masks") this._masks(pen, view, at);
    else this._variants(pen, view, at);
  }

  _variants(pen, view, at) {
    const entries = [];
    for (let k = this.tables.length - 1; k >= 0; k--) {
      const colour = k === 0 ? view.colours[this.side] : view.colours.faint;
      const points = this._points(this.tables[k], 0, this.values.length, this.scales[k], at);
      const fit = described(this.record.result.fits?.[k]);
      const complete = this.index + 1 >= this.moments;
      if (fit && complete) line(pen, view, fit.line[0].map((value, j) => [at.x(value), at.y(fit.line[1][j] * this.scales[k])]), colour, { dash: k ? DASH : [] });
      if (!fit || !complete) line(pen, view, points, colour, { dash: k ? DASH : [], alpha: this.record.result.fits ? 0.35 : 1 });
      dots(pen, view, points, colour, { hollow: k > 0 });
      entries.unshift({ text: this.record.result.variants[k].title + (k && this.scales[k] !== 1 ? ", own scale" : ""), colour, dash: k ? DASH : [] });
    }
    this._legend(pen, view, entries);
  }

  _masks(pen, view, at) {
    const { masks, contrasts } = this.record.result.axes;
    const entries = [];
    masks.forEach((mask, m) => {
      const colour = mix(view.colours.background, view.colours[this.side], 1 - (0.62 * m) / (masks.length - 1));
      const first = m * contrasts.length;
      const points = this._points(this.tables[0], first, contrasts.length, 1, at);
      const fit = described(this.record.result.fits[0][m]);
      const complete = this.index + 1 >= first + contrasts.length;
      if (fit && complete) line(pen, view, fit.line[0].map((value, j) => [at.x(value), at.y(fit.line[1][j])]), colour);
      else line(pen, view, points, colour, { alpha: 0.35 });
      dots(pen, view, points, colour, { hollow: m % 2 === 1 });
      entries.push({ text: m === 0 ? "mask 0" : number(mask, 2), colour });
    });
    this._legend(pen, view, entries);
  }

  _points(table, first, count, scale, at) {
    const points = [];
    for (let k = 0; k < count && first + k <= this.index; k++) points.push([at.x(this.values[k]), at.y(table[first + k] * scale)]);
    return points;
  }

  // Rows of the legend: the variants' titles stand below each other where they do not fit beside each other.
  _rows(view) {
    return this.protocol !== "masks" && view.width < 34 * view.text ? this.tables.length : 1;
  }

  _legend(pen, view, entries) {
    pen.save();
    if (this._rows(view) > 1) entries.forEach((entry, row) => legend(pen, view, [entry], row));
    else if (entries.length) legend(pen, view, entries);
    pen.restore();
  }

  panels() {
    return [{ panel: { name: `${this.side}-${this.protocol}`, title: `${this.side}: ${TITLES[this.protocol]}`, element: this.figure, image: () => this.surface.image(), svg: () => this.surface.svg() }, host: this.figure }];
  }

  destroy() {
    this.surface.destroy();
  }
}
