// Names of curves where the curves are apart: beside its own line, away from the others' and from other names.

import { fade } from "../panels/palette.js";
import { font } from "../panels/surface.js";

const SIDES = [-1, 1]; // above and below the curve
const STEPS = 24; // places tried along a curve
const ENOUGH = 1.5; // lines of text of clear room, beyond which more is no better
const KEPT = 0.7; // a name stays where it is while that place is as good as this share of the best

export class Names {
  constructor() {
    this.kept = new Map();
  }

  /** `place(x, y)` → px. Curves {name, label, ink, x, y, until}. A name is written once its curve has got there. */
  draw(pen, view, box, place, curves) {
    pen.font = font(view, 600);
    pen.textBaseline = "middle";
    pen.textAlign = "center";
    const places = this._places(pen, view, box, place, curves);
    curves.forEach((curve, k) => {
      const found = places[k];
      if (!found || (curve.until ?? Infinity) < curve.x[found.i]) return;
      const { left, right, top, bottom } = found.area;
      pen.fillStyle = fade(view.colours.background, 0.8); // where curves are many a name may have to lie over one
      pen.fillRect(left - 2, top, right - left + 4, bottom - top);
      pen.fillStyle = curve.ink ?? curve.colour;
      pen.fillText(curve.label, (left + right) / 2, (top + bottom) / 2);
    });
  }

  /** Of each curve; found anew only when a curve or the axes have changed, as a handle may be dragged over them. */
  _places(pen, view, box, place, curves) {
    const known = [view.text, ...Object.values(box), ...place(0, 0), ...place(1, 1), ...curves.map(({ y }) => y)];
    if (known.length === this.known?.length && known.every((part, i) => part === this.known[i])) return this.found;
    const lines = curves.map(({ x, y }) => Array.from(x, (at, i) => place(at, y[i])));
    const taken = [];
    this.known = known;
    this.found = curves.map((curve, k) => {
      const width = pen.measureText(curve.label).width;
      const found = this._best(curve, lines, k, { width, height: 1.1 * view.text, box, taken });
      if (found) taken.push(found.area);
      return found;
    });
    return this.found;
  }

  _best(curve, lines, k, room) {
    const points = lines[k];
    const places = [];
    for (let step = 1; step < STEPS; step++) {
      const i = Math.round((step / STEPS) * (points.length - 1));
      for (const side of SIDES) places.push({ i, side, ...this._worth(points[i], side, lines, k, room) });
    }
    const best = places.reduce((first, next) => (next.worth > first.worth ? next : first), { worth: -Infinity });
    const before = this.kept.get(curve.name);
    const same = before && places.find(({ i, side }) => i === before.i && side === before.side);
    const chosen = same && same.worth >= KEPT * best.worth ? same : best;
    if (chosen.worth > -Infinity) this.kept.set(curve.name, chosen);
    return chosen.worth > -Infinity ? chosen : null;
  }

  /** px of clear room around the name, and of distance between its curve and the others; less what it overlaps; −∞ outside the axes. */
  _worth([h, v], side, lines, k, { width, height, box, taken }) {
    const middle = v + side * 0.95 * height;
    const area = { left: h - width / 2, right: h + width / 2, top: middle - height / 2, bottom: middle + height / 2 };
    if (area.left < box.left || area.right > box.right || area.top < box.top || area.bottom > box.bottom) return { worth: -Infinity, area };
    const near = lines.map((line) => clear(line, area));
    const others = Math.min(ENOUGH * height, ...near.filter((_, j) => j !== k));
    const own = Math.min(0.3 * height, near[k]);
    const over = taken.some((other) => area.left < other.right && area.right > other.left && area.top < other.bottom && area.bottom > other.top);
    const apart = Math.min(height, ...lines.filter((_, j) => j !== k).map((line) => clear(line, { left: h, right: h, top: v, bottom: v })));
    return { worth: others + 3 * own + 2 * apart - (over ? 10 * height : 0) + 0.001 * h, area };
  }
}

/** px between a line and an area, up and down; negative where it crosses it. */
function clear(line, { left, right, top, bottom }) {
  let least = Infinity;
  for (let i = 1; i < line.length; i++) {
    const [[h0, v0], [h1, v1]] = [line[i - 1], line[i]];
    if (Math.max(h0, h1) < left || Math.min(h0, h1) > right) continue;
    const [low, high] = [Math.min(v0, v1), Math.max(v0, v1)];
    const apart = low > bottom ? low - bottom : high < top ? top - high : -Math.min(bottom - top, high - top, bottom - low);
    if (apart < least) least = apart;
  }
  return least;
}
