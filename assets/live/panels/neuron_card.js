// One neuron: its field large, its bias, activation and what tells it to change, and what can be done to it.

import { send } from "./commands.js";
import { number } from "./format.js";
import { button, element, say, show } from "./markup.js";
import { SingleField } from "./network_fields.js";
import { isLayerFrozen, isLesioned, layerName, neuronName, reading, sizes, statics } from "./reading.js";
import { wordsOf } from "./rule_words.js";

const FACTS = [["bias", () => "bias"], ["activation", () => "activation, first example"], ["delta", ({ delta }) => `${delta}, first example`]];

export class NeuronCard {
  constructor(context) {
    this.context = context;
    this.canvas = element("canvas", { class: "px-field-large", role: "img", "aria-label": "Response field" });
    this.field = new SingleField(this.canvas);
    this.facts = FACTS.map(([name, label]) => ({ name, value: element("dd"), label: element("dt", { text: label(wordsOf(context)) }) }));
    this.caption = element("p", { class: "px-note" });
    this.lesion = button("Lesion", () => this._lesion(), { "aria-pressed": "false" });
    this.freeze = button("Freeze layer", () => this._freeze(), { "aria-pressed": "false" });
    const list = element("dl", { class: "px-facts" }, this.facts.flatMap(({ label, value }) => [label, value]));
    const editor = element("div", { class: "px-editor" }, this.lesion, this.freeze, button("Undo", () => this._send({ command: "undo" })));
    this.element = element("div", { class: "px-card" }, element("div", { class: "px-field-row" }, this.canvas, list), this.caption, editor);
    this.element.addEventListener("keydown", (event) => event.key !== "Escape" && event.stopPropagation());
  }

  name() {
    const { layer, index } = this.target;
    const last = sizes(this.context).length - 1;
    const own = neuronName(this.context, layer, index);
    if (layer === 0) return `Input ${own}`;
    return layer === last ? own[0].toUpperCase() + own.slice(1) : `Neuron ${index + 1} in ${layerName(layer, last)}`;
  }

  take(target) {
    this.target = target;
    const last = sizes(this.context).length - 1;
    show(this.lesion, target.layer < last);
    show(this.freeze, target.layer > 0);
    say(this.caption, this._caption(target, statics(this.context).meta));
  }

  _caption({ layer, index }, { task, scaling }) {
    if (task === "digits") return "Its weights, carried back to the 8×8 pixels.";
    if (task !== "table") return "What it answers at each point of the plane, x and y from −6 to 6.";
    if (layer > 0) return "It answers to rows of a table, so there is no plane to show its answers over.";
    return `A column of the table. The network is shown how many standard deviations (${number(scaling.scale[index])}) a value lies from the mean (${number(scaling.middle[index])}) of the training rows.`;
  }

  _send(command) {
    return send(this.context, command, this.status);
  }

  _lesion() {
    const { layer, index } = this.target;
    this._send({ command: "lesion", layer, neuron: index, lesioned: !this.lesioned });
  }

  _freeze() {
    this._send({ command: "freeze", layer: this.target.layer, to: null, from: null, frozen: !this.frozen });
  }

  record(frame) {
    const bytes = this._bytes(frame);
    show(this.canvas, Boolean(bytes));
    if (bytes) this.field.draw(bytes, this.context.colours.lut);
  }

  _bytes(frame) {
    const { layer, index } = this.target;
    const fields = reading(layer === 0 ? statics(this.context) : frame, `${layer}/field`);
    const each = fields ? fields.length / sizes(this.context)[layer] : 0;
    return fields?.subarray(index * each, (index + 1) * each) ?? null;
  }

  write(frame) {
    const { layer, index } = this.target;
    for (const { name, value, label } of this.facts) {
      const array = reading(frame, `${layer}/${name}`);
      show(value, Boolean(array));
      show(label, Boolean(array));
      if (array) say(value, number(array[index]));
    }
    this.canvas.setAttribute("aria-label", `Response field of ${this.name()}`);
    this._states(frame.meta);
  }

  _states(meta) {
    this.lesioned = isLesioned(meta, this.target.layer, this.target.index);
    this.frozen = isLayerFrozen(meta, this.target.layer);
    say(this.lesion, this.lesioned ? "Restore" : "Lesion");
    this.lesion.setAttribute("aria-pressed", String(this.lesioned));
    say(this.freeze, `${this.frozen ? "Unfreeze" : "Freeze"} ${layerName(this.target.layer, sizes(this.context).length - 1)}`);
    this.freeze.setAttribute("aria-pressed", String(this.frozen));
  }
}
