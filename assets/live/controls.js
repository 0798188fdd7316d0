// Controls of a running run: its rates and when it stops. Changes go over the socket; nothing is started anew.

import { element, say, show } from "./panels/markup.js";

const STEPS = 200;
const IN_SIGHT = 1;
const SEND_GAP = 80; // ms between two changes sent while a slider is dragged

/** A number from 0 to STEPS for a value, and back; on a log scale 0 itself has a place of its own below the decades. */
export function scale({ minimum, maximum, scale: kind }) {
  if (kind !== "log") {
    const span = maximum - minimum;
    return { position: (value) => (STEPS * (value - minimum)) / span, value: (position) => tidy(minimum + (span * position) / STEPS) };
  }
  const zero = minimum <= 0;
  const floor = zero ? maximum * 1e-6 : minimum;
  const decades = Math.log(maximum / floor);
  return {
    position: (value) => (value <= 0 ? 0 : Math.max(zero ? 1 : 0, (STEPS * Math.log(value / floor)) / decades)),
    value: (position) => (zero && position <= 0 ? 0 : Math.min(maximum, Math.max(minimum, tidy(floor * Math.exp((decades * position) / STEPS))))),
  };
}

const tidy = (value) => Number(value.toPrecision(2));

/** A number as a person typed it, or the sentence that says what is wrong with it. */
export function read(text, control, optional) {
  const written = text.trim().replace(",", ".").replace("−", "-");
  if (written === "" && optional) return { value: null };
  const value = Number(written);
  const { label, minimum, maximum, unit } = control;
  const [least, most] = [minimum ?? -Infinity, maximum ?? Infinity];
  if (written !== "" && Number.isFinite(value) && value >= least && value <= most) return { value };
  const bounds = Number.isFinite(least) && Number.isFinite(most) ? `between ${least} and ${most}` : Number.isFinite(least) ? `at least ${least}` : `at most ${most}`;
  return { sentence: `${label} must be a number ${bounds}${unit ? ` ${unit}` : ""}; the old value stays.` };
}

class NumberControl {
  constructor(control, optional, change) {
    Object.assign(this, { control, optional, change });
    const id = `px-${control.field}`;
    const bounded = Number.isFinite(control.minimum) && Number.isFinite(control.maximum) && !optional;
    this.scale = bounded ? scale(control) : null;
    this.box = element("input", { type: "text", inputmode: "decimal", id, class: "px-input", title: control.help, "aria-describedby": `${id}-help ${id}-wrong`, autocomplete: "off", placeholder: optional ? "never" : null });
    this.box.addEventListener("change", () => this._typed());
    this.range = bounded ? element("input", { type: "range", min: 0, max: STEPS, step: 1, class: "px-range", "aria-label": `${control.label} slider`, title: control.help, "aria-describedby": `${id}-help` }) : null;
    this.range?.addEventListener("input", () => this._slid());
    this.wrong = element("p", { class: "px-wrong", id: `${id}-wrong`, role: "alert" });
    this.wrong.hidden = true;
    const limits = bounded ? ` From ${control.minimum} to ${control.maximum}${control.unit ? ` ${control.unit}` : ""}.` : "";
    this.element = element(
      "div", { class: "px-control" },
      element("label", { for: id, class: "px-name", title: control.help, text: control.label }),
      this.range,
      element("span", { class: "px-entry" }, this.box, control.unit ? element("span", { class: "px-unit", text: control.unit }) : null),
      element("span", { class: "px-hidden", id: `${id}-help`, text: `${control.help}${limits}` }),
      this.wrong,
    );
  }

  set(value) {
    this.value = value;
    this.box.value = value === null || value === undefined ? "" : String(value);
    if (!this.range || value === null || value === undefined) return;
    this.range.value = Math.round(this.scale.position(value));
    this.range.setAttribute("aria-valuetext", `${value}${this.control.unit ? ` ${this.control.unit}` : ""}`);
  }

  refuse(sentence) {
    this.set(this.value);
    this._say(sentence);
  }

  _say(sentence) {
    say(this.wrong, sentence);
    show(this.wrong, sentence !== "");
    this.box.setAttribute("aria-invalid", String(sentence !== ""));
  }

  _typed() {
    const { value, sentence } = read(this.box.value, this.control, this.optional);
    if (sentence) return this.refuse(sentence);
    this._say("");
    this.change(value, 0);
  }

  _slid() {
    this._say("");
    this.change(this.scale.value(Number(this.range.value)), SEND_GAP);
  }
}

class ChoiceControl {
  constructor(control, _, change) {
    const id = `px-${control.field}`;
    const choices = control.choices.map((choice) => element("option", { value: choice, text: String(choice) }));
    this.select = element("select", { id, class: "px-select", title: control.help, onchange: () => change(this.select.value, 0) }, ...choices);
    this.wrong = element("p", { class: "px-wrong", role: "alert" });
    this.element = element("div", { class: "px-control" }, element("label", { for: id, class: "px-name", text: control.label }), this.select, this.wrong);
  }

  set(value) {
    this.value = value;
    this.select.value = value;
  }

  refuse(sentence) {
    this.set(this.value);
    say(this.wrong, sentence);
  }
}

/** `set(values)` sends a change and resolves once it is applied; rejects with the service's sentence. */
export class Controls {
  constructor(set) {
    this.set = set;
    this.every = 100;
    this.readings = [];
    this.fields = new Map();
    this.element = element("div", { class: "px-controls" });
  }

  /** Builds the controls; again only when their description changed. */
  describe(controls, spec, defaults) {
    const text = JSON.stringify(controls);
    if (text !== this.described) this._build(controls, spec, defaults);
    this.described = text;
    this.show(spec);
  }

  draw(frame) {
    if (frame.meta.settings) this.show(frame.meta.settings);
  }

  /** Shows these values, except where a person is at work. */
  show(values) {
    for (const [field, entry] of this.fields) {
      const busy = entry.sending || entry.pending !== undefined || entry.shown.element.contains(document.activeElement);
      if (field in values && values[field] !== entry.shown.value && !busy) entry.shown.set(values[field]);
    }
  }

  _build(controls, spec, defaults) {
    this.fields.clear();
    for (const control of controls.filter(({ elsewhere }) => !elsewhere)) {
      const Kind = control.kind === "choice" ? ChoiceControl : NumberControl;
      const optional = defaults[control.field] === null || defaults[control.field] === undefined;
      const entry = { pending: undefined, sending: false, timer: null };
      entry.shown = new Kind(control, optional, (value, gap) => this._change(control.field, entry, value, gap));
      this.fields.set(control.field, entry);
    }
    const all = [...this.fields.values()].map((entry) => entry.shown.element);
    const rest = all.slice(IN_SIGHT);
    const more = rest.length ? [element("details", { class: "px-further" }, element("summary", { class: "px-quiet", text: "More" }), element("div", { class: "px-further-list" }, ...rest))] : [];
    this.element.replaceChildren(...all.slice(0, IN_SIGHT), ...more);
  }

  // The newest value only, one request at a time: a slider makes more values than a run needs to see.
  _change(field, entry, value, gap) {
    entry.before ??= { value: entry.shown.value };
    entry.shown.set(value);
    entry.pending = value;
    if (!entry.sending) entry.timer ??= setTimeout(() => this._send(field, entry), gap);
  }

  async _send(field, entry) {
    entry.timer = null;
    entry.sending = true;
    const [value, before] = [entry.pending, entry.before];
    entry.pending = entry.before = undefined;
    try {
      await this.set({ [field]: value });
    } catch (error) {
      entry.shown.value = before.value;
      entry.shown.refuse(error.message);
    }
    entry.sending = false;
    if (entry.pending !== undefined) this._send(field, entry);
  }
}
