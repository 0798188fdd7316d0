// The sparse code's cost and its active share over its own updates, on a logarithmic axis of updates that grows by decades.

import { number, percent, power } from "../panels/format.js";
import { Decades } from "../panels/decades.js";
import { SteadyRange } from "../panels/steady_range.js";
import { Surface, font } from "../panels/surface.js";

const ROW = 3; // update, loss, active share

export class SparseCurve {
  /** `column` 1: cost of a patch, 2: active share. */
  constructor(context, { title, column, text }) {
    Object.assign(this, { title, column, text });
    this.across = new Decades(0, 2, 0, 9);
    this.up = new SteadyRange();
    this.surface = new Surface(context, { label: `${title}, not yet begun`, height: (_, projector) => (projector ? 170 : 104), render: (pen, view) => this._render(pen, view) });
  }

  /** `curve` (n, 3) of the frame. */
  draw(curve) {
    if (curve) this.curve = curve;
    this.surface.draw();
    const last = this.curve?.at(this.column - ROW);
    if (this.curve?.length) this.surface.describe(() => `${this.title}: ${this.text(last)} after ${this.curve.at(-ROW)} updates`);
  }

  _render(pen, view) {
    const { text } = view;
    const box = { left: text * 3.6, right: view.width - text * 3.4, top: text * 0.6, bottom: view.height - text * 1.8 };
    const { curve } = this;
    if (!curve?.length) return waiting(pen, view, box);
    this._ranges(curve);
    this._axes(pen, view, box);
    const x = (i) => box.left + this.across.share(curve[i]) * (box.right - box.left);
    const y = (i) => box.bottom - this.up.share(curve[i + this.column]) * (box.bottom - box.top);
    pen.beginPath();
    for (let i = 0; i < curve.length; i += ROW) pen[i ? "lineTo" : "moveTo"](x(i), y(i));
    pen.strokeStyle = pen.fillStyle = view.colours.brain;
    pen.lineWidth = view.line;
    pen.lineJoin = "round";
    pen.stroke();
    const last = curve.length - ROW;
    pen.font = font(view, 600, 0.96);
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.fillText(this.text(curve[last + this.column]), x(last) + text * 0.4, Math.max(box.top + text * 0.5, y(last)));
  }

  _ranges(curve) {
    let high = 0;
    for (let i = 0; i < curve.length; i += ROW) high = Math.max(high, curve[i + this.column]);
    this.up.fit(0, high);
    this.across.include(curve.at(-ROW));
  }

  _axes(pen, view, { left, right, top, bottom }) {
    pen.fillStyle = view.colours.faint;
    pen.fillRect(left, top, 1, bottom - top);
    pen.fillRect(left, bottom, right - left, 1);
    pen.fillStyle = view.colours.ink;
    pen.font = font(view, 400, 0.92);
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    pen.fillText(this.text(this.up.high), left - 5, top + 2);
    pen.fillText("0", left - 5, bottom - 2);
    pen.textBaseline = "top";
    pen.textAlign = "center";
    for (const exponent of this.across.ticks()) pen.fillText(exponent ? power(exponent) : "1", left + this.across.share(10 ** exponent) * (right - left), bottom + view.text * 0.35);
  }
}

export const cost = (value) => number(value, 3);
export const share = (value) => percent(value);

function waiting(pen, view, { left, top, bottom }) {
  pen.fillStyle = view.colours.faint;
  pen.font = font(view);
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  pen.fillText("comes with the first update: press Play", left, (top + bottom) / 2);
}
