// A digit drawn by hand, made into an image as MNIST's are: scaled into 20×20 pixels, then moved so that its centre of mass lies in
// the middle of 28×28 (LeCun, Bottou, Bengio and Haffner 1998, 10.1109/5.726791). For 8×8 digits the same, resampled by area.

export const GRID = 28; // squares of the paper, across and down
const FINE = 8; // px of the paper in a square
const PAPER = GRID * FINE;

export class Ink {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.canvas.width = this.canvas.height = PAPER;
    this.pen = this.canvas.getContext("2d", { willReadFrequently: true });
    this.small = document.createElement("canvas");
    this.brush = 2.2;
    this.clear();
  }

  clear() {
    this.pen.fillStyle = "#000";
    this.pen.fillRect(0, 0, PAPER, PAPER);
    this.empty = true;
  }

  /** A stroke in squares of the paper; from and to may be the same place. */
  stroke(from, to) {
    const { pen } = this;
    pen.strokeStyle = "#fff";
    pen.lineCap = pen.lineJoin = "round";
    pen.lineWidth = this.brush * FINE;
    pen.beginPath();
    pen.moveTo(from.x * FINE, from.y * FINE);
    pen.lineTo(to.x * FINE + 0.01, to.y * FINE);
    pen.stroke();
    this.empty = false;
  }

  /** Bytes of height × width, row by row. */
  pixels({ height, width }) {
    const box = this._bounds();
    if (!box) return new Uint8ClampedArray(height * width);
    const fill = Math.max(height, width) < 12 ? 1 : 20 / 28; // 8×8 digits reach to the edge of their box
    const scale = (fill * Math.min(height, width)) / Math.max(box.width, box.height);
    const drawn = this._resampled(box, scale, width, height, (width - box.width * scale) / 2, (height - box.height * scale) / 2);
    if (fill === 1) return drawn;
    const middle = centre(drawn, width, height);
    return this._resampled(box, scale, width, height, (width - box.width * scale) / 2 + width / 2 - middle.x, (height - box.height * scale) / 2 + height / 2 - middle.y);
  }

  /** The inked box in px of the paper, with whole squares of at least 1. */
  _bounds() {
    const { data } = this.pen.getImageData(0, 0, PAPER, PAPER);
    let [left, top, right, bottom] = [PAPER, PAPER, -1, -1];
    for (let y = 0; y < PAPER; y++) for (let x = 0; x < PAPER; x++) {
      if (data[4 * (y * PAPER + x)] < 40) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
    return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
  }

  /** By area: each pixel is the mean of the paper under it, which a browser's own scaling does not promise. */
  _resampled(box, scale, width, height, left, top) {
    const { data } = this.pen.getImageData(0, 0, PAPER, PAPER);
    const sums = new Float32Array(width * height);
    const ink = scale * scale;
    for (let y = 0; y < box.height; y++) for (let x = 0; x < box.width; x++) {
      const value = data[4 * ((y + box.top) * PAPER + x + box.left)];
      if (value) spread(sums, width, height, left + (x + 0.5) * scale - 0.5, top + (y + 0.5) * scale - 0.5, value * ink);
    }
    return Uint8ClampedArray.from(sums, (sum) => Math.min(255, Math.round(sum)));
  }
}

/** A drop of ink shared out among the four pixels around it. */
function spread(sums, width, height, x, y, ink) {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const [across, down] = [x - column, y - row];
  for (const [dx, dy, share] of [[0, 0, (1 - across) * (1 - down)], [1, 0, across * (1 - down)], [0, 1, (1 - across) * down], [1, 1, across * down]]) {
    const [c, r] = [Math.max(0, Math.min(width - 1, column + dx)), Math.max(0, Math.min(height - 1, row + dy))];
    sums[r * width + c] += ink * share;
  }
}

/** The centre of mass, in pixels from the left and from the top. */
export function centre(pixels, width, height) {
  let [sum, across, down] = [0, 0, 0];
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
    const value = pixels[y * width + x];
    sum += value;
    across += value * (x + 0.5);
    down += value * (y + 0.5);
  }
  return sum ? { x: across / sum, y: down / sum } : { x: width / 2, y: height / 2 };
}
