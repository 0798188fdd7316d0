// One channel, large: every square is one unit. Pointer or arrow keys go from unit to unit; beside it, the exact crop.

import { number } from "../panels/format.js";
import { element, say } from "../panels/markup.js";
import { clipped, coversAll, fieldOf, reach } from "./geometry.js";
import { unitUnder } from "./feature_map.js";

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export class Unit {
  constructor(look) {
    this.look = look;
    this.heading = element("h3");
    this.canvas = element("canvas", { class: "pxh-pixels pxh-large", tabindex: 0, role: "application", "aria-describedby": "pxh-reading" });
    this.cursor = element("i", { class: "pxh-cursor", "aria-hidden": "true" });
    this.legend = element("p", { class: "pxh-legend" });
    this.enlarged = element("p", { class: "pxh-caption" });
    this.crop = element("canvas", { class: "pxh-pixels pxh-crop", role: "img" });
    this.cropped = element("p", { class: "pxh-caption" });
    this.reading = element("p", { class: "pxh-reading", id: "pxh-reading", role: "status" });
    const map = element("div", { class: "pxh-stack" }, this.canvas, this.cursor);
    this.element = element("div", { class: "pxh-unit" }, this.heading,
      element("div", { class: "pxh-pair" },
        element("div", {}, map, this.legend, this.enlarged),
        element("div", {}, element("h4", { text: "What the unit with the largest response can see" }), this.crop, this.cropped)),
      this.reading);
    this._listen();
  }

  /** `input`: a canvas of the 224 × 224 pixels that the network saw. */
  show(map, input, palette) {
    Object.assign(this, { map, input, at: map.described.position });
    map.paint(this.canvas, palette);
    this.canvas.setAttribute("aria-label", `${map.summary}. Arrow keys go from unit to unit.`);
    say(this.heading, `${map.stage.title}, ${map.name}`);
    this._legend(palette);
    this._crop();
    this.rest();
  }

  /** Says what a unit answers, wherever it was pointed at. */
  read(map, row, column) {
    const value = number(map.value(row, column));
    say(this.reading, `Channel ${map.described.channel}, row ${row}, column ${column}: ${value}. ${reach(map.stage, row, column, this.input.width)}`);
    if (map === this.map) this._cursor(row, column);
  }

  /** Back to the unit with the largest response. */
  rest() {
    if (!this.map) return;
    this.read(this.map, ...this.at);
    const { width } = this.map;
    const times = Math.max(1, Math.round((this.canvas.clientWidth || 280) / width));
    say(this.enlarged, `${this.map.height} × ${width} units, drawn about ${times} times larger. Each square is one unit; nothing is smoothed.`);
  }

  _crop() {
    const [row, column] = this.map.described.position;
    const side = this.input.width;
    const whole = fieldOf(this.map.stage, row, column);
    const box = clipped(whole, side);
    const [width, height] = [box.right - box.left, box.bottom - box.top];
    Object.assign(this.crop, { width, height });
    this.crop.style.aspectRatio = `${width} / ${height}`;
    this.crop.getContext("2d").drawImage(this.input, box.left, box.top, width, height, 0, 0, width, height);
    const exact = `Exactly these ${width} × ${height} pixels of the network’s ${side} × ${side} input reach the unit at row ${row}, column ${column}.`;
    const words = coversAll(whole, side) ? `The field of ${this.map.stage.receptive_field.size} × ${this.map.stage.receptive_field.size} pixels is larger than the input: this unit can see all of it.` : exact;
    const ceiling = this.map.described.at_ceiling;
    say(this.cropped, words + (ceiling > 1 ? ` ${ceiling.toLocaleString("en-GB")} units of this map stand at the ceiling of 6; this one was driven hardest.` : ""));
    this.crop.setAttribute("aria-label", words);
  }

  _legend(palette) {
    const { largest, described } = this.map;
    const stops = described.minimum < 0 ? [-1, -0.5, 0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
    const bar = element("i", { class: "pxh-scale", "aria-hidden": "true" });
    bar.style.background = `linear-gradient(90deg, ${stops.map((value) => palette.css(value)).join(", ")})`;
    this.legend.replaceChildren(element("span", { text: number(stops[0] * largest) }), bar, element("span", { text: number(largest) }));
  }

  _cursor(row, column) {
    const { width, height } = this.map;
    Object.assign(this.cursor.style, { left: `${(100 * column) / width}%`, top: `${(100 * row) / height}%`, width: `${100 / width}%`, height: `${100 / height}%` });
  }

  _listen() {
    this.canvas.addEventListener("pointermove", (event) => {
      const unit = this.map && unitUnder(event, this.canvas, this.map);
      if (unit) this._go(unit);
    });
    this.canvas.addEventListener("pointerleave", () => this._leave());
    this.canvas.addEventListener("blur", () => this._leave());
    this.canvas.addEventListener("keydown", (event) => this._key(event));
  }

  _key(event) {
    const step = STEPS[event.key];
    if (!step || !this.map) return;
    event.preventDefault();
    event.stopPropagation();
    const [row, column] = this.keyed ?? this.at;
    this.keyed = [Math.max(0, Math.min(this.map.height - 1, row + step[0])), Math.max(0, Math.min(this.map.width - 1, column + step[1]))];
    this.look(this.map, ...this.keyed);
  }

  _go(unit) {
    this.keyed = unit;
    this.look(this.map, ...unit);
  }

  _leave() {
    this.keyed = null;
    this.look(null);
  }
}
