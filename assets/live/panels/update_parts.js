// The last applied Δw as its parts. They share one power of ten, so that a reader can add them up.

import { SharedScale } from "./format.js";
import { element, say, show } from "./markup.js";
import { reading } from "./reading.js";

const FURTHER = ["momentum", "adaptive scale", "regulariser"];

export class UpdateParts {
  /** `direction`: what the update goes along. */
  constructor(direction = "gradient") {
    this.scale = new SharedScale();
    this.unit = element("span", { class: "px-unit" });
    this.rows = [direction, ...FURTHER, "sum = Δw"].map((name) => this._row(name));
    const body = element("tbody", {}, this.rows.map(({ row }) => row));
    this.element = element("table", { class: "px-parts" }, element("caption", {}, "Last update, Δw ", this.unit), body);
    this.reach = 1e-12;
  }

  _row(name) {
    const value = element("td", { class: "px-number" });
    const bar = element("i", { class: "px-bar", "aria-hidden": "true" });
    const row = element("tr", {}, element("th", { scope: "row", text: name }), value, element("td", { class: "px-track" }, bar));
    return { row, value, bar };
  }

  forget() {
    this.reach = 1e-12;
    this.scale = new SharedScale();
  }

  draw(frame) {
    const parts = reading(frame, "focus/update_parts");
    const update = reading(frame, "focus/update");
    show(this.element, Boolean(parts && update));
    if (!parts || !update) return;
    const values = [...parts, update[0]];
    this.scale.fit(values);
    say(this.unit, this.scale.unit);
    const largest = Math.max(...values.map(Math.abs).filter(Number.isFinite), 0);
    // The bars' axis grows and shrinks in steps of two, not with every update.
    if (largest > this.reach || largest < this.reach / 8) this.reach = 2 ** Math.ceil(Math.log2(largest || 1e-12));
    this.rows.forEach((row, i) => this._show(row, values[i], i));
  }

  _show({ row, value, bar }, number, i) {
    say(value, this.scale.show(number));
    const absent = i > 0 && i < 4 && number === 0;
    row.classList.toggle("px-absent", absent);
    const share = Math.max(-1, Math.min(1, number / this.reach || 0));
    bar.style.transform = `scaleX(${share.toFixed(3)})`;
    bar.className = `px-bar ${number < 0 ? "px-below" : "px-above"}`;
  }
}
