// The dictionary as a mosaic: one square an atom, orange below zero and blue above. One of them can be chosen.

import { Surface } from "../panels/surface.js";
import { Tiles } from "./tiles.js";

const GAP = 0.08; // of a square

export class Mosaic {
  constructor(context, side, onchoose) {
    Object.assign(this, { context, side, onchoose, chosen: 0 });
    this.tiles = new Tiles();
    this.surface = new Surface(context, {
      label: "The atoms of the sparse code", height: (width) => Math.min(width, 560), className: "px-sparse-mosaic",
      prepare: () => this._paint(), render: (pen, view) => this._render(pen, view),
    });
    this.surface.canvas.tabIndex = 0;
    this.surface.canvas.addEventListener("pointermove", (event) => this._at(event.offsetX, event.offsetY));
    this.surface.canvas.addEventListener("pointerdown", (event) => this._at(event.offsetX, event.offsetY));
    this.surface.canvas.addEventListener("keydown", (event) => this._key(event));
  }

  /** `atoms` u1 (count, side, side). */
  draw(atoms) {
    if (!atoms) return;
    this.atoms = atoms;
    this.count = atoms.length / this.side ** 2;
    this.across = Math.ceil(Math.sqrt(this.count));
    this._paint();
    this.surface.draw();
  }

  _paint() {
    if (!this.atoms) return;
    this.tiles.maps(this.count, this.side, this.side);
    this.tiles.bytes(this.atoms, this.context.colours.lut);
  }

  _render(pen, view) {
    if (!this.atoms) return;
    const step = this.step(view);
    const size = step * (1 - GAP);
    pen.imageSmoothingEnabled = false;
    for (let i = 0; i < this.count; i++) this.tiles.draw(pen, i, (i % this.across) * step, Math.floor(i / this.across) * step, size, size);
    const [x, y] = [(this.chosen % this.across) * step, Math.floor(this.chosen / this.across) * step];
    pen.strokeStyle = view.colours.ink;
    pen.lineWidth = view.projector ? 3 : 2;
    pen.strokeRect(x, y, size, size);
  }

  step({ width, height }) {
    return Math.min(width, height) / this.across;
  }

  _at(x, y) {
    if (!this.atoms) return;
    const step = this.step(this.surface.view);
    const [column, row] = [Math.floor(x / step), Math.floor(y / step)];
    if (column < this.across && row >= 0 && column >= 0) this._choose(row * this.across + column);
  }

  _key(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: this.across, ArrowUp: -this.across }[event.key];
    if (!by || !this.atoms) return;
    event.preventDefault();
    event.stopPropagation();
    this._choose(this.chosen + by, true);
  }

  _choose(index, heard = false) {
    if (index < 0 || index >= this.count || index === this.chosen) return;
    this.chosen = index;
    this.onchoose(heard);
    this.surface.draw();
  }

  /** The chosen atom as values −1…1. */
  atom() {
    const size = this.side ** 2;
    return this.atoms && Float32Array.from(this.atoms.subarray(this.chosen * size, (this.chosen + 1) * size), (byte) => byte / 127.5 - 1);
  }
}
