// The network with one synapse in it, and everything that has to reach that synapse under the chosen lane's rule.

import { number } from "../panels/format.js";
import { fade, mix } from "../panels/palette.js";
import { layerName, neuronName, reading } from "../panels/reading.js";
import { font } from "../panels/surface.js";
import { BAR_ROOM, Elsewhere } from "./knows_elsewhere.js";
import { arrow, faint, glyph } from "./knows_lines.js";
import { prefixOf } from "./lanes_picture.js";

export class SynapsePicture {
  constructor(context) {
    this.context = context;
    this.elsewhere = new Elsewhere(this);
  }

  /** `scene` {frame, places, lane, needs, now, colour}; nothing is drawn before there is one. */
  render(pen, view, scene) {
    if (!scene?.places) return;
    Object.assign(this, scene, { pen, view, colours: view.colours });
    this.last = this.places.sizes.length - 1;
    this._columns();
    this.elsewhere.draw();
    this._synapse();
    this._ends();
  }

  _has(name) {
    return this.needs.has(name);
  }

  read(name) {
    return reading(this.frame, `${prefixOf(this.lane.lane)}${name}`);
  }

  write(text, x, y, { align = "center", colour = this.colours.ink, weight = 400, scale = 1, ground = false } = {}) {
    const { pen, view } = this;
    pen.font = font(view, weight, scale);
    pen.textAlign = align;
    pen.textBaseline = "middle";
    if (ground) {
      const width = pen.measureText(text).width + 8;
      pen.fillStyle = view.colours.background;
      pen.fillRect(x - (align === "center" ? width / 2 : align === "right" ? width - 4 : 4), y - view.text * 0.75, width, view.text * 1.5);
    }
    pen.fillStyle = colour;
    pen.fillText(text, x, y);
  }

  // ── the network ────────────────────────────────────────────────────────────────────────────

  _columns() {
    const { pen, places, view, colours } = this;
    places.columns.forEach((column, k) => {
      this.write(layerName(k, this.last), column.x, view.text * 0.8, { weight: 600 });
      if (!column.all) this.write(`${column.units.length} of ${column.n}${view.width < 560 ? "" : " units"}`, column.x, view.height - view.text * 0.8, { colour: colours.faint });
      if (column.lattice) return this._image(column);
      const activity = k > 0 ? this.read(`${k}/activation`) : null;
      for (const { index, x, y } of column.units) {
        pen.beginPath();
        pen.arc(x, y, places.radius, 0, 2 * Math.PI);
        pen.fillStyle = activity ? colours.css(Math.max(-1, Math.min(1, activity[index]))) : colours.background;
        pen.fill();
        pen.strokeStyle = fade(colours.ink, 0.45);
        pen.lineWidth = view.projector ? 3 : 1;
        pen.stroke();
      }
    });
    this._names();
  }

  /** Inputs and outputs have names where there are few. */
  _names() {
    const { places, view } = this;
    const [input, output] = [places.columns[0], places.columns[this.last]];
    const side = places.radius + 5;
    if (!input.lattice && input.n <= 7) for (const { index, x, y } of input.units) this.write(neuronName(this.context, 0, index), x - side, y, { align: "right", scale: 0.95 });
    if (output.n <= 10 && output.n > 1) for (const { index, x, y } of output.units) this.write(String(this.context.statics.meta.class_names?.[index] ?? index), x + side + (this._has("error") ? BAR_ROOM : 0) + 2, y, { align: "left", scale: view.projector ? 1 : 0.9 });
  }

  /** The input as an image: each pixel by the receiving unit's weight, where the frame has that. */
  _image({ lattice, units }) {
    const { pen, places, colours } = this;
    const feature = places.chosen.layer === 1 ? this.read("1/feature") : null;
    const start = places.chosen.to * places.pixels ** 2;
    for (const { index, x, y } of units) {
      pen.fillStyle = feature && start + index < feature.length ? colours.css(feature[start + index] / 127.5 - 1) : mix(colours.background, colours.ink, 0.07);
      pen.fillRect(x - lattice.cell / 2, y - lattice.cell / 2, lattice.cell - 0.7, lattice.cell - 0.7);
    }
    pen.strokeStyle = fade(colours.ink, 0.45);
    pen.lineWidth = 1;
    pen.strokeRect(lattice.left - 1, lattice.top - 1, lattice.side + 1, lattice.side + 1);
  }

  // ── the synapse itself ─────────────────────────────────────────────────────────────────────

  /** A place on the synapse, `share` of the way to the receiver. */
  along(share) {
    const { sender, receiver } = this.places;
    return { x: sender.x + (receiver.x - sender.x) * share, y: sender.y + (receiver.y - sender.y) * share };
  }

  _synapse() {
    const { pen, places, colours, view, now } = this;
    const { sender, receiver } = places;
    if (!sender || !receiver) return;
    pen.strokeStyle = faint(colours);
    pen.lineWidth = view.projector ? 1.5 : 0.8;
    pen.beginPath();
    if (!places.columns[places.chosen.layer - 1].lattice) for (const { x, y } of places.columns[places.chosen.layer - 1].units) { pen.moveTo(x + places.radius, y); pen.lineTo(receiver.x - places.radius, receiver.y); }
    pen.stroke();
    const colour = now.weight < 0 ? colours.negative : colours.positive;
    const room = places.columns[places.chosen.layer - 1].lattice ? 0 : places.radius;
    arrow(pen, [[sender.x + room, sender.y], [receiver.x - places.radius - 2, receiver.y]], view.projector ? 6 : 4, Number.isFinite(now.weight) ? colour : colours.ink);
    const { x, y } = this.along(this._has("reward") ? 0.8 : 0.62);
    if (Number.isFinite(now.weight)) this.write(`w ${number(now.weight)}`, x, y + 1.6 * view.text, { weight: 650, ground: true });
  }

  _ends() {
    const { pen, places, colours, view } = this;
    const { sender, receiver } = places;
    if (!sender || !receiver) return;
    pen.strokeStyle = colours.ink;
    pen.lineWidth = view.projector ? 4 : 2.5;
    const { lattice } = places.columns[places.chosen.layer - 1];
    if (lattice) pen.strokeRect(sender.x - lattice.cell / 2 - 1, sender.y - lattice.cell / 2 - 1, lattice.cell + 2, lattice.cell + 2);
    else this._ring(sender);
    this._ring(receiver);
    this._signs();
  }

  _ring({ x, y }) {
    this.pen.beginPath();
    this.pen.arc(x, y, this.places.radius + 2.5, 0, 2 * Math.PI);
    this.pen.stroke();
  }

  /** What the receiver has at hand, as signs above it. */
  _signs() {
    const { places, view, colours } = this;
    const names = ["slope", "noise", "quiet", "average", "phases", "settling"].filter((name) => this._has(name));
    const step = view.projector ? 30 : 21;
    const { x, y } = places.receiver;
    const above = y - places.radius - step * 0.85;
    names.forEach((name, i) => {
      const at = x - (names.length - 1 - i) * step;
      this.pen.fillStyle = colours.background;
      this.pen.fillRect(at - step / 2, above - step / 2, step, step * 0.95);
      glyph(this.pen, name, at, above, step * 0.62, colours.ink);
    });
    if (this._has("layer")) this._bracket();
  }

  _bracket() {
    const { pen, places, colour, view } = this;
    const { units, x } = places.columns[places.chosen.layer];
    const left = x + places.radius + 8;
    pen.strokeStyle = colour;
    pen.lineWidth = view.projector ? 4 : 2.5;
    pen.beginPath();
    pen.moveTo(left - 5, units[0].y - places.radius);
    pen.lineTo(left, units[0].y - places.radius);
    pen.lineTo(left, units.at(-1).y + places.radius);
    pen.lineTo(left - 5, units.at(-1).y + places.radius);
    pen.stroke();
    this.write("all of its layer", left + 6, units[0].y - places.radius, { align: "left", weight: 600, colour, ground: true });
  }
}
