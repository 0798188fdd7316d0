// One chart's axes: where values lie, ticks with names and units, lines, dots. Scales are fixed by the whole record, so nothing jumps.

import { font } from "../panels/surface.js";
import { number } from "../panels/format.js";

/** Of an axis: two digits and no trailing zeros, so that 0, 0.5 and 1 stand beside each other. */
export const plain = (value) => (value >= 100 ? Math.round(value).toLocaleString("en-GB") : number(value, 2).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, ""));

/** A round number at or above `value`: 1, 1.5, 2, 3, 5, 7 or 10 times a power of ten. */
export function roundUp(value) {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * [1, 1.5, 2, 3, 5, 7, 10].find((step) => step * power >= value * 0.999);
}

/** Draws axes of {low, high, log, name, ticks, tick(value)} and returns how values become places. */
export function axes(pen, view, x, y, { top = 0.9 } = {}) {
  const em = view.text;
  const area = { left: em * 3.9, right: view.width - em * 0.9, top: em * (top + 0.5), bottom: view.height - em * 3 };
  const place = (axis, from, to) => (value) => {
    const [low, high, at] = axis.log ? [Math.log(axis.low), Math.log(axis.high), Math.log(Math.max(value, axis.low / 1e3))] : [axis.low, axis.high, value];
    return from + ((at - low) / (high - low || 1)) * (to - from);
  };
  const made = { ...area, x: place(x, area.left, area.right), y: place(y, area.bottom, area.top) };
  pen.font = font(view);
  pen.strokeStyle = view.colours.border;
  pen.fillStyle = view.colours.faint;
  pen.lineWidth = view.projector ? 3 : 1;
  stroke(pen, [[area.left, area.top], [area.left, area.bottom], [area.right, area.bottom]]);
  _ticks(pen, view, x, y, made);
  return made;
}

function _ticks(pen, view, x, y, at) {
  const em = view.text;
  Object.assign(pen, { textAlign: "center", textBaseline: "top" });
  let last = -Infinity;
  for (const tick of x.ticks) {
    const text = (x.tick ?? plain)(tick);
    const half = pen.measureText(text).width / 2;
    if (at.x(tick) - half < last + em * 0.6) continue;
    last = at.x(tick) + half;
    pen.fillText(text, at.x(tick), at.bottom + em * 0.35);
  }
  pen.fillText(x.name, (at.left + at.right) / 2, at.bottom + em * 1.7);
  Object.assign(pen, { textAlign: "right", textBaseline: "middle" });
  for (const tick of y.ticks) pen.fillText((y.tick ?? plain)(tick), at.left - em * 0.4, at.y(tick));
  Object.assign(pen, { textAlign: "left", textBaseline: "top" });
  pen.fillText(y.name, em * 0.2, 0);
}

export function stroke(pen, points) {
  pen.beginPath();
  points.forEach(([x, y], k) => (k ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.stroke();
}

export function line(pen, view, points, colour, { dash = [], width = view.line, alpha = 1 } = {}) {
  if (points.length < 2) return;
  pen.save();
  Object.assign(pen, { strokeStyle: colour, lineWidth: width, globalAlpha: alpha, lineJoin: "round" });
  pen.setLineDash(dash);
  stroke(pen, points);
  pen.restore();
}

export function dots(pen, view, points, colour, { hollow = false, size = view.projector ? 6 : 3.2 } = {}) {
  pen.save();
  Object.assign(pen, { fillStyle: hollow ? view.colours.background : colour, strokeStyle: colour, lineWidth: view.projector ? 3 : 1.5 });
  for (const [x, y] of points) {
    pen.beginPath();
    pen.arc(x, y, size, 0, 2 * Math.PI);
    pen.fill();
    if (hollow) pen.stroke();
  }
  pen.restore();
}

/** A dashed upright line with a word at its top. */
export function upright(pen, view, at, x, text) {
  line(pen, view, [[x, at.top], [x, at.bottom]], view.colours.faint, { dash: [5, 4], width: view.projector ? 3 : 1.2 });
  const end = x > (at.left + at.right) / 2;
  Object.assign(pen, { font: font(view), fillStyle: view.colours.faint, textAlign: end ? "right" : "left", textBaseline: "top" });
  pen.fillText(text, x + (end ? -4 : 4), at.top);
}

/** Height of a row of the legend, in sizes of its text. */
export const LEGEND_ROW = 1.3;

/** A row of what lines mean, under the name of the upright axis; the axes leave room for it with `top: 2.1`, and LEGEND_ROW more for each further row. */
export function legend(pen, view, entries, row = 0) {
  const top = view.text * (1.15 + LEGEND_ROW * row);
  pen.font = font(view);
  Object.assign(pen, { textAlign: "right", textBaseline: "top" });
  let right = view.width - view.text * 0.9;
  for (const { text, colour, dash = [] } of [...entries].reverse()) {
    pen.fillStyle = view.colours.text;
    pen.fillText(text, right, top);
    right -= pen.measureText(text).width + 6;
    line(pen, view, [[right - view.text * 1.7, top + view.text * 0.55], [right, top + view.text * 0.55]], colour, { dash });
    right -= view.text * 2.7;
  }
}

/** The control's or second variant's dash. */
export const DASH = [6, 4];
