// One lane's first layer: its features, what has changed them, and how far they have moved.

import { element, say, show } from "../panels/markup.js";
import { fact } from "../panels/race_lanes.js";
import { reading } from "../panels/reading.js";
import { Surface } from "../panels/surface.js";
import { moved, shareText, stepShare } from "./features_measures.js";
import { FeatureSheet } from "./features_sheet.js";
import { prefixOf } from "./lanes_picture.js";
import { MarkKey, markOf, titleOf } from "./marks.js";

const ACROSS = 8;

export class FeatureSide {
  /** `role`: what the lane is here; `pointed(unit)` is called with the unit under the pointer, or null. */
  constructor(context, role, { pictured, pointed }) {
    Object.assign(this, { context, role, pictured, pointed, unit: null });
    this.features = context.statics.meta.features;
    this.inputs = context.statics.meta.sizes[0];
    this.now = this._sheet("Features");
    this.change = pictured ? this._sheet("What changes them") : null;
    this.head = element("h4", { class: "px-features-title" });
    this.facts = { moved: fact("moved from the first weights"), step: fact("last step, share of the weights"), unit: fact("unit") };
    this.caption = element("p", { class: "px-note px-features-caption" });
    show(this.caption, pictured);
    this.element = element("div", { class: "px-features-side" }, this.head, this.now.surface.canvas, this.caption, this.change?.surface.canvas,
      element("dl", { class: "px-features-facts" }, ...Object.values(this.facts).map(({ row }) => row)));
  }

  _sheet(label) {
    const sheet = new FeatureSheet();
    const { side, count } = this.features;
    sheet.fit(count, side, Math.min(ACROSS, count));
    const surface = new Surface(this.context, {
      label, className: "px-features-sheet", height: (width) => Math.round((width * sheet.canvas.height) / sheet.canvas.width), prepare: () => this._fill(), render: (pen, view) => this._render(pen, view, sheet),
    });
    const at = (event) => sheet.unitAt(event.offsetX, event.offsetY, surface.view.width);
    surface.canvas.addEventListener("pointermove", (event) => this.pointed(at(event)));
    surface.canvas.addEventListener("pointerdown", (event) => this.pointed(at(event)));
    surface.canvas.addEventListener("pointerleave", () => this.pointed(null));
    return { sheet, surface };
  }

  /** Whose side this is. */
  take(lane, lanes) {
    if (lane.lane !== this.lane) this.frame = null; // another lane's picture is not this one's
    this.lane = lane.lane;
    this.title = titleOf(lane, lanes);
    this.key = new MarkKey(this.context, markOf(lane, lanes));
    this.head.replaceChildren(this.key.element, element("span", { text: this.title }), element("span", { class: "px-note", text: this.role }));
  }

  /** `first`: the first weights; `kind`: "update" or "change". */
  draw(frame, first, kind) {
    // A frame of the past may lack what nobody looked at then: what stands is kept, or a blank shape until it comes.
    const bare = !reading(frame, `${prefixOf(this.lane)}1/feature`);
    this.element.classList.toggle("px-features-bare", bare && !this.frame);
    if (bare) return;
    Object.assign(this, { frame, first, kind });
    this._fill();
    this._again();
    this._tell();
  }

  _read(name) {
    return this.frame ? reading(this.frame, `${prefixOf(this.lane)}1/${name}`) : null;
  }

  _fill() {
    if (!this.frame) return;
    const { lut } = this.context.colours;
    const bytes = this._read("feature");
    if (bytes) this.now.sheet.bytes(bytes, lut);
    const [weights, update] = [this._read("weight"), this._read("weight_update")];
    const changed = this.kind === "update" ? update : weights && this.first && difference(weights, this.first, this.features.count * this.inputs);
    if (this.change && changed) this.change.sheet.scaled(changed, lut);
  }

  _tell() {
    const [weights, update] = [this._read("weight"), this._read("weight_update")];
    this.found = weights && this.first ? moved(this.first, weights, this.inputs) : null;
    this.facts.moved.say(shareText(this.found?.layer));
    this.facts.step.say(shareText(weights && update ? stepShare(update, weights) : NaN));
    say(this.caption, this.kind === "update" ? "last step of each unit, in shares of its largest" : "change since the start, in shares of each unit's largest");
    this.now.surface.describe(() => `Features of ${this.title}: the first layer has moved ${shareText(this.found?.layer)} from its first weights.`);
    this._name();
  }

  _name() {
    const { row } = this.facts.unit;
    say(row.firstChild, this.unit === null ? "a unit: point at one" : `unit ${this.unit + 1} has moved`);
    this.facts.unit.say(this.unit === null ? "" : shareText(this.found?.units[this.unit]));
  }

  point(unit) {
    this.unit = unit;
    this._again();
    this._name();
  }

  _again() {
    this.now.surface.draw();
    this.change?.surface.draw();
  }

  _render(pen, view, sheet) {
    if (!this.frame) return;
    sheet.draw(pen, 0, 0, view.width);
    if (this.unit === null) return;
    const { x, y, side } = sheet.box(this.unit, view.width);
    pen.strokeStyle = view.colours.ink;
    pen.lineWidth = view.projector ? 4 : 2;
    pen.strokeRect(x + 1, y + 1, side - 2, side - 2);
  }

  repaint() {
    this.key?.paint();
  }

  destroy() {
    this.now.surface.destroy();
    this.change?.surface.destroy();
  }
}

function difference(to, from, count) {
  const found = new Float32Array(count);
  for (let i = 0; i < count; i++) found[i] = to[i] - from[i];
  return found;
}
