// Two to four branches over one another: their test loss over updates. What they share is drawn once.

import { decadeTicks } from "./branches_tree.js";
import { apart, whole } from "./format.js";
import { SteadyRange } from "./steady_range.js";
import { Surface, font } from "./surface.js";
import { short } from "./branches_map.js";

const DASHES = [[], [5, 2.5], [1, 2], [6, 2, 1, 2]]; // shares of the line's width

/** The look of the i-th compared branch. */
export function lineStyle(colours, i) {
  const hues = colours.lanes ?? [colours.ink, ...colours.classes];
  return { colour: hues[i % hues.length], dash: DASHES[i % DASHES.length], dashed: i % DASHES.length > 0 };
}

/** Parts of curves to draw: the shared beginning once ({slot: null}), then each from where it leaves those before it. `parts(i, j)` → step. */
export function pieces(curves, parts) {
  const pairs = curves.flatMap((_, i) => curves.slice(0, i).map((_, j) => parts(i, j)));
  const trunk = Math.min(...pairs);
  const cut = ({ step, test_loss: loss }, from, to) => {
    const points = [];
    for (let i = 0; i < step.length; i++) if (step[i] >= from && step[i] <= to) points.push([step[i], loss[i]]);
    return points;
  };
  const own = curves.map((curve, i) => {
    const left = Math.max(trunk, ...curves.slice(0, i).map((_, j) => parts(i, j)));
    // The last shared point belongs to both: the line begins where it leaves the other.
    const joint = curve.step.findLast((step) => step <= left) ?? left;
    return { slot: i, points: cut(curve, joint, Infinity) };
  });
  return [{ slot: null, points: cut(curves[0], 0, trunk) }, ...own];
}

export class BranchCurves {
  constructor(context) {
    this.range = new SteadyRange();
    this.end = 1;
    this.curves = [];
    this.surface = new Surface(context, { label: "Test loss of the compared branches", height: (_, projector) => (projector ? 320 : 200), render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
  }

  /** `curves`: [{name, step, test_loss}], `parts(i, j)`: the step at which two of them part. */
  show(curves, parts, sentence) {
    if (curves.length !== this.curves.length) this.range.reset();
    this.curves = curves;
    this.pieces = pieces(curves, parts);
    const values = curves.flatMap(({ test_loss: loss }) => loss).filter((value) => value !== null && Number.isFinite(value));
    this.range.fit(0, Math.max(...values, 1e-6));
    const last = Math.max(1, ...curves.map(({ step }) => step.at(-1) ?? 1));
    this.end = Math.ceil(3 * Math.log10(last)) / 3 || 1 / 3;
    this.surface.describe(() => `Test loss over updates of ${curves.map(({ name }) => `“${name}”`).join(", ")}. ${sentence}`);
    this.surface.draw();
  }

  _render(pen, view) {
    if (!this.pieces) return;
    pen.font = font(view, 600);
    const widest = Math.max(...this.curves.map(({ name }) => pen.measureText(name).width));
    const box = { left: view.projector ? 84 : 52, right: view.width - Math.min(widest + 18, view.width * 0.36), top: 10, bottom: view.height - (view.projector ? 34 : 22) };
    const x = (step) => box.left + (Math.log10(Math.max(1, step)) / this.end) * (box.right - box.left);
    const y = (loss) => box.bottom - ((loss - this.range.low) / (this.range.high - this.range.low)) * (box.bottom - box.top);
    this._axes(pen, view, box, x);
    for (const { slot, points } of this.pieces) this._curve(pen, view, slot, points, x, y);
    this._names(pen, view, x, y);
    pen.setLineDash([]);
  }

  _axes(pen, view, box, x) {
    const { colours } = view;
    pen.setLineDash([]);
    pen.strokeStyle = colours.faint;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(box.left, box.top);
    pen.lineTo(box.left, box.bottom);
    pen.lineTo(box.right, box.bottom);
    pen.stroke();
    pen.font = font(view);
    pen.fillStyle = colours.faint;
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    const [least, most] = apart(this.range.low, this.range.high);
    pen.fillText(most, box.left - 6, box.top + view.text * 0.4);
    pen.fillText(least, box.left - 6, box.bottom - view.text * 0.4);
    pen.textBaseline = "top";
    pen.textAlign = "center";
    for (const step of decadeTicks(10 ** this.end)) pen.fillText(step === 1 ? "update 1" : whole(step), x(step) + (step === 1 ? view.text : 0), box.bottom + 5);
  }

  _curve(pen, view, slot, points, x, y) {
    const look = slot === null ? { colour: view.colours.faint, dash: [] } : lineStyle(view.colours, slot);
    const width = view.line * 1.15;
    pen.strokeStyle = look.colour;
    pen.lineWidth = width;
    pen.lineJoin = "round";
    pen.setLineDash(look.dash.map((share) => share * width));
    pen.beginPath();
    let open = false;
    for (const [step, loss] of points) {
      const drawn = loss !== null && Number.isFinite(loss);
      if (drawn) pen[open ? "lineTo" : "moveTo"](x(step), y(loss));
      open = drawn;
    }
    pen.stroke();
  }

  /** At the curves' ends, moved apart where they would lie over each other. */
  _names(pen, view, x, y) {
    const gap = view.text * 1.25;
    const ends = this.curves.map(({ name, step, test_loss: loss }, slot) => {
      const last = loss.findLastIndex((value) => value !== null && Number.isFinite(value));
      return { name, slot, x: last < 0 ? x(1) : x(step[last]), y: last < 0 ? y(this.range.high) : y(loss[last]) };
    });
    spread(ends, gap, view.text * 0.7, view.height - view.text * 2.6);
    pen.font = font(view, 600);
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    for (const end of ends) {
      pen.fillStyle = lineStyle(view.colours, end.slot).colour;
      pen.fillText(short(pen, end.name, view.width - end.x - 8), end.x + 6, end.y);
    }
  }

  destroy() {
    this.surface.destroy();
  }
}

/** Moves places apart to at least `gap`, within top and bottom; their order stays. */
export function spread(ends, gap, top, bottom) {
  const sorted = [...ends].sort((a, b) => a.y - b.y);
  sorted.forEach((end, i) => { end.y = Math.max(end.y, i === 0 ? top : sorted[i - 1].y + gap); });
  for (let i = sorted.length - 1; i >= 0; i--) sorted[i].y = Math.min(sorted[i].y, i === sorted.length - 1 ? bottom : sorted[i + 1].y - gap);
}
