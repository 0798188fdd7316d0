// A picture of numbers on a canvas: luminance as the screen shows it, or a signed response in the page's two colours.

import { element } from "../panels/markup.js";

const ENCODED = Uint8ClampedArray.from({ length: 1025 }, (_, i) => 255 * encode(i / 1024));

function encode(light) {
  return light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
}

/** The byte of sRGB that makes a screen give this share of its light. */
export function grey(luminance) {
  return ENCODED[Math.round(1024 * Math.min(1, Math.max(0, luminance)))];
}

export class Picture {
  constructor(label, className = "") {
    this.canvas = element("canvas", { class: `pxp-picture ${className}`, role: "img", "aria-label": label });
    this.element = this.canvas;
  }

  /** `values` has a shape (h, w); `cover(x, y)` → true where even grey is shown instead. */
  luminance(values, cover = null, ground = 0.5) {
    this._paint(values.shape, (data, i, x, y) => {
      const byte = grey(cover?.(x, y) ? ground : values[i]);
      data.set([byte, byte, byte, 255], 4 * i);
    });
  }

  /** Zero is the palette's grey, the largest size its full colour. */
  signed(values, palette) {
    let most = 1e-9;
    for (const value of values) most = Math.max(most, Math.abs(value));
    this._words((words, i) => { words[i] = palette.lut[Math.round(127.5 + 127.5 * (values[i] / most))]; }, values.shape);
  }

  /** u1 (h, w) or (h, w, 3), as they are. `from` is where the picture begins in a longer array. */
  bytes(values, [height, width], from = 0, channels = 1) {
    this._paint([height, width], (data, i) => {
      const at = from + channels * i;
      data.set(channels === 3 ? [values[at], values[at + 1], values[at + 2], 255] : [values[at], values[at], values[at], 255], 4 * i);
    });
  }

  _image([height, width]) {
    if (this.canvas.width !== width || this.canvas.height !== height) Object.assign(this.canvas, { width, height });
    const pen = this.canvas.getContext("2d");
    return { pen, image: pen.createImageData(width, height), width };
  }

  _paint(shape, set) {
    const { pen, image, width } = this._image(shape);
    for (let i = 0; i < image.data.length / 4; i++) set(image.data, i, i % width, Math.floor(i / width));
    pen.putImageData(image, 0, 0);
  }

  _words(set, shape) {
    const { pen, image } = this._image(shape);
    const words = new Uint32Array(image.data.buffer);
    for (let i = 0; i < words.length; i++) set(words, i);
    pen.putImageData(image, 0, 0);
  }

  image() {
    return new Promise((resolve) => this.canvas.toBlob(resolve, "image/png"));
  }
}

/** A picture with its name below it. */
export function captioned(picture, caption) {
  const words = element("figcaption", { text: caption });
  return { element: element("figure", { class: "pxp-figure" }, picture.element, words), words };
}
