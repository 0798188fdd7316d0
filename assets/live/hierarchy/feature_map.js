// One channel of one stage: its values, and how they become colours.

import { number, whole } from "../panels/format.js";

export class FeatureMap {
  /** `bytes` is the channel's part of the stage's array: 0 at its minimum, 255 at its maximum. */
  constructor(stage, described, bytes) {
    Object.assign(this, { stage, described, bytes });
    [, this.height = 1, this.width = 1] = stage.shape;
    this.largest = Math.max(Math.abs(described.minimum), Math.abs(described.maximum)) || 1;
    this.second = null;
  }

  /** The same channel's map of a second photograph; both are then drawn on one scale. `range` = {minimum, maximum}. */
  beside(bytes, range) {
    this.second = { bytes, ...range };
    this.largest = Math.max(this.largest, Math.abs(range.minimum), Math.abs(range.maximum));
  }

  value(row, column, { bytes, minimum, maximum } = { bytes: this.bytes, ...this.described }) {
    return minimum + (bytes[row * this.width + column] / 255) * (maximum - minimum);
  }

  /** Which input pixels a unit sees: the rung's, where the map has none of its own. */
  get field() {
    return this.described.receptive_field ?? this.stage.receptive_field;
  }

  get name() {
    return this.described.name ?? `channel ${whole(this.described.channel)}`;
  }

  get summary() {
    const [row, column] = this.described.position;
    return `${this.stage.title}, ${this.name}: largest response ${number(this.described.maximum)} at row ${row}, column ${column}`;
  }

  /** One canvas pixel for each unit; style sheets enlarge it without smoothing. Grey is zero, blue positive, orange negative. */
  paint(canvas, palette, shown = { bytes: this.bytes, ...this.described }) {
    canvas.width = this.width;
    canvas.height = this.height;
    const pen = canvas.getContext("2d");
    const image = pen.createImageData(this.width, this.height);
    const pixels = new Uint32Array(image.data.buffer);
    const colours = this.colours(palette, shown);
    for (let i = 0; i < pixels.length; i++) pixels[i] = colours[shown.bytes[i]];
    pen.putImageData(image, 0, 0);
  }

  /** The palette's colour of each of the 256 bytes, on a scale from −largest to +largest. */
  colours(palette, { minimum, maximum } = this.described) {
    return Uint32Array.from({ length: 256 }, (_, byte) => {
      const share = (minimum + (byte / 255) * (maximum - minimum)) / this.largest;
      return palette.lut[Math.max(0, Math.min(255, Math.round((share + 1) * 127.5)))];
    });
  }
}

/** The maps of a stage, strongest first. */
export function mapsOf(stage, arrays) {
  const all = arrays[`${stage.name}/map`];
  const [, height = 1, width = 1] = all.shape;
  const other = arrays[`${stage.name}/compared`];
  return stage.maps.map((described, i) => {
    const part = (bytes) => bytes.subarray(i * height * width, (i + 1) * height * width);
    const map = new FeatureMap(stage, described, part(all));
    if (other && stage.compared) map.beside(part(other), stage.compared.maps[i]);
    return map;
  });
}

/** [row, column] of the unit under a pointer on an enlarged map; null outside. */
export function unitUnder(event, canvas, map) {
  const box = canvas.getBoundingClientRect();
  const column = Math.floor(((event.clientX - box.left) / box.width) * map.width);
  const row = Math.floor(((event.clientY - box.top) / box.height) * map.height);
  return row >= 0 && column >= 0 && row < map.height && column < map.width ? [row, column] : null;
}
