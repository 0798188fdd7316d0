// Forgetting since the last use: the two models' curves and the single trace, over recorded savings of four people.

import { badgeButton } from "../panels/badge.js";
import { percent } from "../panels/format.js";
import { element, say, section } from "../panels/markup.js";
import { exported } from "../perception/fields.js";
import { MemoryChart, strengthAxis } from "./memory_chart.js";
import { DAY, MINUTE, duration, timeTicks } from "./memory_time.js";

const FROM = 15 * MINUTE; // the first recorded interval, 20 minutes, stands a little inside
const SHAPES = { ebbinghaus: ["disc", false], dros: ["diamond", false], mack: ["square", true], seitz: ["triangle", true] };
const MARKS = { disc: "●", diamond: "◆", square: "□", triangle: "△" };

export class Forgetting {
  constructor(context, { recorded, badges }) {
    Object.assign(this, { context, recorded });
    this.chart = new MemoryChart(context, "Forgetting since the last use", 300);
    const key = recorded.curves.map(({ name, person, year }) => `${MARKS[SHAPES[name][0]]} ${person} ${year}`).join("  ");
    this.caption = element("figcaption", { text: `Everything is divided by its own value at 20 minutes. Recorded savings: ${key}` });
    this.told = element("p", { class: "pxp-story" });
    const { root } = section("forgetting", "Forgetting, since the last use", "beside recorded data");
    root.append(element("figure", { class: "pxp-figure" }, this.chart.element, this.caption), element("div", { class: "pxm-badges" }, badgeButton(badges.people, "Savings", true)), this.told);
    this.element = root;
  }

  answered({ arrays }, spec) {
    const first = { at: this.recorded.intervals[0], text: duration(this.recorded.intervals[0]) };
    this.axis = { x: { low: FROM, high: 31 * DAY, ticks: [first, ...timeTicks(FROM, 31 * DAY, true)], label: "time since the last use", log: true }, y: { ...strengthAxis(1, spec.axes === "log", 2), label: "" } };
    const at = nearest(arrays.since, this.recorded.intervals[0]);
    const over = (values) => (values[at] > 1e-6 ? Float32Array.from(values, (value) => value / values[at]) : null);
    this.since = arrays.since;
    this.kept = { chain: over(arrays.kept_chain), control: over(arrays.kept_control), recall: arrays.kept_recall[at] > 2 * arrays.kept_error[at] ? over(arrays.kept_recall) : null };
    this._top(spec.axes === "log");
    this.error = this.kept.recall && Float32Array.from(arrays.kept_error, (value) => value / arrays.kept_recall[at]);
    this._story();
    this.draw();
  }

  /** The axis reaches as high as any curve does at its left end. */
  _top(log) {
    const within = Object.values(this.kept).filter(Boolean).flatMap((values) => Array.from(values).filter((_, i) => this.since[i] >= FROM));
    const high = [1.25, 1.5, 2, 3, 4].find((step) => step >= Math.max(...within)) ?? 5;
    if (log) this.axis.y.high = Math.max(2, high);
    else Object.assign(this.axis.y, { high, ticks: [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4, 5].filter((at) => at <= high && (high <= 1.5 || Number.isInteger(2 * at))).map((at) => ({ at, text: String(at) })) });
  }

  draw() {
    if (!this.axis) return;
    const { brain, network, ink } = this.context.colours;
    const { chain, control, recall } = this.kept;
    const x = this.since;
    const curves = [
      control && { colour: ink, dash: [6, 5], width: 0.8, x, y: control, name: { text: "single trace", share: this.axis.y.log ? 0.5 : 0.36, below: true } },
      recall && { colour: network, width: 1.3, x, y: recall, error: this.error, name: { text: "networks", share: 0.72 } },
      chain && { colour: brain, width: 1.3, x, y: chain, name: { text: "beakers", share: 0.74, below: true } },
    ].filter(Boolean);
    const points = this.recorded.curves.flatMap(({ name, savings }) => savings.map((value, i) => ({ x: this.recorded.intervals[i], y: value / savings[0], colour: ink, shape: SHAPES[name][0], open: SHAPES[name][1] })));
    this.chart.show(this.axis, curves, { points });
  }

  _story() {
    const last = nearest(this.since, this.recorded.intervals.at(-1));
    const kept = (values) => (values ? percent(Math.max(0, values[last])) : "nothing that could be told from a guess");
    const people = this.recorded.curves.map(({ person, savings }) => `${person} ${percent(savings.at(-1) / savings[0])}`).join(", ");
    const rose = this.recorded.curves.filter(({ savings }) => savings[3] > savings[2]).map(({ person }) => person);
    const sentence = `After 31 days there is left, of what there was at 20 minutes: in the beakers ${kept(this.kept.chain)}, in the networks ${kept(this.kept.recall)}, in the single trace ${kept(this.kept.control)}; of people’s savings, ${people}.`;
    say(this.told, `${sentence} Savings are effort that a person spares when learning a list again, not a synapse’s strength and not a network’s answer: only the shapes are set side by side. ${rose.join(" and ")} saved more after a day than after nine hours; the models have no night between.`);
    this.chart.words(sentence);
  }

  panels() {
    return [exported("forgetting", "Forgetting", this.chart)];
  }

  destroy() {
    this.chart.destroy();
  }
}

function nearest(values, wanted) {
  let best = 0;
  values.forEach((value, i) => { if (Math.abs(value - wanted) < Math.abs(values[best] - wanted)) best = i; });
  return best;
}
