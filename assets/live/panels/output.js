// The answer over the whole plane, smoothed between its 64×64 points, under the training and test points.

import { AnswerField, className, exampleColour } from "./answer_field.js";
import { number, percent } from "./format.js";
import { element, say, section, toggle } from "./markup.js";
import { fade, mix, watchColours } from "./palette.js";
import { pinsOf } from "./pins.js";
import { isNumber, isPlane, reading, sizes, statics } from "./reading.js";
import { Surface, font, themed } from "./surface.js";

class OutputPanel {
  constructor(context) {
    this.context = context;
    this.every = 0;
    this.readings = ["*/field"];
    this.discretise = false;
    this.tests = false;
    this.field = new AnswerField(context.colours);
    this.pins = pinsOf(context);
    this._build(context);
    this.stopTheme = themed(context, this.element);
    this.stopBar = watchColours(context, () => this._paintBar());
    this.stopPins = this.pins.watch(() => this.points.draw());
    this.stopHighlight = context.on?.("highlight", ({ examples }) => { this.ringed = examples; this.points.draw(); });
  }

  _build(context) {
    const { root } = section("output", "Output");
    const height = (width, projector) => Math.min(width, projector ? 460 : 290);
    this.base = new Surface(context, { label: "Output field, not yet started", height, render: (pen, view) => this._field(pen, view) });
    this.points = new Surface(context, { label: "", height, className: "px-over", render: (pen, view) => this._points(pen, view) });
    this.points.canvas.setAttribute("aria-hidden", "true");
    this.here = element("p", { class: "px-note px-here", text: "Point at the field to read the answer there." });
    const again = () => this._again();
    const controls = element("div", { class: "px-row" },
      toggle("Discretise", false, (on) => { this.discretise = on; again(); }),
      toggle("Show test points", false, (on) => { this.tests = on; this.points.draw(); }));
    root.append(element("div", { class: "px-stack" }, this.base.canvas, this.points.canvas), this._legend(), controls, this.here);
    const { canvas } = this.points;
    canvas.addEventListener("pointermove", (event) => this._read(event));
    canvas.addEventListener("pointerleave", () => context.emit?.("point", null));
    canvas.addEventListener("click", (event) => this._pin(event));
    canvas.style.cursor = "crosshair";
    this.element = root;
  }

  _legend() {
    const { classes = 2, class_names: names = [] } = statics(this.context)?.meta ?? {};
    this.bar = element("canvas", { class: "px-colourbar", width: "256", height: "1", "aria-hidden": "true" });
    const dot = (kind, text) => element("span", { class: "px-key" }, element("i", { class: `px-swatch ${kind}`, "aria-hidden": "true" }), element("span", { text }));
    const scale = element("span", { class: "px-key" }, element("span", { text: "−1" }), this.bar, element("span", { text: "+1" }));
    this.keys = names.map((name, i) => element("span", { class: "px-key" }, element("i", { class: "px-swatch px-patch", "aria-hidden": "true" }), element("span", { text: name })));
    return element("div", { class: "px-legend" }, ...(classes > 2 ? this.keys : [scale]), dot("px-dot", "train"), dot("px-ring", "test"));
  }

  draw(frame) {
    const renewed = this.known !== this.context.statics;
    this.frame = frame;
    this.known = this.context.statics;
    this.base.draw();
    if (renewed) this.points.draw();
    this.base.describe(() => `Output field over the plane; ${isNumber(this.context) ? `test R² ${number(frame.meta.test_r2)}` : `test accuracy ${number((frame.meta.test_accuracy ?? NaN) * 100)} per cent`}, test loss ${number(frame.meta.test_loss)}.`);
  }

  _again() {
    if (this.frame) this.draw(this.frame);
  }

  /** Image of the colour table, for the legend. */
  _paintBar() {
    const pen = this.bar.getContext("2d");
    const image = pen.createImageData(256, 1);
    new Uint32Array(image.data.buffer).set(this.context.colours.lut);
    pen.putImageData(image, 0, 0);
    this.keys.forEach((key, i) => { key.firstElementChild.style.background = this.context.colours.classes?.[i] ?? ""; });
  }

  _box({ width, height, projector }) {
    const [left, bottom] = projector ? [46, 52] : [30, 34];
    const side = Math.min(width - left - 8, height - bottom - 6);
    return { x: left + (width - left - 8 - side) / 2, y: 6, side };
  }

  _bytes(frame) {
    const all = sizes(this.context);
    return all && frame ? reading(frame, `${all.length - 1}/field`) : null;
  }

  _field(pen, view) {
    const bytes = this._bytes(this.frame);
    if (!bytes) return;
    const { x, y, side } = this._box(view);
    const { canvas } = this.field;
    this.field.fill(bytes, this._outputs(), this.discretise);
    pen.imageSmoothingEnabled = !this.discretise;
    pen.drawImage(canvas, 0, 0, canvas.width, canvas.width, x, y, side, side);
    pen.strokeStyle = view.colours.faint;
    pen.lineWidth = view.projector ? 3 : 1;
    pen.strokeRect(x, y, side, side);
    this._axes(pen, view, x, y, side);
  }

  _outputs() {
    return sizes(this.context)?.at(-1) ?? 1;
  }

  _axes(pen, view, x, y, side) {
    const low = y + side;
    pen.fillStyle = view.colours.ink;
    pen.font = font(view);
    pen.textBaseline = "top";
    for (const [share, text, align] of [[0, "−6", "left"], [0.5, "x", "center"], [1, "6", "right"]]) {
      pen.textAlign = align;
      pen.fillText(text, x + share * side, low + 6);
    }
    pen.textAlign = "right";
    for (const [share, text, base] of [[0, "6", "top"], [0.5, "y", "middle"], [1, "−6", "bottom"]]) {
      pen.textBaseline = base;
      pen.fillText(text, x - 6, y + share * side);
    }
  }

  /** Points never move during a run: drawn once, on their own canvas. */
  _points(pen, view) {
    const given = statics(this.context);
    if (!given) return;
    const box = this._box(view);
    const extent = typeof given.meta.extent === "number" ? given.meta.extent : 6;
    const radius = view.projector ? 5 : 3;
    const place = (points, i) => [box.x + ((points[2 * i] / extent + 1) / 2) * box.side, box.y + ((1 - points[2 * i + 1] / extent) / 2) * box.side];
    // Darker than the field, so that a point on ground of its own colour is still a point.
    const colour = (label, value) => mix(exampleColour(view.colours, given.meta, label, value), "#000", 0.35);
    this._each(given, "train", (points, i, label, value) => {
      pen.beginPath();
      pen.arc(...place(points, i), radius, 0, 2 * Math.PI);
      pen.fillStyle = colour(label, value);
      pen.fill();
      pen.strokeStyle = view.colours.background;
      pen.lineWidth = 1;
      pen.stroke();
    });
    if (this.tests) this._rings(pen, view, given, place, colour, radius);
    this._ringed(pen, view, given, place, radius);
    this._pinned(pen, view, box, extent);
  }

  /** Training examples that another panel speaks of. */
  _ringed(pen, view, given, place, radius) {
    const points = reading(given, "data/train_points");
    pen.strokeStyle = view.colours.ink;
    pen.lineWidth = view.projector ? 4 : 2;
    for (const example of this.ringed ?? []) {
      if (!points || 2 * example >= points.length) continue;
      pen.beginPath();
      pen.arc(...place(points, example), radius + 4, 0, 2 * Math.PI);
      pen.stroke();
    }
  }

  /** Pinned points carry their number. */
  _pinned(pen, view, box, extent) {
    pen.font = font(view, 700);
    pen.textAlign = "center";
    pen.textBaseline = "bottom";
    this.pins.list.forEach((point, i) => {
      const [x, y] = [box.x + ((point.x / extent + 1) / 2) * box.side, box.y + ((1 - point.y / extent) / 2) * box.side];
      pen.strokeStyle = pen.fillStyle = view.colours.ink;
      pen.lineWidth = view.projector ? 3 : 2;
      pen.beginPath();
      for (const [u, v] of [[-7, 0], [0, -7]]) { pen.moveTo(x + u, y + v); pen.lineTo(x - u, y - v); }
      pen.stroke();
      pen.fillText(String(i + 1), x + 10, y - 4);
    });
  }

  _rings(pen, view, given, place, colour, radius) {
    this._each(given, "test", (points, i, label, value) => {
      pen.beginPath();
      pen.arc(...place(points, i), radius + 0.5, 0, 2 * Math.PI);
      pen.strokeStyle = fade(view.colours.background, 0.9);
      pen.lineWidth = view.projector ? 5 : 3.5;
      pen.stroke();
      pen.strokeStyle = colour(label, value);
      pen.lineWidth = view.projector ? 3 : 1.75;
      pen.stroke();
    });
  }

  _each(given, part, visit) {
    const points = reading(given, `data/${part}_points`);
    const labels = reading(given, `data/${part}_labels`);
    const values = reading(given, `data/${part}_values`);
    for (let i = 0; points && labels && i < labels.length; i++) visit(points, i, labels[i], values?.[i]);
  }

  /** The place in the plane under the pointer, and its cell in the field; null outside. */
  _under({ offsetX, offsetY }) {
    const { x, y, side } = this._box(this.base.view);
    const [u, v] = [(offsetX - x) / side, (offsetY - y) / side];
    if (u < 0 || u >= 1 || v < 0 || v >= 1) return null;
    return { u, v, x: (2 * u - 1) * 6, y: (1 - 2 * v) * 6 };
  }

  _read(event) {
    const bytes = this._bytes(this.frame);
    const here = this._under(event);
    if (!bytes || !here) return this.context.emit?.("point", null);
    this.context.emit?.("point", { x: here.x, y: here.y, pinned: false });
    say(this.here, `At x ${number(here.x, 2)}, y ${number(here.y, 2)} the answer is ${this._answer(bytes, here)}. Click to pin this point.`);
  }

  _answer(bytes, { u, v }) {
    const outputs = this._outputs();
    const grid = Math.round(Math.sqrt(bytes.length / outputs));
    const values = Array.from({ length: outputs }, (_, k) => bytes[k * grid * grid + Math.floor(v * grid) * grid + Math.floor(u * grid)]);
    if (outputs === 1) return number(values[0] / 127.5 - 1, 2);
    const best = values.indexOf(Math.max(...values));
    return `class ${className(statics(this.context)?.meta, best)} at ${percent(values[best] / 255)}`;
  }

  _pin(event) {
    const here = this._under(event);
    if (!here) return;
    this.pins.add({ x: Number(here.x.toFixed(2)), y: Number(here.y.toFixed(2)) });
    this.context.emit?.("point", { x: here.x, y: here.y, pinned: true });
  }

  resize() {
    this.base.resize();
    this.points.resize();
  }

  image() {
    const pen = this.base.pen;
    this.base.draw();
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(this.points.canvas, 0, 0);
    const made = this.base.image();
    this.base.draw();
    return made;
  }

  svg() {
    return this.base.svg((pen, view) => {
      this._field(pen, view);
      this._points(pen, view);
    });
  }

  destroy() {
    this.stopTheme();
    this.stopBar();
    this.stopPins();
    this.stopHighlight?.();
    this.base.destroy();
    this.points.destroy();
  }
}

export function create(context) {
  return isPlane(context) ? new OutputPanel(context) : null;
}
