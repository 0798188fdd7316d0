// One channel of one stage: its values, and how they become colours.

import { number, whole } from "../panels/format.js";

export class FeatureMap {
  /** `bytes` is the channel's part of the stage's array: 0 at its minimum, 255 at its maximum. */
  constructor(stage, described, bytes) {
    Object.assign(this, { stage, described, bytes });
    [, this.height, this.width] = stage.shape;
    this.largest = Math.max(Math.abs(described.minimum), Math.abs(described.maximum)) || 1;
  }

  value(row, column) {
    const { minimum, maximum } = this.described;
    return minimum + (this.bytes[row * this.width + column] / 255) * (maximum - minimum);
  }

  get name() {
    return `channel ${whole(this.described.channel)}`;
  }

  get summary() {
    const [row, column] = this.described.position;
    return `${this.stage.title}, ${this.name}: largest response ${number(this.described.maximum)} at row ${row}, column ${column}`;
  }

  /** One canvas pixel for each unit; style sheets enlarge it without smoothing. Grey is zero, blue positive, orange negative. */
  paint(canvas, palette) {
    canvas.width = this.width;
    canvas.height = this.height;
    const pen = canvas.getContext("2d");
    const image = pen.createImageData(this.width, this.height);
    const pixels = new Uint32Array(image.data.buffer);
    const colours = this.colours(palette);
    for (let i = 0; i < pixels.length; i++) pixels[i] = colours[this.bytes[i]];
    pen.putImageData(image, 0, 0);
  }

  /** The palette's colour of each of the 256 bytes, on a scale from −largest to +largest. */
  colours(palette) {
    const { minimum, maximum } = this.described;
    return Uint32Array.from({ length: 256 }, (_, byte) => {
      const share = (minimum + (byte / 255) * (maximum - minimum)) / this.largest;
      return palette.lut[Math.max(0, Math.min(255, Math.round((share + 1) * 127.5)))];
    });
  }
}

/** The maps of a stage, strongest first. */
export function mapsOf(stage, arrays) {
  const all = arrays[`${stage.name}/map`];
  const [, height, width] = all.shape;
  return stage.maps.map((described, i) => new FeatureMap(stage, described, all.subarray(i * height * width, (i + 1) * height * width)));
}

/** [row, column] of the unit under a pointer on an enlarged map; null outside. */
export function unitUnder(event, canvas, map) {
  const box = canvas.getBoundingClientRect();
  const column = Math.floor(((event.clientX - box.left) / box.width) * map.width);
  const row = Math.floor(((event.clientY - box.top) / box.height) * map.height);
  return row >= 0 && column >= 0 && row < map.height && column < map.width ? [row, column] : null;
}
