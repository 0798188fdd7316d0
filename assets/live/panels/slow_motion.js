// One example in slow motion: forward, loss, backward, update, one moment at a time, with the formula in live numbers.

import { button, element, say, section, show } from "./markup.js";
import { stillMotion } from "./palette.js";
import { neuronName } from "./reading.js";
import { SlowDiagram } from "./slow_diagram.js";
import { SHOWN, explain, moments, title } from "./slow_steps.js";
import { themed } from "./surface.js";

const AUTO = 2500;

class SlowMotionPanel {
  constructor(context) {
    this.context = context;
    this.every = 500;
    this.readings = [];
    this.neuron = 0;
    this._build(context);
    this.stopTheme = themed(context, this.element);
  }

  _build(context) {
    const { root } = section("slow", "One example in slow motion");
    this.example = element("input", { type: "number", min: "0", step: "1", value: "0", class: "px-input", "aria-label": "Training example" });
    this.start = button("Take it apart", () => this._ask());
    this.intro = element("p", { class: "px-note", text: "Takes one training example through a whole update on a copy of the network as it is now." });
    this.status = element("p", { class: "px-status", role: "status" });
    this.diagram = new SlowDiagram(context, (neuron) => this._show(this.at, neuron));
    this.body = element("div", { class: "px-slow-body" }, this._controls(), this.diagram.element, this._text());
    show(this.body, false);
    root.append(element("div", { class: "px-row" }, element("label", { class: "px-label" }, "Example ", this.example), this.start), this.intro, this.status, this.body);
    // Arrows and Space belong to the fields and buttons here, not to the run's toolbar.
    root.addEventListener("keydown", (event) => event.key !== "Escape" && event.target !== root && event.stopPropagation());
    this.element = root;
  }

  _controls() {
    this.previous = button("Previous", () => this._move(-1));
    this.next = button("Next", () => this._move(1));
    this.auto = button("Auto", () => this._toggleAuto(), { "aria-pressed": "false" });
    this.which = element("select", { class: "px-select", "aria-label": "Neuron worked out", onchange: () => this._show(this.at, Number(this.which.value)) });
    this.count = element("span", { class: "px-note" });
    return element("div", { class: "px-row" }, this.previous, this.next, this.auto, this.which, this.count);
  }

  _text() {
    this.heading = element("h4");
    this.general = element("p", { class: "px-formula" });
    this.worked = element("div", { class: "px-worked" });
    this.table = element("table", { class: "px-table" });
    this.more = element("p", { class: "px-note" });
    return element("div", { class: "px-slow-text", "aria-live": "polite" }, this.heading, this.general, this.worked, element("div", { class: "px-sideways" }, this.table), this.more);
  }

  async _ask() {
    const example = this.example.valueAsNumber;
    if (!Number.isInteger(example) || example < 0) return say(this.status, "Give the number of a training example: 0 or more.");
    say(this.status, "Working it out…");
    try {
      this.answer = await this.context.ask("slow_motion", { example });
    } catch (error) {
      return say(this.status, error?.message || "The service did not answer; try again.");
    }
    say(this.status, "");
    say(this.start, "Take it apart again");
    this.moments = moments(this.answer);
    this.counts = [this.answer.inputs.length, ...this.answer.layers.map(({ z }) => z.length)];
    show(this.body, true);
    this._show(0, 0);
  }

  _move(by) {
    const at = Math.max(0, Math.min(this.moments.length - 1, this.at + by));
    this._show(at, Math.min(this.neuron, this.counts[this.moments[at].layer] - 1));
  }

  _toggleAuto() {
    const on = !this.timer;
    this._stop();
    if (!on) return;
    this.auto.setAttribute("aria-pressed", "true");
    if (this.at === this.moments.length - 1) this._show(0, 0);
    this.timer = setInterval(() => (this.at === this.moments.length - 1 ? this._stop() : this._move(1)), stillMotion() ? AUTO * 2 : AUTO);
  }

  _stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.auto.setAttribute("aria-pressed", "false");
  }

  _show(at, neuron) {
    this.at = at;
    const moment = this.moments[at];
    const shown = Math.min(this.counts[moment.layer], moment.kind === "loss" ? 10 : SHOWN);
    this.neuron = Math.min(neuron, shown - 1);
    const last = this.counts.length - 1;
    const names = (layer, index) => neuronName(this.context, layer, index);
    const { general, worked, table, more } = explain(this.answer, moment, this.neuron, names);
    say(this.heading, title(moment, last));
    say(this.general, general);
    this.worked.replaceChildren(...worked.map((line) => element("p", { text: line })));
    this._fill(table);
    say(this.more, more > SHOWN ? `The first ${SHOWN} of ${more} are shown.` : "");
    say(this.count, `${at + 1} of ${this.moments.length}`);
    this._choices(moment, shown, names);
    this.previous.disabled = at === 0;
    this.next.disabled = at === this.moments.length - 1;
    this.diagram.draw({ counts: this.counts, moment, neuron: this.neuron });
  }

  _fill({ head, rows }) {
    const cells = (tag, texts) => texts.map((text, i) => element(tag, { class: i ? "px-number" : "", text }));
    this.table.replaceChildren(
      element("thead", {}, element("tr", {}, cells("th", head))),
      element("tbody", {}, rows.map((row, i) => element("tr", { class: i === this.neuron && head[0] === "neuron" ? "px-current" : "" }, cells("td", row)))),
    );
  }

  _choices({ kind, layer }, shown, names) {
    const useful = kind !== "inputs" && kind !== "loss" && shown > 1;
    show(this.which, useful);
    if (!useful) return;
    this.which.replaceChildren(...Array.from({ length: shown }, (_, j) => element("option", { value: String(j), text: names(layer, j) })));
    this.which.value = String(this.neuron);
  }

  /** The answer belongs to a run that is gone once the network changes. */
  draw() {
    if (this.known && this.known !== this.context.statics) {
      this._stop();
      this.answer = null;
      show(this.body, false);
      say(this.start, "Take it apart");
    }
    this.known = this.context.statics;
  }

  resize() {
    this.diagram.surface.resize();
  }

  destroy() {
    this._stop();
    this.stopTheme();
    this.diagram.destroy();
  }
}

export function create(context) {
  return new SlowMotionPanel(context);
}
