// The strongest maps of the open stage, side by side.

import { number } from "../panels/format.js";
import { element, say, show } from "../panels/markup.js";
import { unitUnder } from "./feature_map.js";

const AT_FIRST = 12;

export class Shelf {
  /** `look(map, row, column)` while a pointer is over a unit, `look(null)` when it leaves; `choose(index)`. */
  constructor(look, choose) {
    Object.assign(this, { look, choose, all: false });
    this.heading = element("h3");
    this.about = element("p", { class: "pxh-caption" });
    this.grid = element("div", { class: "pxh-grid", role: "group", "aria-label": "Strongest feature maps" });
    this.more = element("button", { type: "button", class: "pxh-button", onclick: () => this._toggle() });
    this.element = element("div", { class: "pxh-shelf" }, this.heading, this.grid, this.more, this.about);
  }

  show(stage, maps, palette) {
    this.maps = maps;
    say(this.heading, stage.title);
    say(this.about, description(stage));
    this.cells = maps.map((map, i) => this._cell(map, i, palette));
    this.grid.replaceChildren(...this.cells);
    this._fold();
  }

  mark(index) {
    this.cells.forEach((cell, i) => cell.setAttribute("aria-pressed", String(i === index)));
  }

  /** Makes sure that a map is in sight. */
  reveal(index) {
    if (index >= AT_FIRST && !this.all) this._toggle();
  }

  _cell(map, index, palette) {
    const canvas = element("canvas", { class: "pxh-pixels", "aria-hidden": "true" });
    map.paint(canvas, palette);
    const cell = element("button", { type: "button", class: "pxh-cell", "aria-label": map.summary, "data-channel": map.described.channel, onclick: () => this.choose(index) },
      canvas, element("span", { text: `${map.described.channel}` }), element("b", { text: number(map.described.maximum) }));
    canvas.addEventListener("pointermove", (event) => this._hover(map, unitUnder(event, canvas, map)));
    canvas.addEventListener("pointerleave", () => this.look(null));
    cell.addEventListener("focus", () => this._hover(map, map.described.position));
    cell.addEventListener("blur", () => this.look(null));
    return cell;
  }

  _hover(map, unit) {
    if (unit) this.look(map, ...unit);
  }

  _toggle() {
    this.all = !this.all;
    this._fold();
  }

  _fold() {
    this.cells.forEach((cell, i) => show(cell, this.all || i < AT_FIRST));
    show(this.more, this.cells.length > AT_FIRST);
    say(this.more, this.all ? "Show fewer maps" : `Show ${this.cells.length} maps`);
  }
}

function description(stage) {
  const [channels, height, width] = stage.shape;
  const { size, larger_than_input: larger } = stage.receptive_field;
  const seen = larger ? `a field of ${size} × ${size} pixels, larger than the input` : `${size} × ${size} pixels of the input`;
  return `${stage.about} ${channels} channels of ${height} × ${width} units; each unit has ${seen}. Strongest first: the channels with the largest value anywhere in this photograph, with their number and that value.`;
}
