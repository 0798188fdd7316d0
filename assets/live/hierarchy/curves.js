// Similarity of each rung's responses over one slider: a curve for every rung of one side, its name at the curve's end.

import { minus, number, similarity } from "./format.js";
import { mix } from "../panels/palette.js";
import { polyline } from "../panels/polyline.js";
import { Surface, font } from "../panels/surface.js";

const DASHES = [[], [9, 4], [3, 3], [12, 3, 3, 3], [6, 2], [2, 5], [14, 5], [8, 3, 2, 3, 2, 3], [4, 6]];
const TICKS = [1, 0.5, 0, -0.5, -1];

/** The colour of rung i of n on one side: from faint to the side's accent. */
export function shade(colours, side, i, n) {
  return mix(colours.background, colours[side], 0.45 + (0.55 * i) / Math.max(1, n - 1));
}

export const dash = (i) => DASHES[i % DASHES.length];

export class Curves {
  constructor(context, side, title) {
    Object.assign(this, { side, name: `invariance-${side}`, title, rungs: [], points: [], behind: [] });
    this.surface = new Surface(context, { label: title, height: (_, projector) => (projector ? 420 : 270), render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
  }

  /**
   * `rungs` [{name, title}]; `points` and `behind` [{value, rungs: {name: r | null}}] in order of value; `axis` {label, minimum, maximum,
   * rest, value}; `open`: the rung whose curve is drawn thickest; `floor` {name: r}.
   */
  show(given) {
    Object.assign(this, given);
    this.surface.draw();
    this.surface.describe(() => this._words());
  }

  _words() {
    const last = this.points.find(({ value }) => value === this.axis.value);
    const said = last ? this.rungs.map(({ name, title }) => `${title} ${similarity(last.rungs[name])}`).join(", ") : "no points yet";
    return `${this.title} over ${this.axis.label}; now ${number(this.axis.value)}: ${said}.`;
  }

  _render(pen, view) {
    if (!this.axis) return;
    const unit = view.projector ? 1.5 : 1;
    this.low = this.points.some(({ rungs }) => Object.values(rungs).some((r) => r < -0.25)) ? -1 : -0.25;
    const box = { left: 40 * unit, top: 12 * unit, right: view.width - 92 * unit, bottom: view.height - 40 * unit };
    const { minimum, maximum } = this.axis;
    const x = (value) => box.left + ((value - minimum) / (maximum - minimum)) * (box.right - box.left);
    const y = (r) => box.bottom - ((r - this.low) / (1 - this.low)) * (box.bottom - box.top);
    this._axes(pen, view, box, x, y);
    for (const [i, rung] of this.rungs.entries()) this._line(pen, view, this.behind, rung, i, x, y, true);
    for (const [i, rung] of this.rungs.entries()) this._line(pen, view, this.points, rung, i, x, y, false);
    this._names(pen, view, box, x, y);
  }

  _axes(pen, view, box, x, y) {
    const { axis } = this;
    pen.font = font(view);
    pen.lineWidth = view.projector ? 3 : 1;
    pen.textBaseline = "middle";
    pen.textAlign = "right";
    for (const r of TICKS.filter((tick) => tick >= this.low)) {
      pen.strokeStyle = view.colours.border;
      polyline(pen, [[box.left, y(r)], [box.right, y(r)]]);
      pen.fillStyle = view.colours.faint;
      pen.fillText(number(r, 2), box.left - 6, y(r));
    }
    pen.textBaseline = "top";
    pen.textAlign = "center";
    for (const value of [axis.minimum, axis.rest, axis.maximum]) {
      pen.strokeStyle = view.colours.border;
      polyline(pen, [[x(value), box.bottom], [x(value), box.bottom + 5]]);
      if (value === axis.rest && [axis.minimum, axis.maximum].some((end) => end !== value && Math.abs(x(end) - x(value)) < view.text * 3)) continue;
      pen.fillText(minus(String(value)), x(value), box.bottom + 7);
    }
    pen.fillStyle = view.colours.ink;
    pen.textAlign = "center";
    pen.fillText(axis.label, (box.left + box.right) / 2, box.bottom + 8 + view.text * 1.3);
    pen.textAlign = "left";
    pen.fillText("r", 2, 2);
    pen.strokeStyle = view.colours.ink;
    pen.globalAlpha = 0.55;
    polyline(pen, [[x(axis.value), box.top], [x(axis.value), box.bottom]]);
    pen.globalAlpha = 1;
  }

  _line(pen, view, points, { name }, i, x, y, faint) {
    const found = points.filter(({ rungs }) => rungs[name] !== null && rungs[name] !== undefined);
    if (!found.length) return;
    const thick = (name === this.open ? 2.1 : 1.1) * view.line;
    pen.strokeStyle = pen.fillStyle = faint ? view.colours.neutral : shade(view.colours, this.side, i, this.rungs.length);
    pen.lineWidth = Math.max(view.projector ? 3 : 1, faint ? view.line * 0.8 : thick);
    pen.setLineDash(dash(i));
    polyline(pen, found.map(({ value, rungs }) => [x(value), y(rungs[name])]));
    pen.setLineDash([]);
    if (faint) return;
    for (const { value, rungs } of found) {
      const now = value === this.axis.value;
      if (!now && found.length > 24) continue;
      pen.beginPath();
      pen.arc(x(value), y(rungs[name]), now ? view.line * 2.4 : view.line * 1.1, 0, 2 * Math.PI);
      pen.fill();
    }
  }

  // Names stand in the order of the curves' ends and never on each other.
  _names(pen, view, box, x, y) {
    const end = this.points.at(-1);
    if (!end) return;
    const height = view.text * (view.projector ? 1.05 : 1.2);
    const named = this.rungs.map((rung, i) => ({ ...rung, i, r: end.rungs[rung.name] })).filter(({ r }) => r !== null && r !== undefined).sort((a, b) => b.r - a.r);
    let next = box.top;
    for (const one of named) next = (one.at = Math.max(y(one.r), next)) + height;
    let limit = box.bottom + view.text;
    for (const one of [...named].reverse()) limit = (one.at = Math.min(one.at, limit)) - height;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    for (const { name, title, i, r, at } of named) {
      pen.strokeStyle = view.colours.border;
      pen.lineWidth = view.projector ? 3 : 1;
      polyline(pen, [[x(end.value) + 3, y(r)], [box.right + 2, at], [box.right + 8, at]]);
      pen.font = font(view, name === this.open ? 700 : 400);
      pen.fillStyle = mix(view.colours.ink, shade(view.colours, this.side, i, this.rungs.length), 0.35);
      pen.fillText(title, box.right + 10, at);
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
