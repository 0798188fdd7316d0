// The ladder from the stem to the label: one rung is open at a time. Tabs, as the ARIA practices describe them.

import { percent, whole } from "../panels/format.js";
import { element, say } from "../panels/markup.js";

export class Ladder {
  constructor(panel, open) {
    Object.assign(this, { panel, open, rungs: [] });
    this.tabs = element("div", { class: "pxh-rungs", role: "tablist", "aria-label": "Stages of the network" });
    this.name = element("p", { class: "pxh-top" });
    this.element = element("div", { class: "pxh-ladder" }, this.tabs, this.name);
    this.tabs.addEventListener("keydown", (event) => this._key(event));
  }

  /** `strongest`: the first map of each stage. */
  show(stages, strongest, palette, label) {
    this.rungs = stages.map((stage, i) => this._rung(stage, strongest[i], palette, i));
    this.tabs.replaceChildren(...this.rungs);
    say(this.name, `→ ${label.name} ${percent(label.probability)}`);
  }

  mark(index) {
    this.rungs.forEach((rung, i) => {
      rung.setAttribute("aria-selected", String(i === index));
      rung.tabIndex = i === index ? 0 : -1;
    });
    const rung = this.rungs[index];
    this.panel.setAttribute("aria-labelledby", rung.id);
    // Sideways only: the page itself must not move.
    this.tabs.scrollLeft = rung.offsetLeft - this.tabs.offsetLeft - (this.tabs.clientWidth - rung.clientWidth) / 2;
  }

  _rung(stage, map, palette, index) {
    const canvas = element("canvas", { class: "pxh-pixels", "aria-hidden": "true" });
    map.paint(canvas, palette);
    const [channels, height, width] = stage.shape;
    const size = stage.receptive_field.size;
    const words = `${stage.title}: ${whole(channels)} maps of ${height} by ${width} units, each sees ${size} by ${size} pixels`;
    return element("button", {
      type: "button", role: "tab", id: `pxh-rung-${stage.name}`, class: "pxh-rung", "aria-label": words, "aria-controls": this.panel.id,
      "data-stage": stage.name, onclick: () => this.open(index),
    }, canvas, element("b", { text: stage.title }), element("span", { text: `${whole(channels)} maps` }), element("span", { text: `${height} × ${width}` }), element("span", { text: `sees ${size} px` }));
  }

  _key(event) {
    const here = this.rungs.findIndex((rung) => rung.getAttribute("aria-selected") === "true");
    const to = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: this.rungs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.max(0, Math.min(this.rungs.length - 1, to));
    this.open(next);
    this.rungs[next].focus();
  }
}
