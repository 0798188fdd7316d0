// An endless regular train: what each spike releases, and what all spikes of a second release, against the rate. A handle at the
// present rate is dragged, or moved with the arrow keys.

import { number } from "../panels/format.js";
import { element } from "../panels/markup.js";
import { fade } from "../panels/palette.js";
import { SteadyRange } from "../panels/steady_range.js";
import { Surface, font } from "../panels/surface.js";

const LOW = 0.5;
const HIGH = 100;
const TICKS = [0.5, 1, 2, 5, 10, 20, 50, 100];
const STEP = 1.05;
const LEAP = 1.5;

export class Steady {
  /** `moved(rate)` is told of every move of a hand. */
  constructor(context, rate, moved) {
    Object.assign(this, { rate, moved, answer: null });
    this.ranges = [new SteadyRange(), new SteadyRange()];
    this.surface = new Surface(context, { label: "Steady release against rate", height: (width, projector) => (projector ? 1.5 : 1) * (width < 560 ? 430 : 230), render: (pen, view) => this._render(pen, view) });
    this.handle = element("div", { class: "pxre-steady", role: "slider", tabindex: "0", "aria-label": "Rate of the train", "aria-valuemin": LOW, "aria-valuemax": HIGH }, this.surface.canvas);
    this.element = this.handle;
    this._listen();
    this._say();
  }

  _listen() {
    const { handle } = this;
    const move = (event) => this._take(this._rateAt(event.clientX - handle.getBoundingClientRect().left));
    handle.addEventListener("pointerdown", (event) => { handle.setPointerCapture(event.pointerId); move(event); });
    handle.addEventListener("pointermove", (event) => handle.hasPointerCapture(event.pointerId) && move(event));
    handle.addEventListener("keydown", (event) => this._key(event));
  }

  _key(event) {
    const next = { ArrowRight: this.rate * STEP, ArrowUp: this.rate * STEP, ArrowLeft: this.rate / STEP, ArrowDown: this.rate / STEP, PageUp: this.rate * LEAP, PageDown: this.rate / LEAP, Home: LOW, End: HIGH }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this._take(next);
  }

  _take(rate) {
    this.set(Number(Math.min(HIGH, Math.max(LOW, rate)).toPrecision(3)));
    this.moved(this.rate);
  }

  set(rate) {
    this.rate = rate;
    this._say();
    this.surface.draw();
  }

  show(answer) {
    this.answer = answer;
    const { steady, rates } = answer.arrays;
    this.ranges[0].fit(0, Math.max(...steady));
    this.ranges[1].fit(0, Math.max(answer.result.limit_hz * 1.02, ...steady.map((value, i) => value * rates[i])));
    this._say();
    this.surface.draw();
  }

  /** Release per spike at a rate, between the computed ones. */
  at(rate) {
    const { steady, rates } = this.answer.arrays;
    const place = (Math.log(rate / rates[0]) / Math.log(rates[rates.length - 1] / rates[0])) * (rates.length - 1);
    const i = Math.min(rates.length - 2, Math.max(0, Math.floor(place)));
    return steady[i] + (place - i) * (steady[i + 1] - steady[i]);
  }

  _say() {
    this.handle.setAttribute("aria-valuenow", String(this.rate));
    const told = this.answer ? `: ${number(this.at(this.rate))} of the pool a spike, ${number(this.at(this.rate) * this.rate)} pools a second` : "";
    this.handle.setAttribute("aria-valuetext", `${number(this.rate)} Hz${told}`);
  }

  /** Side by side where there is room, else one below the other. */
  _boxes(view) {
    const { text, width, height } = view;
    const edge = { left: 4 * text, right: 1.2 * text, top: 1.9 * text, bottom: 3.2 * text };
    const below = width < 560 || (view.projector && width < 800);
    const parts = below ? [[0, 0, width, height / 2], [0, height / 2, width, height]] : [[0, 0, width / 2, height], [width / 2, 0, width, height]];
    return parts.map(([left, top, right, bottom]) => ({ left: left + edge.left, top: top + edge.top, right: right - edge.right, bottom: bottom - edge.bottom }));
  }

  _rateAt(x) {
    const boxes = this._boxes(this.surface.view);
    const box = boxes[0].left !== boxes[1].left && x > boxes[0].right + 6 ? boxes[1] : boxes[0];
    return LOW * (HIGH / LOW) ** ((x - box.left) / (box.right - box.left));
  }

  _render(pen, view) {
    if (!this.answer) return;
    const { arrays, result } = this.answer;
    const { steady, rates } = arrays;
    const [first, second] = this._boxes(view);
    this._plot(pen, view, first, this.ranges[0], steady, "steady release per spike, share of the pool", result.peak_hz !== null && result.theory_peak_hz !== null && { at: result.theory_peak_hz, words: `1/√(Uτfacilτrec) = ${number(result.theory_peak_hz)} Hz` }, null);
    this._plot(pen, view, second, this.ranges[1], steady.map((value, i) => value * rates[i]), "release × rate, pools a second", null, { at: result.limit_hz, words: `limit 1/τrec = ${number(result.limit_hz)} a second` });
  }

  _plot(pen, view, box, range, values, title, upright, level) {
    const { colours, text } = view;
    const across = (rate) => box.left + (Math.log(rate / LOW) / Math.log(HIGH / LOW)) * (box.right - box.left);
    const up = (value) => box.bottom - range.share(value) * (box.bottom - box.top);
    this._axes(pen, view, box, range, title, across, up);
    pen.strokeStyle = colours.brain;
    pen.lineWidth = view.line * 1.3;
    pen.beginPath();
    this.answer.arrays.rates.forEach((rate, i) => pen[i ? "lineTo" : "moveTo"](across(rate), up(values[i])));
    pen.stroke();
    if (upright && upright.at >= LOW && upright.at <= HIGH) this._mark(pen, view, [across(upright.at), box.bottom], [across(upright.at), box.top], upright.words, this._away(upright, across, box, text), box.top + 1.4 * text);
    if (level) this._mark(pen, view, [box.left, up(level.at)], [box.right, up(level.at)], level.words, "left", up(level.at) + (range.share(level.at) < 0.85 ? -0.2 : 1.4) * text);
    this._grip(pen, view, box, across(this.rate), up(range === this.ranges[0] ? this.at(this.rate) : this.at(this.rate) * this.rate));
  }

  /** Words stand on the side of their mark where the handle is not, if there is room for them. */
  _away({ at, words }, across, box, text) {
    const needed = 0.6 * text * words.length + 6;
    const room = { left: box.right - across(at), right: across(at) - box.left };
    const wanted = this.rate < at ? "left" : "right";
    if (room[wanted] > needed) return wanted;
    return room.left > room.right ? "left" : "right";
  }

  _axes(pen, view, box, range, title, across, up) {
    const { colours, text } = view;
    pen.font = font(view, 600, 0.96);
    pen.fillStyle = colours.ink;
    pen.textAlign = "left";
    pen.textBaseline = "bottom";
    pen.fillText(title, box.left, box.top - 0.4 * text);
    pen.font = font(view);
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    for (const share of [0, 0.5, 1]) {
      const value = range.low + share * (range.high - range.low);
      pen.fillStyle = fade(colours.ink, 0.14);
      pen.fillRect(box.left, up(value), box.right - box.left, 1);
      pen.fillStyle = colours.faint;
      pen.fillText(number(value, value < 99.5 ? 2 : 3), box.left - 5, up(value));
    }
    pen.textAlign = "center";
    pen.textBaseline = "top";
    for (const rate of TICKS) pen.fillText(String(rate), across(rate), box.bottom + 4);
    pen.fillText("rate, Hz", (box.left + box.right) / 2, box.bottom + 5 + 1.25 * text);
  }

  _mark(pen, view, [x, y], [h, v], words, align, level) {
    pen.strokeStyle = view.colours.faint;
    pen.lineWidth = view.projector ? 3 : 1.4;
    pen.setLineDash([5, 4]);
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(h, v);
    pen.stroke();
    pen.setLineDash([]);
    pen.font = font(view);
    pen.fillStyle = view.colours.ink;
    pen.textAlign = align;
    pen.textBaseline = "bottom";
    pen.fillText(words, x + (align === "left" ? 6 : -6), level);
  }

  _grip(pen, view, box, x, y) {
    const { colours } = view;
    pen.fillStyle = colours.primary;
    pen.fillRect(x - view.line / 2, box.top, view.line, box.bottom - box.top);
    pen.beginPath();
    pen.arc(x, y, view.projector ? 11 : 7, 0, 2 * Math.PI);
    pen.fill();
    pen.strokeStyle = colours.background;
    pen.lineWidth = 2;
    pen.stroke();
  }

  image() {
    return this.surface.image();
  }

  svg() {
    return this.surface.svg();
  }

  destroy() {
    this.surface.destroy();
  }
}
