// The picture of the tree: steps run right, each branch is a line from its fork to its head, its name stands at the end.

import { whole } from "./format.js";
import { mix } from "./palette.js";
import { Surface, font } from "./surface.js";
import { StepAxis, lineage, lines, newest } from "./branches_tree.js";
import { branchNames, changeWords } from "./branches_words.js";

export const MOST_DRAWN = 16; // rows; the list has all
const NEAR = 11; // px from a fork's dot at which the pointer means it

export class BranchMap {
  /** actions: head(branch), fork(branch). */
  constructor(context, actions) {
    Object.assign(this, { context, actions });
    this.axis = new StepAxis();
    this.branches = this.shown = this.rows = [];
    this.surface = new Surface(context, { label: "Tree of branches", height: (_, projector) => this._height(projector), render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
    this.element.addEventListener("click", (event) => this._press(event));
    this.element.addEventListener("pointermove", (event) => { this.element.style.cursor = this._under(event) ? "pointer" : ""; });
  }

  /** `branches` with live heads; `at` = {branch, step}: where the run stands. */
  show(branches, at) {
    const all = branches.length;
    this.branches = branches;
    this.at = at;
    this.names = branchNames(branches);
    this.shown = newest(branches, at.branch, MOST_DRAWN);
    this.axis.fit(this.shown);
    this.surface.describe(() => this._sentence(all));
    if (this.shown.length !== this.before) this.surface.resize();
    this.before = this.shown.length;
    this.surface.draw();
  }

  _sentence(all) {
    const { step, branch } = this.at;
    return `Tree of ${all} branches. The run stands at step ${whole(step)} of “${this.names.get(branch)}”. The list below has every branch with its buttons.`;
  }

  _row(projector) {
    return projector ? 62 : 42;
  }

  _height(projector) {
    return Math.max(1, this.shown.length) * this._row(projector) + (projector ? 44 : 30);
  }

  _render(pen, view) {
    if (!this.at) return;
    const row = this._row(view.projector);
    pen.font = font(view, 650);
    const widest = Math.max(...this.shown.map(({ id }) => pen.measureText(this.names.get(id)).width));
    const box = { left: 12, right: view.width - Math.min(widest + 20, view.width * 0.42), top: row - 10, height: row };
    this.rows = lines(this.shown, this.axis, box);
    this.path = lineage(this.branches, this.at.branch);
    this._axis(pen, view, box);
    for (const line of this.rows) if (line.branch.id !== this.at.branch) this._line(pen, view, line, box);
    for (const line of this.rows) if (line.branch.id === this.at.branch) this._line(pen, view, line, box);
    for (const line of this.rows) this._words(pen, view, line, box);
    this._here(pen, view, box);
  }

  _axis(pen, view, { left, right }) {
    const { colours } = view;
    const y = view.height - (view.projector ? 30 : 20);
    pen.font = font(view);
    pen.textBaseline = "top";
    pen.lineWidth = 1;
    pen.setLineDash([]);
    const ticks = this.axis.ticks();
    ticks.forEach((step, i) => {
      const x = left + this.axis.share(step) * (right - left);
      pen.strokeStyle = mix(colours.background, colours.faint, 0.3);
      pen.beginPath();
      pen.moveTo(x, 4);
      pen.lineTo(x, y);
      pen.stroke();
      pen.fillStyle = colours.faint;
      pen.textAlign = i === 0 ? "left" : "center";
      pen.fillText(i === 0 ? "step 0" : whole(step), i === 0 ? left - 4 : x, y + 4);
    });
  }

  _line(pen, view, { branch, y, from, to, parentY }) {
    const { colours } = view;
    const present = branch.id === this.at.branch;
    pen.strokeStyle = pen.fillStyle = present ? colours.ink : mix(colours.background, colours.ink, this.path.has(branch.id) ? 0.75 : 0.5);
    pen.lineWidth = present ? view.line * 2.2 : Math.max(view.line, view.projector ? 3 : 1.5);
    pen.lineCap = "round";
    pen.lineJoin = "round";
    pen.beginPath();
    if (parentY !== null) pen.moveTo(from, parentY);
    else pen.moveTo(from, y);
    pen.lineTo(from, y);
    pen.lineTo(Math.max(to, from + 4), y);
    pen.stroke();
    if (parentY === null) return;
    pen.beginPath();
    pen.arc(from, parentY, view.projector ? 6 : 4, 0, 2 * Math.PI);
    pen.fill();
  }

  /** Its name at its head, what opened it along its beginning. */
  _words(pen, view, { branch, y, from, to }, { right }) {
    const { colours } = view;
    const present = branch.id === this.at.branch;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.font = font(view, present ? 650 : 450);
    pen.fillStyle = colours.ink;
    const start = Math.max(to, from + 4) + (present ? 14 : 9);
    pen.fillText(short(pen, this.names.get(branch.id), view.width - start - 2), start, y);
    const change = changeWords(branch.change, this.context);
    if (!change) return;
    pen.font = font(view);
    pen.fillStyle = colours.faint;
    pen.textBaseline = "bottom";
    const fitting = short(pen, change, view.width - 24);
    const x = Math.max(8, Math.min(from + 7, view.width - pen.measureText(fitting).width - 4));
    pen.fillText(fitting, x, y - (view.projector ? 13 : 9));
  }

  /** Where the run stands: a ring on its line. */
  _here(pen, view, { left, right }) {
    const line = this.rows.find(({ branch }) => branch.id === this.at.branch);
    if (!line) return;
    const x = left + this.axis.share(this.at.step) * (right - left);
    pen.beginPath();
    pen.arc(Math.max(x, line.from), line.y, view.projector ? 10 : 6.5, 0, 2 * Math.PI);
    pen.fillStyle = view.colours.background;
    pen.fill();
    pen.strokeStyle = view.colours.ink;
    pen.lineWidth = view.projector ? 4 : 2.5;
    pen.stroke();
    pen.beginPath();
    pen.arc(Math.max(x, line.from), line.y, view.projector ? 4.5 : 3, 0, 2 * Math.PI);
    pen.fillStyle = view.colours.ink;
    pen.fill();
  }

  /** {branch, fork: bool} under the pointer. */
  _under({ offsetX, offsetY }) {
    const half = this._row(this.surface.view.projector) / 2;
    const dot = this.rows.find(({ parentY, from }) => parentY !== null && Math.hypot(offsetX - from, offsetY - parentY) <= NEAR);
    if (dot) return { branch: dot.branch, fork: true };
    const line = this.rows.find(({ y, from }) => Math.abs(offsetY - y) <= half && offsetX >= from - NEAR);
    return line ? { branch: line.branch, fork: false } : null;
  }

  _press(event) {
    const found = this._under(event);
    if (found) this.actions[found.fork ? "fork" : "head"](found.branch);
  }

  destroy() {
    this.surface.destroy();
  }
}

/** As much of a text as fits, with an ellipsis where some is left out. */
export function short(pen, text, width) {
  if (pen.measureText(text).width <= width) return text;
  let end = text.length;
  while (end > 1 && pen.measureText(text.slice(0, end) + "…").width > width) end--;
  return `${text.slice(0, end).trimEnd()}…`;
}
