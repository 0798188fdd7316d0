// One side's units in their square, with its strongest connections drawn between them as they stand at a moment.

import { Surface, font } from "../panels/surface.js";
import { outline, unitMark } from "./assembly_paint.js";

const MOST = 44; // lines at once: more hide the units
const BULGE = 0.09; // height of a connection's arc, as a share of its length
const FAINTEST = 0.1; // share of the side's largest below which no line is drawn

export class UnitMap {
  constructor(context, label, side) {
    this.name = side;
    this.surface = new Surface(context, { label, height: (width) => width, className: "pxas-map", render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
    this.seen = null;
  }

  /** `seen` {states, values: signed shares of the largest (n, n) with rows to, columns from, pre, post, changed}. */
  show(seen) {
    this.seen = seen;
    this.lines = strongest(seen.values, seen.states.length);
    this.surface.draw();
    this.surface.describe(() => this._words());
  }

  _words() {
    const { states } = this.seen;
    const positive = this.lines.filter(({ value }) => value > 0).length;
    return `${states.reduce((sum, unit) => sum + unit, 0)} of ${states.length} units active; of the ${this.lines.length} strongest connections ${positive} are positive.`;
  }

  _render(pen, view) {
    if (!this.seen) return;
    const { states, pre, post, changed } = this.seen;
    const side = Math.round(Math.sqrt(states.length));
    const pitch = view.width / side;
    const { colours } = view;
    const at = (unit) => [(unit % side) * pitch, Math.floor(unit / side) * pitch];
    const middle = (unit) => at(unit).map((place) => place + pitch / 2);
    states.forEach((active, unit) => unitMark(pen, view, colours[this.name], ...at(unit), pitch, active, 0.5));
    for (const line of this.lines) this._line(pen, view, middle(line.from), middle(line.to), line.value);
    if (changed >= 0) outline(pen, view, colours.primary, ...at(changed), pitch, 3);
    this._chosen(pen, view, middle(pre), middle(post), pitch);
  }

  _line(pen, view, from, to, value) {
    const { colours } = view;
    pen.strokeStyle = value > 0 ? colours.positive : colours.negative;
    pen.globalAlpha = 0.25 + 0.75 * Math.abs(value);
    pen.lineWidth = (view.projector ? 3 : 0.8) + 2.2 * Math.abs(value);
    pen.setLineDash(value > 0 ? [] : [4, 4]);
    stroke(pen, from, to);
    pen.globalAlpha = 1;
    pen.setLineDash([]);
  }

  /** The connection that is looked at: from a ringed unit to one with a dot. */
  _chosen(pen, view, from, to, pitch) {
    const { colours } = view;
    pen.strokeStyle = colours.ink;
    pen.lineWidth = view.projector ? 4 : 2.2;
    stroke(pen, from, to);
    const r = Math.min(9, pitch * 0.3);
    for (const [[x, y], name] of [[from, "pre"], [to, "post"]]) {
      pen.beginPath();
      pen.arc(x, y, r, 0, 2 * Math.PI);
      pen.fillStyle = name === "post" ? colours.ink : colours.background;
      pen.fill();
      pen.stroke();
      this._name(pen, view, name, x, y, r);
    }
  }

  _name(pen, view, name, x, y, r) {
    pen.font = font(view, 700);
    pen.textBaseline = "middle";
    const right = x < view.width / 2;
    pen.textAlign = right ? "left" : "right";
    const wide = pen.measureText(name).width + 6;
    const left = right ? x + r + 2 : x - r - 2 - wide;
    pen.globalAlpha = 0.88;
    pen.fillStyle = view.colours.background;
    pen.fillRect(left, y - 0.65 * view.text, wide, 1.3 * view.text);
    pen.globalAlpha = 1;
    pen.fillStyle = view.colours.ink;
    pen.fillText(name, right ? left + 3 : left + wide - 3, y);
  }

  destroy() {
    this.surface.destroy();
  }
}

/** [{from, to, value}] of the strongest pairs, weakest first; both directions of a pair are drawn as their mean. */
export function strongest(values, n) {
  const pairs = [];
  for (let to = 1; to < n; to++) {
    for (let from = 0; from < to; from++) {
      const value = (values[to * n + from] + values[from * n + to]) / 2;
      if (Math.abs(value) >= FAINTEST) pairs.push({ from, to, value });
    }
  }
  return pairs.sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, MOST).reverse();
}

/** A shallow arc, so that connections along one row do not lie on each other. */
function stroke(pen, from, to) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  pen.beginPath();
  for (let i = 0; i <= 10; i++) {
    const share = i / 10;
    const aside = BULGE * 4 * share * (1 - share);
    pen[i ? "lineTo" : "moveTo"](from[0] + share * dx - aside * dy, from[1] + share * dy + aside * dx);
  }
  pen.stroke();
}
