// How each kind of thing that reaches a synapse is drawn: one dash and one mark a kind, the same in the picture and in its key.

import { fade } from "../panels/palette.js";

/** Dashes in shares of the line's width; [] is solid. `end`: what stands at the receiving end. */
export const KINDS = {
  transposed: { dash: [] },
  fixed: { dash: [4, 2.5] },
  direct: { dash: [9, 2.5, 2, 2.5] },
  signs: { dash: [1.2, 2.4] },
  reward: { dash: [2.5, 1.5] },
  label: { dash: [6, 1.8, 1.2, 1.8, 1.2, 1.8] },
  error: { dash: [] },
};
const HEAD = 3.2; // shares of the line's width

export function dashed(pen, width, kind) {
  pen.setLineDash((KINDS[kind]?.dash ?? []).map((share) => share * Math.max(width, 1.4)));
}

/** A straight or bent line with an arrow's head at its end; both pens know straight pieces only. */
export function arrow(pen, points, width, colour, kind) {
  const [[x0, y0], [x1, y1]] = points.slice(-2);
  const angle = Math.atan2(y1 - y0, x1 - x0);
  const size = Math.max(5, HEAD * Math.min(width, 3.5));
  const neck = [x1 - 0.8 * size * Math.cos(angle), y1 - 0.8 * size * Math.sin(angle)];
  pen.strokeStyle = pen.fillStyle = colour;
  pen.lineWidth = width;
  dashed(pen, width, kind);
  pen.beginPath();
  points.slice(0, -1).forEach(([x, y], i) => pen[i ? "lineTo" : "moveTo"](x, y));
  pen.lineTo(...neck);
  pen.stroke();
  pen.setLineDash([]);
  pen.beginPath();
  pen.moveTo(x1, y1);
  for (const turn of [2.65, -2.65]) pen.lineTo(x1 + size * Math.cos(angle + turn), y1 + size * Math.sin(angle + turn));
  pen.closePath();
  pen.fill();
}

/** A line between columns that bends like a drawn edge. */
export function bend(from, to, room) {
  const points = [];
  for (let i = 0; i <= 12; i++) {
    const t = i / 12;
    const s = t * t * (3 - 2 * t);
    points.push([from.x - room + (to.x + 2 * room - from.x) * t, from.y + (to.y - from.y) * s]);
  }
  return points;
}

/** The sign that stands for what a synapse has at hand itself, at (x, y), about `size` large. */
export function glyph(pen, name, x, y, size, colour) {
  pen.strokeStyle = pen.fillStyle = colour;
  pen.lineWidth = Math.max(1.6, size / 6);
  pen.setLineDash([]);
  pen.beginPath();
  (GLYPHS[name] ?? dot)(pen, x, y, size / 2);
  pen[name === "pre" ? "fill" : "stroke"]();
}

const path = (pen, points) => points.forEach(([x, y], i) => pen[i ? "lineTo" : "moveTo"](x, y));
const dot = (pen, x, y, r) => pen.arc(x, y, r * 0.8, 0, 2 * Math.PI);
const GLYPHS = {
  pre: dot,
  post: dot,
  slope: (pen, x, y, r) => path(pen, [[x - r, y + r], [x + r, y - r]]),
  noise: (pen, x, y, r) => path(pen, [-1, -0.6, -0.2, 0.2, 0.6, 1].map((t, i) => [x + t * r * 1.2, y + (i % 2 ? r : -r) * 0.8])),
  average: (pen, x, y, r) => path(pen, [[x - 1.3 * r, y], [x + 1.3 * r, y]]),
  quiet: (pen, x, y, r) => { path(pen, [[x - 1.3 * r, y + r * 0.7], [x + 1.3 * r, y + r * 0.7]]); path(pen, [-1, -0.6, -0.2, 0.2, 0.6, 1].map((t, i) => [x + t * r * 1.2, y - r * 0.35 + (i % 2 ? r : -r) * 0.6])); },
  phases: (pen, x, y, r) => { pen.arc(x - r * 0.5, y, r * 0.8, 0, 2 * Math.PI); pen.moveTo(x + r * 1.3, y); pen.arc(x + r * 0.5, y, r * 0.8, 0, 2 * Math.PI); },
  settling: (pen, x, y, r) => path(pen, Array.from({ length: 22 }, (_, i) => [x + r * (1.2 - i * 0.052) * Math.cos(i * 0.75), y + r * (1.2 - i * 0.052) * Math.sin(i * 0.75)])),
  layer: (pen, x, y, r) => path(pen, [[x + r * 0.5, y - r], [x - r * 0.4, y - r], [x - r * 0.4, y + r], [x + r * 0.5, y + r]]),
};

export const isLine = (name) => name in KINDS;

/** A short piece of the kind's line, or its sign, for the key. */
export function keyOf(pen, name, colour, view) {
  if (!isLine(name)) return glyph(pen, name, view.width / 2, view.height / 2, view.projector ? 20 : 14, colour);
  if (name === "error") return bars(pen, view.width / 2 - 10, view.height / 2, colour);
  return arrow(pen, [[view.width - 3, view.height / 2], [3, view.height / 2]], view.projector ? 3.5 : 2.2, colour, name);
}

function bars(pen, x, y, colour) {
  pen.fillStyle = colour;
  [16, 7, 12].forEach((length, i) => pen.fillRect(x, y - 7 + i * 5, length, 3));
}

export const faint = (colours) => fade(colours.ink, 0.2);
