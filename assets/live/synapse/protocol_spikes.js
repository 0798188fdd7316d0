// Your own spikes: two lanes on which a press puts a spike or takes it away; by keyboard, arrows move a mark and Enter acts there.

import { number, whole } from "../panels/format.js";
import { button, element, say, section } from "../panels/markup.js";
import { Choice } from "../perception/fields.js";
import { Surface, font } from "../panels/surface.js";
import { ticksOf } from "./protocol_models.js";

const MOST = 500;
const LANES = [["pre", "Presynaptic spikes"], ["post", "Postsynaptic spikes"]];
const SPANS = [200, 1000, 10_000, 60_000].map((ms) => ({ name: String(ms), title: ms < 1000 ? `${ms} ms` : `${ms / 1000} s`, ms }));
const NEAR = 8; // px within which a press means the spike that is there
const SIDE = 46;

export class Spikes {
  /** `changed({pre_ms, post_ms})`. */
  constructor(context, changed) {
    Object.assign(this, { context, changed, times: { pre: [], post: [] }, at: { pre: 0, post: 0 }, span: SPANS[0] });
    this.choice = new Choice("Time shown", SPANS, (span) => this._show(span));
    this.lanes = Object.fromEntries(LANES.map(([name, title]) => [name, this._lane(name, title)]));
    this.note = element("p", { class: "px-note", role: "status" });
    const clear = button("Clear", () => this._give({ pre: [], post: [] }));
    const { root } = section("own-spikes", "Your own spikes", "press a lane to add a spike or to take one away; arrow keys and Enter do the same");
    root.append(element("div", { class: "px-row" }, element("span", { class: "px-name", text: "Time shown" }), this.choice.element, clear), ...Object.values(this.lanes).map(({ canvas }) => canvas), this.note);
    this.element = root;
    this.choice.mark(this.span.name);
  }

  /** What the spec holds; the view widens so that every spike is in it. */
  fit({ pre_ms, post_ms }) {
    this.times = { pre: [...pre_ms], post: [...post_ms] };
    const last = Math.max(0, ...pre_ms, ...post_ms);
    if (last > this.span.ms) this._show(SPANS.find(({ ms }) => ms >= last) ?? SPANS.at(-1));
    this._draw();
  }

  _show(span) {
    this.span = span;
    this.choice.mark(span.name);
    this._draw();
  }

  _lane(name, title) {
    const surface = new Surface(this.context, { label: title, height: (_, projector) => (projector ? 84 : 58), className: "pxs-lane", render: (pen, view) => this._render(pen, view, name) });
    const { canvas } = surface;
    for (const [attribute, value] of Object.entries({ role: "slider", tabindex: 0, "aria-label": `${title}, at this time`, "aria-valuemin": 0, "data-lane": name })) canvas.setAttribute(attribute, value);
    canvas.addEventListener("pointerdown", (event) => event.button === 0 && this._press(name, surface, event));
    canvas.addEventListener("keydown", (event) => this._key(name, event));
    canvas.addEventListener("focus", () => this._draw());
    canvas.addEventListener("blur", () => this._draw());
    return surface;
  }

  _scale({ view }) {
    return (view.width - 2 * SIDE) / this.span.ms; // px a ms
  }

  _press(name, surface, event) {
    const scale = this._scale(surface);
    const time = (event.clientX - surface.canvas.getBoundingClientRect().left - SIDE) / scale;
    const near = this.times[name].find((known) => Math.abs(known - time) * scale <= NEAR);
    this._toggle(name, near ?? this._rounded(time));
  }

  _key(name, event) {
    const step = this.span.ms / 200;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    const to = { Home: 0, End: this.span.ms }[event.key];
    if (event.key === "Enter" || event.key === " ") this._toggle(name, this.times[name].find((known) => Math.abs(known - this.at[name]) < step / 2) ?? this._rounded(this.at[name]));
    else if (by !== undefined || to !== undefined) this._mark(name, to ?? this.at[name] + by * step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  _mark(name, time) {
    this.at[name] = this._rounded(time);
    this._draw();
  }

  _rounded(time) {
    const step = this.span.ms / 1000;
    return Number((Math.round(Math.min(this.span.ms, Math.max(0, time)) / step) * step).toFixed(1));
  }

  _toggle(name, time) {
    const known = this.times[name];
    this.at[name] = time;
    if (!known.includes(time) && known.length >= MOST) return say(this.note, `A lane holds at most ${MOST} spikes. Take one away first.`);
    this._give({ ...this.times, [name]: known.includes(time) ? known.filter((other) => other !== time) : [...known, time].sort((a, b) => a - b) });
  }

  _give(times) {
    this.times = times;
    this._draw();
    this.changed({ pre_ms: times.pre, post_ms: times.post });
  }

  _draw() {
    for (const [name, surface] of Object.entries(this.lanes)) {
      const { canvas } = surface;
      const here = this.times[name].includes(this.at[name]);
      canvas.setAttribute("aria-valuemax", String(this.span.ms));
      canvas.setAttribute("aria-valuenow", String(this.at[name]));
      canvas.setAttribute("aria-valuetext", `${number(this.at[name])} ms, ${here ? "a spike" : "no spike"}; ${this.times[name].length} in all`);
      surface.draw();
    }
    say(this.note, `${whole(this.times.pre.length)} presynaptic and ${whole(this.times.post.length)} postsynaptic; at most ${MOST} each, within 60 s.`);
  }

  _render(pen, view, name) {
    const canvas = this.lanes?.[name]?.canvas;
    const scale = (view.width - 2 * SIDE) / this.span.ms;
    const floor = view.height - 1.6 * view.text;
    pen.font = font(view);
    pen.fillStyle = view.colours.faint;
    pen.textBaseline = "middle";
    pen.textAlign = "right";
    pen.fillText(name, SIDE - 8, floor / 2);
    pen.fillStyle = view.colours.surface;
    pen.fillRect(SIDE, 2, view.width - 2 * SIDE, floor - 2);
    const unit = this.span.ms > 2000 ? 1000 : 1;
    pen.textAlign = "center";
    pen.textBaseline = "top";
    pen.fillStyle = view.colours.faint;
    for (const tick of ticksOf(0, this.span.ms / unit, 5)) pen.fillText(`${tick}${unit === 1 ? " ms" : " s"}`, SIDE + tick * unit * scale, floor + 3);
    if (canvas && document.activeElement === canvas) {
      pen.fillStyle = view.colours.primary;
      pen.fillRect(SIDE + this.at[name] * scale - 4, 2, 8, floor - 2);
    }
    pen.fillStyle = name === "pre" ? view.colours.text : view.colours.brain;
    const half = view.projector ? 2 : 1.25;
    for (const time of this.times[name]) if (time <= this.span.ms) pen.fillRect(SIDE + time * scale - half, 4, 2 * half, floor - 6);
  }

  destroy() {
    for (const surface of Object.values(this.lanes)) surface.destroy();
  }
}
