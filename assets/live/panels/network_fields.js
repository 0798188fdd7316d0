// Every neuron's response field in one atlas: one putImageData a frame, then one drawImage a neuron.

import { reading, statics } from "./reading.js";

const ACROSS = 8;

export class Fields {
  constructor(context, layout) {
    this.context = context;
    this.layout = layout;
    this.tiles = null;
    this.side = layout.pixels || 32;
  }

  /** Tiles' places in the atlas: 8 to a row, the plane's finer output field below them. */
  _arrange(frame) {
    const { sizes } = this.layout;
    const last = sizes.length - 1;
    const outputSide = this._outputSide(frame) || this.side;
    let count = 0;
    this.tiles = sizes.map((n, k) => ({ first: k === last && outputSide !== this.side ? null : (count += n) - n, n }));
    const rows = Math.ceil(count / ACROSS);
    this.output = { side: outputSide, y: rows * this.side };
    this.canvas = document.createElement("canvas");
    this.canvas.width = Math.max(ACROSS * this.side, sizes[last] * outputSide);
    this.canvas.height = rows * this.side + outputSide;
    this.pen = this.canvas.getContext("2d");
    this.image = this.pen.createImageData(this.canvas.width, this.canvas.height);
    this.words = new Uint32Array(this.image.data.buffer);
    this.inputs = false;
  }

  /** The output's field is finer than the others; 0 while a frame has none (the first may come before it was subscribed to). */
  _outputSide(frame) {
    const last = this.layout.sizes.length - 1;
    return Math.round(Math.sqrt((reading(frame, `${last}/field`)?.length ?? 0) / this.layout.sizes[last]));
  }

  place(layer, index) {
    const tile = this.tiles[layer];
    if (tile.first === null) return { x: index * this.output.side, y: this.output.y, side: this.output.side };
    const number = tile.first + index;
    return { x: (number % ACROSS) * this.side, y: Math.floor(number / ACROSS) * this.side, side: this.side };
  }

  /** Copies the frame's field bytes through the colour table into the atlas. */
  update(frame) {
    const outputSide = this._outputSide(frame);
    if (!this.tiles || (outputSide > 0 && outputSide !== this.output.side)) this._arrange(frame);
    if (!this.inputs) this._inputs();
    const { sizes } = this.layout;
    for (let k = 1; k < sizes.length; k++) {
      const bytes = reading(frame, `${k}/field`);
      if (bytes) this._layer(bytes, k);
      else this._flat(reading(frame, `${k}/activation`), k);
    }
    this.pen.putImageData(this.image, 0, 0);
  }

  _inputs() {
    this.inputs = true;
    if (this.layout.pixels) return;
    const bytes = reading(statics(this.context), "0/field");
    if (bytes) this._layer(bytes, 0);
    else this._flat(new Float32Array(this.layout.sizes[0]), 0);
  }

  _layer(bytes, layer) {
    if (!bytes) return;
    const { words, canvas } = this;
    const { lut } = this.context.colours;
    const n = this.layout.sizes[layer];
    for (let j = 0; j < n; j++) {
      const { x, y, side } = this.place(layer, j);
      let from = j * side * side;
      for (let row = 0; row < side; row++) {
        let at = (y + row) * canvas.width + x;
        for (let column = 0; column < side; column++) words[at++] = lut[bytes[from++]];
      }
    }
  }

  /** Where there is no plane to show an answer over: the answer to the last batch's first example, in one colour. */
  _flat(activations, layer) {
    const { words, canvas } = this;
    const { lut } = this.context.colours;
    for (let j = 0; activations && j < activations.length; j++) {
      const { x, y, side } = this.place(layer, j);
      const colour = lut[Math.max(0, Math.min(255, Math.round((activations[j] + 1) * 127.5)))];
      for (let row = 0; row < side; row++) words.fill(colour, (y + row) * canvas.width + x, (y + row) * canvas.width + x + side);
    }
  }

  draw(pen) {
    const { layout } = this;
    pen.imageSmoothingEnabled = !layout.pixels;
    for (let k = layout.pixels ? 1 : 0; k < layout.sizes.length; k++)
      for (let j = 0; j < layout.sizes[k]; j++) {
        const node = layout.nodes[k][j];
        const { x, y, side } = this.place(k, j);
        pen.drawImage(this.canvas, x, y, side, side, node.x - node.side / 2, node.y - node.side / 2, node.side, node.side);
      }
  }
}

/** One field on a canvas of its own, for an enlarged view; `bytes` are its side² values. */
export class SingleField {
  constructor(canvas) {
    this.canvas = canvas;
    this.pen = canvas.getContext("2d");
    this.image = null;
  }

  draw(bytes, lut) {
    const side = Math.round(Math.sqrt(bytes.length));
    if (this.image?.width !== side) {
      this.canvas.width = this.canvas.height = side;
      this.image = this.pen.createImageData(side, side);
      this.words = new Uint32Array(this.image.data.buffer);
    }
    for (let i = 0; i < bytes.length; i++) this.words[i] = lut[bytes[i]];
    this.pen.putImageData(this.image, 0, 0);
    this.canvas.classList.toggle("px-pixelated", side <= 8);
  }
}
