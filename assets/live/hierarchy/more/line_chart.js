// A curve over few steps: axes with names, dots of single draws, level lines with their names. Axes grow in steps.

import { apart } from "../../panels/format.js";
import { SteadyRange } from "../../panels/steady_range.js";
import { Surface, font } from "../../panels/surface.js";

export class LineChart {
  /** `xs` {label, ticks(given) → [[x, text]]}, `label` of the y axis. */
  constructor(context, name, title, { label, across, fixed = null }) {
    Object.assign(this, { name, title, label, across, fixed });
    this.range = new SteadyRange();
    this.surface = new Surface(context, { label: title, height: (_, projector) => (projector ? 320 : 200), render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
  }

  /** `line` [[x, y]], `dots` [[x, y]], `levels` [{y, name}], `ticks` [[x, text]], `end`: largest x; `words` for the text alternative. */
  show({ line, dots = [], levels = [], ticks, end, words, colour = "network" }) {
    Object.assign(this, { line, dots, levels, ticks, end, colour });
    this.surface.draw();
    this.element.setAttribute("aria-label", words);
  }

  clear() {
    this.line = null;
    this.range.reset();
    this.surface.draw();
  }

  _bounds() {
    if (this.fixed) return this.fixed;
    const values = [...this.line, ...this.dots].map(([, y]) => y).concat(this.levels.map(({ y }) => y));
    const { low, high } = this.range.fit(Math.min(...values), Math.max(...values));
    return [low, high];
  }

  _render(pen, view) {
    if (!this.line?.length) return;
    const [low, high] = this._bounds();
    const unit = view.text / 12;
    const box = { left: 46 * unit, right: view.width - (this.levels.length ? 118 : 16) * unit, top: 24 * unit, bottom: view.height - 40 * unit };
    const x = (value) => box.left + (value / this.end) * (box.right - box.left);
    const y = (value) => box.bottom - ((value - low) / (high - low)) * (box.bottom - box.top);
    this._axes(pen, view, box, x, y, low, high);
    this._levels(pen, view, box, y);
    pen.strokeStyle = pen.fillStyle = view.colours[this.colour];
    pen.lineWidth = view.line * 1.2;
    trace(pen, this.line.map(([at, value]) => [x(at), y(value)]));
    for (const [at, value] of this.dots) dot(pen, x(at), y(value), view.line * 1.7);
    const [at, value] = this.line.at(-1);
    dot(pen, x(at), y(value), view.line * 2.4);
  }

  _axes(pen, view, box, x, y, low, high) {
    pen.font = font(view);
    pen.strokeStyle = view.colours.border;
    pen.lineWidth = view.projector ? 3 : 1;
    trace(pen, [[box.left, box.top], [box.left, box.bottom], [box.right, box.bottom]]);
    if (low < 0 && high > 0) trace(pen, [[box.left, y(0)], [box.right, y(0)]]);
    pen.fillStyle = view.colours.faint;
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    const [least, most] = apart(low, high, 3);
    pen.fillText(most, box.left - 6, box.top);
    pen.fillText(least, box.left - 6, box.bottom);
    if (low < 0 && high > 0 && y(0) > box.top + view.text && y(0) < box.bottom - view.text) pen.fillText("0", box.left - 6, y(0));
    pen.textAlign = "center";
    pen.textBaseline = "top";
    let free = -Infinity;
    for (const [at, text] of this.ticks) {
      const half = (text.length * view.text * 0.6) / 2; // SVG pens measure nothing
      if (x(at) - half < free) continue;
      pen.fillText(text, x(at), box.bottom + 5);
      free = x(at) + half + 3;
    }
    pen.fillStyle = view.colours.ink;
    pen.fillText(this.across, (box.left + box.right) / 2, box.bottom + 8 + view.text * 1.2);
    pen.textAlign = "left";
    pen.fillText(this.label, 2, 0);
  }

  // Names keep a line's height between them.
  _levels(pen, view, box, y) {
    const sorted = [...this.levels].sort((a, b) => b.y - a.y);
    const height = view.text * 1.25;
    let next = -Infinity;
    for (const level of sorted) next = (level.at = Math.max(y(level.y), next)) + height;
    let limit = box.bottom - height / 4;
    for (const level of [...sorted].reverse()) limit = (level.at = Math.min(level.at, limit)) - height;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    for (const level of sorted) {
      pen.strokeStyle = view.colours.neutral;
      pen.lineWidth = view.projector ? 3 : 1.25;
      pen.setLineDash([5, 4]);
      trace(pen, [[box.left, y(level.y)], [box.right, y(level.y)]]);
      pen.setLineDash([]);
      pen.fillStyle = view.colours.ink;
      pen.fillText(level.name, box.right + 6, level.at);
    }
  }

  image() {
    return this.surface.image();
  }

  svg() {
    return this.surface.svg();
  }

  destroy() {
    this.surface.destroy();
  }
}

export function trace(pen, corners) {
  pen.beginPath();
  corners.forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.stroke();
}

export function dot(pen, x, y, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
}
