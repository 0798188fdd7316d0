// Drawing without a pointer: a cross-hair that the arrow keys move. No key leaves the plane, so that none plays or steps the run.

import { EXTENT, MOST_CLASSES } from "./own_data_points.js";

const STEP = 0.25;
const LARGE_STEP = 1;
const REACH = 0.75; // of the plane, around the cross-hair
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export class PlaneKeys {
  constructor(editor) {
    this.editor = editor;
    this.held = -1;
    this.editor.canvas.addEventListener("keydown", (event) => this._press(event));
  }

  /** Lets go of the point that the cross-hair carries. */
  drop() {
    this.held = -1;
  }

  _press(event) {
    if (event.key === "Tab" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation();
    const act = this._meaning(event);
    if (!act) return;
    event.preventDefault();
    act();
    this.editor.draw();
  }

  _meaning({ key, shiftKey }) {
    const { editor } = this;
    if (ARROWS[key]) return () => this._step(...ARROWS[key], shiftKey ? LARGE_STEP : STEP);
    if (key === "Enter" || key === " ") return () => (this.held >= 0 ? this._carry() : this._add());
    if (key === "Delete" || key === "Backspace") return () => this._erase();
    if (key === "m" || key === "M") return () => this._carry();
    if (key === "Escape") return () => editor.leave();
    const kind = Number(key) - 1;
    return kind >= 0 && kind < MOST_CLASSES && key.length === 1 ? () => editor.choose(kind) : null;
  }

  _step(right, up, step) {
    const { editor } = this;
    const within = (place) => Math.max(-EXTENT, Math.min(EXTENT, Math.round(place / STEP) * STEP));
    editor.cross = { x: within(editor.cross.x + right * step), y: within(editor.cross.y + up * step) };
    if (this.held >= 0) editor.points.change(this.held, editor.cross);
    const near = this.held < 0 ? this._near() : -1;
    editor.tell(this.held >= 0 ? editor.said(this.held) : `At ${editor.where(editor.cross)}.${near >= 0 ? ` Near: ${editor.said(near)}` : ""}`);
  }

  _near() {
    const { cross, points } = this.editor;
    return points.nearest(cross.x, cross.y, REACH);
  }

  _add() {
    const { editor } = this;
    editor.points.begin();
    editor.add(editor.cross.x, editor.cross.y);
  }

  _erase() {
    const near = this._near();
    this.held = -1;
    if (near < 0) return this.editor.tell("There is no point near the cross-hair to erase.");
    this.editor.points.begin();
    this.editor.erase(near);
  }

  _carry() {
    const { editor } = this;
    if (this.held >= 0) {
      editor.tell(`Put down. ${editor.said(this.held)}`);
      return this.drop();
    }
    this.held = this._near();
    if (this.held < 0) return editor.tell("There is no point near the cross-hair to move.");
    editor.points.begin();
    editor.points.change(this.held, editor.cross);
    editor.tell(`Picked up: the arrow keys move it, M puts it down. ${editor.said(this.held)}`);
  }
}
