// Two ladders, one above the other, on one row of steps: the brain's models from the retina on, and the network from its pixels
// to the label. One rung of each is open, and both move together. Tabs, as the ARIA practices describe them.

import { percent } from "../panels/format.js";
import { element } from "../panels/markup.js";
import { bars } from "./bars.js";
import { standsOut } from "./labels.js";
import { MOMENTS, SIDES, fieldInWords, short, sides, sizeInWords, span } from "./moments.js";

const NAMES = { brain: "Brain, models", network: "Network" };

export class Ladder {
  /** `open(rung)`: a rung's name; "label" is the network's last. */
  constructor(panel, open) {
    Object.assign(this, { panel, open, rungs: { brain: [], network: [] } });
    this.rows = Object.fromEntries(SIDES.map((side) => [side, this._row(side)]));
    this.band = element("i", { class: "pxh-band", "aria-hidden": "true" });
    this.under = element("div", { class: "pxh-under" });
    const steps = element("div", { class: "pxh-steps" }, this.band, ...SIDES.map((side) => this.rows[side]), this.under);
    this.element = element("div", { class: "pxh-ladder", style: `--steps: ${MOMENTS.length}` }, steps);
  }

  /** `rungs` by name (moments.js), `label` the best one. */
  show(rungs, palette, label) {
    for (const side of SIDES) {
      const names = [...new Set(MOMENTS.map((moment) => moment[side]).filter(Boolean))];
      this.rungs[side] = names.filter((name) => rungs[name] || name === "label").map((name) => (name === "label" ? this._label(label) : this._rung(rungs[name], palette)));
      const rest = side === "brain" ? [element("p", { class: "pxh-none", style: place("brain", null), text: "no agreed model" })] : [];
      this.rows[side].replaceChildren(element("h4", { class: "pxh-side", text: NAMES[side] }), ...this.rungs[side], ...rest);
    }
  }

  mark(index) {
    this.band.style.setProperty("--step", index);
    for (const side of SIDES) {
      const open = MOMENTS[index][side];
      for (const rung of this.rungs[side]) {
        rung.setAttribute("aria-selected", String(rung.dataset.stage === open));
        rung.tabIndex = rung.dataset.stage === open || (open === null && rung === this.rungs[side].at(-1)) ? 0 : -1;
      }
    }
    const rung = this.rungs.network.find((tab) => tab.dataset.stage === MOMENTS[index].network);
    if (!rung) return;
    this.panel.setAttribute("aria-labelledby", rung.id);
    // Sideways only: the page itself must not move.
    if (this.element.scrollWidth > this.element.clientWidth) this.element.scrollLeft = rung.offsetLeft - (this.element.clientWidth - rung.clientWidth) / 2;
  }

  _row(side) {
    const row = element("div", { class: `pxh-rungs pxh-${side}`, role: "tablist", "aria-label": side === "brain" ? "Models of the brain’s stages" : "Stages of the network" });
    row.addEventListener("keydown", (event) => this._key(event, side));
    return row;
  }

  _rung({ side, stage, maps }, palette) {
    const canvas = element("canvas", { class: "pxh-pixels", "aria-hidden": "true" });
    if (stage.shape.length === 1) bars(canvas, maps.slice(0, 16), palette);
    else maps[0].paint(canvas, palette);
    const words = `${stage.title}: ${sizeInWords(stage)}, ${fieldInWords(stage)}`;
    return this._tab(side, stage.name, words, canvas, element("b", { text: short(stage) }), element("span", { text: stage.shape.slice(1).join(" × ") || `${stage.shape[0]} values` }), element("span", { text: `sees ${sides(stage)} px` }));
  }

  _label(label) {
    const name = element("span", { class: "pxh-top", text: standsOut(label) ? label.name : "none stands out" });
    return this._tab("network", "label", `Label: ${label.name}, ${percent(label.probability)}`, name, element("b", { text: "Label" }), element("span", { text: percent(label.probability) }));
  }

  _tab(side, name, words, ...parts) {
    return element("button", {
      type: "button", role: "tab", id: `pxh-rung-${name}`, class: "pxh-rung", "aria-label": words, "aria-controls": this.panel.id,
      "data-stage": name, style: place(side, name), onclick: () => this.open(name),
    }, ...parts);
  }

  _key(event, side) {
    const rungs = this.rungs[side];
    const here = rungs.indexOf(event.target.closest("[role=tab]"));
    const to = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: rungs.length - 1 }[event.key];
    if (to === undefined || here < 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = rungs[Math.max(0, Math.min(rungs.length - 1, to))];
    this.open(next.dataset.stage);
    next.focus();
  }

  /** What stands under the rungs, in the same columns. */
  hang(child) {
    this.under.replaceChildren(...(child ? [child] : []));
  }
}

function place(side, name) {
  const [first, count] = span(side, name);
  return `grid-column: ${first + 2} / span ${count}`;
}
