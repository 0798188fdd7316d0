// The curve of change against Δt: it is drawn point by point, and the chosen Δt is a handle on it that a hand or the arrow keys move.

import { number, signed } from "../panels/format.js";
import { element, say, section, show } from "../panels/markup.js";
import { Chart } from "./protocol_chart.js";
import { SHORT, inPercent, labelled, modelCurve, stepped, ticksOf } from "./protocol_models.js";
import { Names } from "./protocol_names.js";
import { change as written } from "./protocol_words.js";

const WIDEST = 100; // ms

export class Curve {
  /** `moved(delta)`: a hand chose this Δt (ms). */
  constructor(context, moved) {
    Object.assign(this, { context, moved, delta: 0, until: Infinity });
    const axes = { x: { low: -WIDEST, high: WIDEST, ticks: ticksOf(-WIDEST, WIDEST, 8), label: "Δt, post minus pre, ms" }, y: { low: -50, high: 50, ticks: ticksOf(-50, 50), label: "change of strength, %", signed: true } };
    this.names = new Names();
    this.chart = new Chart(context, "Change of strength against the interval between the spikes", axes, { height: 310, names: this.names });
    this.handle = element("button", { type: "button", class: "pxs-handle", role: "slider", "aria-label": "Interval Δt", "aria-valuemin": -WIDEST, "aria-valuemax": WIDEST, title: "Drag, or arrow keys; with Shift by 10 ms" });
    this.frame = element("div", { class: "pxs-framed" }, this.chart.element, this.handle);
    this.note = element("p", { class: "px-note" });
    const { root, aside } = section("stdp", "Change against Δt", "drag the handle");
    this.aside = aside;
    root.append(this.frame, this.note);
    this.element = root;
    this._drag();
    this.observer = new ResizeObserver(() => this._stand());
    this.observer.observe(this.frame);
  }

  get count() { return this.answer?.arrays.delta_ms.length ?? 41; }

  _drag() {
    const move = (event) => {
      const { left, right } = this.chart.box;
      const share = (event.clientX - this.frame.getBoundingClientRect().left - left) / (right - left);
      this._take(share * 2 * WIDEST - WIDEST);
    };
    this.frame.addEventListener("pointerdown", (event) => {
      if (this.handle.disabled || event.button > 0) return;
      this.frame.setPointerCapture(event.pointerId);
      event.preventDefault();
      this.handle.focus({ preventScroll: true });
      move(event);
    });
    this.frame.addEventListener("pointermove", (event) => this.frame.hasPointerCapture(event.pointerId) && move(event));
    this.handle.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
      const to = { Home: -WIDEST, End: WIDEST }[event.key] ?? (by === undefined ? null : this.delta + by * (event.shiftKey ? 10 : 1));
      if (to === null) return;
      event.preventDefault();
      event.stopPropagation();
      this._take(to);
    });
  }

  _take(delta) {
    const whole = Math.round(Math.min(WIDEST, Math.max(-WIDEST, delta)));
    if (whole === this.delta) return;
    this.place(whole, true);
    this.moved(whole);
  }

  /** The chosen Δt; `movable` false: the protocol has none, and `instead` says so. */
  place(delta, movable, instead = "") {
    this.delta = delta;
    this.handle.disabled = !movable;
    show(this.handle, movable);
    this.handle.setAttribute("aria-valuenow", String(delta));
    this.handle.setAttribute("aria-valuetext", `${signed(delta)} ms`);
    say(this.aside, movable ? "drag the handle, or use its arrow keys" : instead);
    this.frame.classList.toggle("pxs-movable", movable);
    this._draw();
  }

  answered(answer, protocol) {
    this.answer = answer;
    this.curves = null;
    const all = Object.entries(answer.arrays).filter(([name]) => name.endsWith("/change")).flatMap(([, values]) => [...inPercent(values)]);
    const { low, high } = stepped(all);
    Object.assign(this.chart.axes.y, { low, high, ticks: ticksOf(low, high) });
    const { pairs, bursts, rate_hz } = answer.result;
    const how = bursts > 1 ? `${bursts} bursts of ${pairs} pairs` : `${pairs} pairs`;
    const period = 1000 / rate_hz;
    const again = pairs > 1 && period < WIDEST ? ` Pairs come every ${number(period)} ms, so a larger Δt brings a spike near the next pair’s, and the curve repeats.` : "";
    say(this.note, `Each point is a whole protocol: ${how} at ${number(rate_hz)} Hz.${again}${protocol ? "" : " The protocol above is another one; this curve is for pairs."}`);
    this._draw();
  }

  theme() {
    this.curves = null;
    this._draw();
  }

  /** Draws the curve up to its point `index`; Infinity: all of it. */
  upTo(index) {
    this.until = index;
    this._draw();
  }

  /** [{name, change}] of every model at point `index`. */
  at(index) {
    const { arrays, result } = this.answer;
    return result.models.map(({ name }) => ({ name, change: arrays[`${name}/change`][index] }));
  }

  says(index) {
    if (!this.answer) return "";
    const delta = this.answer.arrays.delta_ms[index];
    return `Δt ${signed(delta)} ms: ${this.at(index).map(({ name, change }) => `${SHORT[name]} ${written(change)}`).join(", ")}`;
  }

  _draw() {
    if (this.answer) {
      const { arrays, result } = this.answer;
      this.curves ??= result.models.map(({ name }) => modelCurve(name, this.context.colours, arrays.delta_ms, inPercent(arrays[`${name}/change`]), { label: labelled(name, result) }));
      const until = Number.isFinite(this.until) ? arrays.delta_ms[this.until] : Infinity;
      this.chart.show(this.curves.map((curve) => ({ ...curve, until })), { at: this.handle.hidden ? null : { x: this.delta } });
      if (!Number.isFinite(this.until)) this.chart.words(result.sentences?.join(" ") ?? "");
    }
    this._stand();
  }

  _stand() {
    const { left, right, bottom } = this.chart.box;
    this.handle.style.left = `${left + ((this.delta + WIDEST) / (2 * WIDEST)) * (right - left)}px`;
    this.handle.style.top = `${bottom}px`;
  }

  destroy() {
    this.observer.disconnect();
    this.chart.destroy();
  }
}
