// Two to four branches over one another: their test loss over updates. What they share is drawn once.

import { short } from "./branches_map.js";
import { decadeTicks } from "./branches_tree.js";
import { Decades } from "./decades.js";
import { power } from "./format.js";
import { mix } from "./palette.js";
import { Surface, font } from "./surface.js";

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

const tick = (exponent) => (exponent >= -4 && exponent <= 4 ? (10 ** exponent).toLocaleString("en-GB", { maximumSignificantDigits: 1 }) : power(exponent));

/** One chart; both axes are logarithmic, as a race's. It begins a little before the first fork. */
export class BranchCurves {
  constructor(context) {
    this.up = new Decades(-2, 0, -8, 2);
    this.curves = [];
    this.surface = new Surface(context, { label: "Test loss of the compared branches", height: (_, projector) => (projector ? 340 : 220), render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
  }

  /** `curves`: [{name, step, test_loss}], `parts(i, j)`: the step at which two of them part, `fork` the first of those. */
  show(curves, parts, fork, sentence) {
    this.curves = curves;
    this.pieces = pieces(curves, parts);
    const first = Math.max(0, Math.floor(Math.log10(Math.max(1, fork / 3))));
    if (this.across?.low !== first) this.across = new Decades(first, first + 1);
    for (const { step, test_loss: loss } of curves) {
      // By thirds of a decade, as the loss chart: a curve soon fills what it was given.
      this.across.high = Math.max(this.across.high, Math.ceil(3 * Math.log10(Math.max(1, step.at(-1)))) / 3);
      step.forEach((at, i) => at >= 10 ** first && this.up.include(loss[i]));
    }
    this.surface.describe(() => `Test loss over updates of ${curves.map(({ name }) => `“${name}”`).join(", ")}. ${sentence}`);
    this.surface.draw();
  }

  _render(pen, view) {
    if (!this.pieces) return;
    const unit = view.projector ? 1.5 : 1;
    pen.font = font(view, 600);
    const widest = Math.max(...this.curves.map(({ name }) => pen.measureText(name).width));
    const box = { left: 50 * unit, top: 24 * unit, right: view.width - Math.min(widest + 16, view.width * 0.34), bottom: view.height - 36 * unit };
    const x = (step) => box.left + this.across.share(step) * (box.right - box.left);
    const y = (loss) => box.bottom - this.up.share(loss) * (box.bottom - box.top);
    this._axes(pen, view, box, x, y);
    for (const { slot, points } of this.pieces) this._curve(pen, view, slot, points, x, y);
    pen.setLineDash([]);
    this._names(pen, view, box, x, y);
  }

  _axes(pen, view, box, x, y) {
    const { colours } = view;
    pen.font = font(view);
    pen.fillStyle = colours.faint;
    pen.strokeStyle = mix(colours.background, colours.faint, 0.3);
    pen.lineWidth = view.projector ? 3 : 1;
    pen.textBaseline = "middle";
    pen.textAlign = "right";
    for (const exponent of this.up.ticks()) {
      segment(pen, box.left, y(10 ** exponent), box.right, y(10 ** exponent));
      pen.fillText(tick(exponent), box.left - 6, y(10 ** exponent));
    }
    pen.textBaseline = "top";
    for (const step of decadeTicks(10 ** this.across.high)) {
      const exponent = Math.round(Math.log10(step));
      if (exponent < this.across.low) continue;
      pen.textAlign = exponent === this.across.low ? "left" : "center";
      segment(pen, x(10 ** exponent), box.top, x(10 ** exponent), box.bottom);
      pen.fillText(tick(exponent), x(10 ** exponent), box.bottom + 4);
    }
    pen.fillStyle = colours.ink;
    pen.textAlign = "center";
    pen.fillText("updates", (box.left + box.right) / 2, box.bottom + 4 + view.text * 1.3);
    pen.textAlign = "left";
    pen.textBaseline = "bottom";
    pen.fillText("test loss", 0, box.top - 8);
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
      const drawn = loss !== null && Number.isFinite(loss) && step >= 10 ** this.across.low;
      if (drawn) pen[open ? "lineTo" : "moveTo"](x(step), y(loss));
      open = drawn;
    }
    pen.stroke();
  }

  /** At the curves' ends, moved apart where they would lie over each other. */
  _names(pen, view, box, x, y) {
    const ends = this.curves.map(({ name, step, test_loss: loss }, slot) => {
      const last = loss.findLastIndex((value) => value !== null && Number.isFinite(value));
      return { name, slot, x: last < 0 ? box.left : x(step[last]), y: last < 0 ? box.top : y(loss[last]) };
    });
    spread(ends, view.text * 1.25, box.top, box.bottom);
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

function segment(pen, x1, y1, x2, y2) {
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.lineTo(x2, y2);
  pen.stroke();
}

/** Moves places apart to at least `gap`, within top and bottom; their order stays. */
export function spread(ends, gap, top, bottom) {
  const sorted = [...ends].sort((a, b) => a.y - b.y);
  sorted.forEach((end, i) => { end.y = Math.max(end.y, i === 0 ? top : sorted[i - 1].y + gap); });
  for (let i = sorted.length - 1; i >= 0; i--) sorted[i].y = Math.min(sorted[i].y, i === sorted.length - 1 ? bottom : sorted[i + 1].y - gap);
}
