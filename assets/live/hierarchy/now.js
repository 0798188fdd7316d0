// What every rung of one side keeps at the sliders' present place, as bars; the legend of the curves beside them.

import { similarity } from "./format.js";
import { element, say } from "../panels/markup.js";
import { dash, shade } from "./curves.js";
import { times } from "./invariance_words.js";

const SVG = "http://www.w3.org/2000/svg";

export class Now {
  constructor(side) {
    this.side = side;
    this.rows = new Map();
    this.element = element("ul", { class: "pxh-now", "aria-label": "Similarity at the sliders’ present place" });
  }

  /** `now` and `floor`: {rung: {units, channels}}; a null or missing value means that the responses do not vary, or no answer yet. */
  show({ rungs, colours, open, now, floor, kind }) {
    if (rungs.length !== this.rows.size) this._rows(rungs);
    rungs.forEach(({ name }, i) => {
      const { row, value, times: size, bar, sample } = this.rows.get(name);
      const [r, other] = [now[name]?.[kind], floor[name]?.[kind]];
      say(value, r === undefined ? "…" : r === null ? "flat" : similarity(r));
      say(size, r === undefined ? "" : times(now[name].size));
      row.title = r === null ? "Its responses do not vary, so there is no correlation." : "";
      row.classList.toggle("pxh-open", name === open);
      const colour = shade(colours, this.side, i, rungs.length);
      bar.style.setProperty("--share", Math.max(0, r ?? 0).toFixed(4));
      bar.style.setProperty("--colour", colour);
      bar.style.setProperty("--floor", Math.max(0, other ?? 0).toFixed(4));
      bar.classList.toggle("pxh-floored", other !== undefined && other !== null);
      sample.setAttribute("stroke", colour);
    });
  }

  _rows(rungs) {
    this.rows = new Map(rungs.map(({ name, title }, i) => [name, this._row(title, i)]));
    this.element.replaceChildren(...[...this.rows.values()].map(({ row }) => row));
  }

  _row(title, i) {
    const svg = document.createElementNS(SVG, "svg");
    const sample = document.createElementNS(SVG, "line");
    svg.setAttribute("viewBox", "0 0 30 6");
    svg.setAttribute("aria-hidden", "true");
    for (const [name, value] of Object.entries({ x1: 0, x2: 30, y1: 3, y2: 3, "stroke-width": 3, "stroke-dasharray": dash(i).join(" ") })) sample.setAttribute(name, value);
    svg.append(sample);
    const value = element("b");
    const size = element("small", { title: "How large its responses are, as a multiple of those to the unchanged photograph" });
    const bar = element("i", { class: "pxh-kept", "aria-hidden": "true" });
    return { row: element("li", {}, svg, element("span", { text: title }), value, size, bar), value, times: size, bar, sample };
  }
}
