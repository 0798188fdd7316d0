// A chart over time or over gaps: curves with names beside them, a band of error, recorded points, uses, and where the player stands.

import { power } from "../panels/format.js";
import { fade } from "../panels/palette.js";
import { polyline } from "../panels/polyline.js";
import { font } from "../panels/surface.js";
import { SmallChart } from "../player/small_chart.js";

const EDGE = { left: 50, right: 14, top: 14, bottom: 44 };

export class MemoryChart extends SmallChart {
  constructor(context, label, height = 220) {
    super(context, label, height, EDGE);
  }

  /** `axes` {x, y}: {low, high, ticks: [{at, text}], label, log}; `curves` [{colour, dash?, width?, x, y, error?, until?, name?: {text, share}}];
      `points` [{x, y, colour, shape, open?}]; `uses`: ticks on the axis; `at`: where the line stands; `dots` on the curves there. */
  show(axes, curves, { points = [], uses = [], at = null, dots = [] } = {}) {
    Object.assign(this, { axes, curves, points, uses, at, dots });
    this.surface.draw();
  }

  _render(pen, view) {
    if (!this.axes) return;
    const box = this._box(view);
    const place = (x, y) => [box.left + part(this.axes.x, x) * (box.right - box.left), box.bottom - part(this.axes.y, y) * (box.bottom - box.top)];
    this._grid(pen, view, box, place);
    for (const use of this.uses) this._use(pen, view, box, place, use);
    pen.save();
    pen.beginPath();
    pen.rect(box.left - 1, box.top - 3, box.right - box.left + 2, box.bottom - box.top + 6);
    pen.clip();
    for (const curve of this.curves) this._band(pen, place, curve);
    for (const curve of this.curves) this._curve(pen, view, place, curve);
    pen.restore();
    if (this.at !== null) this._standing(pen, view, box, place);
    for (const point of this.points) this._point(pen, view, box, place, point);
    for (const dot of this.dots) this._point(pen, view, box, place, { shape: "disc", ...dot });
    for (const curve of this.curves) if (curve.name) this._name(pen, view, box, place, curve);
  }

  _grid(pen, view, box, place) {
    const { x, y } = this.axes;
    pen.font = font(view);
    pen.fillStyle = view.colours.faint;
    pen.strokeStyle = fade(view.colours.ink, 0.14);
    pen.lineWidth = view.projector ? 3 : 1;
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    for (const { at, text } of y.ticks) {
      const [, v] = place(x.low, at);
      polyline(pen, [[box.left, v], [box.right, v]]);
      pen.fillText(text, box.left - 6, v);
    }
    pen.textBaseline = "top";
    let free = -Infinity;
    for (const { at, text } of x.ticks) {
      const [h] = place(at, y.low);
      const half = pen.measureText(text).width / 2;
      if (h - half < free || h + half > view.width) continue;
      free = h + half + view.text * 0.6;
      pen.textAlign = "center";
      pen.fillText(text, h, box.bottom + 7);
      polyline(pen, [[h, box.bottom], [h, box.bottom + 4]]);
    }
    pen.fillText(x.label, (box.left + box.right) / 2, box.bottom + 10 + 1.3 * view.text);
    pen.textAlign = "left";
  }

  _use(pen, view, box, place, use) {
    const [h] = place(Math.max(use, this.axes.x.low), this.axes.y.low);
    pen.fillStyle = view.colours.faint;
    pen.beginPath();
    const size = view.projector ? 7 : 4.5;
    [[h - size, box.top - size - 3], [h + size, box.top - size - 3], [h, box.top + 1]].forEach(([a, b], i) => (i ? pen.lineTo(a, b) : pen.moveTo(a, b)));
    pen.fill();
  }

  _band(pen, place, { colour, x, y, error, until = Infinity }) {
    if (!error) return;
    const edge = (sign) => Array.from(x, (at, i) => place(at, y[i] + sign * error[i])).filter((_, i) => x[i] <= until);
    pen.fillStyle = fade(colour, 0.18);
    pen.beginPath();
    [...edge(1), ...edge(-1).reverse()].forEach(([h, v], i) => (i ? pen.lineTo(h, v) : pen.moveTo(h, v)));
    pen.fill();
  }

  _curve(pen, view, place, { colour, dash = [], width = 1, x, y, until = Infinity }) {
    pen.strokeStyle = colour;
    pen.lineWidth = view.line * width;
    pen.setLineDash(dash.map((size) => size * (view.projector ? 2 : 1)));
    const points = [];
    for (let i = 0; i < x.length && x[i] <= until; i++) points.push(place(x[i], y[i]));
    polyline(pen, points);
    pen.setLineDash([]);
  }

  _point(pen, view, box, place, { x, y, colour, shape, open = false }) {
    const [h, v] = place(x, y);
    if (v > box.bottom + 1 || v < box.top - 8 || h < box.left - 1 || h > box.right + 1) return;
    const size = view.projector ? 8 : 5;
    pen.beginPath();
    OUTLINES[shape](pen, h, v, size);
    pen.fillStyle = open ? view.colours.background : colour;
    pen.strokeStyle = colour;
    pen.lineWidth = view.projector ? 3 : 1.75;
    pen.fill();
    pen.stroke();
  }

  _name(pen, view, box, place, { colour, x, y, name }) {
    pen.font = font(view);
    const wide = pen.measureText(name.text).width;
    const at = Math.round(name.share * (x.length - 1));
    const [h, v] = place(x[at], y[at]);
    const left = Math.min(Math.max(box.left + 4, h + 6), box.right - wide - 2);
    const top = Math.min(box.bottom - view.text * 1.2, Math.max(box.top, name.below ? v + 5 : v - view.text * 1.35));
    pen.fillStyle = fade(view.colours.background, 0.82);
    pen.fillRect(left - 2, top - 1, wide + 4, view.text * 1.2);
    pen.fillStyle = colour;
    pen.textAlign = "left";
    pen.textBaseline = "top";
    pen.fillText(name.text, left, top);
  }
}

/** How far along an axis a value stands, 0…1; below a logarithmic axis lies everything that is not positive. */
function part({ low, high, log }, value) {
  if (!log) return (value - low) / (high - low);
  return value > 0 ? Math.log(value / low) / Math.log(high / low) : -1;
}

const OUTLINES = {
  disc: (pen, h, v, size) => pen.arc(h, v, size * 0.9, 0, 2 * Math.PI),
  square: (pen, h, v, size) => pen.rect(h - size * 0.8, v - size * 0.8, size * 1.6, size * 1.6),
  diamond: (pen, h, v, size) => corners(pen, [[h, v - size * 1.2], [h + size * 1.2, v], [h, v + size * 1.2], [h - size * 1.2, v]]),
  triangle: (pen, h, v, size) => corners(pen, [[h, v - size * 1.15], [h + size, v + size * 0.8], [h - size, v + size * 0.8]]),
};

function corners(pen, points) {
  points.forEach(([h, v], i) => (i ? pen.lineTo(h, v) : pen.moveTo(h, v)));
  pen.closePath();
}

/** An axis of strength from 0, or by powers of ten over `decades` below its top. Its top grows in steps of 1, 2, 5. */
export function strengthAxis(top, log, decades = 4) {
  if (log) {
    const high = Math.ceil(Math.log10(top) - 1e-9);
    return { low: 10 ** (high - decades), high: 10 ** high, log, ticks: Array.from({ length: decades + 1 }, (_, i) => ({ at: 10 ** (high - i), text: Math.abs(high - i) < 3 ? String(Number((10 ** (high - i)).toPrecision(1))) : power(high - i) })) };
  }
  const size = 10 ** Math.floor(Math.log10(top));
  const high = size * [1, 2, 5, 10].find((step) => step * size >= top * 0.999);
  return { low: 0, high, log, ticks: [0, 0.25, 0.5, 0.75, 1].map((share) => ({ at: share * high, text: String(Number((share * high).toPrecision(3))) })) };
}
