// Weights and gradients of every layer as small multiples. Negative bars in the negative colour, positive in the positive.

import { number } from "./format.js";
import { section } from "./markup.js";
import { layerName, reading, sizes } from "./reading.js";
import { wordsOf } from "./rule_words.js";
import { Surface, SurfacePanel, font, themed } from "./surface.js";

const READINGS = ["weight_histogram", "gradient_histogram"];

class HistogramPanel extends SurfacePanel {
  constructor(context) {
    super();
    this.context = context;
    this.every = 200;
    this.readings = READINGS.map((name) => `*/${name}`);
    this.along = wordsOf(context).direction === "gradient" ? "gradients" : "directions";
    const letter = this.along === "gradients" ? "gradients (g)" : "parts of the rule's direction (d)";
    const { root } = section("histograms", `Weights and ${this.along}`, `How many weights (w) and ${letter} of each size; every axis is its layer's own.`);
    this.surface = new Surface(context, {
      label: "Histograms, not yet started",
      height: (width, projector) => this._grid(width, projector).height,
      render: (pen, view) => this._render(pen, view),
    });
    root.append(this.surface.canvas);
    this.element = root;
    this.stopTheme = themed(context, root);
  }

  _grid(width, projector) {
    const layers = (sizes(this.context)?.length ?? 4) - 1;
    const across = Math.max(1, Math.min(layers, Math.floor(width / (projector ? 150 : 96))));
    const tall = projector ? 108 : 66;
    const blocks = Math.ceil(layers / across);
    const name = projector ? 30 : 20;
    return { layers, across, blocks, tall, name, height: blocks * (name + READINGS.length * (tall + name)) };
  }

  draw(frame) {
    if (this.known !== this.context.statics) {
      this.known = this.context.statics;
      this.tallest = new Map();
      this.surface.resize();
    }
    this.frame = frame;
    this.surface.draw();
    this.surface.describe(() => this._sentence());
  }

  _sentence() {
    const { layers } = this._grid(this.surface.view.width, false);
    const reaches = Array.from({ length: layers }, (_, k) => `${layerName(k + 1, layers, this.context)} ±${number(this._reach(k + 1, "weight_histogram"))}`);
    return `Histograms of weights and ${this.along}; weights lie within: ${reaches.join(", ")}.`;
  }

  _reach(layer, name) {
    const bins = reading(this.frame, `${layer}/${name}`);
    return bins ? bins[bins.length / 2 - 1] + (bins[1] - bins[0]) / 2 : NaN;
  }

  _render(pen, view) {
    if (!this.frame) return;
    const grid = this._grid(view.width, view.projector);
    const width = view.width / grid.across;
    for (let k = 1; k <= grid.layers; k++) {
      const x = ((k - 1) % grid.across) * width;
      const y = Math.floor((k - 1) / grid.across) * (grid.height / grid.blocks);
      this._title(pen, view, layerName(k, grid.layers, this.context), x + width / 2, y);
      READINGS.forEach((name, row) => this._cell(pen, view, { x: x + 5, y: y + grid.name + row * (grid.tall + grid.name), width: width - 10, height: grid.tall }, k, name, row ? this.along : "weights"));
    }
  }

  _title(pen, view, text, x, y) {
    pen.fillStyle = view.colours.ink;
    pen.font = font(view, 600);
    pen.textAlign = "center";
    pen.textBaseline = "top";
    pen.fillText(text, x, y + 3);
  }

  _cell(pen, view, box, layer, name, label) {
    const bins = reading(this.frame, `${layer}/${name}`);
    if (!bins || (name === "gradient_histogram" && !this.frame.meta.step)) return;
    const half = bins.length / 2;
    const most = this._most(`${layer}/${name}`, bins, half);
    const step = box.width / half;
    for (let i = 0; i < half; i++) {
      const tall = (bins[half + i] / most) * (box.height - 4);
      pen.fillStyle = bins[i] < 0 ? view.colours.negative : view.colours.positive;
      if (tall > 0) pen.fillRect(box.x + i * step, box.y + box.height - Math.max(tall, 1.5), step - 1, Math.max(tall, 1.5));
    }
    this._foot(pen, view, box, this._reach(layer, name), label);
  }

  /** The count at full height: grows at once by doubling, shrinks only when bars fall under a third. */
  _most(key, bins, half) {
    let largest = 1;
    for (let i = half; i < bins.length; i++) largest = Math.max(largest, bins[i]);
    const kept = this.tallest.get(key) ?? 1;
    const most = largest > kept || largest < kept / 3 ? 2 ** Math.ceil(Math.log2(largest)) : kept;
    this.tallest.set(key, most);
    return most;
  }

  _foot(pen, view, { x, y, width, height }, reach, label) {
    pen.fillStyle = view.colours.faint;
    pen.fillRect(x, y + height, width, view.projector ? 3 : 1);
    pen.fillRect(x + width / 2, y, 1, height);
    pen.fillStyle = view.colours.ink;
    pen.font = font(view, 400, 0.92);
    pen.textBaseline = "top";
    const end = `±${number(reach, 2)}`;
    pen.textAlign = "left";
    // Where both do not fit, the first letter stands for the row.
    const fits = pen.measureText(label + end).width + view.text / 2 < width;
    pen.fillText(fits ? label : label[0], x, y + height + 4);
    pen.textAlign = "right";
    pen.fillText(end, x + width, y + height + 4);
  }

  resize() {
    this.surface.resize();
  }
}

export function create(context) {
  return new HistogramPanel(context);
}
