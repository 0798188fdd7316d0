// The first layer of the chosen lane beside that of backpropagation or of the control: what it looks for, and how far that has moved.

import { Choice } from "../convnet/choice.js";
import { element, section, show } from "../panels/markup.js";
import { isPlane, reading } from "../panels/reading.js";
import { themed } from "../panels/surface.js";
import { FeatureSide } from "./features_side.js";
import { ChosenLane } from "./lanes_chosen.js";
import { prefixOf } from "./lanes_picture.js";

const CONTROL = "output_only";

class FeaturesPanel {
  constructor(context) {
    Object.assign(this, { context, name: "features", title: "Features", every: 150, kind: "update", wanted: "backpropagation", unit: null });
    this.lanes = context.statics.meta.lanes;
    this.control = this.lanes.find(({ rule }) => rule === CONTROL).lane;
    this.images = !isPlane(context);
    this.chosen = new ChosenLane(context, "features", () => this._chosen());
    this._build();
    this._sides();
    this.stopTheme = themed(context, this.element);
    this.stopColours = context.colours.onchange?.(() => this.sides.forEach((side) => side.repaint()));
  }

  /** Of two lanes only, and the control's weights: they are the first weights of all. Asked again when another lane is chosen. */
  get readings() {
    const names = [this.chosen.lane, this._beside()].flatMap((lane) => ["1/feature", "1/weight", "1/weight_update"].map((name) => prefixOf(lane) + name));
    return [...new Set([...names, `${prefixOf(this.control)}1/weight`])];
  }

  /** The lane that stands beside the chosen one. */
  _beside() {
    const backpropagation = this.lanes.find(({ rule }) => rule === "backpropagation")?.lane;
    const order = this.wanted === CONTROL ? [this.control, backpropagation, 1] : [backpropagation, this.control, 1];
    return order.find((lane) => lane !== undefined && lane !== this.chosen.lane) ?? this.control;
  }

  _build() {
    const { root, head } = section("features", this.images ? "What the first hidden layer looks for" : "What the first hidden layer answers to, over the plane");
    this.besides = new Choice("Beside the chosen lane", [["backpropagation", "Beside backpropagation"], [CONTROL, "Beside the control"]], (wanted) => this._choose({ wanted }));
    this.kinds = new Choice("Below the features", [["update", "Last step"], ["change", "Change since the start"]], (kind) => this._choose({ kind }));
    show(this.kinds.element, this.images);
    head.append(element("div", { class: "px-row" }, this.besides.element, this.kinds.element));
    const options = { pictured: this.images, pointed: (unit) => this._point(unit) };
    this.sides = [new FeatureSide(this.context, "the chosen lane", options), new FeatureSide(this.context, "beside it", options)];
    this.row = element("div", { class: "px-features-row", tabindex: 0, role: "group", "aria-label": "Features of two lanes. Arrow keys go from unit to unit, in both.", onkeydown: (event) => this._key(event) }, ...this.sides.map(({ element: side }) => side));
    root.append(this.row, element("p", { class: "px-note", "data-terms": "", text: this._about() }));
    this.element = root;
  }

  _about() {
    const { features, sizes } = this.context.statics.meta;
    const which = features.count < sizes[1] ? `The first ${features.count} of ${sizes[1]} units` : `All ${features.count} units`;
    const picture = this.images ? "each its incoming weights as an image, orange below zero and blue above, in shares of its largest" : "each its activity over the plane, orange below zero and blue above";
    return `${which}, ${picture}. All lanes began with the same weights, and the control's hidden weights are still those: what has moved is counted from them, over the whole layer.`;
  }

  _sides() {
    const others = this.lanes.filter(({ lane, rule }) => lane !== this.chosen.lane && (rule === "backpropagation" || rule === CONTROL));
    show(this.besides.element, new Set(others.map(({ rule }) => rule)).size > 1);
    for (const [i, lane] of [this.chosen.lane, this._beside()].entries()) this.sides[i].take(this.lanes.find((one) => one.lane === lane), this.lanes);
  }

  _choose(change) {
    Object.assign(this, change);
    this._chosen();
  }

  _chosen() {
    this._sides();
    this.context.select(this.context.focus?.() ?? null); // readings of another lane are wanted now
    this._again();
  }

  draw(frame) {
    this.frame = frame;
    const first = reading(frame, `${prefixOf(this.control)}1/weight`);
    for (const side of this.sides) side.draw(frame, first, this.kind);
  }

  _again() {
    if (this.frame) this.draw(this.frame);
  }

  // ── one unit, in both lanes ────────────────────────────────────────────────────────────────

  _point(unit) {
    if (unit === this.unit) return;
    this.unit = unit;
    for (const side of this.sides) side.point(unit);
  }

  _key(event) {
    const { count, across } = this.sides[0].now.sheet;
    const way = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across }[event.key];
    if (event.key === "Escape") return this._point(null);
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const unit = this.unit === null ? 0 : this.unit + way;
    if (unit >= 0 && unit < count) this._point(unit);
  }

  resize() {}

  image() {
    const canvases = this.sides.map(({ now }) => now.surface.canvas);
    const made = element("canvas", { width: canvases[0].width + canvases[1].width + 24, height: canvases[0].height });
    const pen = made.getContext("2d");
    pen.fillStyle = this.context.colours.background;
    pen.fillRect(0, 0, made.width, made.height);
    pen.drawImage(canvases[0], 0, 0);
    pen.drawImage(canvases[1], canvases[0].width + 24, 0);
    return made;
  }

  destroy() {
    this.chosen.destroy();
    this.stopTheme();
    this.stopColours?.();
    for (const side of this.sides) side.destroy();
  }
}

export function create(context) {
  const meta = context.statics?.meta;
  return meta?.lanes?.some(({ rule }) => rule === CONTROL) && meta.features ? new FeaturesPanel(context) : null;
}
