// One channel of either side, large: every square is one unit. Pointer or arrow keys go from unit to unit; beside it, the exact crop.

import { number } from "../panels/format.js";
import { element, say, show } from "../panels/markup.js";
import { clipped, coversAll, extent, fieldOf, reach } from "./geometry.js";
import { unitUnder } from "./feature_map.js";
import { glyph } from "./glyph.js";

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
    this.cell = element("p", { class: "pxh-parameters" });
    this.drawn = element("div", {}, element("div", { class: "pxh-stack" }, this.canvas, this.cursor), this.legend, this.enlarged);
    this.element = element("section", { class: "pxh-unit" },
      element("div", { class: "pxh-pair" },
        this.drawn,
        element("div", { class: "pxh-sees" }, element("h4", { text: "What the unit with the largest response can see" }), this.crop, this.cropped),
        element("div", { class: "pxh-says" }, this.heading, this.cell, this.reading)));
    this._listen();
  }

  /** `input`: a canvas of the 224 × 224 pixels that the network saw. */
  show(map, input, palette) {
    Object.assign(this, { map, input, at: map.described.position });
    for (const side of ["brain", "network"]) this.element.classList.toggle(`pxh-${side}`, map.stage.side === side);
    show(this.drawn, map.stage.shape.length > 1);
    map.paint(this.canvas, palette);
    say(this.cell, map.described.cell?.sentence ?? "");
    this.canvas.setAttribute("aria-label", `${map.summary}. Arrow keys go from unit to unit.`);
    this.heading.replaceChildren(`${map.stage.title}, `, ...glyph(map.described.cell?.bars), map.name);
    this._legend(palette);
    this._crop();
    this.rest();
  }

  /** Says what a unit answers, wherever it was pointed at. */
  read(map, row, column) {
    const value = number(map.value(row, column));
    const second = map.second ? `, in the second photograph ${number(map.value(row, column, map.second))}` : "";
    const where = map.stage.shape.length > 1 ? `, row ${row}, column ${column}` : "";
    say(this.reading, `${capital(map.name)}${where}: ${value}${second}. ${reach(map, row, column, this.input.width)}`);
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
    const { map } = this;
    const [row, column] = map.described.position;
    const side = this.input.width;
    const whole = fieldOf(map, row, column);
    const box = clipped(whole, side);
    const [width, height] = [box.right - box.left, box.bottom - box.top];
    Object.assign(this.crop, { width, height });
    this.crop.style.aspectRatio = `${width} / ${height}`;
    this.crop.getContext("2d").drawImage(this.input, box.left, box.top, width, height, 0, 0, width, height);
    const exact = map.stage.shape.length === 1 ? "Where this stored patch matched best." : placed(map, { width, height, side, row, column });
    const words = coversAll(whole, side) ? `The field of ${extent(map.field.size)} is larger than the input: this unit can see all of it.` : exact;
    const ceiling = map.described.at_ceiling;
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

/** A Gaussian has no edge: where a field is drawn to two standard deviations, nothing is exact about it. */
function placed(map, { width, height, side, row, column }) {
  const unit = `the unit at row ${row}, column ${column}`;
  if (map.field.exact === false) return `${width} × ${height} of the ${side} × ${side} pixels: two standard deviations around ${unit}. Pixels beyond them move it a little too.`;
  return `Exactly these ${width} × ${height} pixels of the ${side} × ${side} input ${map.stage.side === "network" ? "reach" : "drive"} ${unit}.`;
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
