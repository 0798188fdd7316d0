// Loss and accuracy of all lanes, over updates or over each lane's own seconds of compute, with a cursor and a table of what it finds.

import { Choice } from "../convnet/choice.js";
import { number, whole } from "../panels/format.js";
import { element, section } from "../panels/markup.js";
import { themed } from "../panels/surface.js";
import { ALONG, LogAxis, StretchedAxis, alongAxis } from "./curves_axes.js";
import { LanesChart } from "./curves_chart.js";
import { curveReadings, curvesOf } from "./curves_data.js";
import { CurvesTable } from "./curves_table.js";
import { ChosenLane } from "./lanes_chosen.js";
import { markOf } from "./marks.js";

const HEIGHT = 176;

class CurvesPanel {
  constructor(context) {
    Object.assign(this, { context, name: "curves", title: "Curves of all rules", every: 110, by: "step", scale: "log", part: "test", cursor: null });
    this.lanes = context.statics.meta.lanes;
    this.marks = new Map(this.lanes.map((lane) => [lane.lane, markOf(lane, this.lanes)]));
    this.chosen = new ChosenLane(context, "curves", () => this._again());
    this._build();
    this._axes();
    this.stopTheme = themed(context, this.element);
    this.stopColours = context.colours.onchange?.(() => this.table.repaint());
  }

  /** Asked again when the switch between training and held-out examples is pressed. */
  get readings() {
    return curveReadings(["step", "seconds", `${this.part}_loss`, `${this.part}_accuracy`]);
  }

  _build() {
    const { root } = section("curves", "Loss and accuracy");
    this.bys = new Choice("Along", [["step", "Updates"], ["seconds", "Seconds"]], (by) => this._choose({ by }));
    this.scales = new Choice("Scale along", [["log", "Log"], ["even", "Even"]], (scale) => this._choose({ scale }));
    this.parts = new Choice("Examples", [["test", "Held out"], ["train", "Training"]], (part) => this._choose({ part }));
    const pointed = (along) => this._point(along);
    this.charts = ["loss", "accuracy"].map((name) => [name, new LanesChart(this.context, { title: name, marks: this.marks, up: name === "loss" ? new LogAxis(-1, 0, -6, 2) : new StretchedAxis(), height: HEIGHT, pointed })]);
    for (const [, chart] of this.charts) this._keys(chart.surface.canvas);
    this.table = new CurvesTable(this.context, this.lanes, this.marks);
    this.about = element("p", { class: "px-note", text: this._about() });
    root.append(element("div", { class: "px-row px-curves-bar" }, this.bys.element, this.scales.element, this.parts.element), ...this.charts.map(([, chart]) => chart.surface.canvas), this.table.element, this.about);
    this.element = root;
  }

  _about() {
    const { measured, train_examples: trained, test_examples: held } = this.context.statics.meta;
    return `Measured on ${whole(measured?.test ?? held)} held-out examples and the first ${whole(measured?.train ?? trained)} training examples, at updates that spread out. The accuracy axis is stretched towards 100%.`;
  }

  _keys(canvas) {
    canvas.tabIndex = 0;
    canvas.addEventListener("keydown", (event) => this._key(event));
    canvas.addEventListener("blur", () => this._point(null));
  }

  _axes() {
    this.across = alongAxis(this.by, this.scale);
    for (const [name, chart] of this.charts) chart.title = `${this.part === "test" ? "held-out" : "training"} ${name}`;
  }

  _choose(change) {
    Object.assign(this, change, { cursor: null });
    this._axes();
    if (change.part) this.context.select(this.context.focus?.() ?? null); // other readings are wanted now
    this._again();
  }

  draw(frame) {
    this.frame = frame;
    for (const [name, chart] of this.charts) {
      Object.assign(chart, { chosen: this.chosen.lane, cursor: this.cursor, begun: frame.meta.step > 0 });
      chart.show(curvesOf(frame, this.lanes, this.by, `${this.part}_${name}`), this.across, ALONG[this.by].title);
      chart.surface.describe(() => `${chart.title} over ${ALONG[this.by].title}. Arrow keys move a cursor; the table below tells its values.`);
    }
    this._tell();
  }

  _again() {
    if (this.frame) this.draw(this.frame);
  }

  _tell() {
    const [loss, accuracy] = this.charts.map(([, chart]) => chart.curves);
    const at = this.cursor === null ? "now" : this.by === "step" ? `at update ${whole(this.cursor)}` : `at ${number(this.cursor)} s of compute`;
    this.table.show({ loss, accuracy }, this.cursor, at, this.frame?.meta.lanes ?? []);
  }

  // ── the cursor ─────────────────────────────────────────────────────────────────────────────

  _point(along) {
    if (along === this.cursor) return;
    this.cursor = along;
    for (const [, chart] of this.charts) {
      chart.cursor = along;
      chart.again();
    }
    if (this.frame) this._tell();
  }

  // By keyboard the cursor goes from one measured place of the longest line to the next.
  _key(event) {
    const way = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    if (event.key === "Escape") return this._point(null);
    const curve = this._longest();
    if (way === undefined || !curve) return;
    event.preventDefault();
    event.stopPropagation();
    let at = this.cursor === null ? curve.length - 1 : curve.along.findIndex((place, i) => place >= this.cursor || i === curve.length - 1);
    at = Math.max(0, Math.min(curve.length - 1, at + (event.shiftKey ? 10 * way : way)));
    while (at < curve.length - 1 && !this.across.holds(curve.along[at])) at++;
    this._point(curve.along[at]);
  }

  _longest() {
    const [[, { curves }]] = this.charts;
    return curves.reduce((best, curve) => (!best || curve.along[curve.length - 1] > best.along[best.length - 1] ? curve : best), null);
  }

  resize() {}

  /** Both charts, one above the other. */
  image() {
    const canvases = this.charts.map(([, chart]) => chart.surface.canvas);
    const made = element("canvas", { width: canvases[0].width, height: canvases[0].height + canvases[1].height });
    const pen = made.getContext("2d");
    pen.fillStyle = this.context.colours.background;
    pen.fillRect(0, 0, made.width, made.height);
    canvases.forEach((canvas, i) => pen.drawImage(canvas, 0, i * canvases[0].height));
    return made;
  }

  destroy() {
    this.chosen.destroy();
    this.stopTheme();
    this.stopColours?.();
    for (const [, chart] of this.charts) chart.surface.destroy();
  }
}

export function create(context) {
  return context.statics?.meta?.lanes?.length ? new CurvesPanel(context) : null;
}
