// Where the units of the network stand in the picture of one synapse: a column a layer, wide ones by sixteen of their units.

import { neuronName } from "../panels/reading.js";

export const MOST = 16;
const LATTICE = 132; // px, side of an image of pixels
const PROJECTED = 176;

/** Up to MOST of n indices, evenly spread; the chosen one takes the place of its nearest, so that the others stay where they are. */
export function shownUnits(n, chosen = null) {
  if (n <= MOST) return Array.from({ length: n }, (_, i) => i);
  const even = Array.from({ length: MOST }, (_, i) => Math.round((i * (n - 1)) / (MOST - 1)));
  if (chosen === null || even.includes(chosen)) return even;
  const nearest = even.reduce((best, index, i) => (Math.abs(index - chosen) < Math.abs(even[best] - chosen) ? i : best), 0);
  even[nearest] = chosen;
  return even;
}

/** "pixel 3, 6", "neuron 12", "digit 4": pixels by column and row, whatever the image's side. */
export function unitName(context, layer, index) {
  const { task, sizes } = context.statics.meta;
  const side = Math.round(Math.sqrt(sizes[0]));
  return layer === 0 && task !== "plane" ? `pixel ${(index % side) + 1}, ${Math.floor(index / side) + 1}` : neuronName(context, layer, index);
}

/** Room above and below the columns, and between two units of one. */
const MARGINS = { near: [82, 42], far: [112, 60] };
const PITCH = 30;

/** px: as high as the longest column and its names need. */
export function heightFor(sizes, pixels, projector) {
  const [top, bottom] = MARGINS[projector ? "far" : "near"];
  const longest = Math.max(...sizes.slice(pixels ? 1 : 0).map((n) => Math.min(n, MOST)));
  const image = pixels ? (projector ? PROJECTED : LATTICE) : 0;
  return top + bottom + Math.max(image, 4 * PITCH, (longest - 1) * PITCH);
}

export class Places {
  /** `pixels`: side of the image that layer 0 is, or 0. `chosen` {layer, to, from}. */
  constructor(sizes, view, pixels, chosen) {
    Object.assign(this, { sizes, pixels, chosen });
    const big = view.projector;
    const [top, bottom] = MARGINS[big ? "far" : "near"];
    this.top = top;
    this.bottom = view.height - bottom;
    this.radius = big ? 9 : 6.5;
    const side = pixels ? Math.min(big ? PROJECTED : LATTICE, view.width * 0.24) : 0;
    const left = pixels ? side / 2 + 4 : big ? 64 : 44;
    const right = view.width - (big ? 92 : 62);
    this.columns = sizes.map((n, k) => this._column(n, k, left + ((right - left) * k) / (sizes.length - 1), side));
  }

  _column(n, k, x, side) {
    if (k === 0 && this.pixels) return this._lattice(x, side);
    const { layer, to, from } = this.chosen;
    const shown = shownUnits(n, k === layer ? to : k === layer - 1 ? from : null);
    const pitch = Math.min(PITCH, (this.bottom - this.top) / Math.max(1, shown.length - 1));
    const middle = (this.top + this.bottom) / 2;
    const units = shown.map((index, i) => ({ index, x, y: middle + (i - (shown.length - 1) / 2) * pitch }));
    return { x, n, units, all: shown.length === n };
  }

  _lattice(x, side) {
    const cell = side / this.pixels;
    const middle = (this.top + this.bottom) / 2;
    const at = (index) => ({ index, x: x - side / 2 + ((index % this.pixels) + 0.5) * cell, y: middle - side / 2 + (Math.floor(index / this.pixels) + 0.5) * cell });
    return { x, n: this.pixels ** 2, units: Array.from({ length: this.pixels ** 2 }, (_, i) => at(i)), all: true, lattice: { side, cell, left: x - side / 2, top: middle - side / 2 } };
  }

  unit(layer, index) {
    return this.columns[layer]?.units.find((one) => one.index === index) ?? null;
  }

  get sender() {
    return this.unit(this.chosen.layer - 1, this.chosen.from);
  }

  get receiver() {
    return this.unit(this.chosen.layer, this.chosen.to);
  }

  /** {layer, index} under a pointer, or null. */
  at(x, y) {
    const { lattice } = this.columns[0];
    if (lattice) {
      const [column, row] = [Math.floor((x - lattice.left) / lattice.cell), Math.floor((y - lattice.top) / lattice.cell)];
      if (column >= 0 && row >= 0 && column < this.pixels && row < this.pixels) return { layer: 0, index: row * this.pixels + column };
    }
    for (const [layer, { units, lattice: image }] of this.columns.entries()) {
      if (image) continue;
      const near = units.reduce((best, unit) => (Math.hypot(unit.x - x, unit.y - y) < Math.hypot((best?.x ?? 1e9) - x, (best?.y ?? 1e9) - y) ? unit : best), null);
      if (near && Math.hypot(near.x - x, near.y - y) <= this.radius + 6) return { layer, index: near.index };
    }
    return null;
  }
}
