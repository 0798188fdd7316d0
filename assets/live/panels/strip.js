// One row of the comparison: a title, a badge, and a curve or raster on the shared clock.

import { badgeButton } from "./badge.js";
import { apart } from "./format.js";
import { element } from "./markup.js";
import { SteadyRange } from "./steady_range.js";
import { Surface, font } from "./surface.js";

const COLUMNS = 10;

export class Strip {
  /** `plot(strip, pen, view, box)` draws within box = {left, right, top, bottom}. */
  constructor(context, { title, unit, badges, plot, foot = false }) {
    this.range = new SteadyRange();
    this.foot = foot;
    this.plot = plot;
    const name = unit ? `${title}, ${unit}` : title;
    const head = element("div", { class: "px-strip-head" }, element("h5", { text: name }), badges.map((curve) => badgeButton(context.data?.badges?.[curve], curve, badges.length > 1)));
    this.surface = new Surface(context, { label: name, height: (_, projector) => this._height(projector), render: (pen, view) => this._render(pen, view) });
    this.element = element("div", { class: "px-strip" }, head, this.surface.canvas);
  }

  _height(projector) {
    return (projector ? 116 : 66) + (this.foot ? (projector ? 26 : 18) : 0);
  }

  draw(source) {
    this.source = source;
    this.surface.draw();
  }

  _render(pen, view) {
    if (!this.source) return;
    const foot = this.foot ? view.text * 1.5 : 4;
    const box = { left: view.projector ? 96 : 60, right: view.width - (view.projector ? 112 : 66), top: view.text * 0.6, bottom: view.height - foot };
    this.plot(this, pen, view, box);
  }
}

/**
 * Columns of `synapse/window` over its first column, the update. `curves` are [column, name, colour, mark], mark one of
 * line, dashes (a state that moves on from update to update), sticks, dots (a new example each time: nothing lies between).
 */
export function plotWindow(strip, pen, view, box, curves) {
  const { window } = strip.source;
  const rows = window ? window.length / COLUMNS : 0;
  if (rows === 0) return waiting(pen, view, box);
  strip.range.fit(...extremes(window, curves));
  ends(strip.range, pen, view, box);
  const [first, last] = [window[0], window[(rows - 1) * COLUMNS]];
  const scale = last > first ? (box.right - box.left - 3) / (last - first) : 0;
  const x = (row) => (scale ? box.left + 2 + (window[row * COLUMNS] - first) * scale : box.right - 3);
  const y = (value) => box.bottom - strip.range.share(value) * (box.bottom - box.top);
  for (const [column, , colour, mark] of curves) MARKS[mark](pen, view, { rows, x, y, colour, mark, value: (row) => window[row * COLUMNS + column] });
  endNames(pen, view, box, curves.map(([column, name, colour]) => ({ name, colour, y: y(window[(rows - 1) * COLUMNS + column]) })));
  if (strip.foot) foot(pen, view, box, `update ${Math.round(first).toLocaleString("en-GB")}`, Math.round(last).toLocaleString("en-GB"));
}

const MARKS = { line, dashes: line, sticks, dots };

function line(pen, view, { rows, x, y, value, colour, mark }) {
  pen.lineJoin = "bevel";
  pen.beginPath();
  for (let i = 0; i < rows; i++) pen[i ? "lineTo" : "moveTo"](x(i), y(value(i)));
  stroke(pen, view, colour, mark === "dashes");
}

// Rectangles on whole pixels: a hundred times cheaper to paint than hundreds of slanted, smoothed strokes.
function sticks(pen, view, { rows, x, y, value, colour }) {
  const width = view.projector ? 3 : 1;
  const zero = Math.round(y(0));
  pen.fillStyle = colour;
  for (let i = 0; i < rows; i++) {
    const tip = Math.round(y(value(i)));
    pen.fillRect(Math.round(x(i)), Math.min(tip, zero), width, Math.max(1, Math.abs(tip - zero)));
  }
}

function dots(pen, view, { rows, x, y, value, colour }) {
  const side = view.projector ? 4 : 2;
  pen.fillStyle = colour;
  for (let i = 0; i < rows; i++) pen.fillRect(Math.round(x(i)) - 1, Math.round(y(value(i))) - 1, side, side);
}

function extremes(window, curves) {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < window.length; i += COLUMNS)
    for (const [column, , , mark] of curves) {
      // A stick stands on zero: its axis holds zero.
      if (mark === "sticks") [low, high] = [Math.min(low, 0), Math.max(high, 0)];
      const value = window[i + column];
      if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
    }
  return [low, high];
}

/** What stands in an empty strip. */
export function waiting(pen, view, { left, top, bottom }) {
  pen.fillStyle = view.colours.faint;
  pen.font = font(view);
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  pen.fillText("comes with the first update", left, (top + bottom) / 2);
}

export function stroke(pen, view, colour, dash) {
  pen.strokeStyle = colour;
  pen.lineWidth = view.line;
  pen.setLineDash(dash ? [view.line * 3, view.line * 2] : []);
  pen.stroke();
  pen.setLineDash([]);
}

/** The axis: its two ends, and zero where it lies within. */
export function ends(range, pen, view, { left, right, top, bottom }) {
  const y = (value) => bottom - range.share(value) * (bottom - top);
  pen.fillStyle = view.colours.faint;
  pen.globalAlpha = 0.6;
  if (range.low < 0 && range.high > 0) pen.fillRect(left, y(0), right - left, 1);
  pen.fillRect(left, top, 1, bottom - top);
  pen.globalAlpha = 1;
  pen.fillStyle = view.colours.ink;
  pen.font = font(view, 400, 0.92);
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  const [least, most] = apart(range.low, range.high);
  pen.fillText(most, left - 5, top + 2);
  pen.fillText(least, left - 5, bottom - 2);
}

/** Names beside the curves' ends, pushed apart where they would overlap. */
export function endNames(pen, view, { right, top, bottom }, names) {
  const pitch = view.text * 1.05;
  names.sort((a, b) => a.y - b.y);
  names.forEach((entry, i) => { entry.y = Math.max(i ? names[i - 1].y + pitch : top, entry.y || top); });
  const over = names.length ? names.at(-1).y - bottom : 0;
  pen.font = font(view, 600, 0.96);
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  for (const { name, colour, y } of names) {
    pen.fillStyle = colour;
    pen.fillText(name, right + 6, over > 0 ? y - over : y);
  }
}

export function foot(pen, view, { left, right, bottom }, from, to) {
  pen.fillStyle = view.colours.ink;
  pen.font = font(view, 400, 0.92);
  pen.textBaseline = "top";
  pen.textAlign = "left";
  pen.fillText(from, left, bottom + 4);
  pen.textAlign = "right";
  pen.fillText(to, right, bottom + 4);
}
