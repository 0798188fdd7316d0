// The features of a layer's units as one small picture: a square each, in rows, a pixel apart. Filled in one pass, drawn in one stroke.

const GAP = 1; // px of the picture itself

export class FeatureSheet {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.pen = this.canvas.getContext("2d");
    this.key = "";
  }

  /** `count` squares of `side` pixels in rows of `across`. */
  fit(count, side, across) {
    const key = `${count} ${side} ${across}`;
    if (key === this.key) return;
    Object.assign(this, { key, count, side, across, down: Math.ceil(count / across) });
    this.canvas.width = across * (side + GAP) - GAP;
    this.canvas.height = this.down * (side + GAP) - GAP;
    this.image = this.pen.createImageData(this.canvas.width, this.canvas.height);
    this.words = new Uint32Array(this.image.data.buffer);
    this._place();
  }

  _place() {
    const { count, side, across } = this;
    this.places = new Int32Array(count * side * side);
    for (let unit = 0, p = 0; unit < count; unit++) {
      const corner = Math.floor(unit / across) * (side + GAP) * this.canvas.width + (unit % across) * (side + GAP);
      for (let row = 0; row < side; row++) for (let column = 0; column < side; column++) this.places[p++] = corner + row * this.canvas.width + column;
    }
  }

  /** Bytes (count, side, side) through 256 colours. */
  bytes(values, lut) {
    const { places, words } = this;
    for (let i = 0; i < places.length; i++) words[places[i]] = lut[values[i]];
    this.pen.putImageData(this.image, 0, 0);
  }

  /** Signed values (count, side²), each unit's in shares of its own largest; what is no number is grey. */
  scaled(values, lut) {
    const { places, words, count } = this;
    const size = this.side ** 2;
    for (let unit = 0; unit < count; unit++) {
      const factor = 127.5 / largest(values, unit * size, size);
      for (let i = unit * size; i < (unit + 1) * size; i++) words[places[i]] = lut[Number.isFinite(values[i] * factor) ? (values[i] * factor + 128) | 0 : 127];
    }
    this.pen.putImageData(this.image, 0, 0);
  }

  /** Fills the given width; returns the height. */
  draw(pen, x, y, width) {
    const height = (width * this.canvas.height) / this.canvas.width;
    // Hard pixels, unless a picture is shown smaller than it is.
    pen.imageSmoothingEnabled = this.canvas.width > 2 * width;
    pen.drawImage(this.canvas, x, y, width, height);
    return height;
  }

  /** The unit at a place of a drawing of this width, or null. */
  unitAt(x, y, width) {
    const step = (width / this.canvas.width) * (this.side + GAP);
    const [column, row] = [Math.floor(x / step), Math.floor(y / step)];
    const unit = row * this.across + column;
    return column >= 0 && column < this.across && row >= 0 && unit < this.count ? unit : null;
  }

  /** {x, y, side} of a unit in a drawing of this width. */
  box(unit, width) {
    const scale = width / this.canvas.width;
    const step = scale * (this.side + GAP);
    return { x: (unit % this.across) * step, y: Math.floor(unit / this.across) * step, side: scale * this.side };
  }
}

function largest(values, from, size) {
  let found = 1e-30;
  for (let i = from; i < from + size; i++) {
    const value = Math.abs(values[i]);
    if (value > found && value < Infinity) found = value;
  }
  return found;
}
