// The plane on which a person draws: mouse, finger and keyboard do the same things to the same points.

import { paintPoint } from "./own_data_marks.js";
import { EXTENT } from "./own_data_points.js";
import { PlaneKeys } from "./own_data_keys.js";
import { fade } from "./palette.js";
import { Surface, font } from "./surface.js";

const SPRAY = 12; // px between the points of one stroke
const REACH = { mouse: 8, touch: 18 }; // px around a point that still mean this point
const TICKS = [-6, -3, 0, 3, 6];

/** `chosen` = {tool "add" | "erase", kind, value}; tell(sentence) says what happened. */
export class PlaneEditor {
  constructor(context, points, chosen, tell) {
    Object.assign(this, { points, chosen, tell });
    this.cross = { x: 0, y: 0 };
    this.surface = new Surface(context, {
      label: "Plane to draw points on, x and y from −6 to 6", className: "px-own-plane",
      height: (width, projector) => Math.min(width, projector ? 560 : 420), render: (pen, view) => this._render(pen, view),
    });
    this.canvas = this.surface.canvas;
    this.canvas.setAttribute("role", "application");
    this.canvas.setAttribute("tabindex", "0");
    this.keys = new PlaneKeys(this);
    this._listen();
  }

  _listen() {
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => this._press(event));
    canvas.addEventListener("pointermove", (event) => this._move(event));
    for (const type of ["pointerup", "pointercancel"]) canvas.addEventListener(type, () => this._lift());
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
    for (const type of ["focus", "blur"]) canvas.addEventListener(type, () => this.surface.draw());
  }

  draw() {
    this.surface.draw();
  }

  // ── what a pointer does ────────────────────────────────────────────────────────────────────

  _press(event) {
    const at = this._place(event);
    if (!at) return;
    this.keys.drop();
    // `focus` alone would scroll a half visible plane under the pointer.
    event.preventDefault();
    this.canvas.focus({ preventScroll: true });
    this.canvas.setPointerCapture?.(event.pointerId);
    this.points.begin();
    this.cross = { x: at.x, y: at.y };
    const found = this.points.nearest(at.x, at.y, this._reach(event) / this._scale());
    const erases = this.chosen.tool === "erase" || event.button === 2;
    this.stroke = { from: at, last: at, erases, held: erases ? -1 : found, moved: false, count: 0 };
    if (erases) this._erase(found);
    else if (found < 0) this._spray(at);
    this.draw();
  }

  _move(event) {
    const at = this._place(event, this.stroke !== undefined);
    this.canvas.style.cursor = this._cursor(event, at);
    if (!this.stroke || !at) return;
    const { stroke } = this;
    const far = Math.hypot(at.left - stroke.last.left, at.top - stroke.last.top);
    this.cross = { x: at.x, y: at.y };
    if (stroke.erases) this._erase(this.points.nearest(at.x, at.y, this._reach(event) / this._scale()));
    else if (stroke.held >= 0) this._drag(at, stroke);
    else if (far >= SPRAY) this._spray(at);
  }

  _drag(at, stroke) {
    stroke.moved ||= Math.hypot(at.left - stroke.from.left, at.top - stroke.from.top) > 3;
    if (stroke.moved) this.points.change(stroke.held, { x: at.x, y: at.y });
  }

  _spray(at) {
    this.stroke.last = at;
    this.stroke.count++;
    this.add(at.x, at.y);
  }

  _erase(index) {
    if (index < 0) return;
    this.erase(index);
    this.stroke.count++;
  }

  _lift() {
    const { stroke } = this;
    this.stroke = undefined;
    if (!stroke) return;
    if (stroke.held >= 0) this._let(stroke);
    else if (stroke.count > 1) this.tell(`${stroke.count} points ${stroke.erases ? "erased" : "added"}; ${this.points.list.length} in all.`);
  }

  // A press on a point that did not move it gives it what is chosen.
  _let({ held, moved }) {
    const { kind, value } = this.chosen;
    if (!moved) this.points.change(held, this.points.numbers ? { value } : { kind });
    this.tell(this.said(held));
  }

  _cursor(event, at) {
    if (!at) return "default";
    if (this.stroke?.held >= 0) return "grabbing";
    const over = this.points.nearest(at.x, at.y, this._reach(event) / this._scale()) >= 0;
    return over && this.chosen.tool === "add" ? "grab" : "crosshair";
  }

  _reach({ pointerType }) {
    return pointerType === "touch" ? REACH.touch : REACH.mouse;
  }

  // ── what every way of drawing does ─────────────────────────────────────────────────────────

  add(x, y) {
    if (!this.points.add(x, y, this.chosen.kind, this.chosen.value)) return this.tell("There are 1,000 points, which is as many as can be drawn. Erase some, or upload a table.");
    this.tell(this.said(this.points.list.length - 1));
  }

  erase(index) {
    const gone = this.said(index);
    this.points.erase(index);
    this.tell(`Erased: ${gone[0].toLowerCase()}${gone.slice(1)}`);
  }

  /** "Point 12: class 2 at x 1.5, y −0.5." */
  said(index) {
    const point = this.points.list[index];
    return `Point ${index + 1}: ${this.answer(point)} at ${this.where(point)}.`;
  }

  answer({ kind, value }) {
    return this.points.numbers ? `value ${short(value)}` : `class ${this.points.now.names[kind]}`;
  }

  where({ x, y }) {
    return `x ${short(x)}, y ${short(y)}`;
  }

  // ── the picture ────────────────────────────────────────────────────────────────────────────

  _box({ width, height, projector }) {
    const [left, bottom] = projector ? [44, 40] : [28, 26];
    const side = Math.max(40, Math.min(width - left - 10, height - bottom - 8));
    return { x: left, y: 8, side };
  }

  _scale() {
    return this._box(this.surface.view).side / (2 * EXTENT);
  }

  /** Where in the plane the pointer is; null outside, unless it is held within. */
  _place(event, hold = false) {
    const box = this._box(this.surface.view);
    const rect = this.canvas.getBoundingClientRect();
    const [left, top] = [event.clientX - rect.left, event.clientY - rect.top];
    const [x, y] = [((left - box.x) / box.side) * 2 * EXTENT - EXTENT, EXTENT - ((top - box.y) / box.side) * 2 * EXTENT];
    if (!hold && Math.max(Math.abs(x), Math.abs(y)) > EXTENT + 0.2) return null;
    const within = (place) => Math.max(-EXTENT, Math.min(EXTENT, Math.round(place * 100) / 100));
    return { left, top, x: within(x), y: within(y) };
  }

  _render(pen, view) {
    const box = this._box(view);
    const at = ({ x, y }) => [box.x + ((x / EXTENT + 1) / 2) * box.side, box.y + ((1 - y / EXTENT) / 2) * box.side];
    this._axes(pen, view, box, at);
    const radius = (view.projector ? 7 : 4.5) * (this.points.list.length > 200 ? 0.75 : 1);
    for (const point of this.points.list) paintPoint(pen, view.colours, this.points, point, ...at(point), radius);
    if (this.keys.held >= 0) this._ring(pen, view, ...at(this.points.list[this.keys.held]), radius + 6);
    if (document.activeElement === this.canvas) this._cross(pen, view, box, ...at(this.cross));
  }

  _axes(pen, view, { x, y, side }, at) {
    const { colours } = view;
    pen.fillStyle = colours.surface;
    pen.fillRect(x, y, side, side);
    pen.lineWidth = view.projector ? 3 : 1;
    pen.strokeStyle = fade(colours.faint, 0.55);
    pen.beginPath();
    const [left, top] = at({ x: 0, y: 0 });
    pen.moveTo(x, top); pen.lineTo(x + side, top); pen.moveTo(left, y); pen.lineTo(left, y + side);
    pen.stroke();
    pen.strokeStyle = colours.faint;
    pen.strokeRect(x, y, side, side);
    pen.fillStyle = colours.text;
    pen.font = font(view);
    for (const tick of TICKS) this._tick(pen, view, tick, { x, y, side }, at);
  }

  _tick(pen, view, tick, { x, y, side }, at) {
    const [left, top] = at({ x: tick, y: tick });
    pen.textAlign = tick === -EXTENT ? "left" : tick === EXTENT ? "right" : "center";
    pen.textBaseline = "top";
    pen.fillText(tick === 0 ? "x" : short(tick), left, y + side + 6);
    pen.textAlign = "right";
    pen.textBaseline = tick === -EXTENT ? "bottom" : tick === EXTENT ? "top" : "middle";
    pen.fillText(tick === 0 ? "y" : short(tick), x - 6, top);
  }

  _ring(pen, view, x, y, radius) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.strokeStyle = view.colours.text;
    pen.lineWidth = view.projector ? 4 : 2;
    pen.stroke();
  }

  _cross(pen, view, box, x, y) {
    pen.strokeStyle = view.colours.text;
    pen.lineWidth = view.projector ? 3 : 1.5;
    pen.beginPath();
    for (const [u, v] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) { pen.moveTo(x + 7 * u, y + 7 * v); pen.lineTo(x + 18 * u, y + 18 * v); }
    pen.stroke();
  }

  destroy() {
    this.surface.destroy();
  }
}

/** A coordinate as it is said: at most two decimals, a true minus. */
export function short(value) {
  return String(Math.round(value * 100) / 100).replace("-", "−");
}
