// Where every neuron and edge stands. Geometry only: computed when the box or the network changes, never in a frame.

const GRID_ROWS = 8;
const SAMPLES = 14;

/** Rows and columns in which a layer's n neurons stand. Ten classes stay one column; a wide hidden layer becomes a grid. */
function arrangement(n, isOutput) {
  const rows = isOutput || n <= GRID_ROWS ? n : Math.ceil(n / Math.ceil(n / GRID_ROWS));
  return { rows, columns: Math.ceil(n / rows) };
}

/** The least width at which names and curves stay legible; narrower boxes scroll. */
export function leastWidth(sizes, projector) {
  const columns = sizes.reduce((sum, n, k) => sum + (k > 0 && n > 10 ? Math.ceil(n / GRID_ROWS) : 0), 0);
  return sizes.length * (projector ? 92 : 66) + columns * 26 + 60;
}

export class Layout {
  /** `pixels`: layer 0 is an image of that side (digits: 8), not a column of neurons. `right`, `left`: room for the outputs' and the inputs' names. */
  constructor(sizes, view, pixels, right = 0, left = 0) {
    this.sizes = sizes;
    this.pixels = pixels;
    this.margin = { left: pixels ? 14 : Math.max(left, view.projector ? 70 : 46), right: Math.max(right, sizes.at(-1) > 1 ? (view.projector ? 34 : 24) : 14), top: view.projector ? 40 : 30, bottom: 12 };
    // Inputs carry their names beside them: they stay one column, however many a table has.
    this.shapes = sizes.map((n, k) => (k === 0 && pixels ? { rows: 1, columns: 1 } : arrangement(n, k === 0 || k === sizes.length - 1)));
    this.cell = this._cell(view);
    this.gap = Math.max(5, this.cell * 0.24);
    this.nodes = this._place(view);
    this.bias = Math.max(7, Math.min(12, this.cell * 0.2));
  }

  /** Side of a neuron's square: what the tallest layer and the row of layers leave. */
  _cell({ width, height }) {
    const { left, right, top, bottom } = this.margin;
    const rows = Math.max(...this.shapes.map(({ rows }, k) => (k === 0 ? Math.min(rows, GRID_ROWS) : rows)));
    const tall = (height - top - bottom) / (rows * 1.24);
    const inner = width - left - right;
    const columns = this.shapes.reduce((sum, { columns }) => sum + columns, this.pixels ? 1 : 0.4);
    const wide = (inner - (this.sizes.length - 1) * Math.min(70, inner / (2.2 * this.sizes.length))) / (columns * 1.24);
    return Math.max(14, Math.min(68, tall, wide));
  }

  _side(k, height) {
    if (k === 0 && this.pixels) return Math.max(96, this.cell * 3);
    if (k === 0) return Math.min(this.cell, (height - this.margin.top - this.margin.bottom) / (this.sizes[0] * 1.24));
    return k === this.sizes.length - 1 && this.sizes[k] === 1 ? this.cell * 1.4 : this.cell;
  }

  _place(view) {
    const sides = this.sizes.map((_, k) => this._side(k, view.height));
    const widths = this.shapes.map(({ columns }, k) => columns * sides[k] + (columns - 1) * this.gap);
    const inner = view.width - this.margin.left - this.margin.right;
    const space = (inner - widths.reduce((a, b) => a + b, 0)) / Math.max(1, this.sizes.length - 1);
    let left = this.margin.left;
    this.centres = [];
    return this.sizes.map((n, k) => {
      const nodes = this._layer(n, k, left, sides[k], view.height);
      this.centres.push(left + widths[k] / 2);
      left += widths[k] + space;
      return nodes;
    });
  }

  _layer(n, k, left, side, height) {
    const middle = (this.margin.top + height - this.margin.bottom) / 2;
    if (k === 0 && this.pixels) return this._lattice(left, middle, side);
    const { rows } = this.shapes[k];
    const pitch = side + Math.min(this.gap, k === 0 && n > GRID_ROWS ? side * 0.24 : Infinity);
    return Array.from({ length: n }, (_, j) => ({
      x: left + Math.floor(j / rows) * pitch + side / 2,
      y: middle + ((j % rows) - (rows - 1) / 2) * pitch,
      side,
    }));
  }

  /** An image's pixels: edges leave from the pixel that they read. */
  _lattice(left, middle, side) {
    const step = side / this.pixels;
    const at = (index) => (index + 0.5) * step - side / 2;
    return Array.from({ length: this.pixels ** 2 }, (_, i) => ({
      x: left + side / 2 + at(i % this.pixels),
      y: middle + at(Math.floor(i / this.pixels)),
      side: step,
    }));
  }

  /** One edge's curve: its path text, its Path2D, and points on it for picking. */
  edge(layer, to, from) {
    const a = this.nodes[layer - 1][from];
    const b = this.nodes[layer][to];
    const start = layer === 1 && this.pixels ? a.x : a.x + a.side / 2;
    const end = b.x - b.side / 2;
    const bend = start + (end - start) / 2;
    const text = `M${start.toFixed(1)} ${a.y.toFixed(1)}C${bend.toFixed(1)} ${a.y.toFixed(1)} ${bend.toFixed(1)} ${b.y.toFixed(1)} ${end.toFixed(1)} ${b.y.toFixed(1)}`;
    return { layer, to, from, text, path: new Path2D(text), points: samples(start, a.y, end, b.y) };
  }

  biasSquare(layer, index) {
    const node = this.nodes[layer][index];
    return { x: node.x - node.side / 2 - this.bias * 0.4, y: node.y + node.side / 2 - this.bias * 0.6, side: this.bias };
  }
}

/** Points on the curve, so that the pointer's distance to it is a matter of short straight pieces. */
function samples(x0, y0, x1, y1) {
  const points = new Float32Array(2 * SAMPLES);
  for (let i = 0; i < SAMPLES; i++) {
    const t = i / (SAMPLES - 1);
    const s = 1 - t;
    const middle = (x0 + x1) / 2;
    points[2 * i] = s ** 3 * x0 + 3 * s * s * t * middle + 3 * s * t * t * middle + t ** 3 * x1;
    points[2 * i + 1] = (s ** 3 + 3 * s * s * t) * y0 + (3 * s * t * t + t ** 3) * y1;
  }
  return points;
}
