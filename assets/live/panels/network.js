// The network's picture: each neuron as what it answers, each weight as a curve. Hover to look, click to hold.
//
// Three canvases lie on one another: curves, neurons, words. Neurons are drawn in every frame. Hundreds of smoothed curves
// cost the browser five times as much, so they are drawn again only when one changed its bin, and then a few times a second.

import { number, whole } from "./format.js";
import { HoverCard } from "./hover_card.js";
import { element, section } from "./markup.js";
import { Edges, strokeEdge } from "./network_edges.js";
import { Fields } from "./network_fields.js";
import { Layout, leastWidth } from "./network_layout.js";
import { legend } from "./network_legend.js";
import { annotate, biases, classRoom, columnRoom, outlines, pixels, values } from "./network_marks.js";
import { pick } from "./network_picking.js";
import { neuronValuesOf } from "./neuron_values.js";
import { isDigits, sizes, statics } from "./reading.js";
import { ruleChip, ruleOf } from "./rule_words.js";
import { selectionOf } from "./selection.js";
import { Surface, themed } from "./surface.js";

// ms between two drawings of the curves, for each curve: a small network's are drawn every frame.
const PAUSE_PER_EDGE = 0.3;

class NetworkPanel {
  constructor(context) {
    this.context = context;
    this.every = 0;
    this.readings = ["*/field", "*/weight", "*/bias", "*/activation", "*/delta", "focus/*"];
    this.frame = null;
    this.selection = selectionOf(context);
    this.values = neuronValuesOf(context);
    this._build(context);
    this.stopValues = this.values.watch(() => this._ready() && this._wordsIfChanged());
    this.stopSelection = this.selection.watch((target, held) => {
      this.hover.take(target, held);
      this._again();
    });
  }

  _build(context) {
    const { root, head } = section("network", "Network");
    head.append(...ruleChip(ruleOf(context)));
    const height = (_, projector) => (projector ? 520 : 340);
    const surface = (label, className, render, prepare) => new Surface(context, { label, height, className, render: (pen, view) => this._ready() && render(pen, view), prepare });
    this.lines = surface("", "", (pen, view) => this._lines(pen, view), (view) => this._prepare(view));
    this.base = surface("The network, not yet started", "px-over", (pen, view) => this._neurons(pen, view));
    this.notes = surface("", "px-over", (pen, view) => this._words(pen, view));
    this.surfaces = [this.lines, this.base, this.notes];
    for (const { canvas } of [this.lines, this.notes]) canvas.setAttribute("aria-hidden", "true");
    this.stage = element("div", { class: "px-network-stage" }, this.surfaces.map(({ canvas }) => canvas));
    this.box = element("div", { class: "px-sideways", tabindex: "0", role: "group", "aria-label": "Network picture; scrolls sideways where it is wide" }, this.stage);
    this.hover = new HoverCard(context, this.selection);
    root.append(this.box, legend(statics(context)?.meta.task), this.hover.element);
    this.element = root;
    this.stopTheme = themed(context, root);
    this._listen(this.notes.canvas);
  }

  _ready() {
    return Boolean(this.frame && this.layout);
  }

  _listen(canvas) {
    const target = ({ offsetX, offsetY }) => (this.layout ? pick(this.layout, this.edges, offsetX, offsetY) : null);
    canvas.addEventListener("pointermove", (event) => {
      const found = target(event);
      canvas.style.cursor = found ? "pointer" : "";
      if (found) this.hover.at(event.offsetX - this.box.scrollLeft, event.offsetY, this.box.clientWidth);
      this.selection.point(found);
      this.hover.point(found);
    });
    canvas.addEventListener("pointerleave", () => this.hover.point(null));
    canvas.addEventListener("click", (event) => {
      const found = target(event);
      this.hover.pin(Boolean(found));
      if (!found) return this.selection.release();
      this.selection.held = false;
      this.hover.at(event.offsetX - this.box.scrollLeft, event.offsetY, this.box.clientWidth);
      this.selection.hold(found);
    });
  }

  /** Geometry for this box and this network; the curves' surface is the first to know of either. */
  _prepare(view) {
    const all = sizes(this.context);
    if (!all || view.width === 0) return;
    const { meta } = statics(this.context);
    const names = columnRoom(meta, view.projector);
    this.stage.style.minWidth = `${leastWidth(all, view.projector) + names}px`;
    this.layout = new Layout(all, view, isDigits(this.context) ? 8 : 0, classRoom(meta, view.projector), names);
    this.edges = new Edges(this.layout);
    this.edges.style(view);
    if (this.frame) this._sort(performance.now());
    this.fields = new Fields(this.context, this.layout);
    this.words = "";
    this.base.resize();
  }

  draw(frame) {
    const before = this.known;
    this.known = this.context.statics;
    this.frame = frame;
    this.values.seen(frame, false);
    if (before !== this.known) this.lines.resize(true);
    // What was looked at in the old network may not exist in the new one.
    if (before && before !== this.known) this.selection.forget();
    if (!this._ready()) return;
    this._linesIfDue();
    this.base.draw();
    this._wordsIfChanged();
    this.base.describe(() => this._sentence());
    this.hover.draw(frame);
  }

  _again() {
    if (!this.frame) return;
    this.drawnAt = -Infinity;
    this.draw(this.frame);
  }

  _words(pen, view) {
    annotate(pen, view, this.layout, this.context, this.frame.meta);
    const at = this.values.shown();
    if (at?.layers) values(pen, view, this.layout, at.layers);
  }

  _linesIfDue() {
    const now = performance.now();
    const wait = (this.drawnAt ?? -Infinity) + this.edges.active.length * PAUSE_PER_EDGE - now;
    clearTimeout(this.timer);
    // The last frame before a pause must not keep older curves.
    if (wait > 0) this.timer = setTimeout(() => this._linesIfDue(), wait);
    else if (this._sort(now)) {
      this.drawnAt = now;
      this.lines.draw();
    }
  }

  /** Sorts the curves into bins; whether the picture of them changed. */
  _sort(now) {
    const { edges, frame } = this;
    edges.choose(frame, now);
    edges.mark(frame.meta);
    const signature = `${edges.sort(frame)} ${edges.marks} ${JSON.stringify([frame.meta.chosen, this.selection.target])}`;
    const changed = signature !== this.signature;
    this.signature = signature;
    return changed;
  }

  _lines(pen, view) {
    const { target } = this.selection;
    if (target?.kind === "weight") this._halo(pen, target, view.colours.ink, view.projector ? 15 : 10);
    this._halo(pen, this.frame.meta.chosen, view.colours.brain, view.projector ? 10 : 7);
    this.edges.draw(pen);
  }

  /** A band beneath one edge, wider than the edge itself. */
  _halo(pen, focus, colour, width) {
    const all = this.layout.sizes;
    if (!focus || focus.from === null || !(focus.layer < all.length && focus.to < all[focus.layer] && focus.from < all[focus.layer - 1])) return;
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    strokeEdge(pen, this.edges.find(focus.layer, focus.to, focus.from));
  }

  _neurons(pen, view) {
    const { layout, frame } = this;
    const { target } = this.selection;
    this.fields.update(frame);
    if (layout.pixels) pixels(pen, view, layout, this.context);
    this.fields.draw(pen);
    outlines(pen, view, layout, target);
    biases(pen, view, layout, frame, this.edges.colours, target);
  }

  _wordsIfChanged() {
    const words = JSON.stringify([this.frame.meta.lesioned ?? [], this.layout.sizes, this.values.shown()?.layers ?? null]);
    if (words === this.words) return;
    this.words = words;
    this.notes.draw();
  }

  _sentence() {
    const { step, train_loss: loss } = this.frame.meta;
    const drawn = this.edges.thinned ? `, the ${this.edges.active.length} strongest weights drawn` : "";
    return `Network of ${this.layout.sizes.join("–")} neurons after ${whole(step)} updates, train loss ${number(loss)}${drawn}. Neurons and weights can be read and changed under Inspect.`;
  }

  resize() {
    for (const surface of this.surfaces) surface.resize();
  }

  image() {
    const { width, height } = this.base.canvas;
    const sheet = element("canvas", { width, height });
    const pen = sheet.getContext("2d");
    pen.fillStyle = this.context.colours.background;
    pen.fillRect(0, 0, width, height);
    for (const { canvas } of this.surfaces) pen.drawImage(canvas, 0, 0);
    return new Promise((resolve) => sheet.toBlob(resolve, "image/png"));
  }

  /** A real SVG: edges as paths, words as text, fields as embedded PNGs. */
  svg() {
    return this.lines.svg((pen, view) => this.surfaces.forEach((surface) => surface.render(pen, view)));
  }

  destroy() {
    clearTimeout(this.timer);
    this.stopSelection();
    this.stopValues();
    this.stopTheme();
    this.hover.destroy();
    for (const surface of this.surfaces) surface.destroy();
  }
}

export function create(context) {
  return new NetworkPanel(context);
}
