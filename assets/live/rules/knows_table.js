// The things that have to reach the chosen synapse, one a row: how it is drawn, what it is, its number now, and how far away it is.

import { number } from "../panels/format.js";
import { element, say } from "../panels/markup.js";
import { Surface } from "../panels/surface.js";
import { keyOf } from "./knows_lines.js";

class Row {
  constructor(context, ingredient, colour) {
    this.colour = colour;
    this.key = new Surface(context, { label: "", height: (_, projector) => (projector ? 26 : 18), className: "px-knows-key", render: (pen, view) => keyOf(pen, ingredient.name, this.colour(ingredient.name, view), view) });
    this.key.canvas.setAttribute("aria-hidden", "true");
    this.value = element("td", { class: "px-number" });
    this.far = element("td", { class: "px-knows-far" });
    this.element = element("tr", { title: ingredient.sentence }, element("td", { class: "px-knows-sign" }, this.key.canvas), element("th", { scope: "row", text: ingredient.noun }), this.value, this.far);
  }
}

export class KnowsTable {
  /** `told`: the page's ingredients and how far away they are. */
  constructor(context, told) {
    Object.assign(this, { context, told });
    this.rows = new Map();
    this.body = element("tbody");
    this.nothing = element("p", { class: "px-knows-nothing", text: "Nothing: this weight stays as it was drawn." });
    this.element = element("div", { class: "px-knows-list px-sideways" },
      element("table", { class: "px-knows-table" }, element("thead", {}, element("tr", {}, ...["", "What must reach it", "now", "At hand?"].map((text, i) => element("th", { scope: "col", class: i === 2 ? "px-number" : null, text })))), this.body), this.nothing);
  }

  /** Rows for these needs; only a change of them makes new rows. */
  take(ingredients, colour) {
    const names = ingredients.map(({ name }) => name).join(" ");
    this.nothing.hidden = ingredients.length > 0;
    this.element.firstChild.hidden = ingredients.length === 0;
    if (names === this.names) return;
    this.names = names;
    for (const row of this.rows.values()) row.key.destroy();
    this.rows = new Map(ingredients.map((one) => [one.name, new Row(this.context, one, colour)]));
    this.body.replaceChildren(...[...this.rows.values()].map((row) => row.element));
    for (const one of ingredients) say(this.rows.get(one.name).far, this.told.at_hand[one.at].word);
  }

  /** `values`: ingredient → number, text or nothing. */
  draw(values) {
    for (const [name, row] of this.rows) {
      const value = values[name];
      say(row.value, typeof value === "string" ? value : Number.isFinite(value) ? number(value) : "");
    }
  }

  repaint() {
    for (const { key } of this.rows.values()) key.draw();
  }

  destroy() {
    for (const { key } of this.rows.values()) key.destroy();
  }
}
