// One weight or bias: live value, the parts of its last update, its history, and the editor.

import { send } from "./commands.js";
import { number } from "./format.js";
import { button, element, say, show } from "./markup.js";
import { focusName, isFrozen, isLayerFrozen, parameter, reading } from "./reading.js";
import { wordsOf } from "./rule_words.js";
import { Sparkline } from "./sparkline.js";
import { UpdateParts } from "./update_parts.js";

export class WeightCard {
  constructor(context) {
    this.context = context;
    this.target = null;
    this.value = element("output", { class: "px-value" });
    this.parts = new UpdateParts(wordsOf(context).direction);
    this.sparkline = new Sparkline(context, "History of this value over the frames received");
    this.input = element("input", { type: "number", step: "any", class: "px-input", "aria-label": "New value", oninput: () => { this.typed = true; } });
    this.freeze = button("Freeze", () => this._freeze(), { "aria-pressed": "false" });
    this.choose = button("Drive the synapse with this weight", () => this._send({ command: "choose", ...this._place() }));
    const editor = element("form", { class: "px-editor", onsubmit: (event) => this._edit(event) },
      this.input, element("button", { type: "submit", class: "px-button" }, "Set"), button("Undo", () => this._send({ command: "undo" })), this.freeze);
    editor.addEventListener("keydown", (event) => event.key !== "Escape" && event.stopPropagation());
    this.element = element("div", { class: "px-card" },
      element("div", { class: "px-live" }, this.value, element("span", { class: "px-caption", text: "now" })),
      this.parts.element, this.sparkline.element, editor, this.choose);
  }

  name() {
    const text = focusName(this.context, this.target);
    return text[0].toUpperCase() + text.slice(1);
  }

  take(target, held) {
    if (this.target !== target) {
      this.sparkline.clear();
      this.parts.forget();
      this.typed = false;
    }
    this.target = target;
    this.held = held;
    show(this.choose, target.from !== null);
  }

  _place() {
    return { layer: this.target.layer, to: this.target.to, from: this.target.from };
  }

  _send(command) {
    return send(this.context, command, this.status);
  }

  async _edit(event) {
    event.preventDefault();
    const value = this.input.valueAsNumber;
    if (!Number.isFinite(value)) return say(this.status, "Give a number, for example 0.5.");
    const { target } = this;
    const taken = await this._send({ command: "edit", ...this._place(), value });
    if (taken && target === this.target) this.typed = false;
  }

  _freeze() {
    this._send({ command: "freeze", ...this._place(), frozen: !this.frozen });
  }

  /** Every frame: the value joins the history. */
  record(frame) {
    this.present = this._present(frame);
    if (Number.isFinite(this.present)) this.sparkline.history.push(frame.meta.step, this.present);
  }

  /** The double-precision reading where the service streams it, else the single-precision one. */
  _present(frame) {
    const own = parameter(this.context, frame, this.target);
    const exact = reading(frame, "focus/weight")?.[0];
    const fits = exact !== undefined && (Number.isNaN(own) || Math.abs(exact - own) <= 1e-5 * (1 + Math.abs(own)));
    return fits ? exact : own;
  }

  write(frame) {
    say(this.value, number(this.present));
    this.parts.draw(frame);
    this.sparkline.surface.draw();
    this._freezeState(frame.meta);
    const { chosen } = frame.meta;
    const driving = chosen && chosen.layer === this.target.layer && chosen.to === this.target.to && chosen.from === this.target.from;
    this.choose.disabled = Boolean(driving);
    say(this.choose, driving ? "Drives the synapse" : "Drive the synapse with this weight");
    this._follow();
  }

  /** Set would make the weight jump back if the field kept an older value; what a person enters there is theirs. */
  _follow() {
    if (this.typed || document.activeElement === this.input || !Number.isFinite(this.present)) return;
    this.input.value = String(Number(this.present.toPrecision(3)));
  }

  _freezeState(meta) {
    this.frozen = isFrozen(meta, this.target);
    const whole = isLayerFrozen(meta, this.target.layer);
    say(this.freeze, this.frozen ? "Unfreeze" : "Freeze");
    this.freeze.setAttribute("aria-pressed", String(this.frozen));
    this.freeze.title = whole ? `All of layer ${this.target.layer} is frozen` : "A frozen weight keeps its value while the rest learns";
  }

  resize() {
    this.sparkline.surface.resize();
  }

  destroy() {
    this.sparkline.destroy();
  }
}
