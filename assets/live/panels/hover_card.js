// The card that follows the pointer over the network: what it points at, live; once held by a click, with its editor.

import { element, say, show } from "./markup.js";
import { NeuronCard } from "./neuron_card.js";
import { WeightCard } from "./weight_card.js";

const TEXT_EVERY = 120; // ms; faster than this, digits cannot be read
const WIDTH = 270;
const CLEAR = 22; // px between the pointer and the card

export class HoverCard {
  constructor(context, selection) {
    this.selection = selection;
    this.title = element("h4", { class: "px-title" });
    this.close = element("button", { type: "button", class: "px-button", onclick: () => this._leave() }, "Let go");
    this.weight = new WeightCard(context);
    this.neuron = new NeuronCard(context);
    this.status = element("p", { class: "px-status", role: "status" });
    this.weight.status = this.neuron.status = this.status;
    const head = element("div", { class: "px-inspected" }, this.title, this.close);
    // What is shown in passing is read aloud by nobody: the inspector says the same to those who do not point.
    this.element = element("div", { class: "px-hover", "aria-label": "What the pointer is at" }, head, this.weight.element, this.neuron.element, this.status);
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this._leave());
    this.pointing = false;
    show(this.element, false);
  }

  /** Beside `x`, `y` of the picture, on the side with more room. */
  at(x, y, width) {
    if (this.selection.held) return;
    const own = this.element.offsetWidth || WIDTH; // wider in the projector
    const left = x > width / 2 ? x - CLEAR - own : x + CLEAR;
    this.element.style.left = `${Math.max(0, Math.min(left, width - own))}px`;
    this.element.style.top = `${Math.max(8, y - 110)}px`;
  }

  /** A target that the pointer is at, or null; what is held stays. */
  point(target) {
    this.pointing = Boolean(target);
    this._show();
  }

  take(target, held) {
    this.target = target;
    this.card = target?.kind === "weight" ? this.weight : this.neuron;
    show(this.weight.element, target?.kind === "weight");
    show(this.neuron.element, target?.kind === "neuron");
    show(this.close, held);
    say(this.status, "");
    this.element.classList.toggle("px-held", held);
    this.writtenAt = -Infinity;
    if (target) {
      this.card.take(target, held);
      say(this.title, this.card.name());
    }
    this._show();
  }

  _show() {
    const held = this.selection.held && this.pinned;
    this.open = Boolean(this.target && (held || (this.pointing && !this.selection.held)));
    show(this.element, this.open);
    if (this.open) this.weight.resize();
  }

  /** A click holds the card where it is; choosing by keyboard, in the inspector, does not bring it up. */
  pin(on) {
    this.pinned = on;
    this._show();
  }

  _leave() {
    this.pinned = this.pointing = false;
    this.selection.release();
  }

  draw(frame) {
    if (!this.target) return;
    this.card.record(frame);
    const now = performance.now();
    if (!this.open || now - this.writtenAt < TEXT_EVERY) return;
    this.writtenAt = now;
    this.card.write(frame);
  }

  destroy() {
    this.weight.destroy();
  }
}
