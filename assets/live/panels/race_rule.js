// The rule of a race, as the person sets it: "The winner is […], counted in […], at […]". Sent at once, while the run goes on.

import { read } from "../controls.js";
import { element, say, show } from "./markup.js";

const SAID = {
  reach: "first to reach a test loss", lowest: "lowest test loss when time is up", updates: "updates", seconds: "compute seconds",
};
const NUMBERS = { race_goal: "Test loss to reach", race_limit: "Time is up after" };

export class RaceRule {
  constructor(context) {
    this.context = context;
    this.values = {};
    this.described = Object.fromEntries((context.data.controls ?? []).map((control) => [control.field, control]));
    this.choices = { race_rule: this._choice("race_rule", "The winner is", ["reach", "lowest"]), race_by: this._choice("race_by", "counted in", ["updates", "seconds"]) };
    this.boxes = Object.fromEntries(Object.keys(NUMBERS).map((field) => [field, this._box(field)]));
    this.unit = element("span", { class: "px-caption" });
    this.boxes.race_limit.label.append(this.unit);
    this.wrong = element("p", { class: "px-wrong", role: "alert" });
    this.wrong.hidden = true;
    const parts = [...Object.values(this.choices), ...Object.values(this.boxes)].map(({ label }) => label);
    this.element = element("div", { class: "px-race-rule", role: "group", "aria-label": "Rule of the race" }, ...parts, this.wrong);
  }

  _choice(field, name, choices) {
    const options = choices.map((choice) => element("option", { value: choice, text: SAID[choice] }));
    const control = element("select", { class: "px-select", title: this.described[field]?.help, onchange: () => this._send(field, control.value) }, ...options);
    return { control, label: element("label", { class: "px-label" }, element("span", { text: name }), control) };
  }

  _box(field) {
    const name = this.described[field]?.label ?? NUMBERS[field];
    const control = element("input", { type: "text", inputmode: "decimal", autocomplete: "off", class: "px-input", title: this.described[field]?.help, onchange: () => this._typed(field, name) });
    return { control, label: element("label", { class: "px-label" }, element("span", { text: name }), control) };
  }

  _typed(field, label) {
    const { control } = this.boxes[field];
    const { value, sentence } = read(control.value, { ...this.described[field], label });
    if (sentence || !(value > 0)) return this._refuse(field, sentence ?? `${label} must be more than 0; the old value stays.`);
    this._send(field, value);
  }

  _refuse(field, sentence) {
    this._say(sentence);
    this.boxes[field].control.value = this.values[field] ?? "";
    this.boxes[field].control.setAttribute("aria-invalid", "true");
  }

  _say(sentence) {
    say(this.wrong, sentence);
    show(this.wrong, sentence !== "");
    for (const { control } of Object.values(this.boxes)) control.setAttribute("aria-invalid", "false");
  }

  _send(field, value) {
    this._say("");
    // Shown as sent until a frame says what the run has.
    this.sent = { [field]: value, since: performance.now() };
    this._shape({ ...this.values, [field]: value });
    this.context.requestChange({ [field]: value });
  }

  /** The values that the run has, except where a person is at work. */
  draw(settings) {
    if (this.sent && performance.now() - this.sent.since < 1000) return;
    this.sent = null;
    this.values = settings;
    for (const [field, { control }] of Object.entries({ ...this.choices, ...this.boxes })) {
      const text = String(settings[field] ?? "");
      if (control !== document.activeElement && control.value !== text && text) control.value = text;
    }
    this._shape(settings);
  }

  /** A goal is of one rule, a limit of the other. */
  _shape({ race_rule: rule = "reach", race_by: by = "updates" }) {
    show(this.boxes.race_goal.label, rule === "reach");
    show(this.boxes.race_limit.label, rule === "lowest");
    say(this.unit, SAID[by]);
  }
}
