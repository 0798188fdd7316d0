// What learning costs: time of each part of an update, of reading and of drawing, and the multiplications an update is made of.

import { laneName, openLanes } from "./race_lanes.js";
import { number, whole } from "./format.js";
import { element, say, section, show } from "./markup.js";
import { SteadyRange } from "./steady_range.js";
import { themed } from "./surface.js";

const PARTS = ["forward", "backward", "update"];
const TITLES = ["", "forward", "backward", "update", "together"];

/** The frame's cost of each open lane: [{lane, name, ms: {part} , multiplications: {part}}]. */
export function costs(meta) {
  const lanes = openLanes(meta);
  return (meta.compute?.lanes ?? []).map((cost) => ({
    lane: cost.lane,
    halted: Boolean(lanes.find(({ lane }) => lane === cost.lane)?.halted),
    name: lanes.length > 1 ? laneName(lanes.find(({ lane }) => lane === cost.lane) ?? { lane: cost.lane, name: "" }) : "This network",
    ms: Object.fromEntries(PARTS.map((part) => [part, cost[`${part}_ms`]])),
    multiplications: cost.multiplications ?? {},
  }));
}

const known = (values) => values.every((value) => Number.isFinite(value));
const sum = (values) => values.reduce((total, value) => total + value, 0);
/** In three digits and words: 81.7 million. */
function large(value) {
  if (!Number.isFinite(value)) return "–";
  const rounded = Number(value.toPrecision(3));
  return rounded < 1e6 ? whole(rounded) : `${number(rounded / 1e6)} million`;
}

/** One lane's row of times: a stacked bar, and the numbers. */
class TimeRow {
  constructor() {
    this.name = element("th", { scope: "row" });
    this.bars = PARTS.map((part) => element("i", { class: `px-compute-part px-compute-${part}` }));
    this.cells = TITLES.slice(1).map(() => element("td", { class: "px-number" }));
    const bar = element("td", { class: "px-compute-bar", "aria-hidden": "true" }, element("div", {}, ...this.bars));
    this.element = element("tr", {}, this.name, ...this.cells, bar);
  }

  /** `most` ms fill the bar. */
  show(cost, most) {
    const values = PARTS.map((part) => cost.ms[part]);
    say(this.name, cost.name);
    const total = known(values) ? sum(values) : NaN;
    [...values, total].forEach((value, i) => say(this.cells[i], Number.isFinite(value) ? number(value) : "–"));
    values.forEach((value, i) => { this.bars[i].style.width = `${Number.isFinite(value) ? (100 * value) / most : 0}%`; });
  }
}

class WorkRow {
  constructor() {
    this.name = element("th", { scope: "row" });
    this.cells = [0, 1, 2, 3, 4].map(() => element("td", { class: "px-number" }));
    this.element = element("tr", {}, this.name, ...this.cells);
  }

  show(cost, rate) {
    say(this.name, cost.name);
    const values = PARTS.map((part) => cost.multiplications[part]);
    const total = known(values) ? sum(values) : NaN;
    [...values, total, rate === null ? NaN : total * rate].forEach((value, i) => say(this.cells[i], i < 4 ? (Number.isFinite(value) ? whole(value) : "–") : large(value)));
  }
}

/** A table whose rows follow the lanes. */
class Table {
  constructor(caption, heads, Row) {
    this.Row = Row;
    this.rows = [];
    this.body = element("tbody");
    this.element = element("div", { class: "px-sideways" }, element("table", { class: "px-table px-compute-table" }, element("caption", { text: caption }), element("thead", {}, element("tr", {}, ...heads)), this.body));
  }

  fit(count) {
    while (this.rows.length < count) this.rows.push(new this.Row());
    while (this.rows.length > count) this.rows.pop();
    if (this.body.childElementCount !== count) this.body.replaceChildren(...this.rows.map((row) => row.element));
    return this.rows;
  }
}

const heading = (text, part) => element("th", { scope: "col", class: text ? "px-number" : null }, part ? element("i", { class: `px-compute-key px-compute-${part}`, "aria-hidden": "true" }) : null, text);

class ComputePanel {
  constructor(context) {
    this.context = context;
    this.every = 200; // text at most five times a second
    this.readings = [];
    this.range = new SteadyRange();
    this._build();
    this.stopTheme = themed(context, this.element);
  }

  _build() {
    const { root } = section("compute", "What it costs", "Medians of measured updates.");
    this.times = new Table("Time of one update, ms", [heading(""), ...TITLES.slice(1).map((title, i) => heading(title, PARTS[i])), element("th", { scope: "col", class: "px-compute-bar" }, element("span", { class: "px-hidden", text: "as a bar" }))], TimeRow);
    this.work = new Table("Multiplications of one update", ["", "forward", "backward", "update", "together", "each second now"].map((text) => heading(text)), WorkRow);
    this.probes = element("dd", { text: "–" });
    this.drawing = element("dd", { text: "–" });
    this.images = element("dd", { text: "–" });
    this.rate = element("div", {}, element("dt", { text: "images learned from, each second" }), this.images);
    this.dearest = element("p", { class: "px-note" });
    const facts = element("dl", { class: "px-compute-facts" },
      element("div", {}, element("dt", { text: "reading one frame, ms" }), this.probes),
      element("div", {}, element("dt", { text: "drawing it in this browser, ms" }), this.drawing),
      this.context.statics?.meta?.image ? this.rate : null);
    root.append(this.times.element, this.work.element, facts, this.dearest);
    this.element = root;
  }

  draw({ meta }) {
    const lanes = costs(meta);
    show(this.element, lanes.length > 0);
    const totals = lanes.map(({ ms }) => sum(PARTS.map((part) => ms[part] ?? 0)));
    const { high } = this.range.fit(0, Math.max(0, ...totals.filter(Number.isFinite)));
    const rate = meta.status === "playing" && meta.steps_per_second > 0 ? meta.steps_per_second : null;
    this.times.fit(lanes.length).forEach((row, i) => row.show(lanes[i], high));
    this.work.fit(lanes.length).forEach((row, i) => row.show(lanes[i], lanes[i].halted ? 0 : rate));
    this._frame(meta);
    const images = rate === null ? NaN : rate * (this.context.data?.spec?.batch_size ?? NaN);
    say(this.images, Number.isFinite(images) ? whole(Number(images.toPrecision(3))) : "–");
  }

  _frame(meta) {
    const probes = meta.compute?.probes_ms;
    say(this.probes, Number.isFinite(probes) ? number(probes) : "–");
    const drawn = Object.entries(this.context.drawing?.() ?? {}).sort(([, a], [, b]) => b - a);
    say(this.drawing, drawn.length ? number(sum(drawn.map(([, ms]) => ms))) : "–");
    const most = drawn.slice(0, 3).map(([name, ms]) => `${name.replaceAll("_", " ")} ${number(ms, 2)}`);
    say(this.dearest, drawn.length ? `Each of the ${drawn.length} pictures on screen drawn once; most for ${most.join(", ")}.` : "");
  }

  resize() {}

  destroy() {
    this.stopTheme();
  }
}

export function create(context) {
  return new ComputePanel(context);
}
