// The value of every neuron, layer by layer, at the place pointed at and at each pinned place.

import { className } from "./answer_field.js";
import { number } from "./format.js";
import { element, say, show } from "./markup.js";
import { layerName, sizes, statics } from "./reading.js";

const DASH = "–";

export class PointTable {
  constructor(context, most) {
    this.context = context;
    this.columns = columns(context);
    const rows = [this._row(), ...Array.from({ length: most }, () => this._row())];
    this.rows = rows;
    const table = element("table", { "aria-label": "Value of each neuron at each place" },
      element("thead", {}, this._layers(), this._neurons()), element("tbody", {}, rows.map(({ element: row }) => row)));
    this.table = element("div", { class: "px-values", tabindex: "0", role: "group", "aria-label": "Values; scrolls sideways where the network is wide", onscroll: () => this.overflow() }, table);
    this.more = element("p", { class: "px-note px-values-more", "aria-hidden": "true", text: "scroll →" });
    this.element = element("div", { class: "px-values-box" }, this.table, this.more);
    show(this.more, false);
    this.observer = new ResizeObserver(() => this.overflow());
    for (const box of [this.table, table]) this.observer.observe(box);
  }

  _layers() {
    const all = sizes(this.context);
    const groups = all.map((n, k) => element("th", { scope: "colgroup", colspan: String(n), class: "px-first", text: layerName(k, all.length - 1) }));
    return element("tr", {}, element("th", { rowspan: "2", scope: "col", text: "place x, y" }), groups);
  }

  _neurons() {
    return element("tr", {}, this.columns.map(({ name, first }) => element("th", { scope: "col", class: first ? "px-first" : "", text: name })));
  }

  _row() {
    const head = element("th", { scope: "row" });
    const cells = this.columns.map(({ first }) => element("td", { class: first ? "px-first" : "", text: DASH }));
    return { head, cells, element: element("tr", {}, head, cells) };
  }

  /** `here` is {x, y, layers, at} or null; `pins` the same, numbered from 1. */
  fill(here, pins) {
    this._fill(this.rows[0], here, here ? `here ${placed(here.at ?? here)}` : "here");
    this.rows.slice(1).forEach((row, i) => {
      show(row.element, i < pins.length);
      if (i < pins.length) this._fill(row, pins[i], `${i + 1}: ${placed(pins[i])}`);
    });
  }

  /** Says that the table goes on to the right, as long as it does; the note's room stays where there is anything to scroll. */
  overflow() {
    const { scrollWidth, clientWidth, scrollLeft } = this.table;
    const on = scrollWidth - clientWidth - scrollLeft > 4;
    show(this.more, scrollWidth > clientWidth + 4);
    say(this.more, on ? "scroll →" : "← scroll back");
    this.element.classList.toggle("px-goes-on", on);
  }

  destroy() {
    this.observer.disconnect();
  }

  _fill({ head, cells }, place, name) {
    say(head, name);
    cells.forEach((cell, i) => {
      const { layer, index } = this.columns[i];
      const value = place?.layers?.[layer]?.[index];
      say(cell, value === undefined || value === null ? DASH : number(value));
      cell.classList.toggle("px-minus", value < 0);
      cell.classList.toggle("px-plus", value > 0);
    });
  }
}

export function placed({ x, y }) {
  return `${coordinate(x)}, ${coordinate(y)}`;
}

function coordinate(value) {
  return value.toFixed(2).replace("-", "−");
}

function columns(context) {
  const { meta } = statics(context);
  const last = meta.sizes.length - 1;
  const name = (layer, index) => {
    if (layer === 0) return meta.feature_names?.[index] ?? String(index + 1);
    if (layer < last) return String(index + 1);
    return meta.sizes[last] === 1 ? "answer" : className(meta, index);
  };
  return meta.sizes.flatMap((n, layer) => Array.from({ length: n }, (_, index) => ({ layer, index, name: name(layer, index), first: index === 0 })));
}
