// A small curve of the last values received.

import { apart } from "./format.js";
import { SteadyRange } from "./steady_range.js";
import { Surface, font } from "./surface.js";

export class History {
  constructor(capacity = 240) {
    this.steps = new Float64Array(capacity);
    this.values = new Float64Array(capacity);
    this.clear();
  }

  clear() {
    this.length = 0;
    this.next = 0;
  }

  /** One value a step; stepping back drops what lies after. */
  push(step, value) {
    while (this.length > 0 && this.step(this.length - 1) >= step) this._drop();
    this.steps[this.next] = step;
    this.values[this.next] = value;
    this.next = (this.next + 1) % this.steps.length;
    this.length = Math.min(this.length + 1, this.steps.length);
  }

  _drop() {
    this.next = (this.next - 1 + this.steps.length) % this.steps.length;
    this.length--;
  }

  /** [lowest, highest] of the finite values; [∞, −∞] without any. */
  extremes() {
    let [low, high] = [Infinity, -Infinity];
    for (let i = 0; i < this.length; i++) {
      const value = this.value(i);
      if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
    }
    return [low, high];
  }

  _at(i) {
    return (this.next - this.length + i + this.steps.length) % this.steps.length;
  }

  step(i) {
    return this.steps[this._at(i)];
  }

  value(i) {
    return this.values[this._at(i)];
  }
}

export class Sparkline {
  constructor(context, label) {
    this.history = new History();
    this.range = new SteadyRange();
    this.surface = new Surface(context, { label, height: (_, projector) => (projector ? 96 : 64), render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
  }

  _render(pen, view) {
    const { low, high } = this.range.fit(...this.history.extremes());
    const right = view.width - (view.projector ? 96 : 64);
    const y = (value) => 8 + (1 - (value - low) / (high - low)) * (view.height - 16);
    pen.font = font(view);
    pen.fillStyle = view.colours.ink;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    const [least, most] = apart(low, high, 3);
    pen.fillText(most, right + 6, view.projector ? 12 : 8);
    pen.fillText(least, right + 6, view.height - (view.projector ? 12 : 8));
    this._line(pen, view, right, y);
  }

  clear() {
    this.history.clear();
    this.range.reset();
  }

  _line(pen, view, right, y) {
    const { history } = this;
    if (history.length === 0) return;
    const [first, last] = [history.step(0), history.step(history.length - 1)];
    pen.strokeStyle = view.colours.network;
    pen.lineWidth = view.line;
    pen.beginPath();
    for (let i = 0; i < history.length; i++) {
      const x = last > first ? ((history.step(i) - first) / (last - first)) * (right - 4) : right - 4;
      if (i === 0) pen.moveTo(x, y(history.value(i)));
      else pen.lineTo(x, y(history.value(i)));
    }
    pen.stroke();
  }

  destroy() {
    this.surface.destroy();
  }
}
