// One filter beside its Gabor fit, with the fit's numbers.

import { number } from "../panels/format.js";
import { element, say } from "../panels/markup.js";
import { largest } from "./described.js";
import { FREQUENCY, NX, NY, ORIENTATION, R2, drawn } from "./gabor_fits.js";
import { Tiles } from "./tiles.js";

const FACTS = [["R²", (fit) => number(fit[R2], 2)], ["nx", (fit) => number(fit[NX], 2)], ["ny", (fit) => number(fit[NY], 2)],
  ["varies along", (fit) => `${Math.round(fit[ORIENTATION])}°`], ["frequency", (fit) => `${number(fit[FREQUENCY], 2)} cycles/px`]];

export class GaborCard {
  constructor(context) {
    this.context = context;
    this.title = element("h4", { text: "No filter is chosen" });
    this.pictures = ["filter", "its fit"].map((name) => this._picture(name));
    this.values = FACTS.map(([name]) => ({ name, value: element("dd", { text: "–" }) }));
    const facts = element("dl", { class: "px-gabor-facts" }, ...this.values.map(({ name, value }) => element("div", {}, element("dt", { text: name }), value)));
    this.element = element("div", { class: "px-gabor-card" }, this.title, element("div", { class: "px-gabor-pictures" }, ...this.pictures.map(({ element: figure }) => figure)), facts);
  }

  _picture(name) {
    const tiles = new Tiles();
    tiles.canvas.className = "px-pixelated px-gabor-square";
    tiles.canvas.setAttribute("aria-hidden", "true");
    return { tiles, element: element("figure", {}, tiles.canvas, element("figcaption", { text: name })) };
  }

  /** `chosen` {title, filter (side·side), fit, side}, or null. */
  show(chosen) {
    if (!chosen) return;
    const { title, filter, fit, side } = chosen;
    say(this.title, title);
    const scale = largest(filter) || 1;
    [filter, drawn(fit, filter, side)].forEach((values, i) => {
      const { tiles } = this.pictures[i];
      tiles.maps(1, side, side);
      tiles.signed(values, scale, this.context.colours.lut);
    });
    this.values.forEach(({ value }, i) => say(value, FACTS[i][1](fit)));
  }

  /** The same in words. */
  words() {
    return `${this.title.textContent}: ${this.values.map(({ name, value }) => `${name} ${value.textContent}`).join(", ")}`;
  }
}
