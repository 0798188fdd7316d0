// A square of units that are active or silent; one that may be painted, with pointer or keys.

import { Surface } from "../panels/surface.js";

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** `painted(unit, active)` is told of each change by a hand and returns whether it is taken; without it the square only shows. */
export class UnitSquare {
  constructor(context, label, { painted = null, colour = "ink" } = {}) {
    Object.assign(this, { label, painted, colour, units: [], side: 0, cursor: 0, marks: {} });
    this.surface = new Surface(context, { label, height: (width) => width, className: "pxas-square", render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
    if (painted) this._editable();
  }

  /** `units` 0 and 1, row by row; `marks` {changed: unit}; a unit that has just changed wears a ring. */
  show(units, marks = {}) {
    this.units = Array.from(units);
    this.side = Math.round(Math.sqrt(units.length));
    this.marks = marks;
    this.cursor = Math.min(this.cursor, units.length - 1);
    this.surface.draw();
    this._told();
  }

  _told() {
    const active = this.units.reduce((sum, unit) => sum + unit, 0);
    const where = this.painted && document.activeElement === this.element ? ` Row ${Math.floor(this.cursor / this.side) + 1}, column ${(this.cursor % this.side) + 1}: ${this.units[this.cursor] ? "active" : "silent"}.` : "";
    this.element.setAttribute("aria-label", `${this.label}: ${active} of ${this.units.length} units active.${where}`);
  }

  _editable() {
    const { element } = this;
    element.setAttribute("role", "application");
    element.tabIndex = 0;
    element.title = "Click or drag to paint; by keyboard arrows move, Space changes a unit";
    element.classList.add("pxas-paint");
    element.addEventListener("pointerdown", (event) => this._down(event));
    element.addEventListener("pointermove", (event) => this.stroke !== undefined && this._set(this._under(event), this.stroke));
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) element.addEventListener(end, () => { this.stroke = undefined; });
    element.addEventListener("keydown", (event) => this._key(event));
    for (const type of ["focus", "blur"]) element.addEventListener(type, () => { this.surface.draw(); this._told(); });
  }

  _under({ clientX, clientY }) {
    const box = this.element.getBoundingClientRect();
    const at = (value, low, size) => Math.floor(((value - low) / size) * this.side);
    const [column, row] = [at(clientX, box.left, box.width), at(clientY, box.top, box.height)];
    return row >= 0 && column >= 0 && row < this.side && column < this.side ? row * this.side + column : null;
  }

  _down(event) {
    const unit = this._under(event);
    if (unit === null) return;
    this.element.setPointerCapture(event.pointerId);
    this.cursor = unit;
    this.stroke = 1 - this.units[unit];
    this._set(unit, this.stroke);
  }

  _set(unit, active) {
    if (unit === null || this.units[unit] === active || !this.painted(unit, active)) return;
    this.units[unit] = active;
    this.surface.draw();
    this._told();
  }

  _key(event) {
    const { key } = event;
    const step = STEPS[key];
    if (!step && key !== " " && key !== "Enter") return;
    event.preventDefault();
    if (!step) return this._set(this.cursor, 1 - this.units[this.cursor]);
    const inside = (value) => Math.min(this.side - 1, Math.max(0, value));
    this.cursor = inside(Math.floor(this.cursor / this.side) + step[0]) * this.side + inside((this.cursor % this.side) + step[1]);
    this.surface.draw();
    this._told();
  }

  _render(pen, view) {
    const { side, units, marks } = this;
    if (!side) return;
    const pitch = view.width / side;
    const { colours } = view;
    const focused = this.painted && document.activeElement === this.element;
    for (let unit = 0; unit < units.length; unit++) {
      const [x, y] = [(unit % side) * pitch, Math.floor(unit / side) * pitch];
      unitMark(pen, view, colours[this.colour], x, y, pitch, units[unit]);
      if (marks.changed === unit) outline(pen, view, colours.primary, x, y, pitch, 2.5);
      if (focused && this.cursor === unit) outline(pen, view, colours.primary, x, y, pitch, 2);
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

/** An active unit fills its place, with `alpha`; a silent one is an open square. */
export function unitMark(pen, view, colour, x, y, pitch, active, alpha = 1) {
  const gap = Math.max(1, pitch * 0.08);
  if (active) {
    pen.globalAlpha = alpha;
    pen.fillStyle = colour;
    pen.fillRect(x + gap, y + gap, pitch - 2 * gap, pitch - 2 * gap);
    pen.globalAlpha = 1;
    return;
  }
  pen.globalAlpha = 0.25;
  pen.strokeStyle = view.colours.ink;
  pen.lineWidth = view.projector ? 3 : 1;
  pen.strokeRect(x + gap + 0.5, y + gap + 0.5, pitch - 2 * gap - 1, pitch - 2 * gap - 1);
  pen.globalAlpha = 1;
}

export function outline(pen, view, colour, x, y, pitch, width) {
  pen.strokeStyle = colour;
  pen.lineWidth = view.projector ? 1.6 * width : width;
  pen.strokeRect(x + 1, y + 1, pitch - 2, pitch - 2);
}
