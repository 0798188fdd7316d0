// What one lane has learned, as a picture: its answer over the plane, or, where there is none, what it answers to test examples.

import { AnswerField } from "./answer_field.js";
import { markColour, markOf, traceMark } from "./class_marks.js";
import { element } from "./markup.js";
import { fade, mix } from "./palette.js";
import { isDigits, isNumber, isPlane, reading, shape, sizes, statics } from "./reading.js";
import { Surface, font } from "./surface.js";

const LARGEST = 190; // px
const EXTENT = 6;
const REACH = 1.2; // values from −1.2 to 1.2 are shown: those of training examples lie within −1 and 1

/** Of all lanes. The first one's field goes by its layer, which the network's picture asks for as well. */
export function pictureReadings(context) {
  if (isPlane(context)) return [`${(sizes(context)?.length ?? 2) - 1}/field`, "*:output/field"];
  const name = isNumber(context) ? "output/fit" : "output/confusion";
  return [name, `*:${name}`];
}

/** An arrowhead that points off the frame; `way` 1 is up. */
function outside(pen, x, y, way) {
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(x - 3.5, y + way * 6);
  pen.lineTo(x + 3.5, y + way * 6);
  pen.fill();
}

export class LanePicture {
  constructor(context, lane) {
    Object.assign(this, { context, lane, prefix: lane === 1 ? "" : `${lane}:` });
    const kind = isPlane(context) ? "_field" : isNumber(context) ? "_fit" : "_confusion";
    const height = (width) => Math.min(width, LARGEST);
    this.field = new AnswerField(context.colours);
    this.base = new Surface(context, { label: `Lane ${lane}`, height, render: (pen, view) => this.frame && this[kind](pen, view, Math.min(view.width, view.height)) });
    this.surfaces = [this.base];
    if (kind === "_field") this._over(height);
    this.canvas = this.base.canvas;
    this.element = element("div", { class: "px-race-picture" }, ...this.surfaces.map(({ canvas }) => canvas));
  }

  // The points never move: a canvas of their own, drawn once.
  _over(height) {
    const points = new Surface(this.context, { label: "", height, className: "px-over", render: (pen, view) => this._points(pen, view) });
    points.canvas.setAttribute("aria-hidden", "true");
    this.surfaces.push(points);
  }

  draw(frame) {
    this.frame = frame;
    this.base.draw();
  }

  describe(sentence) {
    this.base.describe(sentence);
  }

  layers() {
    return this.surfaces.map(({ canvas }) => canvas);
  }

  _bytes() {
    const name = this.lane === 1 ? `${(sizes(this.context)?.length ?? 2) - 1}/field` : `${this.prefix}output/field`;
    return reading(this.frame, name);
  }

  _field(pen, view, side) {
    const bytes = this._bytes();
    if (!bytes) return;
    this.field.fill(bytes, sizes(this.context)?.at(-1) ?? 1, false);
    const { canvas } = this.field;
    pen.imageSmoothingEnabled = true;
    pen.drawImage(canvas, 0, 0, canvas.width, canvas.width, (view.width - side) / 2, 0, side, side);
  }

  _points(pen, view) {
    const given = statics(this.context);
    const [points, labels, values] = ["points", "labels", "values"].map((name) => reading(given, `data/train_${name}`));
    if (!points || !labels) return;
    const side = Math.min(view.width, view.height);
    const left = (view.width - side) / 2;
    const radius = view.projector ? 3.5 : 2;
    pen.lineWidth = 0.75;
    pen.strokeStyle = view.colours.background;
    for (let i = 0; i < labels.length; i++) {
      pen.fillStyle = markColour(view.colours, given.meta, labels[i], values?.[i]);
      pen.beginPath();
      traceMark(pen, markOf(given.meta, labels[i]), left + ((points[2 * i] / EXTENT + 1) / 2) * side, ((1 - points[2 * i + 1] / EXTENT) / 2) * side, radius);
      pen.fill();
      pen.stroke();
    }
  }

  /** Rows are true classes, columns answers; the darker, the larger the share of its row. */
  _confusion(pen, view, side) {
    const counts = reading(this.frame, `${this.prefix}output/confusion`);
    if (!counts) return;
    const size = shape(this.frame, `${this.prefix}output/confusion`)?.[0] ?? Math.round(Math.sqrt(counts.length));
    const margin = view.projector ? 26 : 18;
    const cell = (side - margin) / size;
    const left = (view.width - side) / 2 + margin;
    for (let row = 0; row < size; row++) {
      let total = 0;
      for (let column = 0; column < size; column++) total += counts[row * size + column];
      for (let column = 0; column < size; column++) {
        pen.fillStyle = mix(view.colours.zero, view.colours.ink, Math.round((20 * counts[row * size + column]) / Math.max(1, total)) / 20);
        pen.fillRect(left + column * cell, row * cell, cell - 1, cell - 1);
      }
    }
    const ends = isDigits(this.context) ? ["0", String(size - 1)] : [];
    this._named(pen, view, left, side, { across: "answered", up: "true", ends, upwards: [...ends].reverse() });
  }

  /** True value across, answered value up; on the diagonal they agree. Answers beyond the frame are arrowheads at its edge. */
  _fit(pen, view, side) {
    const pairs = reading(this.frame, `${this.prefix}output/fit`);
    if (!pairs) return;
    const margin = view.projector ? 26 : 18;
    const [left, span] = [(view.width - side) / 2 + margin, side - margin];
    const place = (value) => Math.max(0, Math.min(1, (value / REACH + 1) / 2)) * span;
    const n = pairs.length / 2;
    pen.strokeStyle = view.colours.faint;
    pen.lineWidth = view.projector ? 3 : 1;
    pen.strokeRect(left, 0, span, span);
    pen.beginPath();
    pen.moveTo(left, span);
    pen.lineTo(left + span, 0);
    pen.stroke();
    pen.fillStyle = fade(view.colours.ink, 0.6);
    for (let i = 0; i < n; i++) {
      const [x, y] = [left + place(pairs[i]), span - place(pairs[n + i])];
      if (Math.abs(pairs[n + i]) > REACH) outside(pen, x, y, Math.sign(pairs[n + i]));
      else pen.fillRect(x - 1.5, y - 1.5, 3, 3);
    }
    const ends = [`−${REACH}`, String(REACH)];
    this._named(pen, view, left, side, { across: "true", up: "answered", ends, upwards: ends });
  }

  /** Names of both axes, and where given what stands at their ends: [left, right] and [bottom, top]. */
  _named(pen, view, left, side, { across, up, ends, upwards }) {
    const span = side - (view.projector ? 26 : 18);
    pen.font = font(view);
    pen.fillStyle = view.colours.faint;
    pen.textBaseline = "bottom";
    this._along(pen, across, ends, left, span, side);
    pen.save();
    pen.translate(left - 4, span);
    pen.rotate(-Math.PI / 2);
    this._along(pen, up, upwards, 0, span, 0);
    pen.restore();
  }

  _along(pen, name, [low, high], start, span, y) {
    pen.textAlign = "center";
    pen.fillText(name, start + span / 2, y);
    if (low === undefined) return;
    pen.textAlign = "left";
    pen.fillText(low, start, y);
    pen.textAlign = "right";
    pen.fillText(high, start + span, y);
  }

  destroy() {
    for (const surface of this.surfaces) surface.destroy();
  }
}
