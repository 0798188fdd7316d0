// The pictures in words, for people who do not see them: step, loss, and the layer that matters now.

import { element, say } from "./panels/markup.js";
import { number, whole } from "./panels/format.js";

export class Announcer {
  constructor() {
    this.every = 5000;
    this.readings = ["layers/delta_magnitude"];
    this.element = element("p", { class: "px-hidden", role: "status", "aria-live": "polite" });
  }

  /** What was said of another run is no longer true. */
  draw(frame) {
    const { step } = frame.meta;
    const anew = this.step === undefined || step < this.step;
    this.step = step;
    if (anew) this.element.textContent = "";
    say(this.element, described(frame));
  }
}

/** One or two sentences on a frame. */
export function described({ meta, arrays }) {
  const losses = `training loss ${number(meta.train_loss)}, test loss ${number(meta.test_loss)}`;
  return `Step ${whole(meta.step)}, ${losses}. ${matters(meta, arrays["layers/delta_magnitude"])}`.trim();
}

// A finding names its layer; without one, the layer that the smallest error reaches is the one that learns slowest.
function matters(meta, deltas) {
  const finding = meta.health?.[0];
  if (finding) return finding.sentence;
  if (!deltas || deltas.length < 2) return "";
  const least = deltas.indexOf(Math.min(...deltas));
  if (least < 0) return "";
  const name = least === deltas.length - 1 ? "The output layer" : `Layer ${least + 1}`;
  return `${name} receives the smallest error, ${number(deltas[least])} on average.`;
}
