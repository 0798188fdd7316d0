// How a drawn point looks: a shape and a colour for each class, a direction, a size and a colour for a value.

import { exampleColour } from "./answer_field.js";
import { mix } from "./palette.js";

export const SHAPES = ["circle", "square", "triangle", "diamond", "star"];

/** Colour of a class among those that are drawn, as the run will show it. */
export function classColour(colours, points, kind) {
  const { classes, label } = points.ranked(kind);
  const colour = points.list.length && points.used().includes(kind) || kind < 2 ? exampleColour(colours, { problem: "classes", classes }, label) : colours.classes[kind];
  return mix(colour, "#000", colours.dark ? 0 : 0.2);
}

/** Darker than the ground, so that a value near zero is still to be seen. */
export function valueColour(colours, value) {
  return mix(exampleColour(colours, { problem: "number" }, 0, value), colours.ink ?? colours.text, 0.22);
}

const ring = (count, radius, turn, inner = radius) => Array.from({ length: count }, (_, i) => {
  const angle = turn + (i * 2 * Math.PI) / count;
  const reach = i % 2 ? inner : radius;
  return [Math.cos(angle) * reach, Math.sin(angle) * reach];
});
const UP = -Math.PI / 2;
const OUTLINES = {
  square: (radius) => ring(4, radius * 1.2, Math.PI / 4),
  triangle: (radius) => ring(3, radius * 1.3, UP),
  below: (radius) => ring(3, radius * 1.3, -UP),
  diamond: (radius) => ring(4, radius * 1.35, UP),
  star: (radius) => ring(10, radius * 1.5, UP, radius * 0.62),
};

/** Adds the shape's outline to the pen's path and paints it. */
export function paintMark(pen, shape, x, y, radius, colour, edge) {
  pen.beginPath();
  if (shape === "circle") pen.arc(x, y, radius, 0, 2 * Math.PI);
  else OUTLINES[shape](radius).forEach(([u, v], i) => (i ? pen.lineTo(x + u, y + v) : pen.moveTo(x + u, y + v)));
  pen.closePath();
  pen.fillStyle = colour;
  pen.fill();
  pen.strokeStyle = edge;
  pen.lineWidth = 1;
  pen.stroke();
}

/** A value's shape points the way of its sign and grows with its size. */
export function valueMark(value, radius) {
  if (Math.abs(value) < 0.05) return { shape: "circle", radius: radius * 0.7 };
  return { shape: value > 0 ? "triangle" : "below", radius: radius * (0.7 + 0.5 * Math.abs(value)) };
}
