// The choices of a question as a radio group: arrows move, Enter, Space or a click chooses.

import { element } from "./markup.js";

export const LETTERS = ["A", "B", "C", "D"];
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export class Choices {
  constructor(choose) {
    this.choose = choose;
    this.element = element("div", { class: "px-choices", role: "radiogroup", "aria-label": "Your prediction" });
    this.element.addEventListener("keydown", (event) => this._key(event));
  }

  describe(texts, chosen) {
    this.buttons = texts.map((text, index) => element("button", { type: "button", class: "px-button px-choice", role: "radio", onclick: () => this.choose(index) },
      element("b", { class: "px-letter", text: LETTERS[index] }), element("span", { text })));
    this.element.replaceChildren(...this.buttons);
    this.mark(chosen);
  }

  /** Only one of them is a stop of the Tab key: the chosen one, or the first. */
  mark(chosen) {
    this.buttons.forEach((made, index) => {
      made.setAttribute("aria-checked", String(index === chosen));
      made.tabIndex = index === (chosen ?? 0) ? 0 : -1;
    });
  }

  // The view's own keys go through the run; here arrows belong to the group.
  _key(event) {
    const step = STEPS[event.key];
    if (event.key === " " || event.key === "Enter") event.stopPropagation();
    if (step === undefined) return;
    event.preventDefault();
    const at = this.buttons.indexOf(event.target.closest("[role=radio]"));
    const next = (at + step + this.buttons.length) % this.buttons.length;
    this.buttons.forEach((made, index) => { made.tabIndex = index === next ? 0 : -1; });
    this.buttons[next].focus();
  }
}
