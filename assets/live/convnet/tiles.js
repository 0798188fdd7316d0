// Many small pictures in one offscreen canvas: filled in one pass over a reading, drawn at any size with hard pixels.

const CLEAR = 0;

export class Tiles {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.pen = this.canvas.getContext("2d");
    this.key = "";
  }

  /** `count` tiles of width × height, one below the other, as a reading (count, height, width) lies in memory. */
  maps(count, width, height) {
    if (this._fits(`${count} ${width} ${height}`, count, width, height)) this.places = null;
  }

  /** `count` tiles; each holds `inputs` kernels of size × size in rows of `across`, a pixel apart. */
  kernels(count, inputs, size, across) {
    const [width, height] = [across * (size + 1) - 1, Math.ceil(inputs / across) * (size + 1) - 1];
    if (!this._fits(`${count} ${inputs} ${size} ${across}`, count, width, height)) return;
    this.words.fill(CLEAR);
    this.places = new Int32Array(count * inputs * size * size);
    let source = 0;
    for (let out = 0; out < count; out++) for (let i = 0; i < inputs; i++) {
      const corner = (out * height + Math.floor(i / across) * (size + 1)) * width + (i % across) * (size + 1);
      for (let p = 0; p < size * size; p++) this.places[source++] = corner + Math.floor(p / size) * width + (p % size);
    }
  }

  /** Whether the canvas had to be made anew. */
  _fits(key, count, width, height) {
    if (key === this.key) return false;
    this.key = key;
    [this.width, this.height, this.count] = [width, height, count];
    this.canvas.width = width;
    this.canvas.height = Math.max(1, height * count);
    this.data = this.pen.createImageData(width, Math.max(1, height * count));
    this.words = new Uint32Array(this.data.data.buffer);
    return true;
  }

  /** Signed values in units of `scale`, through the palette's 256 colours. */
  signed(values, scale, lut) {
    const { words, places } = this;
    const factor = 127.5 / scale;
    for (let i = 0; i < values.length; i++) {
      let byte = (values[i] * factor + 128) | 0; // NaN becomes 0, and the run says what happened
      byte = byte < 0 ? 0 : byte > 255 ? 255 : byte;
      words[places ? places[i] : i] = lut[byte];
    }
    this.pen.putImageData(this.data, 0, 0);
  }

  /** Bytes through a table of 256 colours. */
  bytes(values, table) {
    const { words } = this;
    for (let i = 0; i < values.length; i++) words[i] = table[values[i]];
    this.pen.putImageData(this.data, 0, 0);
  }

  /** One picture of bytes (height, width, channels), as a photograph: 0 black, 255 white. */
  photograph(values, channels) {
    const { words } = this;
    for (let i = 0, p = 0; i < values.length; i += channels, p++) {
      const [red, green, blue] = channels === 3 ? [values[i], values[i + 1], values[i + 2]] : [values[i], values[i], values[i]];
      words[p] = ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
    }
    this.pen.putImageData(this.data, 0, 0);
  }

  /** Each of `count` pixels in the word that `colour` gives for its number. */
  coloured(count, colour) {
    for (let i = 0; i < count; i++) this.words[i] = colour(i);
    this.pen.putImageData(this.data, 0, 0);
  }

  draw(pen, index, x, y, width, height) {
    pen.drawImage(this.canvas, 0, index * this.height, this.width, this.height, x, y, width, height);
  }
}

/** 256 colours for bytes that stand for values low … high, signed in units of `scale`. */
export function byteColours(low, high, scale, lut, table = new Uint32Array(256)) {
  for (let b = 0; b < 256; b++) {
    const byte = Math.round(((low + ((high - low) * b) / 255) / scale + 1) * 127.5);
    table[b] = lut[Math.max(0, Math.min(255, byte))];
  }
  return table;
}
