// How a drawn point looks: as the run will show its class, or a direction, a size and a colour for a value.

import { markColour, traceMark } from "./class_marks.js";

const CIRCLE = 0;
const TRIANGLE = 2;
const FAINT = 0.05; // so small a value has no direction

/** Paints a point's mark: of its class, or of its value where the points have values. */
export function paintPoint(pen, colours, points, { kind, value }, x, y, radius) {
  if (points.numbers) return paintValue(pen, colours, value, x, y, radius);
  const look = points.look(kind);
  paint(pen, colours, look.label, x, y, radius, markColour(colours, look, look.label, 0));
}

/** A triangle points the way of the value's sign and grows with its size. */
function paintValue(pen, colours, value, x, y, radius) {
  const colour = markColour(colours, { problem: "number" }, 0, value);
  if (Math.abs(value) < FAINT) return paint(pen, colours, CIRCLE, x, y, radius * 0.7, colour);
  const size = radius * (0.75 + 0.45 * Math.abs(value));
  pen.save();
  pen.translate(x, y);
  if (value < 0) pen.rotate(Math.PI);
  paint(pen, colours, TRIANGLE, 0, 0, size, colour);
  pen.restore();
}

function paint(pen, colours, label, x, y, radius, colour) {
  pen.beginPath();
  traceMark(pen, label, x, y, radius);
  pen.closePath();
  pen.fillStyle = colour;
  pen.fill();
  pen.strokeStyle = colours.background;
  pen.lineWidth = 1;
  pen.stroke();
}
