// What tells the classes apart besides their colour: a shape each for up to five, and beyond that the class's own name.

import { className, exampleColour } from "./answer_field.js";
import { number } from "./format.js";
import { mix } from "./palette.js";
import { reading, statics } from "./reading.js";

const SHAPES = [circle, square, triangle, diamond, cross];
const UP = 2;
const DOWN = SHAPES.push(downwards) - 1;
const CLASSES = DOWN; // so many classes have a shape each
const FAINT = 0.05; // so small a value has no direction

function circle(pen, x, y, r) {
  pen.moveTo(x + r, y);
  pen.arc(x, y, r, 0, 2 * Math.PI);
}

function square(pen, x, y, r) {
  const half = r * 0.9;
  pen.moveTo(x - half, y - half);
  for (const [u, v] of [[1, -1], [1, 1], [-1, 1], [-1, -1]]) pen.lineTo(x + u * half, y + v * half);
}

function polygon(pen, x, y, corners) {
  pen.moveTo(x + corners[0][0], y + corners[0][1]);
  for (const [u, v] of [...corners.slice(1), corners[0]]) pen.lineTo(x + u, y + v);
}

function triangle(pen, x, y, r) {
  polygon(pen, x, y, [[0, -1.2 * r], [1.1 * r, 0.85 * r], [-1.1 * r, 0.85 * r]]);
}

function downwards(pen, x, y, r) {
  polygon(pen, x, y, [[0, 1.2 * r], [1.1 * r, -0.85 * r], [-1.1 * r, -0.85 * r]]);
}

function diamond(pen, x, y, r) {
  polygon(pen, x, y, [[0, -1.3 * r], [1.2 * r, 0], [0, 1.3 * r], [-1.2 * r, 0]]);
}

function cross(pen, x, y, r) {
  const [a, b] = [0.42 * r, 1.2 * r];
  polygon(pen, x, y, [[-a, -b], [a, -b], [a, -a], [b, -a], [b, a], [a, a], [a, b], [-a, b], [-a, a], [-b, a], [-b, -a], [-a, -a]]);
}

/** Adds the mark of a class to the path that is open. */
export function traceMark(pen, label, x, y, radius) {
  SHAPES[label % SHAPES.length](pen, x, y, radius);
}

/** More classes than there are shapes: their names stand in the points' place. */
export function isNamed(meta) {
  return (meta?.classes ?? 2) > CLASSES;
}

/** The mark of an example: its class's, or a triangle that points the way of its value's sign where the target is a number. */
export function markOf(meta, label, value) {
  if (meta?.problem !== "number") return label % CLASSES;
  return Math.abs(value) < FAINT ? 0 : value > 0 ? UP : DOWN;
}

/** Darker than a field of its own colour, so that a point on its own ground is still a point. */
export function markColour(colours, meta, label, value) {
  return mix(exampleColour(colours, meta, label, value), colours.dark ? "#fff" : "#000", colours.dark ? 0.25 : 0.35);
}

/** A canvas with a class's mark on its colour, for legends; drawn again by `paintKey` when the theme changes. */
export function paintKey(canvas, colours, meta, label) {
  const side = 16;
  const ratio = 2;
  canvas.width = canvas.height = side * ratio;
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  pen.fillStyle = exampleColour(colours, meta, label, 0);
  pen.globalAlpha = 0.55;
  pen.fillRect(0, 0, side, side);
  pen.globalAlpha = 1;
  pen.beginPath();
  traceMark(pen, label, side / 2, side / 2, 4.5);
  pen.fillStyle = markColour(colours, meta, label, 0);
  pen.strokeStyle = colours.background;
  pen.lineWidth = 1;
  pen.fill();
  pen.stroke();
}

/** A number as the person's data have it, where they were mapped to −1…+1. */
export function ownUnits(meta, value) {
  const { target_middle: middle, target_scale: scale } = meta?.scaling ?? {};
  return Number.isFinite(scale) ? middle + scale * value : value;
}

/** "blue", "class 2", "digit 7", "value 0.42": what a training example is. */
export function exampleKind(context, example) {
  const given = statics(context);
  const meta = given?.meta;
  if (meta?.problem === "number") return `value ${number(ownUnits(meta, reading(given, "data/train_values")?.[example]))}`;
  return kindOf(meta, reading(given, "data/train_labels")?.[example]);
}

/** What a class is called in a sentence. */
export function kindOf(meta, label) {
  if (label === undefined) return "unknown";
  const name = className(meta, label);
  if (meta?.task === "digits") return `digit ${name}`;
  return /^\d+$/.test(name) ? `class ${name}` : name;
}
