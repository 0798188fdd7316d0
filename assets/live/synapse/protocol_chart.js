// A chart of curves whose names stand at their ends, with recorded points, their standard errors, and a place marked on the axis.

import { fade } from "../panels/palette.js";
import { polyline } from "../panels/polyline.js";
import { Surface, font } from "../panels/surface.js";

const EDGE = { left: 58, right: 118, top: 26, bottom: 46 };

export class Chart {
  /** `axes`: {x: {low, high, ticks, label}, y: …}. `named` false: curves without names at their ends, and no room for them;
      `names`: a Names that finds places for them among the curves. */
  constructor(context, label, axes, { height = 250, named = true, names = null } = {}) {
    Object.assign(this, { label, axes, named: named && !names, names, curves: [], points: [], at: null });
    this.surface = new Surface(context, { label, height: (width, projector) => (projector ? 1.45 * height : height), render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
  }

  /** `curves` [{colour, dash, width, x, y, until?, label}]; `points` [{x, y, error, colour}]; `at` {x, label}: a line to name. */
  show(curves, { points = [], at = null, tip = null } = {}) {
    Object.assign(this, { curves, points, at, tip });
    this.surface.draw();
  }

  words(sentence) {
    this.surface.describe(() => `${this.label}: ${sentence}`);
  }

  /** The axis in pixels of the canvas: where a handle over it stands. */
  get box() {
    return this._box(this.surface.view);
  }

  _box(view) {
    const grow = view.projector ? 1.45 : 1;
    const right = this.named ? Math.min(EDGE.right * grow, view.width * 0.27) : 16;
    return { left: EDGE.left * grow, top: EDGE.top * grow, right: view.width - right, bottom: view.height - EDGE.bottom * grow };
  }

  _render(pen, view) {
    const box = this._box(view);
    const { x, y } = this.axes;
    const place = (h, v) => [box.left + ((h - x.low) / (x.high - x.low)) * (box.right - box.left), box.bottom - ((v - y.low) / (y.high - y.low)) * (box.bottom - box.top)];
    this._axes(pen, view, box, place);
    if (this.at) this._standing(pen, view, box, place);
    for (const curve of this.curves) this._curve(pen, view, box, place, curve);
    for (const point of this.points) this._point(pen, view, box, place, point);
    if (this.named) this._names(pen, view, box, place);
    this.names?.draw(pen, view, box, place, this.curves);
  }

  _axes(pen, view, box, place) {
    const { x, y } = this.axes;
    pen.font = font(view);
    pen.fillStyle = view.colours.faint;
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    for (const tick of y.ticks) {
      const [, v] = place(x.low, tick);
      this._rule(pen, view, [[box.left, v], [box.right, v]], tick === 0 ? 0.5 : 0.14);
      pen.fillText(signedText(tick, y.signed), box.left - 7, v);
    }
    pen.textAlign = "center";
    pen.textBaseline = "top";
    const room = Math.max(1, Math.ceil((x.ticks.length * 3.2 * view.text) / (box.right - box.left)));
    const middle = Math.max(0, x.ticks.indexOf(0)) % room;
    x.ticks.forEach((tick, i) => {
      const [h] = place(tick, y.low);
      if (tick === 0 && x.low < 0) this._rule(pen, view, [[h, box.top], [h, box.bottom]], 0.3);
      if (i % room === middle) pen.fillText(signedText(tick), h, box.bottom + 6);
    });
    pen.fillText(x.label, (box.left + box.right) / 2, box.bottom + 10 + 1.3 * view.text);
    pen.textAlign = "left";
    pen.textBaseline = "top";
    pen.fillText(y.label, 0, 0);
  }

  _rule(pen, view, points, alpha) {
    pen.strokeStyle = fade(view.colours.ink, alpha);
    pen.lineWidth = view.projector ? 3 : 1;
    polyline(pen, points);
  }

  _curve(pen, view, box, place, { colour, dash = [], width = 1, x, y, until = Infinity }) {
    pen.strokeStyle = colour;
    pen.lineWidth = view.line * width;
    pen.setLineDash(dash.map((part) => part * (view.projector ? 1.8 : 1)));
    const points = [];
    for (let i = 0; i < x.length && x[i] <= until + 1e-9; i++) {
      const [h, v] = place(x[i], y[i]);
      if (Number.isFinite(v)) points.push([h, Math.min(box.bottom, Math.max(box.top, v))]);
    }
    polyline(pen, points);
    pen.setLineDash([]);
    if (Number.isFinite(until) && points.length) dot(pen, points.at(-1), view.projector ? 6 : 3.5, colour);
  }

  /** Mean with its standard error: hollow, so that no curve is taken for it. */
  _point(pen, view, box, place, { x, y, error, colour }) {
    const [h, v] = place(x, y);
    const [low, high] = [y - error, y + error].map((value) => Math.min(box.bottom, Math.max(box.top, place(x, value)[1])));
    const cap = view.projector ? 9 : 5;
    pen.strokeStyle = colour;
    pen.lineWidth = view.line * 1.1;
    for (const points of [[[h, low], [h, high]], [[h - cap, low], [h + cap, low]], [[h - cap, high], [h + cap, high]]]) polyline(pen, points);
    dot(pen, [h, v], view.projector ? 8 : 5, view.colours.background);
    pen.lineWidth = view.line * 1.3;
    pen.stroke();
  }

  _standing(pen, view, box, place) {
    const [h] = place(this.at.x, this.axes.y.low);
    pen.strokeStyle = view.colours.primary;
    pen.lineWidth = view.projector ? 3 : 1.5;
    polyline(pen, [[h, box.top], [h, box.bottom]]);
  }

  /** Names at the curves' ends, moved apart where they would meet. */
  _names(pen, view, box, place) {
    const gap = 1.15 * view.text;
    const rows = this.curves.filter(({ label, x }) => label && x.length).map(({ label, colour, ink = colour, x, y, until = Infinity }) => {
      let i = x.length - 1;
      while (i > 0 && x[i] > until + 1e-9) i--;
      return { label, colour: ink, v: Math.min(box.bottom, Math.max(box.top, place(x[i], y[i])[1])) };
    }).sort((a, b) => a.v - b.v);
    for (let i = 1; i < rows.length; i++) rows[i].v = Math.max(rows[i].v, rows[i - 1].v + gap);
    const over = rows.length ? Math.max(0, rows.at(-1).v - box.bottom) : 0;
    for (let i = rows.length - 1, most = box.bottom; i >= 0; i--, most = rows[i + 1].v - gap) if (over) rows[i].v = Math.min(rows[i].v, most);
    pen.font = font(view);
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    for (const { label, colour, v } of rows) {
      pen.fillStyle = colour;
      pen.fillText(label, box.right + 6, v);
    }
  }

  image() { return this.surface.image(); }
  svg() { return this.surface.svg(); }
  destroy() { this.surface.destroy(); }
}

function signedText(value, signed = false) {
  return `${signed && value > 0 ? "+" : ""}${String(value).replace("-", "−")}`;
}

function dot(pen, [h, v], radius, colour) {
  pen.beginPath();
  pen.arc(h, v, radius, 0, 2 * Math.PI);
  pen.fillStyle = colour;
  pen.fill();
}
