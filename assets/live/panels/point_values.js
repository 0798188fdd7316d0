// What every neuron makes of one point: a table beside the numbers on the network, for the place pointed at and the pinned ones.

import { button, element, say, section } from "./markup.js";
import { neuronValuesOf, samePlace } from "./neuron_values.js";
import { MOST_PINS, pinsOf } from "./pins.js";
import { PointNearest } from "./point_nearest.js";
import { PointTable, placed } from "./point_table.js";
import { isPlane, sizes } from "./reading.js";
import { themed } from "./surface.js";

const EXTENT = 6;

class PointValuesPanel {
  constructor(context) {
    this.context = context;
    this.title = "One point";
    this.every = 120;
    this.readings = [];
    this.pins = pinsOf(context);
    this.values = neuronValuesOf(context);
    this._build(context);
    this.stopTheme = themed(context, this.element);
    this.stopValues = this.values.watch(() => this._changed());
    this._show();
  }

  _build(context) {
    const { root } = section("point-values", "What every neuron makes of one point");
    this.note = element("p", { class: "px-note" });
    this.table = new PointTable(context, MOST_PINS);
    this.chips = element("div", { class: "px-pins", role: "group", "aria-label": "Pinned places" });
    this.nearest = new PointNearest(context);
    this.status = element("p", { class: "px-status", role: "status" });
    root.append(this.note, this._form(), this.chips, this.table.element, this.nearest.element);
    // Arrows and Space belong to the fields and buttons here, not to the run's toolbar.
    root.addEventListener("keydown", (event) => event.key !== "Escape" && event.target !== root && event.stopPropagation());
    this.element = root;
  }

  _form() {
    const box = (name) => element("input", { type: "number", step: "any", min: String(-EXTENT), max: String(EXTENT), class: "px-input", "aria-label": `${name} of a place to pin` });
    [this.x, this.y] = [box("x"), box("y")];
    const label = (text, input) => element("label", { class: "px-label" }, text, input);
    const form = element("form", { class: "px-place", novalidate: true, onsubmit: (event) => this._pin(event) },
      label("x", this.x), label("y", this.y), element("button", { type: "submit", class: "px-button" }, "Pin"), this.status);
    return form;
  }

  _pin(event) {
    event.preventDefault();
    const [x, y] = [this.x.valueAsNumber, this.y.valueAsNumber];
    const within = (value) => Number.isFinite(value) && Math.abs(value) <= EXTENT;
    for (const [box, value] of [[this.x, x], [this.y, y]]) box.setAttribute("aria-invalid", String(!within(value)));
    if (!within(x) || !within(y)) return this._refuse("Give x and y as numbers from −6 to 6.");
    say(this.status, this.pins.list.length === MOST_PINS ? `Four places are held at most: the oldest was let go.` : "");
    this.pins.add({ x, y });
  }

  _refuse(sentence) {
    say(this.status, sentence);
    this.status.scrollIntoView({ block: "nearest" });
  }

  /** Values come up to a dozen times a second; the table is written once a painted frame at most. */
  _changed() {
    this.asked ??= requestAnimationFrame(() => {
      this.asked = null;
      this._show();
    });
  }

  _show() {
    const { here, pinned, back, sentence } = this.values;
    this.table.fill(back ? null : here, back ? pinned.map(({ x, y }) => ({ x, y })) : pinned);
    say(this.note, back ? "The timeline shows the past; values are asked of the network as it is now." : sentence || "Point at the output field, or pin places of it: the numbers on the network's neurons and in this table are their values there.");
    this._chips(pinned);
    const chosen = Math.max(0, pinned.findIndex((pin) => samePlace(pin, this.values.chosen)));
    this.nearest.take(pinned[chosen] ?? null, chosen);
  }

  /** Made anew only when the pins change, so that the focus stays where it is. */
  _chips(pinned) {
    const key = JSON.stringify(pinned.map(({ x, y }) => [x, y]));
    if (key !== this.key) {
      const held = this.chips.contains(document.activeElement);
      this.key = key;
      this.chips.replaceChildren(...(pinned.length ? pinned.map((pin, i) => this._chip(pin, i)) : [element("span", { class: "px-note", text: "No place is pinned." })]));
      if (held) (this.chips.querySelector("button") ?? this.x).focus();
    }
    this.chips.querySelectorAll("[aria-pressed]").forEach((chip, i) => chip.setAttribute("aria-pressed", String(samePlace(pinned[i], this.values.chosen))));
  }

  _chip(pin, i) {
    const shows = button(`${i + 1}: ${placed(pin)}`, () => this.values.choose(pin), { "aria-pressed": "false", title: "Show its values on the network" });
    const go = button("Let go", () => this.pins.remove(i), { "aria-label": `Let go of pin ${i + 1}` });
    return element("span", { class: "px-pin" }, shows, go);
  }

  draw(frame) {
    this.values.seen(frame, true);
    this.nearest.seen(frame);
  }

  resize() {}

  destroy() {
    cancelAnimationFrame(this.asked);
    this.stopValues();
    this.stopTheme();
    this.nearest.destroy();
    this.table.destroy();
  }
}

export function create(context) {
  return sizes(context) && isPlane(context) ? new PointValuesPanel(context) : null;
}
