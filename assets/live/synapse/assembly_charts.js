// Curves over presentations and over damage, for both sides: what grows, how large each change is, and what a cue is completed to.

import { number, whole } from "../panels/format.js";
import { element, section } from "../panels/markup.js";
import { badgeButton } from "../panels/badge.js";
import { LineChart } from "../perception/line_chart.js";
import { niceAbove } from "./assembly_gate.js";

const CLASSES = [{ text: "within an assembly", dash: [], width: 1.5 }, { text: "between assemblies", dash: [8, 4] }, { text: "active and silent", dash: [2, 4] }, { text: "both silent", dash: [12, 3, 2, 3], width: 1.5 }];
export const BRAIN_DASH = [];
export const NETWORK_DASH = [9, 4];
const written = (tick) => number(tick, 2);
const range = (count) => Array.from({ length: count }, (_, i) => i);

/** At most six whole ticks from 0 to `last`. */
function wholes(last) {
  const step = [1, 2, 5, 10, 20, 50].find((size) => last / size <= 6) ?? 100;
  return range(Math.floor(last / step) + 1).map((i) => i * step);
}

/** Where each name stands, {x, y, below} or null: over its whole width clear of all curves, and of the names placed before it.
    `px` {x, y}: how much of the axes one pixel is; `text`: px of a letter's height. */
function namePlaces(curves, names, px, text) {
  const last = curves[0].length - 1;
  const taken = [];
  const place = (curve, name, share, below) => {
    const from = Math.round(share * last);
    const to = Math.ceil(from + (0.6 * text * name.length + 8) * px.x);
    if (to > last) return null;
    const span = curve.slice(from, to + 1);
    const y = below ? Math.min(...span) : Math.max(...span);
    const [low, high] = below ? [y - (1.2 * text + 6) * px.y, y] : [y, y + (1.2 * text + 4) * px.y];
    const free = taken.every((other) => other.to < from || other.from > to || other.high <= low || other.low >= high);
    const clear = curves.every((other) => other.slice(from, to + 1).every((value) => value <= low || value >= high));
    return free && clear ? { from, to, low, high, y, below } : null;
  };
  return curves.map((curve, i) => {
    const tries = [0.6, 0.4, 0.2, 0.7, 0.05].flatMap((share) => [curve[last] < 0, curve[last] >= 0].map((below) => [share, below]));
    const found = tries.map(([share, below]) => place(curve, names[i], share, below)).find(Boolean) ?? null;
    if (found) taken.push(found);
    return found;
  });
}

/** Mean connection of each kind of pair, one side. */
export class Grown {
  constructor(context, name, side) {
    Object.assign(this, { context, name, side });
    this.chart = new LineChart(context, `Mean connection, ${name}`, { x: { low: 0, high: 1, ticks: [0], label: "presentations" }, y: { low: -1, high: 1, ticks: [0], label: "", format: written } }, 200);
    const { root } = section(`grown-${name}`, "Which connections grow", "mean over pairs; solid: within an assembly, dashed: between, dotted: one active, one silent in all, dots and dashes: both silent in all");
    root.append(this.chart.element);
    this.element = root;
  }

  answered({ arrays }) {
    const kinds = CLASSES.length;
    const moments = arrays.means.length / (2 * kinds);
    const values = arrays.means.subarray(this.side * moments * kinds, (this.side + 1) * moments * kinds);
    this.x = range(moments);
    this.curves = CLASSES.map((_, kind) => this.x.map((t) => values[t * kinds + kind]));
    const all = this.curves.flat().filter(Number.isFinite);
    const [low, high] = [Math.min(0, ...all), Math.max(1e-9, ...all)];
    const bottom = low < 0 ? -niceAbove(Math.max(-low, high / 4)) : 0;
    const top = niceAbove(Math.max(high, -low / 4));
    Object.assign(this.chart.axes.x, { high: moments - 1, ticks: wholes(moments - 1) });
    Object.assign(this.chart.axes.y, { low: bottom, high: top, ticks: bottom ? [bottom, 0, top] : [0, top / 2, top] });
  }

  show(t) {
    if (!this.x) return;
    const colour = this.context.colours[this.name];
    const seen = this.curves.map((y, kind) => ({ colour, ...CLASSES[kind], x: this.x, y, until: t })).filter(({ y }) => Number.isFinite(y[0]));
    const names = this._names(seen).map((name, i) => name && t >= name.from && { colour, x: [name.from], y: [name.y], label: { text: seen[i].text, at: 0, below: name.below } });
    this.chart.show([...seen, ...names.filter(Boolean)], { at: t });
    this.chart.words(CLASSES.map(({ text }, kind) => `${text} ${number(this.curves[kind][t])}`).join(", "));
  }

  _names(lines) {
    const { width, height, text } = this.chart.surface.view;
    const { x, y } = this.chart.axes;
    const px = { x: (x.high - x.low) / Math.max(100, width - 5.5 * text), y: (y.high - y.low) / Math.max(80, height - 4.7 * text) };
    return namePlaces(lines.map((line) => line.y), lines.map((line) => line.text), px, text);
  }

  destroy() {
    this.chart.destroy();
  }
}

/** Three charts that hold both sides: size of each change, what the cue is completed to, and recall against damage. */
export class Both {
  constructor(context, badges) {
    this.context = context;
    const share = { low: 0, high: 1.25, ticks: [0, 0.5, 1], label: "" };
    const overlap = { low: 0, high: 1.1, ticks: [0, 0.5, 1], label: "" };
    const presentations = () => ({ low: 0, high: 1, ticks: [0], label: "presentations" });
    this.change = new LineChart(context, "Size of each change", { x: presentations(), y: share }, 230);
    this.after = new LineChart(context, "What the cue is completed to", { x: presentations(), y: overlap }, 230);
    this.curve = new LineChart(context, "Recall against damage", { x: { low: 0, high: 1, ticks: [0, 0.25, 0.5, 0.75, 1], label: "share missing" }, y: { ...overlap } }, 230);
    this.element = element("div", { class: "pxas-three" },
      this._figure("change", "How much each presentation changes", "mean |Δw| as a multiple of the first; solid: circuit, dashed: network", this.change),
      this._figure("after", "What the cue is completed to", "overlap with its pattern; solid: circuit, dashed: network", this.after),
      this._figure("damage", "Recall against damage", "overlap; solid: circuit, dashed: network; marks: 95% interval", this.curve, badges.curve));
  }

  _figure(name, title, note, chart, badge = null) {
    const { root } = section(name, title, note);
    root.append(chart.element);
    if (badge) root.append(element("p", { class: "pxas-badges" }, badgeButton(badge, title)));
    return root;
  }

  answered(answer, spec) {
    Object.assign(this, { answer, spec });
    const { arrays } = answer;
    const total = arrays.order.length;
    for (const chart of [this.change, this.after]) Object.assign(chart.axes.x, { high: total, ticks: wholes(total) });
    this._floor(this.after, arrays.after);
    this._floor(this.curve, arrays.curve);
    const last = arrays.levels.at(-1);
    Object.assign(this.curve.axes.x, { high: last, ticks: range(5).map((i) => (i * last) / 4), label: spec.damage_kind === "missing" ? "share of the active units missing" : "share of all units flipped" });
    const relative = (side) => range(total).map((t) => arrays.change[side * total + t] / (arrays.change[side * total] || 1));
    this.changes = [relative(0), relative(1)];
    const most = Math.max(1, ...this.changes.flat());
    Object.assign(this.change.axes.y, most > 1.25 ? { high: niceAbove(most), ticks: [0, niceAbove(most) / 2, niceAbove(most)] } : { high: 1.25, ticks: [0, 0.5, 1] });
    this._damage();
  }

  // An overlap below 0 is nearer to the pattern's inverse: the axis goes down only where there is one.
  _floor(chart, values) {
    const lowest = Math.min(...values);
    Object.assign(chart.axes.y, lowest < -0.25 ? { low: -1, ticks: [-1, -0.5, 0, 0.5, 1] } : { low: lowest < -0.05 ? -0.25 : -0.05, ticks: [0, 0.5, 1] });
  }

  _pair(x, both, until = Infinity, low = false) {
    const { colours } = this.context;
    const at = Math.round((low ? 0.3 : 0.45) * (x.length - 1));
    const under = both[0][at] < both[1][at] || low; // the circuit's name below its curve, the network's above
    return [
      { colour: colours.brain, dash: BRAIN_DASH, width: 1.5, x, y: both[0], until, label: until < at ? null : { text: "circuit", at, below: under && !low } },
      { colour: colours.network, dash: NETWORK_DASH, width: 1.5, x, y: both[1], until, label: until < at ? null : { text: "network", at, below: !under } },
    ];
  }

  show(t) {
    if (!this.answer) return;
    const { arrays } = this.answer;
    const total = arrays.order.length;
    const presentations = range(total).map((i) => i + 1);
    this.change.show(this._pair(presentations, this.changes, t, true), { at: t });
    const after = [0, 1].map((side) => Array.from(arrays.after.subarray(side * (total + 1), (side + 1) * (total + 1))));
    this.after.show(this._pair([0, ...presentations], after, t), { at: t });
    this.after.words(`after ${whole(t)} presentations circuit ${number(after[0][t])}, network ${number(after[1][t])}`);
    if (t > 0) this.change.words(`at presentation ${whole(t)} circuit ${number(this.changes[0][t - 1])}, network ${number(this.changes[1][t - 1])} times the first`);
  }

  _damage() {
    const { arrays } = this.answer;
    const x = Array.from(arrays.levels);
    const count = x.length;
    const part = (side, column) => range(count).map((i) => arrays.curve[(side * count + i) * 3 + column]);
    const { low } = this.curve.axes.y;
    const cut = (value) => Math.min(1.1, Math.max(low, value));
    const { colours } = this.context;
    const intervals = [0, 1].flatMap((side) => {
      const [floor, roof] = [part(side, 1), part(side, 2)];
      const aside = (side ? 1 : -1) * 0.004 * x.at(-1);
      return x.map((level, i) => ({ colour: side ? colours.network : colours.brain, alpha: 0.65, x: [level + aside, level + aside], y: [cut(floor[i]), cut(roof[i])] }));
    });
    const means = [part(0, 0), part(1, 0)];
    const lines = this._pair(x, means);
    this.curve.show([...intervals, ...lines], { at: Math.min(this.spec.damage, x.at(-1)) });
    this.curve.words(x.map((level, i) => `${number(level, 2)}: circuit ${number(means[0][i], 2)}, network ${number(means[1][i], 2)}`).join("; "));
  }

  theme(t) {
    if (!this.answer) return;
    this._damage();
    this.show(t);
  }

  destroy() {
    for (const chart of [this.change, this.after, this.curve]) chart.destroy();
  }
}
