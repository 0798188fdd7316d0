// How far each rule's direction lies from the gradient, hidden layer by hidden layer, over the updates.

import { whole } from "../panels/format.js";
import { element, section } from "../panels/markup.js";
import { font, themed } from "../panels/surface.js";
import { MEANING, angleText, haltedText, whoseLoss } from "./angles_words.js";
import { AnglesTable } from "./angles_table.js";
import { ALONG, DegreesAxis, alongAxis } from "./curves_axes.js";
import { LanesChart, segment } from "./curves_chart.js";
import { curveReadings, curvesOf, smoothed } from "./curves_data.js";
import { ChosenLane } from "./lanes_chosen.js";
import { markOf } from "./marks.js";

const SMOOTH = 20; // measured points: an angle on one small batch trembles
const HEIGHT = 210;
const CHANCE = 90;

class AnglesPanel {
  constructor(context) {
    Object.assign(this, { context, name: "angles", title: "Angles to the gradient", every: 200 });
    const { lanes, sizes } = context.statics.meta;
    this.lanes = lanes;
    this.layers = Array.from({ length: sizes.length - 1 }, (_, i) => i + 1);
    this.readings = curveReadings(["step", ...this.layers.map((layer) => `angle_${layer}`)]);
    this.marks = new Map(lanes.map((lane) => [lane.lane, markOf(lane, lanes)]));
    this.chosen = new ChosenLane(context, "angles", () => this._again());
    this.across = alongAxis("step", "log");
    this._build();
    this.stopTheme = themed(context, this.element);
    this.stopColours = context.colours.onchange?.(() => this.table.repaint());
  }

  get output() {
    return this.layers.at(-1);
  }

  _build() {
    const { root } = section("angles", "Angle between each rule's direction and the gradient");
    this.charts = this.layers.slice(0, -1).map((layer) => [layer, new LanesChart(this.context, { title: `degrees, hidden layer ${layer}`, marks: this.marks, up: new DegreesAxis(), height: HEIGHT, note: (...drawing) => chance(...drawing) })]);
    this.table = new AnglesTable(this.context, this.lanes, this.marks, this.layers.map((layer) => (layer === this.output ? "output" : `layer ${layer}`)));
    const charts = element("div", { class: "px-angles-charts" }, this.charts.map(([, chart]) => chart.surface.canvas));
    const words = element("div", { class: "px-angles-words", "data-terms": "" }, element("p", { text: MEANING }), element("p", { class: "px-note", text: whoseLoss(this.lanes) }));
    root.append(charts, element("div", { class: "px-angles-below" }, this.table.element, words));
    this.element = root;
  }

  draw(frame) {
    this.frame = frame;
    this.stopped = new Map((frame.meta.lanes ?? []).flatMap((lane) => (lane.halted ? [[lane.lane, haltedText(lane)]] : [])));
    this.means = new Map(this.layers.map((layer) => [layer, curvesOf(frame, this.lanes, "step", `angle_${layer}`).map((curve) => ({ ...curve, values: smoothed(curve.values, curve.length, SMOOTH) }))]));
    for (const [layer, chart] of this.charts) {
      Object.assign(chart, { chosen: this.chosen.lane, begun: frame.meta.step > 0 });
      chart.show(this.means.get(layer), this.across, ALONG.step.title);
      chart.surface.describe(() => `Angles in hidden layer ${layer}: ${this._words(layer)}.`);
    }
    this._tell(frame);
  }

  _words(layer) {
    const curves = this.means.get(layer);
    return curves.map(({ lane, values, length }) => `${this.marks.get(lane).label} ${this.stopped.get(lane) ?? angleText(values[length - 1])}`).join(", ");
  }

  _tell(frame) {
    const at = new Map();
    for (const [layer, curves] of this.means) for (const { lane, along, values, length } of curves) {
      // Before the first update no rule has a direction.
      if (length < 2) continue;
      if (!at.has(lane)) at.set(lane, []);
      at.get(lane)[layer - 1] = along[length - 1] > 0 ? values[length - 1] : NaN;
    }
    const update = Math.max(0, ...(frame.meta.lanes ?? []).map(({ measured_at: measured }) => measured ?? 0));
    this.table.show(at, this.chosen.lane, `At update ${whole(update)}: mean of the last ${SMOOTH} measured updates`, this.stopped);
  }

  _again() {
    if (this.frame) this.draw(this.frame);
  }

  resize() {}

  image() {
    const canvases = this.charts.map(([, chart]) => chart.surface.canvas);
    const made = element("canvas", { width: canvases.reduce((sum, { width }) => sum + width, 0), height: canvases[0].height });
    const pen = made.getContext("2d");
    pen.fillStyle = this.context.colours.background;
    pen.fillRect(0, 0, made.width, made.height);
    canvases.reduce((left, canvas) => (pen.drawImage(canvas, left, 0), left + canvas.width), 0);
    return made;
  }

  destroy() {
    this.chosen.destroy();
    this.stopTheme();
    this.stopColours?.();
    for (const [, chart] of this.charts) chart.surface.destroy();
  }
}

/** The line at 90°, with its word. */
function chance(pen, view, box, y) {
  pen.strokeStyle = pen.fillStyle = view.colours.ink;
  pen.lineWidth = view.projector ? 3 : 1;
  pen.setLineDash([2, 3]);
  segment(pen, box.left, y(CHANCE), box.right, y(CHANCE));
  pen.setLineDash([]);
  pen.font = font(view);
  pen.textAlign = "left";
  pen.textBaseline = "bottom";
  haloed(pen, view, "no better than chance in direction", box.left + 5, y(CHANCE) - 4);
}

/** Text that lines pass behind. */
function haloed(pen, view, text, x, y) {
  pen.strokeStyle = view.colours.background;
  pen.lineWidth = view.text / 3;
  pen.lineJoin = "round";
  pen.strokeText(text, x, y);
  pen.fillText(text, x, y);
}

export function create(context) {
  return context.statics?.meta?.lanes?.length ? new AnglesPanel(context) : null;
}
