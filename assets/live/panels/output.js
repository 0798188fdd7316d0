// The answer over the whole plane, smoothed between its 64×64 points, under the training and test points.

import { number } from "./format.js";
import { element, say, section, toggle } from "./markup.js";
import { fade, mix, watchColours } from "./palette.js";
import { isDigits, reading, sizes, statics } from "./reading.js";
import { Surface, font, themed } from "./surface.js";

const CUT = 128;

class OutputPanel {
  constructor(context) {
    this.context = context;
    this.every = 0;
    this.readings = ["*/field"];
    this.discretise = false;
    this.tests = false;
    this.source = document.createElement("canvas");
    this._build(context);
    this.stopTheme = themed(context, this.element);
    this.stopBar = watchColours(context, () => this._paintBar());
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
    this.points.canvas.addEventListener("pointermove", (event) => this._read(event));
    this.element = root;
  }

  _legend() {
    this.bar = element("canvas", { class: "px-colourbar", width: "256", height: "1", "aria-hidden": "true" });
    const dot = (kind, text) => element("span", { class: "px-key" }, element("i", { class: `px-swatch ${kind}`, "aria-hidden": "true" }), element("span", { text }));
    return element("div", { class: "px-legend" },
      element("span", { class: "px-key" }, element("span", { text: "−1" }), this.bar, element("span", { text: "+1" })), dot("px-dot", "train"), dot("px-ring", "test"));
  }

  draw(frame) {
    const renewed = this.known !== this.context.statics;
    this.frame = frame;
    this.known = this.context.statics;
    this.base.draw();
    if (renewed) this.points.draw();
    this.base.describe(() => `Output field over the plane; test accuracy ${number((frame.meta.test_accuracy ?? NaN) * 100)} per cent, test loss ${number(frame.meta.test_loss)}.`);
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
    this._fill(bytes);
    pen.imageSmoothingEnabled = !this.discretise;
    pen.drawImage(this.source, 0, 0, this.source.width, this.source.width, x, y, side, side);
    pen.strokeStyle = view.colours.faint;
    pen.lineWidth = view.projector ? 3 : 1;
    pen.strokeRect(x, y, side, side);
    this._axes(pen, view, x, y, side);
  }

  _fill(bytes) {
    const side = Math.round(Math.sqrt(bytes.length));
    if (this.source.width !== side || !this.pixels) {
      this.source.width = this.source.height = side;
      this.pixels = this.source.getContext("2d").createImageData(side, side);
      this.words = new Uint32Array(this.pixels.data.buffer);
    }
    const { lut } = this.context.colours;
    if (this.discretise) for (let i = 0; i < bytes.length; i++) this.words[i] = lut[bytes[i] < CUT ? 40 : 215];
    else for (let i = 0; i < bytes.length; i++) this.words[i] = lut[bytes[i]];
    this.source.getContext("2d").putImageData(this.pixels, 0, 0);
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
    const colour = (label) => mix(label > 0 ? view.colours.positive : view.colours.negative, "#000", 0.4);
    this._each(given, "train", (points, i, label) => {
      pen.beginPath();
      pen.arc(...place(points, i), radius, 0, 2 * Math.PI);
      pen.fillStyle = colour(label);
      pen.fill();
      pen.strokeStyle = view.colours.background;
      pen.lineWidth = 1;
      pen.stroke();
    });
    if (this.tests) this._rings(pen, view, given, place, colour, radius);
  }

  _rings(pen, view, given, place, colour, radius) {
    this._each(given, "test", (points, i, label) => {
      pen.beginPath();
      pen.arc(...place(points, i), radius + 0.5, 0, 2 * Math.PI);
      pen.strokeStyle = fade(view.colours.background, 0.9);
      pen.lineWidth = view.projector ? 5 : 3.5;
      pen.stroke();
      pen.strokeStyle = colour(label);
      pen.lineWidth = view.projector ? 3 : 1.75;
      pen.stroke();
    });
  }

  _each(given, part, visit) {
    const points = reading(given, `data/${part}_points`);
    const labels = reading(given, `data/${part}_labels`);
    for (let i = 0; points && labels && i < labels.length; i++) visit(points, i, labels[i]);
  }

  _read({ offsetX, offsetY }) {
    const bytes = this._bytes(this.frame);
    const { x, y, side } = this._box(this.base.view);
    const [u, v] = [(offsetX - x) / side, (offsetY - y) / side];
    if (!bytes || u < 0 || u >= 1 || v < 0 || v >= 1) return;
    const grid = this.source.width;
    const value = bytes[Math.floor(v * grid) * grid + Math.floor(u * grid)] / 127.5 - 1;
    say(this.here, `At x ${number((2 * u - 1) * 6, 2)}, y ${number((1 - 2 * v) * 6, 2)} the answer is ${number(value, 2)}.`);
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
    this.base.destroy();
    this.points.destroy();
  }
}

export function create(context) {
  return isDigits(context) ? null : new OutputPanel(context);
}
