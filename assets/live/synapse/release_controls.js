// What may be set in Release and step: the events, the synapse, the step rules. Only what the present choice uses is shown.

import { Choice, Slider } from "../perception/fields.js";
import { button, element, say, show } from "../panels/markup.js";

export const SHARED = ["rate_hz", "second_rate_hz", "events", "pause_ms"];
export const BRAIN = ["use", "recovery_ms", "facilitation_ms", "sites", "quantal_mv", "response_ms"];
export const NETWORK = ["surge", "spread", "learning_rate", "momentum", "beta_1", "beta_2"];
const NEEDS = {
  rate_hz: ({ train }) => train !== "own",
  second_rate_hz: ({ train }) => train === "step",
  events: ({ train }) => train !== "own",
  pause_ms: ({ train }) => train === "recovery",
  surge: ({ gradients }) => gradients === "surge",
  spread: ({ gradients }) => gradients === "noisy",
};
const NEAR_ONE = new Set(["momentum", "beta_1", "beta_2"]);

class WholeSlider extends Slider {
  _take(value) {
    super._take(Math.round(value));
  }
}

/** Even steps of log(1 − value): 0.9, 0.99 and 0.999 are as far from each other. */
class NearOneSlider extends Slider {
  _at(share) {
    return 1 - (1 - this.high) ** share;
  }

  _share(value) {
    return Math.log(1 - value) / Math.log(1 - this.high);
  }
}

export class Controls {
  /** `changed(changes)` is told of every move of a hand; `times()` → the present train, which one's own begins with. */
  constructor(told, spec, { changed, times }) {
    Object.assign(this, { told, changed, times });
    this.sliders = Object.fromEntries([...SHARED, ...BRAIN, ...NETWORK].map((name) => [name, this._slider(name, spec[name])]));
    this.trains = new Choice("Events", told.trains, ({ name }) => this._train(name));
    this.gradients = new Choice("Gradients", told.gradients, ({ name }) => changed({ gradients: name }));
    this.draw = button("Draw anew", () => changed({ seed: (this.spec.seed + 1) % 10000 }), { class: "px-button px-quiet", title: "Other random numbers for vesicles, random spikes and noise" });
    this.own = this._own();
    this.events = row("Events", this.trains.element, ...this._of(SHARED), this.own, this.draw);
    this.synapse = row("Synapse", ...this._of(BRAIN));
    this.weight = row("Gradients and step rules", this.gradients.element, ...this._of(NETWORK));
    this.set(spec);
  }

  /** Everything as the spec has it, without telling anyone. */
  set(spec) {
    this.spec = spec;
    for (const [name, slider] of Object.entries(this.sliders)) {
      if (slider.value !== spec[name]) slider.set(spec[name]);
      show(slider.element, NEEDS[name]?.(spec) ?? true);
    }
    this.trains.mark(spec.train);
    this.gradients.mark(spec.gradients);
    show(this.own, spec.train === "own");
    if (document.activeElement !== this.typed) this.typed.value = spec.spikes.map(plain).join(", ");
  }

  _of(names) {
    return names.map((name) => this.sliders[name].element);
  }

  _slider(name, value) {
    const known = this.told.fields[name];
    const Kind = known.whole ? WholeSlider : NEAR_ONE.has(name) ? NearOneSlider : Slider;
    return new Kind(name, known, value, (moved) => this.changed({ [name]: moved }), { log: known.log });
  }

  _train(name) {
    const taken = name === "own" && this.spec.train !== "own" ? this.times() : null;
    this.changed(taken ? { train: name, spikes: taken } : { train: name });
  }

  _own() {
    const { events, longest_ms: longest, closest_ms: closest } = this.told.limits;
    const help = `In ms, rising, with commas: 2 to ${events} of them, from 0 to ${longest}, at least ${closest} ms apart.`;
    this.typed = element("input", { type: "text", class: "px-input pxre-typed", "aria-label": "Times of your spikes, ms", "aria-describedby": "pxre-typed-help", autocomplete: "off", spellcheck: "false" });
    this.told_own = element("span", { class: "px-note", id: "pxre-typed-help", role: "status", text: help });
    this.typed.addEventListener("change", () => this._typed(help));
    return element("span", { class: "pxre-own" }, element("label", { class: "pxre-label" }, element("span", { class: "px-name", text: "Times of your spikes, ms" }), this.typed), this.told_own);
  }

  _typed(help) {
    const wrong = fault(this.typed.value, this.told.limits);
    say(this.told_own, wrong || help);
    this.told_own.classList.toggle("pxp-fault", wrong !== "");
    this.typed.setAttribute("aria-invalid", String(wrong !== ""));
    if (!wrong) this.changed({ spikes: read(this.typed.value) });
  }
}

export function read(text) {
  return text.split(/[,;\s]+/).filter((part) => part !== "").map(Number);
}

/** What is wrong with a typed train, in one sentence; empty if nothing is. */
export function fault(text, { events, longest_ms: longest, closest_ms: closest }) {
  const times = read(text);
  if (times.some((time) => !Number.isFinite(time))) return "Only numbers with commas between are understood, such as 0, 20, 40.5.";
  if (times.length < 2 || times.length > events) return `There are ${times.length} spikes; 2 to ${events} are allowed.`;
  if (times.some((time) => time < 0 || time > longest)) return `Spikes lie between 0 and ${longest} ms.`;
  const late = times.findIndex((time, i) => i > 0 && time - times[i - 1] < closest);
  return late > 0 ? `Spikes rise and stand at least ${closest} ms apart; ${plain(times[late])} follows ${plain(times[late - 1])}.` : "";
}

const plain = (value) => String(Number(Number(value).toPrecision(6)));

function row(label, ...children) {
  return element("div", { class: "pxp-controls", role: "group", "aria-label": label }, children);
}
