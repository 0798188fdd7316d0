// Numbers of a spec as sliders with their value and unit, and starts as buttons.

import { number, whole } from "../panels/format.js";
import { element, say, show } from "../panels/markup.js";

const STEPS = 200;

/** One field: `set(value)` moves it without telling, `changed(value)` is told of every move. */
export class Slider {
  constructor(name, { title, help, low, high, unit, whole = false }, value, changed, { log = false } = {}) {
    Object.assign(this, { name, low, high, unit, log, whole });
    this.range = element("input", { type: "range", class: "px-range", min: 0, max: STEPS, step: 1, "aria-label": title, title: help, "data-field": name });
    this.shown = element("output", { class: "pxp-value" });
    this.range.addEventListener("input", () => { this._take(this._at(Number(this.range.value) / STEPS)); changed(this.value); });
    this.element = element("label", { class: "pxp-slider", title: help }, element("span", { class: "px-name", text: title }), this.range, this.shown);
    this.set(value);
  }

  set(value) {
    this._take(Math.min(this.high, Math.max(this.low, value)));
    this.range.value = String(Math.round(STEPS * this._share(this.value)));
  }

  /** Another upper bound: a value beyond it comes down to it. */
  bound(high) {
    this.high = high;
    this.set(this.value);
  }

  _take(value) {
    this.value = this.whole ? Math.round(value) : Number(Number(value).toPrecision(3));
    const words = `${this.whole ? whole(this.value) : number(this.value)}${this.unit ? ` ${this.unit}` : ""}`;
    say(this.shown, words);
    this.range.setAttribute("aria-valuetext", words);
  }

  _at(share) {
    return this.log ? this.low * (this.high / this.low) ** share : this.low + share * (this.high - this.low);
  }

  _share(value) {
    return this.log ? Math.log(value / this.low) / Math.log(this.high / this.low) : (value - this.low) / (this.high - this.low);
  }
}

/** Buttons of which one is pressed; `chosen(item)`. */
export class Choice {
  constructor(label, items, chosen) {
    this.items = items;
    this.buttons = items.map((item) => element("button", { type: "button", class: "px-button", "aria-pressed": "false", title: item.sentence ?? null, "data-choice": item.name, onclick: () => chosen(item) }, item.title));
    this.element = element("div", { class: "pxp-choice", role: "group", "aria-label": label }, this.buttons);
  }

  mark(name) {
    this.buttons.forEach((made, i) => made.setAttribute("aria-pressed", String(this.items[i].name === name)));
  }
}

/** Text of a spec's value as the address holds it. */
export function text(value) {
  return typeof value === "number" ? String(Number(value.toPrecision(4))) : String(value);
}

/** {field: text} of those that differ from the defaults. */
export function differing(spec, defaults, names) {
  return Object.fromEntries(names.filter((name) => spec[name] !== defaults[name]).map((name) => [name, text(spec[name])]));
}

/** Rows as CSV; numbers with six significant digits, as the arrays hold no more. */
export function csv(rows) {
  return rows.map((row) => row.map((cell) => (typeof cell === "number" ? Number(cell.toPrecision(6)) : cell)).map((cell) => (/[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell)).join(",")).join("\n");
}

/** A sentence that stays until it is emptied: what went wrong in a part. */
export function faultLine() {
  const line = element("p", { class: "pxp-fault", role: "alert", hidden: true });
  return { element: line, say: (sentence) => { say(line, sentence); show(line, sentence !== ""); } };
}

/** A chart or a picture as the export menu takes it. */
export function exported(name, title, drawn) {
  const panel = { name, title, element: drawn.element, image: () => drawn.image() };
  if (drawn.svg) panel.svg = () => drawn.svg();
  return { panel, host: drawn.element };
}
