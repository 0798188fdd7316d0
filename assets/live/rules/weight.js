// The network's side: the same weight of the same network under every rule, over the last updates, and its last change.

import { badgeButton } from "../panels/badge.js";
import { number, signed } from "../panels/format.js";
import { element, say, section } from "../panels/markup.js";
import { reading } from "../panels/reading.js";
import { SteadyRange } from "../panels/steady_range.js";
import { endNames, ends, foot, waiting } from "../panels/strip.js";
import { Surface, themed } from "../panels/surface.js";
import { unitName } from "./knows_places.js";
import { ChosenLane } from "./lanes_chosen.js";
import { prefixOf } from "./lanes_picture.js";
import { MarkKey, dashOf, markOf, titleOf } from "./marks.js";

class WeightPanel {
  constructor(context) {
    const names = ["knows/weight", "knows/update"];
    Object.assign(this, { context, name: "weight", title: "One weight under every rule", every: 150, readings: ["weights/window", ...names, ...names.map((name) => `*:${name}`)] });
    this.lanes = context.statics.meta.lanes;
    this.marks = this.lanes.map((lane) => markOf(lane, this.lanes));
    this.window = windowOf(null, this.lanes);
    this.range = new SteadyRange();
    this.chosen = new ChosenLane(context, "weight", () => this._mark());
    this._build();
    this._mark();
    this.stopTheme = themed(context, this.element);
    this.stopColours = context.colours.onchange?.(() => this.rows.forEach(({ key }) => key.paint()));
  }

  _build() {
    const { root, head, aside } = section("one-weight", "NETWORK: the same weight under every rule", " ");
    this.where = aside;
    const badge = badgeButton(this.context.data?.badges?.every_rule, "weight");
    if (badge) head.append(badge);
    this.surface = new Surface(this.context, { label: "The chosen weight in every lane", height: (_, projector) => (projector ? 400 : 330), render: (pen, view) => this._render(pen, view) });
    this.rows = this.lanes.map((lane, i) => this._row(lane, this.marks[i]));
    const table = element("table", { class: "px-weight-table" }, element("thead", {}, element("tr", {}, ...["rule", "weight", "last Δw"].map((text, i) => element("th", { scope: "col", class: i ? "px-number" : null, text })))),
      element("tbody", {}, ...this.rows.map(({ row }) => row)));
    root.append(element("div", { class: "px-side px-side-network" }, this.surface.canvas), element("div", { class: "px-sideways" }, table));
    this.element = root;
  }

  _row(lane, mark) {
    const key = new MarkKey(this.context, mark);
    const [weight, update] = [0, 1].map(() => element("td", { class: "px-number" }));
    return { lane, key, weight, update, row: element("tr", {}, element("th", { scope: "row" }, key.element, element("span", { text: titleOf(lane, this.lanes) })), weight, update) };
  }

  _mark() {
    for (const { lane, row } of this.rows) row.classList.toggle("px-chosen", lane.lane === this.chosen.lane);
    if (this.frame) this.surface.draw();
  }

  draw(frame) {
    this.frame = frame;
    const { chosen, step, branch } = frame.meta;
    const now = new Map(this.lanes.map(({ lane }) => [lane, reading(frame, `${prefixOf(lane)}knows/weight`)?.[0] ?? null]));
    const key = `${this.context.run?.id} ${branch} ${chosen?.layer} ${chosen?.to} ${chosen?.from}`;
    if (key !== this.key) this.range.reset();
    this.key = key;
    this.window = windowOf(reading(frame, "weights/window"), this.lanes);
    this.surface.draw();
    for (const { lane, weight, update } of this.rows) {
      say(weight, now.get(lane.lane) === null ? "–" : number(now.get(lane.lane)));
      const last = reading(frame, `${prefixOf(lane.lane)}knows/update`)?.[0] ?? null;
      say(update, step && last !== null ? signed(last) : "–");
    }
    if (chosen) say(this.where, `${unitName(this.context, chosen.layer - 1, chosen.from)} → ${unitName(this.context, chosen.layer, chosen.to)}.`);
    this.surface.describe(() => `The chosen weight now: ${this.rows.map(({ lane, weight }) => `${lane.title} ${weight.textContent}`).join(", ")}.`);
  }

  _render(pen, view) {
    const { steps, values } = this.window;
    const big = view.projector;
    const box = { left: big ? 96 : 60, right: view.width - (big ? 118 : 72), top: view.text, bottom: view.height - view.text * 1.7 };
    const finite = [...values.values()].flat().filter(Number.isFinite);
    if (!finite.length) return waiting(pen, view, box);
    this.range.fit(Math.min(...finite), Math.max(...finite));
    ends(this.range, pen, view, box);
    const span = steps.at(-1) - steps[0];
    const x = (step) => (span ? box.left + 2 + ((step - steps[0]) / span) * (box.right - box.left - 4) : box.right - 3);
    const y = (value) => box.bottom - this.range.share(value) * (box.bottom - box.top);
    const names = this.lanes.map((lane, i) => this._curve(pen, view, lane, this.marks[i], steps, x, y)).filter(({ y: at }) => Number.isFinite(at));
    endNames(pen, view, box, names);
    foot(pen, view, box, `update ${steps[0].toLocaleString("en-GB")}`, steps.at(-1).toLocaleString("en-GB"));
  }

  _curve(pen, view, lane, mark, steps, x, y) {
    const values = this.window.values.get(lane.lane);
    const chosen = lane.lane === this.chosen.lane;
    const width = view.line * (chosen ? 1.7 : 1);
    pen.strokeStyle = mark.colour(this.context);
    pen.lineWidth = width;
    pen.setLineDash(dashOf(mark, view.line));
    pen.lineJoin = "bevel";
    pen.beginPath();
    let begun = false;
    values.forEach((value, i) => {
      if (!Number.isFinite(value)) return;
      pen[begun ? "lineTo" : "moveTo"](x(steps[i]), y(value));
      begun = true;
    });
    if (steps.length === 1 && begun) pen.lineTo(x(steps[0]) + 1, y(values[0]));
    pen.stroke();
    pen.setLineDash([]);
    return { name: mark.label, colour: pen.strokeStyle, y: y(values.findLast(Number.isFinite) ?? NaN) };
  }

  resize() {
    this.surface.resize();
  }

  image() {
    return this.surface.image();
  }

  svg() {
    return this.surface.svg();
  }

  destroy() {
    this.chosen.destroy();
    this.stopTheme();
    this.stopColours?.();
    this.surface.destroy();
  }
}

/** {steps, values: lane → its weight after each of them} out of rows (update, lane 1 … n). */
export function windowOf(rows, lanes) {
  const width = 1 + lanes.length;
  const column = (i) => Array.from({ length: (rows?.length ?? 0) / width }, (_, row) => rows[row * width + i]);
  return { steps: column(0), values: new Map(lanes.map(({ lane }, i) => [lane, column(i + 1)])) };
}

export function create(context) {
  return context.statics?.meta?.lanes?.length ? new WeightPanel(context) : null;
}
