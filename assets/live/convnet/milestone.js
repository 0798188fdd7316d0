// When 97% of the held-out images were first named right: updates, seconds of compute, and seconds on this browser's clock.

import { number, percent, whole } from "../panels/format.js";
import { element, say } from "../panels/markup.js";
import { themed } from "../panels/surface.js";
import { layersOf } from "./described.js";

const GOAL = 0.97;
const FEW = 100; // held-out images under which 97% is a matter of one or two of them

class MilestonePanel {
  constructor(context) {
    this.context = context;
    this.every = 200;
    this.always = true; // its clock must not stand still while it is off the screen
    this.readings = ["curves/step", "curves/test_accuracy", "curves/seconds"];
    this.text = element("p", { class: "px-milestone-text", role: "status" });
    this.element = element("section", { class: "px-panel px-milestone", "aria-label": "Held-out images named right" }, this.text);
    this.stopTheme = themed(context, this.element);
  }

  draw({ meta, arrays }) {
    this._clock(meta);
    const count = this.context.statics?.meta?.test_examples;
    const accuracy = arrays["curves/test_accuracy"];
    if (!accuracy || !count) return;
    if (count < FEW) return say(this.text, counted(accuracy.at(-1), count, arrays["curves/step"]?.at(-1) ?? meta.step));
    const place = accuracy.findIndex((value) => value >= GOAL);
    say(this.text, place < 0 ? so(accuracy, count, meta) : this._reached(arrays, place, count));
  }

  /** Wall clock of the time in which the run played before this viewer's eyes, from its first update on. */
  _clock(meta) {
    const now = performance.now();
    if (meta.step === 0) Object.assign(this, { whole: true, wall: 0, atGoal: null });
    else if (this.whole === undefined) this.whole = false; // it had begun before this page was there
    if (this.playing && meta.status === "playing") this.wall += now - this.seenAt;
    if (meta.step < this.lastStep) this.whole = meta.step === 0; // gone back: seconds no longer add up
    Object.assign(this, { playing: meta.status === "playing", seenAt: now, lastStep: meta.step });
  }

  _reached(arrays, place, count) {
    const [steps, seconds] = [arrays["curves/step"], arrays["curves/seconds"]];
    if (this.whole && this.atGoal === null) this.atGoal = this.wall / 1000;
    const spent = seconds && Number.isFinite(seconds[place]) ? `, ${number(seconds[place])} s of compute` : "";
    const clock = this.whole && this.atGoal ? `, ${number(this.atGoal)} s on the clock` : "";
    return `${share(arrays["curves/test_accuracy"][place])} of ${whole(count)} held-out images after ${whole(steps[place])} updates${spent}${clock}.`;
  }

  resize() {}

  destroy() {
    this.stopTheme();
  }
}

const share = (value) => `${(100 * value).toFixed(1)}%`;

function so(accuracy, count, { step }) {
  if (!step) return `Test accuracy is measured on ${whole(count)} held-out images; the time at which ${percent(GOAL)} is reached will stand here.`;
  return `So far at most ${share(Math.max(...accuracy))} of ${whole(count)} held-out images; ${percent(GOAL)} has not been reached.`;
}

/** Of few images the count says more than a share, and how far the share may be off: Wilson's interval (1927), 95%. */
export function counted(accuracy, count, step) {
  if (!Number.isFinite(accuracy)) return "No held-out image has been looked at yet.";
  const right = Math.round(accuracy * count);
  const { low, high } = wilson(right, count);
  return `${whole(right)} of ${whole(count)} held-out images are named right after ${whole(step)} updates; with so few, anything from ${percent(low)} to ${percent(high)} is possible (95% interval).`;
}

/** Wilson's score interval for `right` of `count` (doi:10.1080/01621459.1927.10502953). */
export function wilson(right, count, z = 1.96) {
  const share = right / count;
  const middle = (share + z ** 2 / (2 * count)) / (1 + z ** 2 / count);
  const half = (z * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2))) / (1 + z ** 2 / count);
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

export function create(context) {
  return layersOf(context).length ? new MilestonePanel(context) : null;
}
