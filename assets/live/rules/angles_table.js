// Present angles: a row for each lane, a column for each layer.

import { element, say, show } from "../panels/markup.js";
import { angleText } from "./angles_words.js";
import { MarkKey, titleOf } from "./marks.js";

export class AnglesTable {
  /** `layers`: titles of the columns. */
  constructor(context, lanes, marks, layers) {
    this.keys = [];
    this.rows = lanes.map((lane) => this._row(context, lane, marks.get(lane.lane), titleOf(lane, lanes), layers.length));
    const head = ["lane", ...layers].map((name, i) => element("th", { scope: "col", class: i ? "px-number" : null, text: name }));
    this.caption = element("caption", { text: "Now" });
    this.table = element("table", { class: "px-angles-table" }, this.caption, element("thead", {}, element("tr", {}, head)), element("tbody", {}, this.rows.map(({ element: row }) => row)));
    this.element = element("div", { class: "px-sideways" }, this.table);
  }

  _row(context, { lane }, mark, title, count) {
    const key = new MarkKey(context, mark);
    this.keys.push(key);
    const cells = Array.from({ length: count }, () => element("td", { class: "px-number", text: "–" }));
    const name = element("th", { scope: "row", title }, key.element, element("span", { text: mark.label }));
    const halted = element("td", { class: "px-number", colspan: count });
    show(halted, false);
    return { lane, cells, halted, element: element("tr", { "data-lane": lane }, name, cells, halted) };
  }

  /** `angles`: lane → degrees of each column, or null before there are any; `stopped`: lane → what is said of one that has halted. */
  show(angles, chosen, caption, stopped = new Map()) {
    say(this.caption, caption);
    for (const { lane, cells, halted, element: row } of this.rows) {
      row.classList.toggle("px-chosen", lane === chosen);
      const found = angles.get(lane);
      const words = stopped.get(lane);
      show(halted, Boolean(words));
      if (words) say(halted, words);
      for (const cell of cells) show(cell, !words);
      cells.forEach((cell, i) => say(cell, found ? angleText(found[i]) : "–"));
    }
  }

  repaint() {
    for (const key of this.keys) key.paint();
  }
}
