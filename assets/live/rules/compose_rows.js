// One line of the checklist: whether a rule runs, which one, and at which rate.

import { read } from "../controls.js";
import { button, element, show } from "../panels/markup.js";

let count = 0;

export class RuleRow {
  /** `entry` {rule, title, equation, hidden, suiting, recipe?, rate, on, place}; `place`: the lane that it has now, or Infinity. */
  constructor(entry, bounds, { edited, removed = null, fixed = false }) {
    Object.assign(this, { entry, bounds });
    const id = `px-compose-${++count}`;
    this.box = element("input", { type: "checkbox", id, disabled: fixed, onchange: edited });
    this.box.checked = entry.on || fixed;
    this.rate = element("input", { type: "text", inputmode: "decimal", class: "px-input", autocomplete: "off", "aria-label": `Rate of ${entry.title}`, placeholder: String(Number(entry.suiting?.toPrecision(3))), oninput: edited });
    this.rate.value = entry.rate === null ? "" : String(entry.rate);
    const name = element("label", { for: id, class: "px-compose-name" }, this.box, element("span", { text: entry.title }));
    const about = element("div", { class: "px-compose-about" }, element("p", { class: "px-compose-equation", text: entry.equation }), element("p", { class: "px-note", text: entry.hidden }));
    const take = removed && button("Remove", () => removed(this), { class: "px-button px-compose-remove" });
    this.element = element("li", { class: "px-compose-row" }, name, about, fixed ? element("p", { class: "px-note", text: "always there" }) : element("div", { class: "px-compose-rate" }, this.rate, take));
    show(this.rate, !fixed);
  }

  get on() {
    return this.box.checked;
  }

  /** {rule, rate, recipe} as the spec has it, or {sentence, field}. */
  lane() {
    const { value, sentence } = read(this.rate.value, { label: `The rate of ${this.entry.title}`, ...this.bounds }, true);
    this.rate.setAttribute("aria-invalid", String(Boolean(sentence)));
    if (sentence) return { sentence: sentence.replace("; the old value stays.", ", or empty for the one that suits."), field: this.rate };
    return { rule: this.entry.rule, rate: value, recipe: this.entry.recipe ?? null };
  }
}
