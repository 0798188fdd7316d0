// The photograph with the square that the network saw, and the receptive field of the unit looked at.

import { element, say } from "../panels/markup.js";
import { clipped, onPhotograph } from "./geometry.js";

export class Photograph {
  constructor() {
    this.canvas = element("canvas", { class: "pxh-photo", role: "img", "aria-label": "No photograph yet", width: 3, height: 2 });
    this.caption = element("p", { class: "pxh-caption" });
    this.element = element("figure", { class: "pxh-figure" }, this.canvas, this.caption);
    this.box = null;
  }

  show({ result, arrays }, title, caption) {
    const [height, width] = arrays.photo.shape;
    Object.assign(this, { result, title, picture: asImage(arrays.photo), width, height });
    // Twice as fine as the picture, so that lines stay thin where it is small.
    this.scale = Math.max(1, Math.min(8, Math.ceil(720 / Math.max(width, height))));
    this.canvas.width = width * this.scale;
    this.canvas.height = height * this.scale;
    say(this.caption, caption);
    this.canvas.setAttribute("aria-label", `${title}: the whole photograph, with the square that the network saw`);
    this.draw();
  }

  /** Draws the field of a unit, in input pixels; null takes it away. */
  point(box, colour) {
    Object.assign(this, { box, colour });
    if (this.result) this.draw();
  }

  draw() {
    const pen = this.canvas.getContext("2d");
    const { width, height } = this.canvas;
    pen.imageSmoothingEnabled = false;
    pen.drawImage(this.picture, 0, 0, width, height);
    const { crop, input_side: side } = this.result;
    const seen = this._place(crop);
    pen.fillStyle = "rgba(0, 0, 0, .45)";
    outside(pen, seen, width, height);
    if (!this.box) return;
    const field = this._place(onPhotograph(clipped(this.box, side), crop, side));
    const line = Math.max(2, width / 220);
    frame(pen, field, "#ffffff", line * 2.6); // white under the accent: in sight on dark and on bright photographs
    frame(pen, field, this.colour, line * 1.3);
  }

  _place(box) {
    const { width, height } = this.canvas;
    return { x: box.left * width, y: box.top * height, w: (box.right - box.left) * width, h: (box.bottom - box.top) * height };
  }
}

/** A canvas with these (height, width, 3) bytes. */
export function asImage(rgb) {
  const [height, width] = rgb.shape;
  const canvas = element("canvas", { width, height });
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(width, height);
  for (let i = 0, j = 0; i < rgb.length; i += 3, j += 4) {
    image.data[j] = rgb[i];
    image.data[j + 1] = rgb[i + 1];
    image.data[j + 2] = rgb[i + 2];
    image.data[j + 3] = 255;
  }
  pen.putImageData(image, 0, 0);
  return canvas;
}

function outside(pen, { x, y, w, h }, width, height) {
  pen.beginPath();
  pen.rect(0, 0, width, height);
  pen.rect(x, y, w, h);
  pen.fill("evenodd");
}

// Drawn inside the box's edge, so that a field as large as the picture keeps its frame in sight.
function frame(pen, { x, y, w, h }, colour, line) {
  const inset = Math.min(line / 2, w / 2, h / 2);
  pen.strokeStyle = colour;
  pen.lineWidth = line;
  pen.strokeRect(x + inset, y + inset, Math.max(1, w - 2 * inset), Math.max(1, h - 2 * inset));
}
