// How much each event counts, relative to the first: what the synapse sends and how far each rule steps, on one axis of events.
// The axis is of factors: half as much lies as far below the first event as twice as much lies above it.

import { number } from "../panels/format.js";
import { fade } from "../panels/palette.js";
import { endNames } from "../panels/strip.js";
import { Surface, font } from "../panels/surface.js";

const LOWEST = -6; // 1/64 and less lie on the lowest line, as open marks
const HIGHEST = 8;
export const CURVES = [
  { name: "release", side: "brain", dash: [], mark: "circle", width: 1.6 },
  { name: "plain", side: "network", dash: [2, 4], mark: "square", width: 1 },
  { name: "momentum", side: "network", dash: [9, 5], mark: "diamond", width: 1 },
  { name: "Adam", side: "network", dash: [], mark: "triangle", width: 1.2 },
];

export class Counts {
  /** `went(index)`: a hand chose an event. */
  constructor(context, went) {
    this.range = { low: -1, high: 1 };
    this.surface = new Surface(context, { label: "How much each event counts", height: (_, projector) => (projector ? 380 : 250), render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
    this.element.classList.add("pxre-counts");
    this.answer = null;
    const choose = (event) => this.answer && went(this._nearest(event));
    this.element.addEventListener("pointerdown", (event) => { this.element.setPointerCapture(event.pointerId); choose(event); });
    this.element.addEventListener("pointermove", (event) => this.element.hasPointerCapture(event.pointerId) && choose(event));
  }

  show(answer, index) {
    if (answer !== this.answer) this._fit(answer.arrays.counts);
    Object.assign(this, { answer, index });
    this.surface.draw();
    this.surface.describe(() => this._words());
  }

  value(curve, index = this.index) {
    const { counts } = this.answer.arrays;
    return counts[curve * counts.shape[1] + index];
  }

  get events() {
    return this.answer.arrays.counts.shape[1];
  }

  /** Grows at once; shrinks where more than two doublings stand empty. */
  _fit(counts) {
    let [low, high] = [0, 0];
    for (const count of counts) {
      const exponent = Math.log2(Math.max(count, 1e-12));
      [low, high] = [Math.min(low, exponent), Math.max(high, exponent)];
    }
    const wanted = { low: Math.max(LOWEST, Math.min(-1, Math.floor(low))), high: Math.min(HIGHEST, Math.max(1, Math.ceil(high))) };
    if (wanted.low < this.range.low || wanted.low > this.range.low + 2) this.range.low = wanted.low;
    if (wanted.high > this.range.high || wanted.high < this.range.high - 2) this.range.high = wanted.high;
  }

  _words() {
    return `At event ${this.index + 1} of ${this.events}, relative to the first: ${CURVES.map(({ name }, i) => `${name} ${number(this.value(i))}`).join(", ")}.`;
  }

  _box(view) {
    return { left: 3.6 * view.text, right: view.width - 7.4 * view.text, top: 0.9 * view.text, bottom: view.height - 3.4 * view.text };
  }

  _nearest(event) {
    const { left, right } = this._box(this.surface.view);
    const share = (event.clientX - this.element.getBoundingClientRect().left - left) / (right - left);
    return Math.round(Math.min(1, Math.max(0, share)) * (this.events - 1));
  }

  _render(pen, view) {
    if (!this.answer) return;
    const box = this._box(view);
    const { low, high } = this.range;
    const x = (index) => box.left + (index / Math.max(1, this.events - 1)) * (box.right - box.left);
    const y = (value) => box.bottom - ((Math.min(high, Math.max(low, Math.log2(Math.max(value, 1e-12)))) - low) / (high - low)) * (box.bottom - box.top);
    this._axes(pen, view, box, x, y);
    CURVES.forEach((curve, i) => this._curve(pen, view, x, y, curve, i));
    endNames(pen, view, { ...box, right: box.right + 0.6 * view.text }, CURVES.map(({ name, side }, i) => ({ name, colour: view.colours[side], y: y(this.value(i, this.events - 1)) })));
  }

  _axes(pen, view, box, x, y) {
    const { colours, text } = view;
    const { low, high } = this.range;
    pen.font = font(view);
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    const every = Math.max(1, Math.ceil(((high - low) * 1.5 * text) / (box.bottom - box.top)));
    for (let exponent = low; exponent <= high; exponent++) {
      const level = y(2 ** exponent);
      pen.fillStyle = fade(colours.ink, exponent === 0 ? 0.45 : 0.12);
      pen.fillRect(box.left, level, box.right - box.left, exponent === 0 ? view.line : 1);
      pen.fillStyle = colours.faint;
      if (exponent % every === 0) pen.fillText(exponent < 0 ? `1/${2 ** -exponent}` : `${2 ** exponent}`, box.left - 6, level);
    }
    pen.textAlign = "center";
    pen.textBaseline = "top";
    const step = Math.max(1, Math.ceil((this.events * 2.2 * text) / (box.right - box.left)));
    for (let i = 0; i < this.events; i += step) pen.fillText(String(i + 1), x(i), box.bottom + 5);
    pen.fillText("event", (box.left + box.right) / 2, box.bottom + 6 + 1.3 * text);
    pen.fillStyle = colours.primary;
    pen.fillRect(x(this.index) - view.line / 2, box.top, view.line, box.bottom - box.top);
  }

  /** What is to come is faint. */
  _curve(pen, view, x, y, { side, dash, mark, width }, i) {
    const colour = view.colours[side];
    const points = Array.from({ length: this.events }, (_, k) => [x(k), y(this.value(i, k)), Math.log2(Math.max(this.value(i, k), 1e-12)) < LOWEST]);
    pen.lineWidth = view.line * width;
    pen.lineJoin = "round";
    pen.setLineDash(dash.map((part) => part * (view.projector ? 1.8 : 1)));
    for (const [from, until, alpha] of [[this.index, this.events - 1, 0.3], [0, this.index, 1]]) {
      pen.strokeStyle = alpha < 1 ? fade(colour, alpha) : colour;
      pen.beginPath();
      points.slice(from, until + 1).forEach(([h, v], k) => (k ? pen.lineTo(h, v) : pen.moveTo(h, v)));
      pen.stroke();
    }
    pen.setLineDash([]);
    const small = this.events > 30 ? 0.7 : 1;
    points.slice(0, this.index + 1).forEach(([h, v, under], k) => stamp(pen, view, mark, h, v, (view.projector ? 6 : 3.4) * (k === this.index ? 1.5 : small), colour, under));
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

/** A mark for each curve, so that they are told apart without colour. */
function stamp(pen, view, mark, x, y, r, colour, hollow) {
  pen.beginPath();
  if (mark === "circle") pen.arc(x, y, r, 0, 2 * Math.PI);
  else if (mark === "square") pen.rect(x - r, y - r, 2 * r, 2 * r);
  else {
    const corners = mark === "diamond" ? [[0, -1.4], [1.4, 0], [0, 1.4], [-1.4, 0]] : [[0, -1.4], [1.3, 1.1], [-1.3, 1.1]];
    corners.forEach(([dx, dy], i) => (i ? pen.lineTo(x + r * dx, y + r * dy) : pen.moveTo(x + r * dx, y + r * dy)));
    pen.closePath();
  }
  pen.fillStyle = hollow ? view.colours.background : colour;
  pen.fill();
  if (!hollow) return;
  pen.strokeStyle = colour;
  pen.lineWidth = view.line;
  pen.stroke();
}
