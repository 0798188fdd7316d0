// The probability of each class as a row: name, bar, number. The likeliest in the network's accent; the true class with an outline.

import { percent } from "../panels/format.js";
import { element, say } from "../panels/markup.js";
import { likeliest } from "./described.js";

export class Bars {
  constructor(names, label) {
    this.rows = names.map((name) => {
      const [bar, value] = [element("i"), element("td", { class: "px-number" })];
      const track = element("td", { class: "px-bars-track", "aria-hidden": "true" }, element("div", {}, bar));
      return { bar, value, row: element("tr", {}, element("th", { scope: "row", title: name, text: name }), track, value) };
    });
    this.element = element("table", { class: "px-bars" }, element("caption", { class: "px-hidden", text: label }), element("tbody", {}, ...this.rows.map(({ row }) => row)));
  }

  /** `shares` null: nothing is known yet. `truth`: the true class, where there is one. */
  show(shares, truth = null) {
    const best = shares ? likeliest(shares) : -1;
    this.rows.forEach(({ bar, value, row }, c) => {
      bar.style.transform = `scaleX(${shares ? Math.max(0.004, shares[c]) : 0})`;
      say(value, shares ? short(shares[c]) : "–");
      row.classList.toggle("px-best", c === best);
      row.classList.toggle("px-true", c === truth);
    });
  }
}

/** A share as a bar's number: what is too little to be seen is not spelt out. */
const short = (share) => (share > 0 && share < 0.001 ? "< 0.1%" : percent(share));
