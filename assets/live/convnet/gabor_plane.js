// The first layer's filters, as Gabor functions, on the plane on which Ringach (2002) put macaque simple cells.

import { badgeButton } from "../panels/badge.js";
import { element, say, section, show, toggle } from "../panels/markup.js";
import { Surface, SurfacePanel, themed } from "../panels/surface.js";
import { GaborAxes } from "./gabor_axes.js";
import { GaborCard } from "./gabor_card.js";
import { summary } from "./gabor_fits.js";
import { Marks, cross, diamond, disc } from "./gabor_marks.js";
import * as words from "./gabor_words.js";

const EVERY = 120; // ms
const REACH = 16; // px from a mark at which the pointer means it
const TEXT_EVERY = 700; // ms
const CAUTION = "Gabor-like filters are no evidence of V1: aims as different as naming images and saving activity can lead to them.";

class GaborPlane extends SurfacePanel {
  constructor(context, { ringach, sparse }) {
    super();
    Object.assign(this, { context, ringach, enough: sparse.well_fitted, side: sparse.side, every: EVERY });
    this.title = "First filters among macaque cells";
    this.readings = ["gabor/*", "sparse/fit", "sparse/atoms"];
    this.axes = new GaborAxes(ringach);
    this.marks = this._kinds();
    this.chosen = { kind: 0, index: 0 };
    this.written = -Infinity;
    this._build(context);
    this.stopTheme = themed(context, this.element);
  }

  _kinds() {
    return [
      new Marks({ name: "network", title: "network", reading: "gabor/fit", colour: ({ network }) => network, trace: disc, size: 7 }),
      new Marks({ name: "control", title: "its random start", reading: "gabor/control", colour: ({ ink }) => ink, trace: cross, size: 4.5, lines: true }),
      new Marks({ name: "code", title: "sparse code", reading: "sparse/fit", colour: ({ brain }) => brain, trace: diamond, size: 3.4, alpha: 0.5 }),
    ];
  }

  _build(context) {
    const { root } = section("gabor-plane", "NETWORK: first filters among macaque cells");
    this.surface = new Surface(context, {
      label: "Gabor fits on the plane of nx and ny", height: (width) => Math.round(Math.min(width * 0.86, 460)), className: "px-gabor-canvas",
      render: (pen, view) => this._render(pen, view),
    });
    this.surface.canvas.tabIndex = 0;
    this._listen(this.surface.canvas);
    this.card = new GaborCard(context);
    this.heard = element("p", { class: "px-hidden", role: "status" });
    this.sentences = Array.from({ length: 4 }, () => element("p", {}));
    root.append(this._badges(context), element("div", { class: "px-gabor-body" },
      element("div", {}, this.surface.canvas, this._legend()), element("div", { class: "px-gabor-side" }, this.card.element, this.heard)),
    element("div", { class: "px-gabor-words" }, ...this.sentences, element("p", { class: "px-gabor-caution", text: CAUTION })));
    this.element = root;
  }

  _badges(context) {
    const named = (curve, name) => badgeButton(context.data?.badges?.[curve], name, true);
    return element("div", { class: "px-row" }, named("ringach", "cells' counts"), named("gabor_fit", "fits"));
  }

  /** The key is the switch too. */
  _legend() {
    const boxes = this.marks.map((marks) => {
      const box = toggle(marks.title, true, (on) => { marks.shown = on; this.surface.draw(); });
      box.prepend(element("i", { class: `px-gabor-key px-gabor-${marks.name}`, "aria-hidden": "true" }));
      return box;
    });
    const hollow = element("span", { class: "px-note", text: `Larger: higher R². Hollow: R² under ${this.enough}. On the rim: beyond the axes. Grey fields and their numbers: macaque cells. While a run plays its fits are renewed in turn; at rest all are of this moment.` });
    return element("div", { class: "px-legend" }, ...boxes, hollow);
  }

  _listen(canvas) {
    canvas.addEventListener("pointermove", (event) => this._point(event));
    canvas.addEventListener("pointerdown", (event) => this._point(event));
    canvas.addEventListener("keydown", (event) => this._key(event));
  }

  _point(event) {
    const near = this.marks.map((marks, kind) => [...marks.nearest(event.offsetX, event.offsetY), kind]).sort((a, b) => a[0] - b[0])[0];
    if (near[0] > REACH ** 2) return;
    this._choose(near[2], near[1]);
  }

  _key(event) {
    const [along, across] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key] ?? [0, 0];
    if (!along && !across) return;
    event.preventDefault();
    event.stopPropagation();
    const kind = (this.chosen.kind + across + this.marks.length) % this.marks.length;
    const count = this.marks[kind].fits.length;
    if (count) this._choose(kind, across ? 0 : (this.chosen.index + along + count) % count);
    say(this.heard, this.card.words());
  }

  _choose(kind, index) {
    if (kind === this.chosen.kind && index === this.chosen.index) return;
    this.chosen = { kind, index };
    this._card();
    this.surface.draw();
  }

  draw(frame) {
    this.frame = frame;
    for (const marks of this.marks) marks.take(frame.arrays[marks.reading]);
    this.playing = frame.meta.status === "playing";
    this.moves = true;
    this.surface.draw();
    this._card();
    this._write(frame);
    this.surface.describe(() => words.alternative(this.marks, this.enough));
  }

  _render(pen, view) {
    this.axes.draw(pen, view);
    const still = !this.playing || this.context.reducedMotion?.() || this.width !== view.width;
    if (this.moves || still) for (const marks of this.marks) marks.move(this.axes, still);
    this.moves = false;
    this.width = view.width;
    const [network, control, code] = this.marks;
    code.draw(pen, view, this.enough);
    this.axes.numerals(pen, view);
    for (const marks of [control, network]) marks.draw(pen, view, this.enough);
    this._ring(pen, view);
    if (!this.marks[0].fits.length) this._empty(pen, view);
  }

  _ring(pen, view) {
    const place = this.marks[this.chosen.kind].shown && this.marks[this.chosen.kind].places[this.chosen.index];
    if (!place) return;
    pen.beginPath();
    pen.arc(...place, (view.projector ? 2 : 1) * 10, 0, 2 * Math.PI);
    pen.strokeStyle = view.colours.ink;
    pen.lineWidth = view.projector ? 3 : 1.75;
    pen.stroke();
  }

  _empty(pen, view) {
    pen.fillStyle = view.colours.ink;
    pen.textAlign = "center";
    pen.textBaseline = "top";
    pen.fillText("The fits come with the first frame.", view.width / 2, this.axes.box.top + view.text);
  }

  /** The chosen filter and its fit are of one moment. */
  _card() {
    const { kind, index } = this.chosen;
    const { name, fits } = this.marks[kind];
    const arrays = this.frame?.arrays ?? {};
    const all = { network: arrays["gabor/filter"], control: arrays["gabor/control_filter"], code: arrays["sparse/atoms"] }[name];
    if (!all || !fits[index]) return;
    const size = all.length / fits.length;
    const part = all.subarray(index * size, (index + 1) * size);
    const filter = name === "code" ? Float32Array.from(part, (byte) => byte / 127.5 - 1) : part;
    const title = { network: `Filter ${index + 1} of the network`, control: `Filter ${index + 1} at the random start`, code: `Atom ${index + 1} of the sparse code` }[name];
    this.card.show({ title, filter, fit: fits[index], side: Math.round(Math.sqrt(size)) });
  }

  _write({ meta }) {
    const now = performance.now();
    if (this.playing && now - this.written < TEXT_EVERY) return;
    this.written = now;
    const [net, start, code] = this.marks.map(({ fits }) => summary(fits, this.enough, this.ringach.blob));
    const said = [words.network(net, this.ringach, this.enough, meta.gabor?.noise?.side), words.control(start, this.enough), words.code(code, this.ringach, this.enough), words.caution(meta.gabor?.noise)];
    said.forEach((sentence, i) => { say(this.sentences[i], sentence); show(this.sentences[i], sentence !== ""); });
  }

  resize() {
    this.surface.resize();
  }
}

export function create(context) {
  const meta = context.statics?.meta;
  return meta?.ringach && meta?.sparse ? new GaborPlane(context, meta) : null;
}
