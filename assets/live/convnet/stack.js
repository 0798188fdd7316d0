// The picture of the page: an image on its way through the network, with every layer's kernels, their last change, and its maps.

import { number, percent, whole } from "../panels/format.js";
import { button, element, say, section } from "../panels/markup.js";
import { Surface, SurfacePanel, themed } from "../panels/surface.js";
import { className, imageOf, largest, layerTitle, layersOf, likeliest, sample, samplesOf, shownIn } from "./described.js";
import { arrange } from "./stack_layout.js";
import { paintStack } from "./stack_picture.js";
import { Picking } from "./stack_picking.js";
import { Sheets } from "./stack_sheets.js";
import { Choice } from "./choice.js";

const CHANGES = [["filter_update", "Updates"], ["filter_gradient", "Gradients"]];
const MAPS = [["map", "Maps"], ["map_gradient", "Map gradients"]];

class StackPanel extends SurfacePanel {
  constructor(context) {
    super();
    this.context = context;
    this.every = 0;
    this.options = { change: "filter_update", maps: "map" };
    this.layers = layersOf(context);
    this.state = { options: this.options, layers: this.layers, image: imageOf(context), statics: context.statics, sheets: new Sheets(this.layers), pointed: null, unit: null, label: null };
    this._build();
    this.picking = new Picking(this);
    this.stopUnit = context.on("unit", (unit) => { this.state.unit = unit; this._again(); });
    this.stopTheme = themed(context, this.element);
  }

  /** Asked again when a switch is pressed: only what is drawn travels. */
  get readings() {
    const { change, maps } = this.options;
    const shown = maps === "map" ? ["*/map", "*/pooled", "*/map_range"] : ["*/map_gradient", "*/map_gradient_range"];
    return ["*/filter", `*/${change}`, ...shown, "*/unit", "output/probabilities"];
  }

  _build() {
    const { root } = section("stack", "What the network makes of one image");
    this.changes = new Choice("Beside each kernel", CHANGES, (name) => this._choose("change", name));
    this.maps = new Choice("Of the shown image", MAPS, (name) => this._choose("maps", name));
    const bar = element("div", { class: "px-row px-stack-bar" }, this._images(), this.changes.element, this.maps.element, legend());
    this.surface = new Surface(this.context, {
      label: "The network, not yet started",
      height: (width, projector) => this._plan(width, projector).height,
      prepare: (view) => { this.state.plan = this._plan(view.width, view.projector); this.dirty = true; },
      render: (pen, view) => this._render(pen, view),
    });
    this.box = element("div", { class: "px-sideways px-stack-box", tabindex: 0, role: "group", "aria-label": "The network. Arrow keys move between its maps, Enter opens the arithmetic of a pixel." }, this.surface.canvas);
    this.hint = element("p", { class: "px-note px-stack-hint", text: "Point at a map to see what comes into it; click one of its pixels to see how it is reckoned." });
    root.append(bar, this.box, this.hint);
    this.element = root;
  }

  _images() {
    const step = (by, label, sign) => button(sign, () => this._image(by), { "aria-label": label, title: label, class: "px-button px-stack-step" });
    this.which = element("span", { class: "px-stack-which", "aria-live": "polite" });
    return element("div", { class: "px-row px-stack-images", role: "group", "aria-label": "Shown image" }, step(-1, "Image before", "◀"), this.which, step(1, "Next image", "▶"));
  }

  _image(by) {
    const count = samplesOf(this.context);
    if (!count) return;
    this.wanted = ((this.wanted ?? shownIn(this.frame)) + by + count) % count;
    this._name(this.wanted);
    this.context.requestChange({ shown: this.wanted });
  }

  _name(index) {
    const found = sample(this.context, index);
    say(this.which, found ? `image ${index + 1} of ${samplesOf(this.context)}` : "no image");
  }

  _choose(option, name) {
    this.options[option] = name;
    this.surface.resize(true); // gradients of the maps have no pooled column
    this._again();
    this.context.select(this.context.focus?.() ?? null); // another reading is wanted now
  }

  _plan(width, projector) {
    const view = { projector, text: projector ? 18 : 12 };
    const names = this.context.statics?.meta?.class_names ?? [];
    const plan = arrange(this.layers, this.state.image, names, view, width, this.options.maps);
    if (this.surface) this.surface.canvas.style.minWidth = `${Math.ceil(plan.least)}px`; // else it scrolls in its box
    return plan;
  }

  draw(frame) {
    this.frame = this.state.frame = frame;
    const shown = shownIn(frame);
    if (this.wanted === shown) this.wanted = undefined;
    if (shown !== this.shown) this._show(shown);
    this.dirty = true;
    this.surface.draw();
    this.surface.describe(() => this._sentence());
    if (this.state.pointed) this._hint();
  }

  _show(index) {
    this.shown = index;
    const found = sample(this.context, index);
    if (!found) return;
    this.state.trueClass = found.label;
    this.state.label = className(this.context, found.label);
    this.state.sheets.show(this.state.image, found);
    if (this.wanted === undefined) this._name(index);
  }

  _again() {
    if (this.frame) this.surface.draw();
  }

  _render(pen, view) {
    const { plan, sheets } = this.state;
    if (!plan || !this.frame) return;
    const lut = view.colours.lut;
    // Pointing redraws what the last frame's sheets hold; a frame, a switch or a theme fills them anew.
    if (this.dirty || this.filled !== JSON.stringify(this.options)) sheets.take(this.frame, this.options, plan.blocks.map((block) => block.across), lut);
    this.dirty = false;
    this.filled = JSON.stringify(this.options);
    paintStack(pen, view, this.state);
  }

  point(target) {
    this.state.pointed = target && target.layer > 0 ? target : null;
    this._hint(target);
    this._again();
  }

  open(target) {
    const part = partOf(this.layers, target);
    this.context.emit("unit", { layer: target.layer, channel: target.channel, row: target.row, column: target.column, part, by: "stack" });
  }

  _hint(target = this.state.pointed) {
    const now = performance.now();
    if (target === this.hinted && now - this.saidAt < 200) return;
    this.hinted = target;
    this.saidAt = now;
    say(this.hint, target ? described(this, target) : "Point at a map to see what comes into it; click one of its pixels to see how it is reckoned.");
  }

  _sentence() {
    const shares = this.frame.arrays["output/probabilities"];
    const guess = likeliest(shares);
    const answer = shares ? `; the network says ${className(this.context, guess)}, ${percent(shares[guess])}` : "";
    const kernels = this.layers.map((layer, i) => (this.frame.arrays[`${i + 1}/filter`] ? `${layerTitle(this.layers, i + 1)} has ${layer.out} kernels within ±${number(largest(this.frame.arrays[`${i + 1}/filter`]))}` : "")).filter(Boolean);
    return `Image ${this.shown + 1}, truly ${this.state.label}${answer}. ${kernels.join("; ")}. After ${whole(this.frame.meta.step)} updates.`;
  }

  resize() {
    this.surface.resize();
  }

  destroy() {
    this.stopUnit();
    this.picking.destroy();
    super.destroy();
  }
}

/** Which arithmetic belongs to what was pressed. */
function partOf(layers, { layer, part }) {
  if (part === "pooled") return "pooling";
  if (layers[layer - 1]?.kind === "convolution") return "convolution";
  return layer === layers.length ? "softmax" : "dense";
}

function described({ layers, frame, context }, { layer, part, channel, row, column }) {
  const title = layerTitle(layers, layer);
  if (layer === 0) return `The shown image, row ${row + 1}, column ${column + 1}.`;
  const { kind, in: inputs, width } = layers[layer - 1];
  if (kind !== "convolution") {
    const shares = layer === layers.length ? frame?.arrays["output/probabilities"] : null;
    const value = shares ? `, probability ${percent(shares[channel])}` : "";
    return `${title}, ${shares ? className(context, channel) : `unit ${channel + 1}`}${value}. Click for the arithmetic.`;
  }
  const place = row === null ? "" : `, row ${row + 1}, column ${column + 1}${part === "map" ? valueAt(frame, layer, channel * layers[layer - 1].height * width + row * width + column) : ""}`;
  const from = layer === 1 ? (inputs === 3 ? "the image through kernels for red, green and blue" : "the image") : inputs === 1 ? "1 map" : `${inputs} maps of the layer before`;
  return `${title}, ${part === "pooled" ? "pooled map" : "map"} ${channel + 1} of ${layers[layer - 1].out}${place}: reads ${from}, line thickness is the length of each kernel. Click a pixel for its arithmetic.`;
}

function valueAt(frame, layer, place) {
  const bytes = frame?.arrays[`${layer}/map`];
  const range = frame?.arrays[`${layer}/map_range`];
  return bytes && range ? `, activation ${number(range[0] + ((range[1] - range[0]) * bytes[place]) / 255, 2)}` : "";
}

function legend() {
  return element("span", { class: "px-key" }, element("span", { text: "−" }), element("span", { class: "px-convnet-bar", "aria-hidden": "true" }), element("span", { text: "+" }), element("span", { class: "px-hidden", text: "negative orange, zero grey, positive blue; each column has the scale under it" }));
}

export function create(context) {
  return layersOf(context).length ? new StackPanel(context) : null;
}
