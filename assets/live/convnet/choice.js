// One of a few, as buttons side by side.

import { button, element } from "../panels/markup.js";

export class Choice {
  /** `choices`: [[name, label]]; `choose(name)` is called when another one is pressed. */
  constructor(label, choices, choose) {
    this.choose = choose;
    this.buttons = new Map(choices.map(([name, text]) => [name, button(text, () => this._press(name), { "aria-pressed": "false" })]));
    this.element = element("div", { class: "px-choice", role: "group", "aria-label": label }, ...this.buttons.values());
    this.set(choices[0]?.[0]);
  }

  set(name) {
    this.value = name;
    for (const [each, made] of this.buttons) made.setAttribute("aria-pressed", String(each === name));
  }

  _press(name) {
    if (name === this.value) return;
    this.set(name);
    this.choose(name);
  }
}
