// The network's picture: each neuron as what it answers, each weight as a curve. Hover to look, click to hold.

import { number, whole } from "./format.js";
import { element, section } from "./markup.js";
import { Edges, strokeEdge } from "./network_edges.js";
import { Fields } from "./network_fields.js";
import { Layout, leastWidth } from "./network_layout.js";
import { legend } from "./network_legend.js";
import { pick } from "./network_picking.js";
import { strength } from "./palette.js";
import { isLesioned, layerName, neuronName, reading, sizes, statics } from "./reading.js";
import { selectionOf } from "./selection.js";
import { Surface, font, themed } from "./surface.js";

class NetworkPanel {
  constructor(context) {
    this.context = context;
    this.every = 0;
    this.readings = ["*/field", "*/weight", "*/bias"];
    this.frame = null;
    this.selection = selectionOf(context);
    this._build(context);
    this.stopSelection = this.selection.watch(() => this._again());
  }

  _build(context) {
    const { root } = section("network", "Network");
    const height = (_, projector) => (projector ? 520 : innerWidth < 600 ? 340 : 410);
    const prepare = (view) => this._prepare(view);
    this.base = new Surface(context, { label: "The network, not yet started", height, prepare, render: (pen, view) => this._render(pen, view) });
    this.notes = new Surface(context, { label: "", height, className: "px-over", render: (pen, view) => this._annotate(pen, view) });
    this.notes.canvas.setAttribute("aria-hidden", "true");
    this.stage = element("div", { class: "px-network-stage" }, this.base.canvas, this.notes.canvas);
    root.append(element("div", { class: "px-sideways", tabindex: "0", role: "group", "aria-label": "Network picture; scrolls sideways where it is wide" }, this.stage), legend(context));
    this.element = root;
    this.stopTheme = themed(context, root);
    this._listen(this.notes.canvas);
  }

  _listen(canvas) {
    const target = ({ offsetX, offsetY }) => (this.layout ? pick(this.layout, this.edges, offsetX, offsetY) : null);
    canvas.addEventListener("pointermove", (event) => {
      const found = target(event);
      canvas.style.cursor = found ? "pointer" : "";
      this.selection.point(found);
    });
    canvas.addEventListener("click", (event) => {
      const found = target(event);
      if (found) this.selection.hold(found);
      else this.selection.release();
    });
  }

  /** Geometry for this box and this network. */
  _prepare(view) {
    const all = sizes(this.context);
    if (!all || view.width === 0) return;
    this.known = this.context.statics;
    this.stage.style.minWidth = `${leastWidth(all, view.projector)}px`;
    this.layout = new Layout(all, view, statics(this.context).meta.task === "digits" ? 8 : 0);
    this.edges = new Edges(this.layout);
    this.edges.style(view);
    this.fields = new Fields(this.context, this.layout);
    this.picture = null;
  }

  draw(frame) {
    const renewed = this.known !== this.context.statics;
    if (renewed && this.known) this.selection.forget();
    this.frame = frame;
    if (renewed) this.base.resize(true);
    this._annotateIfChanged(renewed);
    this.base.draw();
    this.base.describe(() => this._sentence());
  }

  _again() {
    if (this.frame) this.draw(this.frame);
  }

  _render(pen, view) {
    const { frame, layout, edges, fields } = this;
    if (!frame || !layout) return;
    edges.choose(frame, performance.now());
    edges.mark(frame.meta);
    edges.sort(frame);
    this._halo(pen, frame.meta.chosen, view.colours.brain, view.projector ? 10 : 7);
    if (this.selection.target?.kind === "weight") this._halo(pen, this.selection.target, view.colours.ink, view.projector ? 6 : 4);
    edges.draw(pen);
    fields.update(frame);
    if (layout.pixels) this._pixels(pen, view);
    fields.draw(pen);
    this._outlines(pen, view);
    this._biases(pen, view);
  }

  /** A band beneath one edge, wider than the edge itself. */
  _halo(pen, focus, colour, extra) {
    const all = this.layout.sizes;
    if (!focus || focus.from === null || !(focus.layer < all.length && focus.to < all[focus.layer] && focus.from < all[focus.layer - 1])) return;
    pen.strokeStyle = colour;
    pen.globalAlpha = 0.55;
    pen.lineWidth = extra + 3;
    strokeEdge(pen, this.edges.find(focus.layer, focus.to, focus.from));
    pen.globalAlpha = 1;
  }

  _outlines(pen, view) {
    pen.strokeStyle = view.colours.faint;
    pen.lineWidth = view.projector ? 3 : 1;
    pen.beginPath();
    this.layout.nodes.forEach((nodes, k) => {
      if (k > 0 || !this.layout.pixels) for (const { x, y, side } of nodes) pen.rect(x - side / 2, y - side / 2, side, side);
    });
    pen.stroke();
    const { target } = this.selection;
    if (target?.kind !== "neuron" || !this.layout.nodes[target.layer]?.[target.index]) return;
    const { x, y, side } = this.layout.nodes[target.layer][target.index];
    pen.strokeStyle = view.colours.ink;
    pen.lineWidth = view.projector ? 5 : 3;
    pen.strokeRect(x - side / 2 - 1, y - side / 2 - 1, side + 2, side + 2);
  }

  /** Bias squares, sorted by sign into two fills of few strengths. */
  _biases(pen, view) {
    const { layout, edges, frame } = this;
    for (let k = 1; k < layout.sizes.length; k++) {
      const values = reading(frame, `${k}/bias`);
      for (let j = 0; values && j < layout.sizes[k]; j++) {
        const { x, y, side } = layout.biasSquare(k, j);
        pen.fillStyle = edges.colours[Math.min(7, (strength(values[j], 0.5) * 8) | 0) + (values[j] > 0 ? 8 : 0)];
        pen.fillRect(x - 1, y - 1, side + 2, side + 2);
      }
    }
    this._markBias(pen, view);
  }

  _markBias(pen, view) {
    const { target } = this.selection;
    if (target?.kind !== "weight" || target.from !== null || !this.layout.nodes[target.layer]?.[target.to]) return;
    const { x, y, side } = this.layout.biasSquare(target.layer, target.to);
    pen.strokeStyle = view.colours.ink;
    pen.lineWidth = view.projector ? 4 : 2;
    pen.strokeRect(x - 2, y - 2, side + 4, side + 4);
  }

  /** Digits: the first sample image stands for the 64 inputs. */
  _pixels(pen, view) {
    const { layout } = this;
    const image = reading(statics(this.context), "data/sample_images");
    const step = layout.nodes[0][0].side;
    for (let i = 0; image && i < layout.pixels ** 2; i++) {
      const { x, y } = layout.nodes[0][i];
      pen.fillStyle = view.colours.ink;
      pen.globalAlpha = 0.08 + (0.6 * image[i]) / 255;
      pen.fillRect(x - step / 2, y - step / 2, step - 0.5, step - 0.5);
    }
    pen.globalAlpha = 1;
  }

  /** Words and crosses change seldom: they have a canvas of their own. */
  _annotateIfChanged(renewed) {
    const lesions = JSON.stringify(this.frame.meta.lesioned ?? []);
    if (!renewed && lesions === this.lesions) return;
    this.lesions = lesions;
    this.notes.draw();
  }

  _annotate(pen, view) {
    if (!this.layout || !this.frame) return;
    pen.fillStyle = view.colours.ink;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.font = font(view, 600);
    const last = this.layout.sizes.length - 1;
    this.layout.centres.forEach((x, k) => pen.fillText(this._heading(k, last), x, this.layout.margin.top / 2));
    pen.font = font(view);
    this._inputNames(pen);
    this._classNames(pen, last);
    this._crosses(pen, view);
  }

  _heading(layer, last) {
    const narrow = last > 1 && this.layout.centres[1] - this.layout.centres[0] < (this.notes.view.projector ? 78 : 52);
    return narrow && layer > 0 && layer < last ? String(layer) : layerName(layer, last);
  }

  _inputNames(pen) {
    if (this.layout.pixels) return;
    pen.textAlign = "right";
    this.layout.nodes[0].forEach(({ x, y, side }, i) => pen.fillText(neuronName(this.context, 0, i), x - side / 2 - 6, y));
  }

  _classNames(pen, last) {
    if (this.layout.sizes[last] === 1) return;
    pen.textAlign = "left";
    this.layout.nodes[last].forEach(({ x, y, side }, i) => pen.fillText(String(i), x + side / 2 + 6, y));
  }

  _crosses(pen, view) {
    pen.strokeStyle = view.colours.ink;
    pen.lineWidth = view.projector ? 4 : 2.5;
    pen.beginPath();
    this.layout.nodes.forEach((nodes, k) => nodes.forEach(({ x, y, side }, j) => {
      if (!isLesioned(this.frame.meta, k, j)) return;
      const r = side / 2;
      pen.moveTo(x - r, y - r);
      pen.lineTo(x + r, y + r);
      pen.moveTo(x + r, y - r);
      pen.lineTo(x - r, y + r);
    }));
    pen.stroke();
  }

  _sentence() {
    const { step, train_loss: loss } = this.frame.meta;
    const drawn = this.edges?.thinned ? `, the ${this.edges.active.length} strongest weights drawn` : "";
    return `Network of ${this.layout?.sizes.join("–")} neurons after ${whole(step)} updates, train loss ${number(loss)}${drawn}. Neurons and weights can be read and changed under Inspect.`;
  }

  resize() {
    this.base.resize();
    this.notes.resize();
  }

  image() {
    const copy = element("canvas", { width: this.base.canvas.width, height: this.base.canvas.height });
    const pen = copy.getContext("2d");
    pen.fillStyle = this.context.colours.background;
    pen.fillRect(0, 0, copy.width, copy.height);
    pen.drawImage(this.base.canvas, 0, 0);
    pen.drawImage(this.notes.canvas, 0, 0);
    return new Promise((resolve) => copy.toBlob(resolve, "image/png"));
  }

  /** A real SVG: edges as paths, words as text, fields as embedded PNGs. */
  svg() {
    const { render } = this.base;
    this.base.render = (pen, view) => {
      render(pen, view);
      this._annotate(pen, view);
    };
    const text = this.base.svg();
    this.base.render = render;
    return text;
  }

  destroy() {
    this.stopSelection();
    this.stopTheme();
    this.base.destroy();
    this.notes.destroy();
  }
}

export function create(context) {
  return new NetworkPanel(context);
}
