// Rows over one time axis: spikes, calcium with its thresholds, weights. What lies after the cursor is faint or not there yet.

import { fade } from "../panels/palette.js";
import { polyline } from "../panels/polyline.js";
import { Surface, font } from "../panels/surface.js";

const LEFT = 58;
const AXIS = 40; // px below the last row, for the time
const TITLE = 2.2; // lines of text above each row: its title, and half of the highest tick

export class Strips {
  /** `rows`, from the top: {title, height (px), low, high, ticks, lines, spikes, rules, shades, names}; see show(). */
  constructor(context, label, { right = 112 } = {}) {
    Object.assign(this, { label, right, rows: [], axis: { low: 0, high: 1, ticks: [], label: "" }, at: null });
    this.surface = new Surface(context, { label, height: (width, projector) => this._height(projector), render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
  }

  /** `axis` {low, high, ticks: [{at, text}], label}; `at`: the cursor, on the axis; what comes after it is faint or not drawn.
      Row: lines [{x, y, colour, dash, width, label, hold}]; spikes [{name, times, colour}]; rules [{y, label, colour, dash}];
      shades [{x, y, above, colour}]: the place between the line and a rule, where the line is above it. */
  show(rows, axis, at = null) {
    const grown = rows.length !== this.rows.length || rows.some(({ height }, i) => height !== this.rows[i].height);
    Object.assign(this, { rows, axis, at });
    if (grown) this.surface.resize(true);
    else this.surface.draw();
  }

  words(sentence) {
    this.surface.describe(() => `${this.label}: ${sentence}`);
  }

  _height(projector) {
    const text = projector ? 18 : 12;
    const rows = this.rows.reduce((sum, { height }) => sum + grown(height, projector) + TITLE * text + 8, 0);
    return rows + AXIS * (projector ? 1.5 : 1);
  }

  _render(pen, view) {
    const left = LEFT * (view.projector ? 1.45 : 1);
    const right = view.width - Math.min(this.right * (view.projector ? 1.45 : 1), view.width * 0.26);
    const { low, high } = this.axis;
    const across = (value) => left + ((value - low) / (high - low)) * (right - left);
    let top = 0;
    const boxes = [];
    for (const row of this.rows) {
      top += TITLE * view.text + 2;
      const box = { left, right, top, bottom: top + grown(row.height, view.projector) };
      this._row(pen, view, box, row, across);
      boxes.push(box);
      top = box.bottom + 6;
    }
    this._time(pen, view, { left, right, bottom: top - 6 }, across);
    if (this.at !== null) this._cursor(pen, view, across(Math.min(high, Math.max(low, this.at))), boxes);
  }

  _row(pen, view, box, row, across) {
    pen.font = font(view, 600);
    pen.textAlign = "left";
    pen.textBaseline = "bottom";
    pen.fillStyle = view.colours.text;
    pen.fillText(row.title, 0, box.top - 0.75 * view.text);
    if (row.spikes) return this._spikes(pen, view, box, row, across);
    const up = (value) => box.bottom - ((Math.min(row.high, Math.max(row.low, value)) - row.low) / (row.high - row.low)) * (box.bottom - box.top);
    this._scale(pen, view, box, row, up);
    for (const shade of row.shades ?? []) this._shade(pen, box, shade, across, up);
    this._rules(pen, view, box, row.rules ?? [], up);
    for (const one of row.lines ?? []) this._line(pen, view, one, across, up);
    this._names(pen, view, box, row, up);
  }

  _scale(pen, view, box, { ticks }, up) {
    pen.font = font(view);
    pen.fillStyle = view.colours.faint;
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    pen.lineWidth = view.projector ? 3 : 1;
    pen.strokeStyle = fade(view.colours.ink, 0.14);
    for (const tick of ticks) {
      polyline(pen, [[box.left, up(tick)], [box.right, up(tick)]]);
      pen.fillText(String(tick).replace("-", "−"), box.left - 7, up(tick));
    }
  }

  _spikes(pen, view, box, { spikes }, across) {
    const lane = (box.bottom - box.top) / spikes.length;
    spikes.forEach(({ name, times, colour }, i) => {
      const [above, below] = [box.top + i * lane + 2, box.top + (i + 1) * lane - 2];
      pen.font = font(view);
      pen.fillStyle = view.colours.faint;
      pen.textAlign = "right";
      pen.textBaseline = "middle";
      pen.fillText(name, box.left - 7, (above + below) / 2);
      pen.lineWidth = view.projector ? 3 : 1.5;
      for (const past of [false, true]) {
        pen.strokeStyle = past ? colour : fade(colour, 0.28);
        pen.beginPath();
        for (const time of times) {
          if (time < this.axis.low || time > this.axis.high || (this.at === null || time <= this.at) !== past) continue;
          pen.moveTo(across(time), above);
          pen.lineTo(across(time), below);
        }
        pen.stroke();
      }
      pen.strokeStyle = fade(view.colours.ink, 0.14);
      pen.lineWidth = view.projector ? 3 : 1;
      polyline(pen, [[box.left, below + 1], [box.right, below + 1]]);
    });
  }

  /** Lines that name themselves; names that would meet are moved apart. */
  _rules(pen, view, box, rules, up) {
    for (const { y, colour, dash = [3, 3] } of rules) {
      pen.strokeStyle = colour;
      pen.lineWidth = view.projector ? 3 : 1.25;
      pen.setLineDash(dash);
      polyline(pen, [[box.left, up(y)], [box.right, up(y)]]);
    }
    pen.setLineDash([]);
    this._apart(pen, view, box, rules.map(({ y, label, colour }) => ({ label, colour, v: up(y) })));
  }

  /** Filled between curve and rule wherever the curve is above it. */
  _shade(pen, box, { x, y, above, colour, until = this.at ?? Infinity }, across, up) {
    pen.fillStyle = colour;
    const floor = up(above);
    pen.beginPath(); // one path for all: a fill for each segment would take most of a drag's time
    for (let i = 1; i < x.length && x[i] <= until; i++) {
      if (x[i] < this.axis.low || x[i - 1] > this.axis.high || Math.max(y[i], y[i - 1]) <= above) continue;
      const share = (value) => (above - y[i - 1]) / (value - y[i - 1]);
      const from = y[i - 1] >= above ? x[i - 1] : x[i - 1] + share(y[i]) * (x[i] - x[i - 1]);
      const to = y[i] >= above ? x[i] : x[i - 1] + share(y[i]) * (x[i] - x[i - 1]);
      const [a, b] = [Math.max(box.left, across(from)), Math.min(box.right, across(to))];
      if (b <= a) continue;
      pen.moveTo(a, floor);
      pen.lineTo(a, up(Math.max(above, y[i - 1])));
      pen.lineTo(b, up(Math.max(above, y[i])));
      pen.lineTo(b, floor);
      pen.closePath();
    }
    pen.fill();
  }

  _line(pen, view, { x, y, colour, dash = [], width = 1, hold = false, until = this.at ?? Infinity }, across, up) {
    pen.strokeStyle = colour;
    pen.lineWidth = view.line * width;
    pen.setLineDash(dash.map((part) => part * (view.projector ? 1.8 : 1)));
    const points = [];
    for (let i = 0; i < x.length && x[i] <= until + 1e-9; i++) {
      if (x[i + 1] < this.axis.low) continue;
      if (x[i - 1] > this.axis.high) break;
      if (hold && points.length) points.push([across(x[i]), points.at(-1)[1]]);
      points.push([across(x[i]), up(y[i])]);
    }
    if (hold && points.length) points.push([across(Math.min(this.axis.high, until)), points.at(-1)[1]]);
    pen.save();
    polyline(pen, points);
    pen.restore();
    pen.setLineDash([]);
  }

  /** Names of lines where they end now, moved apart. */
  _names(pen, view, box, { lines = [] }, up) {
    const until = this.at ?? Infinity;
    const rows = lines.filter(({ label }) => label).map(({ label, colour, ink = colour, x, y }) => {
      let i = x.length - 1;
      while (i > 0 && x[i] > until + 1e-9) i--;
      return { label, colour: ink, v: up(y[i]) };
    });
    this._apart(pen, view, box, rows);
  }

  _apart(pen, view, box, rows) {
    rows.sort((a, b) => a.v - b.v);
    const gap = 1.1 * view.text;
    for (let i = 1; i < rows.length; i++) rows[i].v = Math.max(rows[i].v, rows[i - 1].v + gap);
    let most = box.bottom;
    for (let i = rows.length - 1; i >= 0; i--) {
      rows[i].v = Math.min(rows[i].v, most);
      most = rows[i].v - gap;
    }
    pen.font = font(view);
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    for (const { label, colour, v } of rows) {
      pen.fillStyle = colour;
      pen.fillText(label, box.right + 6, v);
    }
  }

  _time(pen, view, { left, right, bottom }, across) {
    pen.font = font(view);
    pen.fillStyle = view.colours.faint;
    pen.textAlign = "center";
    pen.textBaseline = "top";
    const room = Math.max(1, Math.ceil((this.axis.ticks.length * 3.2 * view.text) / (right - left)));
    this.axis.ticks.forEach((tick, i) => i % room === 0 && pen.fillText(tick.text.replace("-", "−"), across(tick.at), bottom + 5));
    pen.fillText(this.axis.label, (left + right) / 2, bottom + 7 + 1.25 * view.text);
  }

  /** Within the rows only: their titles stay clear of it. */
  _cursor(pen, view, h, boxes) {
    pen.strokeStyle = view.colours.primary;
    pen.lineWidth = view.projector ? 3 : 1.5;
    for (const { top, bottom } of boxes) polyline(pen, [[h, top], [h, bottom]]);
  }

  image() { return this.surface.image(); }
  svg() { return this.surface.svg(); }
  destroy() { this.surface.destroy(); }
}

/** On a projector rows are higher: the lowest more than the others, as two names have to stand beside them. */
function grown(height, projector) {
  return projector ? height * (height < 35 ? 1.45 : 1.2) : height;
}
