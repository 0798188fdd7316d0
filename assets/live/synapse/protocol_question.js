// The question before a protocol is run: choices, and at the protocol's end what the models say, with why.

import { button, element, say, show } from "../panels/markup.js";
import { Choices, LETTERS } from "../panels/predict_choices.js";
import { judge } from "../panels/predict_measures.js";
import { change } from "./protocol_words.js";

export class Question {
  /** `changed()`: the question was answered, skipped or revealed. */
  constructor(changed) {
    this.changed = changed;
    this.choices = new Choices((index) => this._choose(index));
    this.words = element("p", { class: "px-predict-question" });
    this.said = element("p", { class: "px-predict-said" });
    this.found = element("p", { class: "px-predict-found" });
    this.skip = button("Show the answer", () => this.reveal(), { class: "px-button px-plain" });
    const asked = element("div", { class: "px-predict-asked" }, this.words, element("div", { class: "px-predict-answers" }, this.choices.element, this.skip));
    const told = element("div", { class: "px-predict-told", "aria-live": "polite" }, this.said, this.found);
    this.element = element("section", { class: "px-panel px-predict", "aria-label": "Prediction", hidden: true }, asked, told);
  }

  /** The curves would give the answer away. */
  get open() { return Boolean(this.prediction) && !this.revealed; }

  /** `prediction` as a start describes it, or null; the same one again changes nothing. */
  ask(prediction) {
    if (prediction === this.prediction) return;
    Object.assign(this, { prediction, chosen: null, revealed: false });
    show(this.element, Boolean(prediction));
    if (!prediction) return;
    say(this.words, prediction.question);
    this.choices.describe(prediction.choices.map(({ text }) => text), null);
    this._tell();
  }

  /** Relative changes by model name, of the answer in sight. */
  measured(values) {
    this.values = values;
    if (this.prediction) this._tell();
  }

  _choose(index) {
    if (this.revealed) return;
    this.chosen = index;
    this.choices.mark(index);
    this._tell();
    this.changed();
  }

  /** The protocol has come to its end, or nobody wants to wait for it. */
  reveal() {
    if (!this.open || !this.values) return;
    this.revealed = true;
    this._tell();
    this.changed();
  }

  _tell() {
    show(this.skip, this.open);
    say(this.found, this.revealed && this.values ? this._found() : "");
    say(this.said, this.revealed && this.values ? this._verdict() : this.chosen === null ? "" : `You said ${LETTERS[this.chosen]}. Press Play: the answer comes at the end of the protocol.`);
    for (const made of this.choices.buttons ?? []) made.disabled = this.revealed;
  }

  _right() {
    return judge(this.prediction.choices, this.values)[0];
  }

  _verdict() {
    const right = this._right();
    if (right === undefined) return "None of these holds.";
    const quoted = `“${this.prediction.choices[right].text}”`;
    if (this.chosen === null) return `It is ${LETTERS[right]}: ${quoted}.`;
    return this.chosen === right ? `You said ${LETTERS[right]}, and so it is: ${quoted}.` : `You said ${LETTERS[this.chosen]}; it is ${LETTERS[right]}: ${quoted}.`;
  }

  _found() {
    const filled = (text) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in this.values ? change(this.values[name]) : whole));
    return [this.prediction.found, this.prediction.choices[this._right()]?.because].filter(Boolean).map(filled).join(" ");
  }
}
