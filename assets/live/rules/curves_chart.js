// One chart of all lanes: a line each in the lane's mark, its label at the line's end, and a cursor that tells values.

import { Surface, font } from "../panels/surface.js";
import { dashOf } from "./marks.js";

const CLOSE = 0.5; // px: what is less far along is the same point on screen
const CHOSEN = 1.6; // so much wider is the line of the chosen lane

/**
 * `marks`: lane → mark. `up`: the axis of what is measured. `note(pen, view, box, chart)` draws more, above the lines.
 * `pointed(along)` is called with a place along the axis under the pointer, or null.
 */
export class LanesChart {
  constructor(context, { title, marks, up, height, pointed = () => {}, note = () => {} }) {
    Object.assign(this, { context, title, marks, up, pointed, note, curves: [], across: null, cursor: null, chosen: 1 });
    this.surface = new Surface(context, { label: `${title}: nothing measured yet`, className: "px-rules-chart", height: (_, projector) => Math.round((projector ? 1.4 : 1) * height), render: (pen, view) => this._render(pen, view) });
    const { canvas } = this.surface;
    canvas.addEventListener("pointermove", (event) => this.pointed(this._along(event.offsetX)));
    canvas.addEventListener("pointerleave", () => this.pointed(null));
  }

  /** `curves`: [{lane, along, values, length}]; `across`: the axis that they run along, `title` its name. */
  show(curves, across, acrossTitle) {
    Object.assign(this, { curves, across, acrossTitle });
    for (const { along, values, length } of curves) for (let i = 0; i < length; i++) {
      if (!this.across.holds(along[i])) continue;
      this.across.include(along[i]);
      this.up.include(values[i]);
    }
    this.surface.draw();
  }

  again() {
    this.surface.draw();
  }

  _box(view) {
    const unit = view.projector ? 1.5 : 1;
    return { left: 42 * unit, top: 27 * unit, right: view.width - 68 * unit, bottom: view.height - 36 * unit };
  }

  _along(x) {
    if (!this.across) return null;
    const box = this._box(this.surface.view);
    const share = (x - box.left) / (box.right - box.left);
    return share < -0.02 || share > 1.02 ? null : this.across.value(Math.max(0, Math.min(1, share)));
  }

  _render(pen, view) {
    if (!this.across) return;
    const box = this._box(view);
    const x = (value) => box.left + this.across.share(value) * (box.right - box.left);
    const y = (value) => box.bottom - this.up.share(value) * (box.bottom - box.top);
    this._axes(pen, view, box, x, y);
    this._cursor(pen, view, box, x);
    const ends = this.curves.map((curve) => this._line(pen, view, curve, x, y)).filter(Boolean);
    this.note(pen, view, box, y);
    this._labels(pen, view, box, ends);
    if (!ends.length) this._waiting(pen, view, box);
  }

  _axes(pen, view, box, x, y) {
    pen.font = font(view);
    pen.fillStyle = view.colours.faint;
    pen.strokeStyle = view.colours.zero;
    pen.lineWidth = view.projector ? 3 : 1;
    pen.textBaseline = "middle";
    pen.textAlign = "right";
    let before = Infinity;
    for (const { value, text } of this.up.ticks()) {
      segment(pen, box.left, y(value), box.right, y(value));
      // A tick whose word would lie on its neighbour's keeps its line alone.
      if (Math.abs(before - y(value)) >= 1.1 * view.text) pen.fillText(text, box.left - 6, (before = y(value)));
    }
    pen.textBaseline = "top";
    for (const { value, text } of this.across.ticks()) {
      const at = x(value);
      pen.textAlign = at < box.left + 12 ? "left" : at > box.right - 12 ? "right" : "center";
      segment(pen, at, box.top, at, box.bottom);
      pen.fillText(text, at, box.bottom + 4);
    }
    pen.textAlign = "center";
    pen.fillStyle = view.colours.ink;
    pen.fillText(this.acrossTitle, (box.left + box.right) / 2, box.bottom + 4 + view.text * 1.3);
    pen.textAlign = "left";
    pen.textBaseline = "bottom";
    pen.fillText(this.title, 0, box.top - 9);
  }

  _line(pen, view, { lane, along, values, length }, x, y) {
    const mark = this.marks.get(lane);
    const width = view.line * (lane === this.chosen ? CHOSEN : 1);
    let end = null;
    let broken = true;
    pen.strokeStyle = mark.colour(this.context);
    pen.lineWidth = width;
    pen.lineJoin = "round";
    pen.setLineDash(dashOf(mark, width));
    pen.beginPath();
    for (let i = 0; i < length; i++) {
      if (!this.across.holds(along[i])) continue;
      if (!this.up.holds(values[i])) { broken = true; continue; }
      const [px, py] = [x(along[i]), y(values[i])];
      if (!broken && i < length - 1 && px - end.x < CLOSE) continue;
      if (broken) pen.moveTo(px, py);
      else pen.lineTo(px, py);
      broken = false;
      end = { lane, mark, x: px, y: py };
    }
    pen.stroke();
    pen.setLineDash([]);
    return end;
  }

  /** Labels beside the ends of their lines, moved apart where ends lie together, with a hair to the end. */
  _labels(pen, view, box, ends) {
    const apart = view.text + 1;
    const lowest = box.bottom - view.text / 2;
    let before = -Infinity;
    ends.sort((a, b) => a.y - b.y);
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.lineWidth = view.projector ? 3 : 1;
    // Labels stand in one column beyond the furthest end.
    const column = Math.max(...ends.map(({ x }) => x)) + 10;
    ends.forEach((end, i) => {
      before = Math.min(lowest - (ends.length - 1 - i) * apart, Math.max(end.y, before + apart));
      pen.font = font(view, end.lane === this.chosen ? 750 : 550);
      pen.fillStyle = pen.strokeStyle = end.mark.colour(this.context);
      pen.globalAlpha = 0.5;
      segment(pen, end.x + 1, end.y, column - 2, before);
      pen.globalAlpha = 1;
      pen.fillText(end.mark.label, column, before);
    });
  }

  _cursor(pen, view, box, x) {
    if (this.cursor === null || !this.across.holds(this.cursor)) return;
    pen.strokeStyle = view.colours.ink;
    pen.lineWidth = view.projector ? 3 : 1;
    segment(pen, x(this.cursor), box.top, x(this.cursor), box.bottom);
  }

  /** Before the first update: what fills the place. Later a frame that lacks the curves is followed by one that has them: a blank shape. */
  _waiting(pen, view, box) {
    if (this.begun) {
      pen.fillStyle = view.colours.faint;
      pen.globalAlpha = 0.12;
      pen.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
      pen.globalAlpha = 1;
      return;
    }
    pen.font = font(view);
    pen.fillStyle = view.colours.faint;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText("Press Play: every lane draws its line", (box.left + box.right) / 2, (box.top + box.bottom) / 2);
  }
}

export function segment(pen, x1, y1, x2, y2) {
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.lineTo(x2, y2);
  pen.stroke();
}
