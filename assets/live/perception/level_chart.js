// Accuracies over a distortion's levels: curves with their intervals, chance, and where the slider stands. Levels stand at even
// distances, each with its number, as their steps are neither even nor of one ratio.

import { polyline } from "../panels/polyline.js";
import { Surface, font } from "../panels/surface.js";
import { fade } from "../panels/palette.js";

const EDGE = { left: 46, right: 16, top: 14, bottom: 66 };
const SMALL = 11; // px: the least size of a level's number
const ORDINAL = "levels as tested, not to scale";
const MARKS = ["circle", "square", "diamond", "triangle"];

/** Where a level lies between the chart's levels, 0 at the first and 1 at the last. */
export function place(levels, level) {
  const rising = levels.at(-1) > levels[0];
  let i = levels.findIndex((known) => (rising ? known >= level : known <= level));
  if (i < 0) i = levels.length - 1;
  if (i === 0) return 0;
  const between = (level - levels[i - 1]) / (levels[i] - levels[i - 1]);
  return (i - 1 + between) / (levels.length - 1);
}

/** The level at a place 0…1: the other way round. */
export function levelAt(levels, share) {
  const at = Math.min(Math.max(share, 0), 1) * (levels.length - 1);
  const i = Math.min(Math.floor(at), levels.length - 2);
  return levels[i] + (at - i) * (levels[i + 1] - levels[i]);
}

export class LevelChart {
  /** `curves` of `show`: {name, colour, dash, shares, low?, high?, mark?}; `mark`: its number, else its place; shares may end early while they are measured. */
  constructor(context, label, { chance = null } = {}) {
    this.chance = chance;
    this.shown = null;
    this.label = label;
    this.surface = new Surface(context, { label, height: (width, projector) => (projector ? 380 : Math.max(240, Math.min(320, width * 0.62))), render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
  }

  /** {levels, unit, curves, at: level where the slider stands or null, chance}. */
  show(shown) {
    this.shown = shown;
    this.surface.canvas.setAttribute("aria-label", this._words());
    this.surface.draw();
  }

  move(level) {
    if (!this.shown) return;
    this.shown.at = level;
    this.surface.draw();
  }

  _words() {
    const { levels, curves, unit } = this.shown;
    const told = curves.filter(({ shares }) => shares.length).map(({ name, shares }) => `${name} from ${percent(shares[0])} to ${percent(shares.at(-1))}`);
    return `${this.label}, over ${unit}, ${ORDINAL}, from ${levels[0]} to ${levels.at(-1)}: ${told.join("; ") || "not measured yet"}.`;
  }

  _render(pen, view) {
    if (!this.shown) return;
    const grow = view.projector ? 1.5 : 1;
    const box = { left: EDGE.left * grow, top: EDGE.top, right: view.width - EDGE.right * grow, bottom: view.height - EDGE.bottom * grow };
    const at = (share, value) => [box.left + share * (box.right - box.left), box.bottom - value * (box.bottom - box.top)];
    this._axes(pen, view, box, at);
    this.shown.curves.forEach((curve, i) => this._curve(pen, view, at, curve, MARKS[(curve.mark ?? i) % MARKS.length]));
    this._slider(pen, view, box, at);
  }

  _axes(pen, view, box, at) {
    const { colours } = view;
    const { levels, unit, chance = this.chance } = this.shown;
    pen.font = font(view);
    pen.fillStyle = colours.faint;
    pen.lineWidth = view.projector ? 3 : 1;
    pen.strokeStyle = fade(colours.ink, 0.14);
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    for (const value of [0, 0.25, 0.5, 0.75, 1]) {
      const [x, y] = at(0, value);
      polyline(pen, [[x, y], at(1, value)]);
      pen.fillText(`${100 * value}%`, x - 6, y);
    }
    pen.textAlign = "center";
    pen.textBaseline = "top";
    this._levels(pen, view, box, at);
    pen.font = font(view);
    [unit, ORDINAL].forEach((words, i) => pen.fillText(words, (box.left + box.right) / 2, box.bottom + 12 + (1.3 + 1.3 * i) * view.text));
    if (chance === null) return;
    pen.strokeStyle = colours.faint;
    pen.setLineDash([2, 5]);
    polyline(pen, [at(0, chance), at(1, chance)]);
    pen.setLineDash([]);
    pen.textAlign = "left";
    pen.textBaseline = "bottom";
    pen.fillText("chance", box.left + 4, at(0, chance)[1] - 2);
  }

  /** A mark at every level and its number: smaller where they are many, fewer where the type must stay large. */
  _levels(pen, view, box, at) {
    const { levels } = this.shown;
    const step = (box.right - box.left) / (levels.length - 1);
    const widest = () => Math.max(...levels.map((level) => pen.measureText(String(level)).width)) + 4;
    if (widest() > step && !view.projector) pen.font = font({ ...view, text: SMALL });
    const every = Math.max(1, Math.ceil(widest() / step));
    levels.forEach((level, i) => {
      const [x] = at(i / (levels.length - 1), 0);
      polyline(pen, [[x, box.bottom], [x, box.bottom + 4]]);
      if (i % every === 0) pen.fillText(String(level), x, box.bottom + 7);
    });
  }

  _curve(pen, view, at, { colour, dash = [], shares, low, high }, mark) {
    const { levels } = this.shown;
    const spot = (i, value) => at(i / (levels.length - 1), value);
    if (low && high) {
      pen.fillStyle = fade(colour, 0.16);
      pen.beginPath();
      [...high.map((value, i) => spot(i, value)), ...low.map((value, i) => spot(i, value)).reverse()].forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
      pen.closePath();
      pen.fill();
    }
    pen.strokeStyle = pen.fillStyle = colour;
    pen.lineWidth = view.line;
    pen.setLineDash(dash);
    polyline(pen, shares.map((value, i) => spot(i, value)));
    pen.setLineDash([]);
    for (const [x, y] of shares.map((value, i) => spot(i, value))) dot(pen, mark, x, y, view.projector ? 6 : 3.5);
  }

  _slider(pen, view, box, at) {
    const { levels, at: level } = this.shown;
    if (level === null || level === undefined) return;
    const [x] = at(place(levels, level), 0);
    pen.strokeStyle = view.colours.primary;
    pen.lineWidth = view.projector ? 3 : 1.5;
    polyline(pen, [[x, box.top], [x, box.bottom]]);
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

export function percent(share) {
  return `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)}%`;
}

/** A mark for each curve, so that they are told apart without colour. */
function dot(pen, mark, x, y, r) {
  pen.beginPath();
  if (mark === "circle") pen.arc(x, y, r, 0, 2 * Math.PI);
  else if (mark === "square") pen.rect(x - r, y - r, 2 * r, 2 * r);
  else {
    const corners = mark === "diamond" ? [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]] : [[0, -1.3], [1.2, 1], [-1.2, 1]];
    corners.forEach(([dx, dy], i) => (i ? pen.lineTo(x + r * dx, y + r * dy) : pen.moveTo(x + r * dx, y + r * dy)));
    pen.closePath();
  }
  pen.fill();
}

/** The mark beside a name, for legends. */
export function legendMark(index) {
  return { circle: "●", square: "■", diamond: "◆", triangle: "▲" }[MARKS[index % MARKS.length]];
}
