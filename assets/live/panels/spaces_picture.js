// One layer's space: the plane's grid as the layer bends it, tinted by the network's answer, under the training examples.

import { className } from "./answer_field.js";
import { isNamed, markColour, markOf, traceMark } from "./class_marks.js";
import { fade } from "./palette.js";
import { reading, sizes, statics } from "./reading.js";
import { Frame, GRID } from "./spaces_data.js";
import { font } from "./surface.js";

const BINS = 8; // colours of a signed answer, or of a number as target
const LEVELS = 3; // of certainty, for each of several classes

export class SpacePicture {
  constructor(context) {
    this.context = context;
    this.frame = new Frame();
    this.space = null;
  }

  /** `space` as of spaces_data, `ringed` examples, `cursor` [x, y] in the picture's px or null. */
  render(pen, view, frame, space, ringed, cursor = null) {
    this.space = space;
    if (!space) return empty(pen, view);
    const { x, y, half } = this.frame.fit(space);
    const scale = (Math.min(view.width, view.height) / 2 - 4) / half;
    this.at = (i) => [view.width / 2 + (space.places[2 * i] - x) * scale, view.height / 2 - (space.places[2 * i + 1] - y) * scale];
    if (space.grid) this._grid(pen, view, frame);
    this._examples(pen, view);
    for (const example of [...ringed].reverse()) if (example < space.count) this._ring(pen, view, example, example === ringed[0]);
    if (cursor) crosshair(pen, view, cursor);
  }

  _grid(pen, view, frame) {
    const corners = Array.from({ length: GRID * GRID }, (_, i) => this.at(this.space.count + i));
    this._cells(pen, view, frame, corners);
    pen.strokeStyle = view.colours.ink;
    pen.globalAlpha = 0.28;
    pen.lineWidth = view.projector ? 3 : 0.75;
    pen.beginPath();
    // Lines wide enough for a hall: every second one.
    for (let line = 0; line < GRID; line += view.projector ? 2 : 1)
      for (const [first, stride] of [[line * GRID, 1], [line, GRID]]) {
        pen.moveTo(...corners[first]);
        for (let i = 1; i < GRID; i++) pen.lineTo(...corners[first + i * stride]);
      }
    pen.stroke();
    pen.globalAlpha = 1;
  }

  /** Cells of one colour are one path: a few fills instead of four hundred. All wind alike, so that a fold of the sheet covers and cuts no hole. */
  _cells(pen, view, frame, corners) {
    const layers = sizes(this.context);
    const bytes = reading(frame, `${layers.length - 1}/field`);
    if (!bytes) return;
    const bins = answers(bytes, layers.at(-1));
    pen.globalAlpha = view.colours.dark ? 0.75 : 0.6;
    for (const [bin, cells] of bins) {
      pen.fillStyle = tint(view.colours, layers.at(-1), bin);
      pen.beginPath();
      for (const cell of cells) quad(pen, corners, cell);
      pen.fill();
    }
    pen.globalAlpha = 1;
  }

  _examples(pen, view) {
    const given = statics(this.context);
    const labels = reading(given, "data/train_labels");
    const values = reading(given, "data/train_values");
    if (!labels) return;
    if (isNamed(given.meta)) return this._names(pen, view, given.meta, labels);
    const large = view.width > 250;
    const radius = view.projector ? (large ? 6 : 4) : large ? 4 : 2.4;
    for (const [key, members] of groups(labels, values, this.space.count)) {
      pen.beginPath();
      for (const i of members) traceMark(pen, markOf(given.meta, labels[i], values?.[i]), ...this.at(i), radius);
      // The rim lies beneath: on top, a crowd would be all rims.
      pen.strokeStyle = fade(view.colours.background, 0.8);
      pen.lineWidth = large ? 2.5 : 1.5;
      pen.stroke();
      pen.fillStyle = markColour(view.colours, given.meta, key, (key + 0.5) / (BINS / 2) - 1);
      pen.fill();
    }
  }

  /** Ten digits cannot be told apart as dots: each stands there as its numeral. */
  _names(pen, view, meta, labels) {
    pen.font = font(view, 650, view.width > 250 ? 1 : 0.75);
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    const digits = meta.task === "digits";
    for (let label = 0; label < meta.classes; label++) {
      pen.fillStyle = markColour(view.colours, meta, label, 0);
      const text = digits ? className(meta, label) : String(label + 1);
      for (let i = 0; i < this.space.count; i++) if (labels[i] === label) pen.fillText(text, ...this.at(i));
    }
  }

  _ring(pen, view, example, first) {
    const radius = (view.width > 250 ? 8 : 5.5) * (view.projector ? 1.3 : 1) + (first ? 2.5 : 0);
    const width = (view.projector ? 3 : 1.75) + (first ? 1 : 0);
    for (const [colour, more] of [[view.colours.background, 2], [view.colours.ink, 0]]) {
      pen.beginPath();
      pen.arc(...this.at(example), radius, 0, 2 * Math.PI);
      pen.strokeStyle = colour;
      pen.lineWidth = width + more;
      pen.stroke();
    }
  }

  /** The training example that lies nearest to a place of the picture; −1 where there is none. */
  nearest(x, y) {
    let [found, least] = [-1, Infinity];
    for (let i = 0; this.space && i < this.space.count; i++) {
      const [u, v] = this.at(i);
      const away = (u - x) ** 2 + (v - y) ** 2;
      if (away < least) [found, least] = [i, away];
    }
    return found;
  }
}

function empty(pen, view) {
  pen.fillStyle = view.colours.faint;
  pen.font = font(view);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText("not recorded", view.width / 2, view.height / 2);
}

function crosshair(pen, view, [x, y]) {
  pen.strokeStyle = view.colours.ink;
  pen.lineWidth = view.projector ? 3 : 1;
  pen.beginPath();
  for (const [u, v] of [[12, 0], [0, 12]]) { pen.moveTo(x - u, y - v); pen.lineTo(x + u, y + v); }
  pen.stroke();
}

/** Cells [row, column] of the grid by the bin of the network's answer in their middle. */
function answers(bytes, outputs) {
  const side = Math.round(Math.sqrt(bytes.length / outputs));
  const bins = new Map();
  for (let row = 0; row < GRID - 1; row++)
    for (let column = 0; column < GRID - 1; column++) {
      const at = Math.floor(((row + 1) / GRID) * side) * side + Math.floor(((column + 1) / GRID) * side);
      const bin = outputs === 1 ? bytes[at] >> 5 : strongest(bytes, at, side * side, outputs);
      if (!bins.has(bin)) bins.set(bin, []);
      bins.get(bin).push([row, column]);
    }
  return bins;
}

function strongest(bytes, at, size, outputs) {
  let best = 0;
  for (let k = 1; k < outputs; k++) if (bytes[k * size + at] > bytes[best * size + at]) best = k;
  const even = 255 / outputs;
  return best * LEVELS + Math.min(LEVELS - 1, Math.max(0, Math.floor(((bytes[best * size + at] - even) / (255 - even)) * LEVELS)));
}

function tint(colours, outputs, bin) {
  if (outputs === 1) return colours.css((bin + 0.5) / (BINS / 2) - 1);
  return fade(colours.classes[Math.floor(bin / LEVELS) % colours.classes.length], 0.25 + (0.75 * (bin % LEVELS)) / (LEVELS - 1));
}

/** As two triangles: a cell that is twisted has a front and a back of its own. */
function quad(pen, corners, [row, column]) {
  const first = row * GRID + column;
  const [a, b, c, d] = [corners[first], corners[first + 1], corners[first + GRID + 1], corners[first + GRID]];
  triangle(pen, a, b, c);
  triangle(pen, a, c, d);
}

/** Clockwise, whichever side of the sheet it shows. */
function triangle(pen, a, b, c) {
  const back = (b[0] - a[0]) * (c[1] - a[1]) < (b[1] - a[1]) * (c[0] - a[0]);
  const [second, third] = back ? [c, b] : [b, c];
  pen.moveTo(a[0], a[1]);
  pen.lineTo(second[0], second[1]);
  pen.lineTo(third[0], third[1]);
}

/** Examples by class, or by the bin of their value where the target is a number. */
function groups(labels, values, count) {
  const found = new Map();
  for (let i = 0; i < count; i++) {
    const key = values ? Math.max(0, Math.min(BINS - 1, Math.floor((values[i] + 1) * (BINS / 2)))) : labels[i];
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(i);
  }
  return found;
}
