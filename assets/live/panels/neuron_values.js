// The value of every neuron at the place that is pointed at and at the pinned places: asked once for all panels of a view.

import { NewestAsk } from "./newest_ask.js";
import { pinsOf } from "./pins.js";
import { isPlane } from "./reading.js";

const HERE_EVERY = 84; // ms: twelve questions a second for what the pointer is at
const PINS_EVERY = 250; // ms between two rounds of questions for the pins
const kept = new WeakMap(); // by `select`, as for the pins

export const samePlace = (a, b) => Boolean(a && b && a.x === b.x && a.y === b.y);

class NeuronValues {
  constructor(context) {
    this.context = context;
    this.pins = pinsOf(context);
    this.handlers = new Set();
    this.here = null; // {x, y, layers | null, step}
    this.pinned = []; // the same for each pin
    this.chosen = null; // the pin whose values stand on the network while nothing is pointed at
    this.asker = new NewestAsk(context, "neuron_values", HERE_EVERY, (answer, place) => this._took(answer, place), (sentence) => this._failed(sentence));
    this.begun = -Infinity;
    context.on?.("point", (place) => this._point(place));
    this.pins.watch((list) => this._pins(list));
    this._pins(this.pins.list);
  }

  /** Calls `handler` at every change of a place or a value; returns how to stop. */
  watch(handler) {
    this.handlers.add(handler);
    return () => this.handlers.delete(handler);
  }

  /** What stands on the network's neurons: {x, y, layers} or null. */
  shown() {
    if (this.back) return null;
    return this.here ?? this.pinned.find((pin) => samePlace(pin, this.chosen)) ?? null;
  }

  choose(pin) {
    this.chosen = samePlace(pin, this.chosen) ? null : pin;
    this._tell();
  }

  /** A frame was drawn. While the run stands still each comes with a change; earlier ones are the timeline's. `all`: the pins are in view too. */
  seen({ meta }, all) {
    if (this.known !== this.context.statics) this._renewed();
    const sequence = meta.sequence ?? meta.step;
    this.newest = Math.max(this.newest ?? sequence, sequence);
    const back = sequence < this.newest;
    if (back !== this.back) {
      this.back = back;
      this._tell();
    }
    if (back) return;
    if (this.here && this.here.moment !== this.newest) this._askHere();
    const due = performance.now() - this.begun >= PINS_EVERY;
    if ((all || this.chosen) && due && this.pinned.some((pin) => pin.moment !== this.newest)) this._askPins();
  }

  /** A new run: the values of the old one are gone, the places stay. */
  _renewed() {
    this.known = this.context.statics;
    this.newest = null;
    this.begun = -Infinity;
    for (const place of [this.here, ...this.pinned]) if (place) place.layers = place.moment = null;
  }

  _point(place) {
    if (!place) {
      if (!this.here) return;
      this.here = null;
      this.asker.drop();
      return this._tell();
    }
    const { x, y } = place;
    // The last place's values stay until this one's have come: numbers that blink cannot be read.
    this.here = { x, y, layers: this.here?.layers ?? null, at: this.here?.at ?? null, moment: null };
    this._askHere();
    this._tell();
  }

  _askHere() {
    this.here.moment = this.newest;
    this.asker.want({ x: this.here.x, y: this.here.y });
  }

  _took({ layers }, { x, y }) {
    if (!this.here) return;
    Object.assign(this.here, { layers, at: { x, y } });
    this.sentence = "";
    this._tell();
  }

  _pins(list) {
    const before = this.pinned;
    this.pinned = list.map((pin) => before.find((old) => samePlace(old, pin)) ?? { ...pin, layers: null, moment: null });
    const fresh = this.pinned.find((pin) => !before.includes(pin));
    if (fresh) this.chosen = fresh;
    if (!this.pinned.some((pin) => samePlace(pin, this.chosen))) this.chosen = null;
    if (fresh) this._askPins();
    this._tell();
  }

  /** One after another, and once more where a pin came meanwhile. */
  async _askPins() {
    this.begun = performance.now();
    this.again = true;
    if (this.asking) return;
    this.asking = true;
    while (this.again) {
      this.again = false;
      for (const pin of [...this.pinned]) await this._askPin(pin);
    }
    this.asking = false;
    this._tell();
  }

  async _askPin(pin) {
    if (!isPlane(this.context) || (pin.layers && pin.moment === this.newest)) return;
    pin.moment = this.newest;
    try {
      const { layers } = await this.context.ask("neuron_values", { x: pin.x, y: pin.y });
      Object.assign(pin, { layers, at: { x: pin.x, y: pin.y } });
      this.sentence = "";
    } catch (error) {
      this._failed(error?.message || "The service did not answer; try again.");
    }
  }

  _failed(sentence) {
    this.sentence = sentence;
    this._tell();
  }

  _tell() {
    for (const handler of this.handlers) handler(this);
  }
}

export function neuronValuesOf(context) {
  if (!kept.has(context.select)) kept.set(context.select, new NeuronValues(context));
  return kept.get(context.select);
}
