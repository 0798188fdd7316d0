// All rungs against all: one square for each two, blue above zero and orange below. A press chooses the row's rung.

import { number } from "../../panels/format.js";
import { element, say } from "../../panels/markup.js";
import { Surface, font } from "../../panels/surface.js";
import { ROWS } from "./matrices.js";
import { title } from "./naming.js";

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export class Likeness {
  constructor(context, choose) {
    Object.assign(this, { choose, name: "similarity-all", title: "All rungs against all", at: [0, 0] });
    this.surface = new Surface(context, { label: this.title, height: (width) => Math.min(width, 560), render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
    Object.assign(this.element, { tabIndex: 0 });
    this.element.setAttribute("role", "application");
    this.reading = element("p", { class: "pxm-reading", role: "status" });
    this.figure = element("figure", {}, element("h4", { text: this.title }), this.element, this.reading);
    this.element.addEventListener("click", (event) => this._pressed(event));
    this.element.addEventListener("pointermove", (event) => this._look(this._cell(event)));
    this.element.addEventListener("keydown", (event) => this._key(event));
  }

  show({ result, arrays }, rung, measure) {
    Object.assign(this, { result, arrays, rung, measure });
    this.element.setAttribute("aria-label", `${this.title}: ${result.rungs.length} rungs. Arrow keys go from square to square, Enter chooses the row's rung.`);
    this.surface.draw();
    this._look([rung, this.at[1] % result.rungs.length]);
  }

  get count() {
    return this.result?.rungs.length ?? 0;
  }

  _box(view) {
    const label = view.text * 2.9;
    const side = (Math.min(view.width, view.height) - label) / this.count;
    return { label, side };
  }

  _render(pen, view) {
    if (!this.count) return;
    const { label, side } = this._box(view);
    const { rungs } = this.result;
    const values = this.arrays[this.measure];
    for (let row = 0; row < this.count; row++) for (let column = 0; column < this.count; column++) {
      const value = values[row * this.count + column];
      pen.fillStyle = Number.isFinite(value) ? view.colours.css(Math.max(-1, Math.min(1, value))) : view.colours.background;
      pen.fillRect(label + column * side, label + row * side, side - 1, side - 1);
    }
    pen.strokeStyle = view.colours.ink;
    pen.lineWidth = view.projector ? 3 : 1.5;
    pen.strokeRect(label, label + this.rung * side, this.count * side, side);
    pen.strokeRect(label + this.at[1] * side, label + this.at[0] * side, side, side);
    this._sides(pen, view, rungs, label, side);
  }

  // Too many names for a telephone: each side's first letters stand once, at the middle of its rungs.
  _sides(pen, view, rungs, label, side) {
    pen.font = font(view, 500, side < view.text ? 0.95 : 1);
    pen.textBaseline = "middle";
    for (const { side: name } of ROWS) {
      const members = rungs.map((rung, i) => (rung.side === name ? i : -1)).filter((i) => i >= 0);
      if (!members.length) continue;
      pen.fillStyle = view.colours[name] ?? view.colours.ink;
      if (name === "random" || name === "people") pen.fillStyle = view.colours.faint;
      const middle = label + ((members[0] + members.at(-1) + 1) / 2) * side;
      const text = { pixels: "px", brain: "brain", network: "netw.", random: "rand.", people: "IT" }[name];
      pen.textAlign = "center";
      pen.fillText(text, middle, view.text * 0.7);
      pen.textAlign = "left";
      pen.fillText(text, 0, middle);
      pen.strokeStyle = pen.fillStyle;
      pen.lineWidth = view.projector ? 3 : 2;
      const ends = [label + members[0] * side + 1, label + (members.at(-1) + 1) * side - 2];
      pen.beginPath();
      pen.moveTo(ends[0], label - 5);
      pen.lineTo(ends[1], label - 5);
      pen.moveTo(label - 5, ends[0]);
      pen.lineTo(label - 5, ends[1]);
      pen.stroke();
    }
  }

  _cell(event) {
    if (!this.count) return null;
    const { label, side } = this._box(this.surface.view);
    const { left, top } = this.element.getBoundingClientRect();
    const cell = [event.clientY - top, event.clientX - left].map((at) => Math.floor((at - label) / side));
    return cell.every((at) => at >= 0 && at < this.count) ? cell : null;
  }

  _look(cell) {
    if (!cell) return;
    const moved = cell[0] !== this.at[0] || cell[1] !== this.at[1];
    this.at = cell;
    const [row, column] = cell;
    const name = (i) => `${title(this.result.rungs[i].name)}${this.result.rungs[i].side === "random" ? " (random)" : ""}`;
    const value = this.arrays[this.measure][row * this.count + column];
    const [low, high] = [this.arrays.rank_low, this.arrays.rank_high].map((ends) => ends[row * this.count + column]);
    const spread = this.measure === "rank" && row !== column && Number.isFinite(low) ? ` (95% of redrawn pictures: ${number(low, 2)} to ${number(high, 2)})` : "";
    say(this.reading, `${name(row)} and ${name(column)}: ${Number.isFinite(value) ? number(value) : "not defined here"}${spread}`);
    if (moved) this.surface.draw();
  }

  _pressed(event) {
    const cell = this._cell(event);
    if (cell) this.choose(cell[0]);
  }

  _key(event) {
    const step = STEPS[event.key];
    if (!this.count || (!step && event.key !== "Enter")) return;
    event.preventDefault();
    event.stopPropagation();
    if (!step) this.choose(this.at[0]);
    else this._look(this.at.map((at, i) => Math.max(0, Math.min(this.count - 1, at + step[i]))));
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
