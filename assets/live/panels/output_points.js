// The examples over the output field: filled where the network trains on them, hollow where it does not; what is ringed and pinned.

import { markColour, markOf, traceMark } from "./class_marks.js";
import { fade } from "./palette.js";
import { reading, statics } from "./reading.js";
import { font } from "./surface.js";

/** Places of the plane, ±extent, in a square {x, y, side} of the picture. */
export function placer(box, extent) {
  return (x, y) => [box.x + ((x / extent + 1) / 2) * box.side, box.y + ((1 - y / extent) / 2) * box.side];
}

export class OutputPoints {
  constructor(context, pins) {
    this.context = context;
    this.pins = pins;
    this.tests = false;
    this.ringed = [];
    this.cursor = null;
  }

  render(pen, view, box) {
    const given = statics(this.context);
    if (!given) return;
    const place = placer(box, typeof given.meta.extent === "number" ? given.meta.extent : 6);
    const radius = view.projector ? 5 : 3;
    const colour = (label, value) => markColour(view.colours, given.meta, label, value);
    this._filled(pen, view, given, place, colour, radius);
    if (this.tests) this._hollow(pen, view, given, place, colour, radius);
    this._rings(pen, view, given, place, radius);
    this._pins(pen, view, place);
    if (this.cursor) this._cursor(pen, view, place(this.cursor.x, this.cursor.y), box);
  }

  _each(given, part, visit) {
    const points = reading(given, `data/${part}_points`);
    const labels = reading(given, `data/${part}_labels`);
    const values = reading(given, `data/${part}_values`);
    for (let i = 0; points && labels && i < labels.length; i++) visit(points[2 * i], points[2 * i + 1], labels[i], values?.[i]);
  }

  _filled(pen, view, given, place, colour, radius) {
    this._each(given, "train", (x, y, label, value) => {
      pen.beginPath();
      traceMark(pen, markOf(given.meta, label, value), ...place(x, y), radius);
      pen.fillStyle = colour(label, value);
      pen.fill();
      pen.strokeStyle = view.colours.background;
      pen.lineWidth = 1;
      pen.stroke();
    });
  }

  _hollow(pen, view, given, place, colour, radius) {
    this._each(given, "test", (x, y, label, value) => {
      pen.beginPath();
      traceMark(pen, markOf(given.meta, label, value), ...place(x, y), radius + 0.5);
      pen.strokeStyle = fade(view.colours.background, 0.9);
      pen.lineWidth = view.projector ? 5 : 3.5;
      pen.stroke();
      pen.strokeStyle = colour(label, value);
      pen.lineWidth = view.projector ? 3 : 1.75;
      pen.stroke();
    });
  }

  /** Training examples that another panel speaks of; the first is the one it asked about. */
  _rings(pen, view, given, place, radius) {
    const points = reading(given, "data/train_points");
    this.ringed.forEach((example) => {
      if (!points || 2 * example >= points.length) return;
      pen.beginPath();
      pen.arc(...place(points[2 * example], points[2 * example + 1]), radius + 4, 0, 2 * Math.PI);
      pen.strokeStyle = view.colours.background;
      pen.lineWidth = view.projector ? 7 : 4;
      pen.stroke();
      pen.strokeStyle = view.colours.ink;
      pen.lineWidth = view.projector ? 4 : 2;
      pen.stroke();
    });
  }

  /** Pinned points carry their number. */
  _pins(pen, view, place) {
    this.pins.list.forEach((pin, i) => {
      const [x, y] = place(pin.x, pin.y);
      cross(pen, view, x, y, 7);
      numeral(pen, view, String(i + 1), x, y);
    });
  }

  _cursor(pen, view, [x, y], box) {
    pen.strokeStyle = view.colours.ink;
    pen.lineWidth = view.projector ? 3 : 1;
    pen.beginPath();
    pen.moveTo(box.x, y);
    pen.lineTo(box.x + box.side, y);
    pen.moveTo(x, box.y);
    pen.lineTo(x, box.y + box.side);
    pen.stroke();
  }
}

function cross(pen, view, x, y, r) {
  for (const [colour, width] of [[view.colours.background, view.projector ? 7 : 5], [view.colours.ink, view.projector ? 3 : 2]]) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.beginPath();
    for (const [u, v] of [[-r, 0], [0, -r]]) { pen.moveTo(x + u, y + v); pen.lineTo(x - u, y - v); }
    pen.stroke();
  }
}

function numeral(pen, view, text, x, y) {
  pen.font = font(view, 700);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  const side = view.projector ? 22 : 15;
  pen.fillStyle = view.colours.background;
  pen.fillRect(x + 5, y - side - 2, side, side);
  pen.fillStyle = view.colours.ink;
  pen.fillText(text, x + 5 + side / 2, y - side / 2 - 1.5);
}
