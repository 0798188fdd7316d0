// What one lane has learned, as a picture: its answer over the plane under the points, or the features of its first layer.

import { AnswerField } from "../panels/answer_field.js";
import { markColour, markOf as classMark, traceMark } from "../panels/class_marks.js";
import { element } from "../panels/markup.js";
import { isPlane, reading, sizes, statics } from "../panels/reading.js";
import { Surface } from "../panels/surface.js";
import { FeatureSheet } from "./features_sheet.js";

const LARGEST = 88; // px of a field
const ACROSS = 8;
const EXTENT = 6;

/** What the pictures of all lanes need. */
export function pictureReadings(context) {
  const name = isPlane(context) ? "output/field" : "1/feature";
  return [name, `*:${name}`];
}

export function lanePicture(context, lane) {
  return isPlane(context) ? new FieldPicture(context, lane) : new MosaicPicture(context, lane);
}

export const prefixOf = (lane) => (lane === 1 ? "" : `${lane}:`);

/** Orange where the lane answers the one class, blue the other; the training points never move: drawn once, above. */
class FieldPicture {
  constructor(context, lane) {
    Object.assign(this, { context, lane, field: new AnswerField(context.colours) });
    const height = (width, projector) => Math.min(width, projector ? 1.6 * LARGEST : LARGEST);
    this.base = new Surface(context, { label: "", height, render: (pen, view) => this._field(pen, view) });
    this.points = new Surface(context, { label: "", height, className: "px-over", render: (pen, view) => this._points(pen, view) });
    this.element = element("div", { class: "px-lane-picture", "aria-hidden": "true" }, this.base.canvas, this.points.canvas);
  }

  get layers() {
    return [this.base.canvas, this.points.canvas];
  }

  draw(frame) {
    this.frame = frame;
    this.base.draw();
  }

  _field(pen, view) {
    const bytes = this.frame && reading(this.frame, `${prefixOf(this.lane)}output/field`);
    if (!bytes) return;
    this.field.fill(bytes, sizes(this.context)?.at(-1) ?? 1, false);
    const side = Math.min(view.width, view.height);
    pen.imageSmoothingEnabled = true;
    pen.drawImage(this.field.canvas, (view.width - side) / 2, 0, side, side);
  }

  _points(pen, view) {
    const given = statics(this.context);
    const [points, labels] = ["points", "labels"].map((name) => reading(given, `data/train_${name}`));
    if (!points || !labels) return;
    const side = Math.min(view.width, view.height);
    const left = (view.width - side) / 2;
    pen.lineWidth = 0.5;
    pen.strokeStyle = view.colours.background;
    for (let i = 0; i < labels.length; i++) {
      pen.fillStyle = markColour(view.colours, given.meta, labels[i]);
      pen.beginPath();
      traceMark(pen, classMark(given.meta, labels[i]), left + ((points[2 * i] / EXTENT + 1) / 2) * side, ((1 - points[2 * i + 1] / EXTENT) / 2) * side, view.projector ? 2.6 : 1.6);
      pen.fill();
      pen.stroke();
    }
  }

  destroy() {
    this.base.destroy();
    this.points.destroy();
  }
}

/** Incoming weights of units of the first layer, each as an image in shares of its own largest. */
class MosaicPicture {
  constructor(context, lane) {
    Object.assign(this, { context, lane, sheet: new FeatureSheet() });
    const { side, count } = context.statics.meta.features;
    this.sheet.fit(count, side, Math.min(ACROSS, count));
    const { width, height } = this.sheet.canvas;
    this.surface = new Surface(context, {
      label: "", height: (wide) => Math.round((wide * height) / width), prepare: () => this._fill(), render: (pen, view) => this.frame && this.sheet.draw(pen, 0, 0, view.width),
    });
    this.element = element("div", { class: "px-lane-picture", "aria-hidden": "true" }, this.surface.canvas);
  }

  get layers() {
    return [this.surface.canvas];
  }

  draw(frame) {
    this.frame = frame;
    this._fill();
    this.surface.draw();
  }

  _fill() {
    const bytes = this.frame && reading(this.frame, `${prefixOf(this.lane)}1/feature`);
    if (bytes) this.sheet.bytes(bytes, this.context.colours.lut);
  }

  destroy() {
    this.surface.destroy();
  }
}
