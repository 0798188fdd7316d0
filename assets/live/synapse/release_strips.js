// Curves over one clock, one strip below the other, with a line where the player stands. What is to come is faint.

import { apart } from "../panels/format.js";
import { fade } from "../panels/palette.js";
import { SteadyRange } from "../panels/steady_range.js";
import { endNames } from "../panels/strip.js";
import { Surface, font } from "../panels/surface.js";

export class Strips {
  /** `height`: of one strip in px; `count` of them. */
  constructor(context, label, count, height) {
    this.ranges = Array.from({ length: count }, () => new SteadyRange());
    this.surface = new Surface(context, { label, height: (_, projector) => (projector ? 1.55 : 1) * (count * height + 34), render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
    this.shown = null;
  }

  /** `shown`: {x: {low, high, label}, at, words, rows: [{title, low?, high?, lines: [{name, x, y, colour, dash?, width?}], sticks?, dots?}]};
      sticks and dots are {x, y, colour}. A row without `low` and `high` takes a range that grows in steps. */
  show(shown) {
    this.shown = shown;
    shown.rows.forEach((row, i) => this._fit(row, this.ranges[i]));
    this.surface.draw();
    this.surface.describe(() => shown.words);
  }

  _fit(row, range) {
    if (row.low !== undefined) return Object.assign(range, { low: row.low, high: row.high, set: true });
    let [low, high] = [0, 0];
    for (const { y } of [...(row.lines ?? []), ...(row.sticks ?? []), ...(row.dots ?? [])]) for (const value of y) [low, high] = [Math.min(low, value), Math.max(high, value)];
    return range.fit(low, high);
  }

  _render(pen, view) {
    if (!this.shown) return;
    const { rows, x } = this.shown;
    const { text } = view;
    const foot = 2.8 * text;
    const tall = (view.height - foot) / rows.length;
    const side = { left: 3.9 * text, right: view.width - 7.2 * text };
    const across = (value) => side.left + ((value - x.low) / Math.max(x.high - x.low, 1e-9)) * (side.right - side.left);
    rows.forEach((row, i) => this._row(pen, view, { ...side, top: i * tall + 1.8 * text, bottom: (i + 1) * tall - 0.5 * text }, row, this.ranges[i], across));
    this._foot(pen, view, side, view.height - foot + 0.2 * text, x);
  }

  _foot(pen, view, { left, right }, top, { low, high, label }) {
    pen.font = font(view);
    pen.fillStyle = view.colours.faint;
    pen.textBaseline = "top";
    pen.textAlign = "left";
    pen.fillText(String(Math.round(low)), left, top);
    pen.textAlign = "right";
    pen.fillText(Math.round(high).toLocaleString("en-GB"), right, top);
    pen.textAlign = "center";
    pen.fillText(label, (left + right) / 2, top);
  }

  _row(pen, view, box, row, range, across) {
    const { colours, text } = view;
    const up = (value) => box.bottom - range.share(value) * (box.bottom - box.top);
    pen.font = font(view, 600, 0.96);
    pen.fillStyle = colours.ink;
    pen.textAlign = "left";
    pen.textBaseline = "bottom";
    pen.fillText(row.title, 2, box.top - 0.35 * text);
    pen.fillStyle = colours.primary; // where the player stands, under the curves and clear of the titles
    pen.fillRect(across(this.shown.at) - view.line / 2, box.top, view.line, box.bottom - box.top);
    pen.fillStyle = fade(colours.ink, 0.35);
    pen.fillRect(box.left, up(Math.max(0, range.low)), box.right - box.left, 1);
    pen.font = font(view, 400, 0.92);
    pen.fillStyle = colours.faint;
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    const [least, most] = apart(range.low, range.high, Math.max(-range.low, range.high) < 99.5 ? 2 : 3);
    pen.fillText(most, box.left - 5, box.top + 0.3 * text);
    pen.fillText(least, box.left - 5, box.bottom - 0.3 * text);
    for (const sticks of row.sticks ?? []) this._sticks(pen, view, sticks, across, up);
    for (const line of row.lines ?? []) this._line(pen, view, line, across, up);
    for (const dots of row.dots ?? []) this._dots(pen, view, dots, across, up);
    const named = (row.lines ?? []).filter(({ name }) => name);
    endNames(pen, view, box, named.map(({ name, colour, y }) => ({ name, colour, y: up(y[y.length - 1]) })));
  }

  _line(pen, view, { x, y, colour, dash = [], width = 1 }, across, up) {
    const { at } = this.shown;
    pen.lineWidth = view.line * width;
    pen.lineJoin = "round"; // a mitre at an upright jump would be a needle beyond the data
    pen.setLineDash(dash.map((part) => part * (view.projector ? 1.8 : 1)));
    let reached = x.length;
    while (reached > 0 && x[reached - 1] > at + 1e-6) reached--;
    for (const [from, until, alpha] of [[Math.max(0, reached - 1), x.length, 0.28], [0, reached, 1]]) {
      pen.strokeStyle = alpha < 1 ? fade(colour, alpha) : colour;
      pen.beginPath();
      for (let i = from; i < until; i++) pen[i > from ? "lineTo" : "moveTo"](across(x[i]), up(y[i]));
      pen.stroke();
    }
    pen.setLineDash([]);
  }

  _sticks(pen, view, { x, y, colour }, across, up) {
    const wide = view.projector ? 4 : 2.5;
    x.forEach((place, i) => {
      const shade = typeof colour === "function" ? colour(y[i]) : colour;
      pen.fillStyle = place <= this.shown.at + 1e-6 ? shade : fade(shade, 0.28);
      pen.fillRect(across(place) - wide / 2, Math.min(up(y[i]), up(0)), wide, Math.max(1, Math.abs(up(y[i]) - up(0))));
    });
  }

  _dots(pen, view, { x, y, colour }, across, up) {
    pen.lineWidth = view.projector ? 3 : 1.4;
    x.forEach((place, i) => {
      pen.strokeStyle = place <= this.shown.at + 1e-6 ? colour : fade(colour, 0.28);
      pen.beginPath();
      pen.arc(across(place), up(y[i]), view.projector ? 5 : 3, 0, 2 * Math.PI);
      pen.stroke();
    });
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
