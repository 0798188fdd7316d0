// What the output field's colours mean, and its answer at one place in words.

import { className } from "./answer_field.js";
import { exampleKind, kindOf, markColour, markOf, ownUnits, paintKey, traceMark } from "./class_marks.js";
import { number, percent } from "./format.js";
import { element } from "./markup.js";
import { isNumber, reading, statics } from "./reading.js";

const dot = (kind, text) => element("span", { class: "px-key" }, element("i", { class: `px-swatch ${kind}`, "aria-hidden": "true" }), element("span", { text }));

const SIGNS = { above: 0.8, below: -0.8, near: 0 }; // a value that each mark of a number stands for
const ICON = 16; // px of a mark's key

export class OutputLegend {
  constructor(context) {
    this.context = context;
    this.meta = statics(context)?.meta ?? {};
    this.keys = [];
    this.bar = element("canvas", { class: "px-colourbar", width: "256", height: "1", "aria-hidden": "true" });
    this.signs = [];
    const parts = isNumber(context) ? [this._values(), ...this._signs()] : (this.meta.classes ?? 2) > 2 ? this._classes() : [this._two()];
    this.element = element("div", { class: "px-legend" }, ...parts, dot("px-dot", "train"), dot("px-ring", "test"));
  }

  _values() {
    const [low, high] = [-1, 1].map((end) => number(ownUnits(this.meta, end)));
    const label = this.meta.scaling?.label;
    return element("span", { class: "px-key" }, element("span", { text: `${label ? `${label} ` : "value "}${low}` }), this.bar, element("span", { text: `${high}` }));
  }

  /** The marks of the points by the side of the middle on which their value lies. */
  _signs() {
    const middle = number(ownUnits(this.meta, 0));
    return Object.entries(SIGNS).map(([side, value]) => {
      const mark = element("canvas", { class: "px-class-key", width: String(2 * ICON), height: String(2 * ICON), "aria-hidden": "true" });
      this.signs.push({ mark, value });
      return element("span", { class: "px-key" }, mark, element("span", { text: `${side} ${middle}` }));
    });
  }

  _two() {
    const [first, second] = [0, 1].map((label) => this._key(label));
    return element("span", { class: "px-key" }, first, this.bar, second);
  }

  _classes() {
    return (this.meta.class_names ?? []).map((_, label) => this._key(label));
  }

  _key(label) {
    const mark = element("canvas", { class: "px-class-key", "aria-hidden": "true" });
    this.keys.push(mark);
    return element("span", { class: "px-key" }, mark, element("span", { text: className(this.meta, label) }));
  }

  paint() {
    const { colours } = this.context;
    const pen = this.bar.getContext("2d");
    const image = pen.createImageData(256, 1);
    new Uint32Array(image.data.buffer).set(colours.lut);
    pen.putImageData(image, 0, 0);
    for (const { mark, value } of this.signs) paintSign(mark, colours, this.meta, value);
    this.keys.forEach((canvas, label) => paintKey(canvas, colours, this.meta, label));
  }
}

function paintSign(canvas, colours, meta, value) {
  const pen = canvas.getContext("2d");
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.beginPath();
  traceMark(pen, markOf(meta, 0, value), ICON, ICON, 0.6 * ICON);
  pen.fillStyle = markColour(colours, meta, 0, value);
  pen.fill();
}

/** The answer of the field's bytes at the share (u, v) of its sides, as a phrase. */
export function answerAt(context, bytes, outputs, { u, v }) {
  const meta = statics(context)?.meta;
  const grid = Math.round(Math.sqrt(bytes.length / outputs));
  const values = Array.from({ length: outputs }, (_, k) => bytes[k * grid * grid + Math.floor(v * grid) * grid + Math.floor(u * grid)]);
  if (outputs > 1) {
    const best = values.indexOf(Math.max(...values));
    return `${kindOf(meta, best)} at ${percent(values[best] / 255)}`;
  }
  const value = values[0] / 127.5 - 1;
  if (isNumber(context)) return inUnits(meta, value);
  const side = kindOf(meta, Number(value > 0));
  if (meta?.output === "sigmoid") return `${side} at ${percent((1 + Math.abs(value)) / 2)}`;
  return `${number(value, 2)}, ${side}`;
}

function inUnits(meta, value) {
  const beyond = Math.abs(value) >= 0.999 ? (value > 0 ? " or more" : " or less") : "";
  return `${number(ownUnits(meta, value), 2)}${beyond}`;
}

/** "Training example 17 here: blue." where one lies within `reach` of the place, else nothing. */
export function exampleAt(context, { x, y }, reach) {
  const points = reading(statics(context), "data/train_points");
  let [nearest, least] = [-1, reach];
  for (let i = 0; points && 2 * i < points.length; i++) {
    const away = Math.hypot(points[2 * i] - x, points[2 * i + 1] - y);
    if (away < least) [nearest, least] = [i, away];
  }
  return nearest < 0 ? "" : ` Training example ${nearest} lies here: ${exampleKind(context, nearest)}.`;
}
