// The card beside the network: the weight, bias or neuron that is looked at, live, and what can be done to it.

import { element, section, show, say } from "./markup.js";
import { NeuronCard } from "./neuron_card.js";
import { sizes, statics } from "./reading.js";
import { selectionOf } from "./selection.js";
import { themed } from "./surface.js";
import { WeightCard } from "./weight_card.js";
import { WeightPicker } from "./weight_picker.js";

// Faster than this, digits cannot be read.
const TEXT_EVERY = 120;

class InspectorPanel {
  constructor(context) {
    this.context = context;
    this.every = 200;
    // What is chosen here by keyboard shows before it is scrolled to.
    this.always = true;
    this.readings = ["focus/*", "*/weight", "*/bias", "*/field", "*/activation", "*/delta"];
    this.selection = selectionOf(context);
    this._build(context);
    this.stopTheme = themed(context, this.element);
    this.stopSelection = this.selection.watch((target, held) => this._take(target, held));
    this.writtenAt = -Infinity;
  }

  _build(context) {
    const { root } = section("inspector", "Inspect");
    this.picker = new WeightPicker(context, { name: "Inspect", neurons: true, onpick: (target) => this.selection.hold(target) });
    this.subject = element("h4", { class: "px-title", text: "Nothing chosen yet" });
    this.release = element("button", { type: "button", class: "px-button", onclick: () => this.selection.release() }, "Let go");
    this.hint = element("p", { class: "px-hint", text: "Point at an edge or a neuron to read it; click to hold it here." });
    this.weight = new WeightCard(context);
    this.neuron = new NeuronCard(context);
    this.status = element("p", { class: "px-status", role: "status" });
    this.weight.status = this.neuron.status = this.status;
    const head = element("div", { class: "px-inspected" }, this.subject, this.release);
    root.append(this.picker.element, head, this.weight.element, this.neuron.element, this.status, this.hint);
    root.addEventListener("keydown", (event) => this._keys(event));
    this.element = root;
    this._take(null, false);
  }

  _keys(event) {
    if (event.key === "Escape") this.selection.release();
  }

  _take(target, held) {
    this.writtenAt = -Infinity;
    show(this.release, held);
    show(this.hint, !held);
    show(this.weight.element, target?.kind === "weight");
    show(this.neuron.element, target?.kind === "neuron");
    say(this.status, "");
    if (!target) return;
    this.picker.show(target);
    this.card = target.kind === "weight" ? this.weight : this.neuron;
    this.card.take(target, held);
    say(this.subject, this.card.name());
    if (this.frame) this.draw(this.frame);
  }

  draw(frame) {
    this.frame = frame;
    // A selection older than this panel is of a network that is gone: a remedy builds the panels anew.
    if (this.selection.target && !this.card) this.selection.forget();
    if (this.selection.target === null && sizes(this.context)) this._begin(frame);
    if (!this.selection.target) return;
    this.card.record(frame);
    const now = performance.now();
    if (now - this.writtenAt < TEXT_EVERY) return;
    this.writtenAt = now;
    this.card.write(frame);
  }

  /** Before anybody points at anything: the weight that drives the synapse. */
  _begin(frame) {
    const chosen = frame.meta.chosen ?? statics(this.context).meta.chosen ?? { layer: 1, to: 0, from: 0 };
    this.selection.point({ kind: "weight", ...chosen });
  }

  resize() {
    this.weight.resize();
  }

  destroy() {
    this.stopTheme();
    this.stopSelection();
    this.weight.destroy();
  }
}

export function create(context) {
  return new InspectorPanel(context);
}
