// The strongest maps of one side's open rung, side by side; bars where a rung has values without places.

import { number } from "../panels/format.js";
import { element, say, show } from "../panels/markup.js";
import { bar } from "./bars.js";
import { glyph } from "./glyph.js";
import { unitUnder } from "./feature_map.js";
import { fieldInWords, sizeInWords } from "./moments.js";

const AT_FIRST = 12;
const UNORDERED = new Set(["pixels", "retina", "v1_simple", "v1_complex"]); // V1 is shown by direction, and says so itself

export class Shelf {
  /** `look(map, row, column)` while a pointer is over a unit, `look(null)` when it leaves; `choose(map)`. */
  constructor(side, look, choose) {
    Object.assign(this, { side, look, choose, all: false, maps: [], cells: [] });
    this.heading = element("h3");
    this.about = element("p", { class: "pxh-caption" });
    this.grid = element("div", { class: "pxh-grid", role: "group" });
    this.more = element("button", { type: "button", class: "pxh-button", onclick: () => this._toggle() });
    this.element = element("section", { class: `pxh-shelf pxh-${side}` }, this.heading, this.grid, this.more, this.about);
  }

  /** `badge` is placed beside the heading once. */
  badge(made) {
    if (made) this.heading.after(made);
  }

  show({ stage, maps }, palette) {
    this.maps = maps;
    this.flat = stage.shape.length === 1;
    say(this.heading, stage.title);
    say(this.about, description(stage, maps));
    this.grid.setAttribute("aria-label", `${stage.title}, strongest ${this.flat ? "values" : "maps"}`);
    this.grid.classList.toggle("pxh-few", !this.flat && maps.length <= 4);
    this.grid.classList.toggle("pxh-flat", this.flat);
    this.cells = maps.map((map) => this._cell(map, palette));
    this.grid.replaceChildren(...this.cells);
    this._fold();
  }

  /** The network's last step has a name instead of maps, the brain's none. */
  rest(title, sentence, child = null) {
    this.maps = this.cells = [];
    say(this.heading, title);
    say(this.about, sentence);
    this.grid.classList.remove("pxh-few", "pxh-flat");
    this.grid.replaceChildren(...(child ? [child] : []));
    show(this.more, false);
  }

  /** Marks a map, and makes sure that it is in sight; null marks none. */
  mark(map) {
    if (this.maps.indexOf(map) >= AT_FIRST && !this.all) this._toggle();
    this.cells.forEach((cell, i) => cell.setAttribute("aria-pressed", String(this.maps[i] === map)));
  }

  _cell(map, palette) {
    const { described } = map;
    const name = element("span", { class: described.name && !this.flat ? "pxh-named" : "" }, ...glyph(described.cell?.bars), described.name ?? `${described.channel}`);
    const value = element("b", { text: number(described.maximum) });
    const picture = this.flat ? this._bars(map) : [this._pictures(map, palette)];
    const cell = element("button", { type: "button", class: "pxh-cell", "aria-label": map.summary, "aria-pressed": "false", "data-channel": described.channel, onclick: () => this.choose(map) }, ...picture, name, value);
    cell.addEventListener("focus", () => this.look(map, ...described.position));
    cell.addEventListener("blur", () => this.look(null));
    return cell;
  }

  _bars(map) {
    const scale = Math.max(...this.maps.map((one) => one.largest));
    return bar(map.described.maximum / scale, map.second && map.second.maximum / scale);
  }

  _pictures(map, palette) {
    const canvases = [undefined, ...(map.second ? [map.second] : [])].map((shown) => {
      const canvas = element("canvas", { class: "pxh-pixels", "aria-hidden": "true" });
      map.paint(canvas, palette, shown);
      canvas.addEventListener("pointermove", (event) => {
        const unit = unitUnder(event, canvas, map);
        if (unit) this.look(map, ...unit);
      });
      canvas.addEventListener("pointerleave", () => this.look(null));
      return canvas;
    });
    return element("span", { class: "pxh-maps" }, ...canvases);
  }

  _toggle() {
    this.all = !this.all;
    this._fold();
  }

  _fold() {
    const noun = this.flat ? "values" : "maps";
    this.cells.forEach((cell, i) => show(cell, this.all || i < AT_FIRST));
    show(this.more, this.cells.length > AT_FIRST);
    say(this.more, this.all ? `Show fewer ${noun}` : `Show ${this.cells.length} ${noun}`);
  }
}

function description(stage, maps) {
  const order = UNORDERED.has(stage.name) ? "" : " Strongest first: those with the largest value anywhere in this photograph, with that value.";
  const beside = maps[0]?.second ? " Left: the first photograph; right: the second; one scale for both." : "";
  return `${stage.about} ${sizeInWords(stage)}; ${fieldInWords(stage)}.${order}${beside}`;
}
