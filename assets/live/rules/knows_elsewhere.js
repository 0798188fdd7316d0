// What comes to the synapse from elsewhere in the network, or from outside of it: errors and their way down, one number for all, a label.

import { fade } from "../panels/palette.js";
import { arrow, bend } from "./knows_lines.js";

const THICKEST = 5;
const BAR = 26; // px, of the largest error
const NOUNS = { transposed: "weights above, Wᵀ", fixed: "fixed B", signs: "signs of W", direct: "fixed B from the output" };
const WAYS = ["direct", "fixed", "transposed", "signs"];

/** Room beside an output for the bar of its error. */
export const BAR_ROOM = BAR;

/** The part of a SynapsePicture that draws these; `picture` holds pen, view, places and the scene. */
export class Elsewhere {
  constructor(picture) {
    this.picture = picture;
  }

  draw() {
    const { needs } = this.picture;
    if (needs.has("error")) this._errors();
    for (const kind of WAYS) if (needs.has(kind)) this._down(kind);
    if (needs.has("reward")) this._broadcast();
    if (needs.has("label")) this._label();
  }

  _errorLayers() {
    const { layer } = this.picture.places.chosen;
    const chained = ["transposed", "fixed", "signs"].some((kind) => this.picture.needs.has(kind)) && layer < this.picture.last;
    return this.picture.places.columns.flatMap((_, k) => (k === this.picture.last || (chained && k > layer) ? [k] : []));
  }

  /** A bar beside each unit that an error belongs to. */
  _errors() {
    const { pen, places, colours, view } = this.picture;
    for (const k of this._errorLayers()) {
      const deltas = this.picture.read(`${k}/delta`);
      if (!deltas) continue;
      const largest = Math.max(1e-12, ...places.columns[k].units.map(({ index }) => Math.abs(deltas[index])));
      for (const { index, x, y } of places.columns[k].units) {
        const length = (BAR * Math.abs(deltas[index])) / largest;
        pen.fillStyle = deltas[index] < 0 ? colours.negative : colours.positive;
        pen.fillRect(x + places.radius + 3, y - 2, length, view.projector ? 5 : 4);
      }
    }
    if (places.chosen.layer < this.picture.last) this.picture.write("error e", places.columns[this.picture.last].x, view.text * 2.4, { weight: 600, colour: this.picture.colour, ground: true });
  }

  /** How much of each unit's error goes down each line: as far as the frame says. */
  _share(kind, k, index) {
    const { layer, to } = this.picture.places.chosen;
    const delta = this.picture.read(`${k}/delta`)?.[index] ?? 0;
    const weights = k === layer + 1 ? this.picture.read(`${k}/weight`) : null;
    return Math.abs(kind === "transposed" && weights ? delta * weights[index * this.picture.places.sizes[layer] + to] : delta);
  }

  _down(kind) {
    const { pen, places, colour } = this.picture;
    const { layer } = places.chosen;
    const receiver = places.receiver;
    if (layer >= this.picture.last || !receiver) return;
    const source = kind === "direct" ? this.picture.last : layer + 1;
    if (kind !== "direct") this._above(kind);
    const { units } = places.columns[source];
    const shares = units.map(({ index }) => this._share(kind, source, index));
    const largest = Math.max(1e-12, ...shares);
    units.forEach((unit, i) => {
      const share = shares[i] / largest;
      const line = bend({ x: unit.x, y: unit.y }, receiver, places.radius + 2);
      arrow(pen, line, this._thick(share), fade(colour, 0.3 + 0.6 * share), kind);
    });
    const x = (receiver.x + places.columns[source].x) / 2;
    this.picture.write(NOUNS[kind], x, this.picture.view.text * 2.4, { weight: 600, colour, ground: true });
  }

  _thick(share) {
    return (this.picture.view.projector ? 2.2 : 0.8) + share * (this.picture.view.projector ? THICKEST + 2 : THICKEST);
  }

  /** The way from the output to the layer that the receiver hears: faint, for all its units. */
  _above(kind) {
    const { pen, places, view } = this.picture;
    for (let k = this.picture.last; k > places.chosen.layer + 1; k--) {
      pen.strokeStyle = fade(this.picture.colour, 0.22);
      pen.lineWidth = view.projector ? 1.5 : 0.8;
      pen.setLineDash(kind === "transposed" ? [] : [4, 3]);
      pen.beginPath();
      for (const a of places.columns[k].units) for (const b of places.columns[k - 1].units) {
        pen.moveTo(a.x - places.radius - 2, a.y);
        pen.lineTo(b.x + places.radius + (this.picture.needs.has("error") ? 3 : 2), b.y);
      }
      pen.stroke();
      pen.setLineDash([]);
    }
  }

  /** One number from outside, to every synapse alike. */
  _broadcast() {
    const { pen, places, view, colour } = this.picture;
    const y = view.text * 3.1;
    pen.strokeStyle = colour;
    pen.lineWidth = view.projector ? 4 : 2.5;
    pen.setLineDash([2.5, 1.5].map((share) => share * pen.lineWidth));
    pen.beginPath();
    pen.moveTo(places.columns[0].x, y);
    pen.lineTo(places.columns[this.picture.last].x, y);
    pen.stroke();
    pen.setLineDash([]);
    for (const [k, { x }] of places.columns.entries()) if (k > 0) this._drop(x, y, k);
    const end = places.columns[this.picture.last];
    const what = this.picture.lane.rule === "weight_perturbation" ? "change of the loss" : "reward M";
    this.picture.write(`${what}: one number for all`, end.x + places.radius, y - view.text * 0.95, { align: "right", weight: 600, colour, ground: true });
  }

  _drop(x, y, k) {
    const { places, pen, colour } = this.picture;
    const middle = (places.columns[k - 1].x + x) / 2;
    const here = k === places.chosen.layer;
    const target = here ? this.picture.along(0.5) : { x: middle, y: places.top + 26 };
    arrow(pen, [[target.x, y], [target.x, target.y - (here ? 4 : 0)]], here ? 3 : 1.4, fade(colour, here ? 1 : 0.5), "reward");
  }

  _label() {
    const { places, view, colour } = this.picture;
    const column = places.columns[0];
    const top = column.lattice ? column.lattice.top : column.units[0].y - places.radius;
    arrow(this.picture.pen, [[column.x, view.text * 2.2], [column.x, top - 4]], 2.5, colour, "label");
    this.picture.write("the label, too", column.x + 8, view.text * 2.6, { align: "left", weight: 600, colour, ground: true });
  }
}
