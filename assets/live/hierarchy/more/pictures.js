// Bytes and numbers as canvases: photographs as they are, signed maps in the two colours of sign, matrices in ink.

import { element } from "../../panels/markup.js";
import { mix, rgb } from "../../panels/palette.js";

/** Draws (height, width, 3) bytes into a canvas; `index` takes one of (n, height, width, 3). */
export function paintPicture(canvas, bytes, index = null) {
  const [height, width] = bytes.shape.slice(index === null ? 0 : 1);
  const from = (index ?? 0) * height * width * 3;
  Object.assign(canvas, { width, height });
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(width, height);
  for (let i = 0, j = from; i < image.data.length; i += 4, j += 3) {
    image.data[i] = bytes[j];
    image.data[i + 1] = bytes[j + 1];
    image.data[i + 2] = bytes[j + 2];
    image.data[i + 3] = 255;
  }
  pen.putImageData(image, 0, 0);
}

/** A canvas that is a picture, with its alternative text. */
export function picture(label, extra = "") {
  return element("canvas", { class: `pxm-picture ${extra}`, role: "img", "aria-label": label, width: 1, height: 1 });
}

/** The largest distance from 0. */
export function largest(values) {
  let most = 0;
  for (const value of values) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  return most;
}

/** A signed map over what is there: blue above zero, orange below, the more opaque the larger; 0 is clear. */
export function overlay(canvas, values, [height, width], palette, opacity) {
  const layer = element("canvas", { width, height });
  const pen = layer.getContext("2d");
  const image = pen.createImageData(width, height);
  const [above, below] = [rgb(palette.positive), rgb(palette.negative)];
  const most = largest(values) || 1;
  for (let i = 0; i < values.length; i++) {
    image.data.set(values[i] > 0 ? above : below, 4 * i);
    image.data[4 * i + 3] = Math.round(255 * opacity * Math.min(1, Math.abs(values[i]) / most));
  }
  pen.putImageData(image, 0, 0);
  const into = canvas.getContext("2d");
  into.imageSmoothingEnabled = false;
  into.drawImage(layer, 0, 0, canvas.width, canvas.height);
}

/** 256 words of ImageData from paper to ink. */
export function inkwell(palette) {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    const [red, green, blue] = rgb(mix(palette.background, palette.ink, byte / 255));
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  });
}

/** Values of 0…1 as a square of ink; `side` values a side. */
export function paintInk(canvas, shares, side, ink) {
  Object.assign(canvas, { width: side, height: side });
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(side, side);
  const words = new Uint32Array(image.data.buffer);
  for (let i = 0; i < words.length; i++) words[i] = ink[Math.max(0, Math.min(255, Math.round(255 * (shares[i] || 0))))];
  pen.putImageData(image, 0, 0);
}
