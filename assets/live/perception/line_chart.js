// A small chart of curves over one axis: linear or by powers of ten, with a line where the player stands.

import { power } from "../panels/format.js";
import { fade } from "../panels/palette.js";
import { polyline } from "../panels/polyline.js";
import { font } from "../panels/surface.js";
import { SmallChart } from "../player/small_chart.js";

const EDGE = { left: 54, right: 14, top: 12, bottom: 44 };

export class LineChart extends SmallChart {
  /** `axes`: {x: {low, high, label, ticks: [values], log?}, y: …}; with `log`, values are exponents of ten and ticks are written so. */
  constructor(context, label, axes, height = 250) {
    super(context, label, height, EDGE);
    Object.assign(this, { axes, curves: [] });
  }

  /** `curves`: [{name, colour, dash?, width?, x, y, until?, alpha?, label?: {text, at, below?}}]; `until`: only points
      with x up to there; `at`: the point of the curve where its name stands. */
  show(curves, { at = null, dots = [] } = {}) {
    Object.assign(this, { curves, at, dots });
    this.surface.draw();
  }

  _render(pen, view) {
    const box = this._box(view);
    const { x, y } = this.axes;
    const place = (h, v) => [box.left + ((h - x.low) / (x.high - x.low)) * (box.right - box.left), box.bottom - ((v - y.low) / (y.high - y.low)) * (box.bottom - box.top)];
    this._axes(pen, view, box, place);
    for (const curve of this.curves) this._curve(pen, view, box, place, curve);
    if (this.at !== null) this._standing(pen, view, box, place);
    for (const dot of this.dots ?? []) this._dot(pen, view, place, dot);
  }

  _axes(pen, view, box, place) {
    const { x, y } = this.axes;
    pen.font = font(view);
    pen.fillStyle = view.colours.faint;
    pen.strokeStyle = fade(view.colours.ink, 0.14);
    pen.lineWidth = view.projector ? 3 : 1;
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    for (const tick of y.ticks) {
      const [, v] = place(x.low, tick);
      polyline(pen, [[box.left, v], [box.right, v]]);
      pen.fillText(written(tick, y), box.left - 6, v);
    }
    pen.textAlign = "center";
    pen.textBaseline = "top";
    const room = Math.max(1, Math.ceil((x.ticks.length * 3.4 * view.text) / (box.right - box.left)));
    x.ticks.forEach((tick, i) => i % room === 0 && pen.fillText(written(tick, x), place(tick, y.low)[0], box.bottom + 5));
    pen.fillText(x.label, (box.left + box.right) / 2, box.bottom + 8 + 1.35 * view.text);
    pen.textAlign = "left";
  }

  _curve(pen, view, box, place, { colour, dash = [], width = 1, x, y, until = Infinity, alpha = 1, label = null }) {
    pen.strokeStyle = alpha < 1 ? fade(colour, alpha) : colour;
    pen.lineWidth = view.line * width;
    pen.setLineDash(dash.map((part) => part * (view.projector ? 2 : 1)));
    const points = [];
    for (let i = 0; i < x.length && x[i] <= until + 1e-9; i++) {
      const [h, v] = place(x[i], y[i]);
      if (h > box.left - 1 && h < box.right + 1 && v > box.top - 1 && v < box.bottom + 1) points.push([h, v]);
    }
    polyline(pen, points);
    pen.setLineDash([]);
    if (label && points.length) named(pen, view, colour, label, points[Math.min(points.length - 1, label.at)]);
  }

  _dot(pen, view, place, { x, y, colour, hollow = false }) {
    const [h, v] = place(x, y);
    pen.beginPath();
    pen.arc(h, v, view.projector ? 8 : 4.5, 0, 2 * Math.PI);
    pen.fillStyle = hollow ? view.colours.background : colour;
    pen.fill();
    pen.strokeStyle = colour;
    pen.lineWidth = view.line;
    pen.stroke();
  }
}

function written(tick, { log = false, format = null }) {
  if (format) return format(tick);
  return log ? power(tick) : String(tick).replace("-", "−");
}

function named(pen, view, colour, { text, below = false }, [h, v]) {
  pen.font = font(view);
  pen.fillStyle = colour;
  pen.textAlign = "left";
  pen.textBaseline = below ? "top" : "bottom";
  pen.fillText(text, h + 4, v + (below ? 4 : -3));
}
