// The weight at one event: the gradient that it brings and the step that each of three rules makes of it, as bars from zero.

import { number, signed } from "../panels/format.js";
import { fade } from "../panels/palette.js";
import { SteadyRange } from "../panels/steady_range.js";
import { Surface, font } from "../panels/surface.js";

const ROWS = [["plain descent", 0], ["momentum", 1], ["Adam", 2]];

export class StepPicture {
  constructor(context) {
    this.surface = new Surface(context, { label: "The step of each rule", height: (_, projector) => (projector ? 190 : 158), render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
    this.scales = { gradient: new SteadyRange(), step: new SteadyRange() };
    this.answer = null;
  }

  show(answer, index) {
    if (answer !== this.answer) this._fit(answer);
    Object.assign(this, { answer, index });
    this.surface.draw();
    this.surface.describe(() => this._words());
  }

  _fit({ arrays }) {
    const reach = (values) => Math.max(...values.map(Math.abs), 1e-9);
    this.scales.gradient.fit(0, reach(arrays.gradients));
    this.scales.step.fit(0, reach(arrays.deltas));
  }

  _delta(rule, index = this.index) {
    const { deltas } = this.answer.arrays;
    return deltas[rule * deltas.shape[1] + index];
  }

  _words() {
    return `Event ${this.index + 1}, gradient ${number(this.answer.arrays.gradients[this.index])}: ${ROWS.map(([name, rule]) => `${name} ${signed(this._delta(rule))}`).join(", ")}.`;
  }

  _render(pen, view) {
    if (!this.answer) return;
    const { gradients, mean, root } = this.answer.arrays;
    const pitch = view.height / 5;
    this._row(pen, view, pitch * 0.5, "gradient g", gradients[this.index], gradients[0], this.scales.gradient.high);
    pen.fillStyle = fade(view.colours.ink, 0.2);
    pen.fillRect(0, pitch, view.width, 1);
    ROWS.forEach(([name, rule], i) => this._row(pen, view, pitch * (1.5 + i), name, this._delta(rule), this._delta(rule, 0), this.scales.step.high));
    pen.font = font(view);
    pen.fillStyle = view.colours.faint;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    const narrow = view.width < 30 * view.text;
    pen.fillText(`Adam: m̂ ${number(mean[this.index])}, √v̂ ${number(root[this.index])}${narrow ? "" : `; step −η m̂/√v̂`}`, 2, pitch * 4.5);
  }

  /** A signed bar from the middle, and a tick where it reached at the first event. */
  _row(pen, view, y, name, value, first, high) {
    const { colours, text } = view;
    const [left, right] = [8.4 * text, view.width - 6.4 * text];
    const middle = (left + right) / 2;
    const x = (signedValue) => middle + (signedValue / high) * (right - middle);
    const tall = Math.min(view.height * 0.11, 26);
    pen.fillStyle = fade(colours.ink, 0.07);
    pen.fillRect(left, y - tall / 2, right - left, tall);
    pen.fillStyle = value < 0 ? colours.negative : colours.positive;
    pen.fillRect(Math.min(middle, x(value)), y - tall / 2, Math.max(1, Math.abs(x(value) - middle)), tall);
    pen.fillStyle = colours.ink;
    pen.fillRect(middle - 0.5, y - tall / 2 - 2, 1, tall + 4);
    pen.fillRect(x(first) - view.line / 2, y - tall / 2 - 3, view.line, tall + 6);
    pen.font = font(view);
    pen.textBaseline = "middle";
    pen.textAlign = "left";
    pen.fillText(name, 2, y);
    pen.textAlign = "right";
    pen.font = font(view, 600);
    pen.fillText(signed(value), view.width - 2, y);
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
