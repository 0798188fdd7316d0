// All lanes' rules against all that a synapse may have to know: needed or not. The nearest things stand on the left.

import { element } from "../panels/markup.js";
import { MarkKey, markOf, titleOf } from "./marks.js";
import { SHORT, inOrder, needsAt } from "./knows_needs.js";

export class KnowsMatrix {
  constructor(context, told, lanes) {
    this.keys = lanes.map((lane) => new MarkKey(context, markOf(lane, lanes)));
    const sets = lanes.map((lane) => needsAt(lane, 1, 2)); // a hidden layer
    const columns = inOrder(told.ingredients, sets);
    const groups = grouped(columns);
    const head = element("tr", {}, element("td"), ...groups.map(({ at, count }) => element("th", { scope: "colgroup", colspan: count, class: "px-knows-group", title: told.at_hand[at].sentence, text: told.at_hand[at].word })));
    const names = element("tr", {}, element("th", { scope: "col", text: "rule" }), ...columns.map(({ name, noun, sentence }) => element("th", { scope: "col", title: `${noun}: ${sentence}`, text: SHORT[name] })));
    this.rows = lanes.map((lane, i) => element("tr", { "data-lane": lane.lane },
      element("th", { scope: "row" }, this.keys[i].element, element("span", { text: titleOf(lane, lanes) })),
      ...columns.map((column, c) => cell(sets[i].has(column.name), column, c > 0 && columns[c - 1].at !== column.at))));
    const table = element("table", { class: "px-knows-matrix", "aria-label": "What each rule needs in a hidden layer" }, element("thead", {}, head, names), element("tbody", {}, ...this.rows));
    this.element = element("div", {}, element("p", { class: "px-note", text: "What each rule needs in a hidden layer: ● needs it, ○ does without." }), // not a caption: it stays where the table is moved sideways
      element("div", { class: "px-sideways", tabindex: 0, role: "group", "aria-label": "Which rule needs what" }, table));
  }

  choose(lane) {
    for (const row of this.rows) row.classList.toggle("px-chosen", row.dataset.lane === String(lane));
  }

  repaint() {
    for (const key of this.keys) key.paint();
  }
}

function cell(needed, { noun }, begins) {
  return element("td", { class: `${needed ? "px-knows-yes" : "px-knows-no"}${begins ? " px-knows-begins" : ""}` }, element("span", { "aria-label": `${needed ? "needs" : "does without"} ${noun}`, role: "img", text: needed ? "●" : "○" }));
}

function grouped(columns) {
  const groups = [];
  for (const { at } of columns) {
    if (groups.at(-1)?.at === at) groups.at(-1).count++;
    else groups.push({ at, count: 1 });
  }
  return groups;
}
