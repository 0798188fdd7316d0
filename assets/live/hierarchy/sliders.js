// The sliders that change the photograph. Each has a place of rest, where nothing is changed, and can be swept through its range.

import { minus } from "../panels/format.js";
import { button, element, say } from "../panels/markup.js";

export class Sliders {
  /** `described`: [{field, label, unit, help, minimum, maximum, step, rest, curve}]; `moved(field)`; `sweep(field)`. */
  constructor(described, { moved, sweep }) {
    Object.assign(this, { described, moved });
    this.values = Object.fromEntries(described.map(({ field, rest }) => [field, rest]));
    this.rows = Object.fromEntries(described.map((slider) => [slider.field, this._row(slider, sweep)]));
    this.element = element("div", { class: "pxh-sliders" }, Object.values(this.rows).map(({ row }) => row));
  }

  of(field) {
    return this.described.find((slider) => slider.field === field);
  }

  set(field, value, quiet = false) {
    const { minimum, maximum } = this.of(field);
    this.values[field] = Math.min(maximum, Math.max(minimum, value));
    const { range, output } = this.rows[field];
    range.value = String(this.values[field]);
    say(output, this.text(field));
    range.setAttribute("aria-valuetext", this.text(field));
    if (!quiet) this.moved(field);
  }

  /** All at rest again. */
  reset() {
    for (const { field, rest } of this.described) this.set(field, rest, true);
  }

  /** Fields that are not at rest, with their values. */
  changed() {
    return Object.fromEntries(this.described.filter(({ field, rest }) => this.values[field] !== rest).map(({ field }) => [field, this.values[field]]));
  }

  /** The value with as many digits as a step of the slider tells apart. */
  text(field, value = this.values[field]) {
    const { unit, step } = this.of(field);
    const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    const written = minus(value.toFixed(digits));
    return unit === "°" || !unit ? `${written}${unit}` : `${written} ${unit}`;
  }

  /** Which slider's curves are drawn, and whether it is being swept. */
  mark(field, sweeping) {
    for (const [name, { row, play }] of Object.entries(this.rows)) {
      row.classList.toggle("pxh-along", name === field);
      if (!play) continue;
      const on = sweeping && name === field;
      play.setAttribute("aria-pressed", String(on));
      play.textContent = on ? "Stop" : "Play";
    }
  }

  _row({ field, label, help, minimum, maximum, step, rest, curve }, sweep) {
    const range = element("input", { type: "range", class: "px-range", min: minimum, max: maximum, step, value: rest, "aria-label": label, title: help, "data-field": field });
    const output = element("output", { text: this.text(field, rest) });
    range.addEventListener("input", () => this.set(field, Number(range.value)));
    range.addEventListener("dblclick", () => this.set(field, rest));
    const play = curve ? button("Play", () => sweep(field), { class: "pxh-button pxh-small", "aria-label": `Play ${label.toLowerCase()} through its range`, "aria-pressed": "false" }) : null;
    const row = element("div", { class: "pxh-slider", title: help }, element("span", { class: "pxh-slider-name", text: label }), range, output, play);
    return { row, range, output, play };
  }
}
