// All weights as curves. Colour and width come in a few bins, so that a frame sets a few styles and strokes kept paths.

import { ramp, strength } from "./palette.js";
import { isFrozen, isLesioned, reading } from "./reading.js";

const STEPS = 8;
const CUT = 2 * STEPS;
const SHOWN = 200;
const RECHOOSE = 500;
const EVERY_EDGE = 700;

export class Edges {
  constructor(layout) {
    this.layout = layout;
    this.total = layout.sizes.slice(1).reduce((sum, n, k) => sum + n * layout.sizes[k], 0);
    this.kept = new Map();
    this.chosenAt = -Infinity;
    this.half = layout.pixels ? 0.7 : 1;
    this.active = this.total <= EVERY_EDGE ? this._all() : [];
    this._make();
  }

  get thinned() {
    return this.total > EVERY_EDGE;
  }

  _all() {
    const edges = [];
    const { sizes } = this.layout;
    for (let layer = 1; layer < sizes.length; layer++)
      for (let to = 0; to < sizes[layer]; to++)
        for (let from = 0; from < sizes[layer - 1]; from++) edges.push(this.find(layer, to, from));
    return edges;
  }

  find(layer, to, from) {
    const key = (layer * 1024 + to) * 1024 + from;
    if (!this.kept.has(key)) this.kept.set(key, this.layout.edge(layer, to, from));
    return this.kept.get(key);
  }

  _make() {
    const n = this.active.length;
    this.bins = new Uint8Array(n);
    this.order = new Uint16Array(n);
    this.dashed = new Uint8Array(n);
    this.starts = new Uint16Array(CUT + 2);
    this.marks = "";
  }

  /** Colours and widths of the bins; widths follow the neurons' size. */
  style(view) {
    const { colours, projector } = view;
    const blend = (sign) => ramp(colours.neutral, colours[sign], STEPS);
    const least = projector ? 3 : 0.8;
    const most = least + Math.max(3.2, this.layout.cell * 0.15);
    this.colours = [...blend("negative"), ...blend("positive"), colours.faint];
    this.widths = Array.from({ length: CUT + 1 }, (_, bin) => (bin === CUT ? least : least + ((most - least) * ((bin % STEPS) + 0.3)) / (STEPS - 1)));
  }

  /** Of too many weights only the strongest are drawn; which ones they are changes twice a second at most. */
  choose(frame, now) {
    if (!this.thinned || now - this.chosenAt < RECHOOSE) return;
    this.chosenAt = now;
    const bound = this._bound(frame);
    this.active = [];
    this.layout.sizes.slice(1).forEach((n, k) => this._over(frame, k + 1, bound[k]));
    this._make();
  }

  /** The |w| above which each layer keeps its share of the curves. */
  _bound(frame) {
    const share = Math.floor(SHOWN / (this.layout.sizes.length - 1));
    return this.layout.sizes.slice(1).map((_, k) => {
      const weights = reading(frame, `${k + 1}/weight`);
      if (!weights || weights.length <= share) return -1;
      return Float32Array.from(weights, Math.abs).sort()[weights.length - share - 1];
    });
  }

  _over(frame, layer, bound) {
    const weights = reading(frame, `${layer}/weight`);
    const below = this.layout.sizes[layer - 1];
    for (let i = 0; weights && i < weights.length; i++)
      if (Math.abs(weights[i]) > bound) this.active.push(this.find(layer, Math.floor(i / below), i % below));
  }

  /** Which edges are frozen or cut, looked up anew only when the frame says otherwise than before. */
  mark(meta) {
    const marks = JSON.stringify([meta.frozen ?? [], meta.lesioned ?? []]);
    if (marks === this.marks) return;
    this.marks = marks;
    this.anyDashed = (meta.frozen ?? []).length > 0;
    this.anyCut = (meta.lesioned ?? []).length > 0;
    this.active.forEach((edge, i) => {
      this.dashed[i] = Number(isFrozen(meta, edge));
      edge.cut = isLesioned(meta, edge.layer - 1, edge.from) || isLesioned(meta, edge.layer, edge.to);
    });
  }

  /** Sorts the edges by bin (a counting sort over kept arrays); returns a number that tells one sorting from another. */
  sort(frame) {
    const { active, bins, starts, order, half } = this;
    const { sizes } = this.layout;
    starts.fill(0);
    let weights = null;
    let layer = 0;
    let signature = active.length;
    for (let i = 0; i < active.length; i++) {
      const edge = active[i];
      if (edge.layer !== layer) weights = reading(frame, `${(layer = edge.layer)}/weight`);
      const value = weights ? weights[edge.to * sizes[layer - 1] + edge.from] : 0;
      const bin = this.anyCut && edge.cut ? CUT : Math.min(STEPS - 1, (strength(value, half) * STEPS) | 0) + (value > 0 ? STEPS : 0);
      bins[i] = bin;
      starts[bin + 1]++;
      signature = (Math.imul(signature, 31) + bin) | 0;
    }
    for (let bin = 0; bin <= CUT; bin++) starts[bin + 1] += starts[bin];
    for (let i = active.length - 1; i >= 0; i--) order[--starts[bins[i] + 1]] = i;
    return signature;
  }

  /** Faint ones first, so that strong ones lie on top. After `sort`, bin b starts at starts[b + 1]. */
  draw(pen) {
    this._bin(pen, CUT, 0.5);
    for (let step = 0; step < STEPS; step++) {
      const alpha = 0.45 + (0.55 * step) / (STEPS - 1);
      this._bin(pen, step, alpha);
      this._bin(pen, STEPS + step, alpha);
    }
    pen.globalAlpha = 1;
    pen.setLineDash([]);
  }

  _bin(pen, bin, alpha) {
    const first = this.starts[bin + 1];
    const stop = bin === CUT ? this.active.length : this.starts[bin + 2];
    if (first === stop) return;
    pen.strokeStyle = this.colours[bin];
    pen.lineWidth = this.widths[bin];
    pen.globalAlpha = alpha;
    for (let i = first; i < stop; i++) {
      const index = this.order[i];
      if (this.anyDashed) pen.setLineDash(this.dashed[index] ? [this.widths[bin] + 3, this.widths[bin] + 3] : []);
      strokeEdge(pen, this.active[index]);
    }
  }
}

export function strokeEdge(pen, edge) {
  if (pen.strokeCurve) pen.strokeCurve(edge.text);
  else pen.stroke(edge.path);
}
