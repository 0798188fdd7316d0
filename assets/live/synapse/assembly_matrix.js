// All connections of one side: rows receive, columns send; units that belong to the same patterns stand together.

import { number } from "../panels/format.js";
import { element } from "../panels/markup.js";
import { Surface, font } from "../panels/surface.js";

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export class Matrix {
  /** `chosen(post, pre)` is told of the connection that a press or an arrow key picks. */
  constructor(context, label, chosen) {
    Object.assign(this, { context, label, chosen, seen: null });
    this.surface = new Surface(context, { label, height: (width) => width + 34, className: "pxas-matrix", render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
    this.element.tabIndex = 0;
    this.element.setAttribute("role", "application");
    this.element.title = "Click a connection to look at it; arrow keys move to the next one";
    this.element.addEventListener("pointerdown", (event) => this._pressed(event));
    this.element.addEventListener("keydown", (event) => this._key(event));
  }

  /** `seen` {values: signed shares of `largest` (n, n), n, largest, order: units as they stand, member: (K, n) patterns, pre, post}. */
  show(seen) {
    this.seen = seen;
    this.surface.draw();
    const value = seen.values[seen.post * seen.n + seen.pre] * seen.largest;
    this.surface.describe(() => `${this.label}: from unit ${seen.pre} to unit ${seen.post} ${number(value)}; the largest of all moments is ${number(seen.largest)}.`);
  }

  _box(view) {
    const strips = Math.max(12, 5 * this.seen.member.length);
    return { left: strips, top: strips, cell: (view.width - strips) / this.seen.n, strips };
  }

  _pressed({ clientX, clientY }) {
    if (!this.seen) return;
    const frame = this.element.getBoundingClientRect();
    const { left, top, cell } = this._box(this.surface.view);
    const { order, n } = this.seen;
    const [row, column] = [Math.floor((clientY - frame.top - top) / cell), Math.floor((clientX - frame.left - left) / cell)];
    if (row >= 0 && column >= 0 && row < n && column < n) this.chosen(order[row], order[column]);
  }

  _key(event) {
    const step = STEPS[event.key];
    if (!step || !this.seen) return;
    event.preventDefault();
    const { order, n, post, pre } = this.seen;
    const inside = (value) => Math.min(n - 1, Math.max(0, value));
    let [row, column] = [order.indexOf(post), order.indexOf(pre)];
    [row, column] = [inside(row + step[0]), inside(column + step[1])];
    if (row === column) [row, column] = [inside(row + step[0]), inside(column + step[1])]; // no unit is connected with itself
    if (row !== column) this.chosen(order[row], order[column]);
  }

  _render(pen, view) {
    if (!this.seen) return;
    const { n, order, pre, post } = this.seen;
    const { left, top, cell } = this._box(view);
    const { colours } = view;
    pen.imageSmoothingEnabled = false;
    pen.drawImage(this._picture(), 0, 0, n, n, left, top, n * cell, n * cell);
    this._members(pen, view);
    const [x, y] = [left + order.indexOf(pre) * cell, top + order.indexOf(post) * cell];
    pen.strokeStyle = colours.ink;
    pen.lineWidth = view.projector ? 4 : 2;
    pen.strokeRect(x - 2, y - 2, cell + 4, cell + 4);
    this._scale(pen, view, top + n * cell);
  }

  /** One pixel for each connection, in the palette's colours; those that are not there stay open. */
  _picture() {
    const { values, n, order } = this.seen;
    if (this.tile?.width !== n) this.tile = element("canvas", { width: n, height: n });
    const pen = this.tile.getContext("2d");
    const image = pen.createImageData(n, n);
    const words = new Uint32Array(image.data.buffer);
    const { lut } = this.context.colours;
    for (let row = 0; row < n; row++) {
      for (let column = 0; column < n; column++) {
        if (row !== column) words[row * n + column] = lut[Math.round((rooted(values[order[row] * n + order[column]]) + 1) * 127.5)];
      }
    }
    pen.putImageData(image, 0, 0);
    return this.tile;
  }

  /** Along both edges, one strip for each pattern: dark where the unit is active in it. */
  _members(pen, view) {
    const { member, order, n } = this.seen;
    const { left, top, cell, strips } = this._box(view);
    const thick = strips / member.length;
    member.forEach((pattern, k) => {
      order.forEach((unit, place) => {
        if (!pattern[unit]) return;
        pen.fillStyle = view.colours.ink;
        pen.fillRect(left + place * cell, k * thick, cell * 0.9, thick - 2);
        pen.fillRect(k * thick, top + place * cell, thick - 2, cell * 0.9);
      });
    });
  }

  _scale(pen, view, bottom) {
    const { largest } = this.seen;
    const [from, to, y] = [view.width * 0.25, view.width * 0.75, bottom + 8];
    const steps = 40;
    for (let i = 0; i < steps; i++) {
      pen.fillStyle = view.colours.css(rooted((2 * (i + 0.5)) / steps - 1));
      pen.fillRect(from + ((to - from) * i) / steps, y, (to - from) / steps + 0.5, 10);
    }
    pen.font = font(view);
    pen.fillStyle = view.colours.faint;
    pen.textBaseline = "middle";
    pen.textAlign = "right";
    pen.fillText(number(-largest, 2), from - 5, y + 6);
    pen.textAlign = "left";
    pen.fillText(`+${number(largest, 2)}`, to + 5, y + 6);
  }

  destroy() {
    this.surface.destroy();
  }
}

/** Small weights stay visible beside large ones: colour follows the root of the share. */
function rooted(share) {
  return Math.sign(share) * Math.sqrt(Math.abs(share));
}

/** Units in the order in which the matrix shows them: active in the first pattern first, those that are silent in all last. */
export function grouped(member, n) {
  const code = (unit) => member.reduce((sum, pattern, k) => sum + (pattern[unit] ? 2 ** (member.length - 1 - k) : 0), 0);
  return Array.from({ length: n }, (_, unit) => unit).sort((a, b) => code(b) - code(a) || a - b);
}
