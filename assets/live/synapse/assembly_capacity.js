// How many random patterns a population holds: measured on demand, with the curves as they come.

import { Analysis, Refusal } from "../analysis.js";
import { badgeButton } from "../panels/badge.js";
import { number } from "../panels/format.js";
import { button, element, say, section, show } from "../panels/markup.js";
import { LineChart } from "../perception/line_chart.js";
import { NETWORK_DASH } from "./assembly_charts.js";

const DASHES = [[2, 4], [6, 3], []];
const EMPTY = "Measure stores more and more random patterns, half of the units active, in circuits of 100, 400 and 1,000 units and in a network of 100, and asks whether each is still there. It takes about half a minute.";

export class Capacity {
  constructor(context, spec, badge) {
    Object.assign(this, { context, spec });
    this.chart = new LineChart(context, "Recall against the number of patterns", { x: { low: 0, high: 0.3, ticks: [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3], label: "stored patterns per unit" }, y: { low: 0, high: 1.1, ticks: [0, 0.5, 1], label: "" } }, 250);
    this.run = button("Measure the capacity", () => this._start(), { class: "px-button pxas-run" });
    this.stop = button("Cancel", () => this.analysis?.cancel(), { class: "px-button", hidden: true });
    this.bar = element("progress", { max: "1", value: "0", hidden: true, "aria-label": "Progress of the measurement" });
    this.state = element("p", { class: "px-note", role: "status" });
    this.told = element("p", { class: "pxp-story", text: EMPTY });
    const { root } = section("capacity", "How many patterns fit", "overlap that a stored pattern ends with, shown as it was stored; dotted: 100, short dashes: 400, solid: 1,000 units; long dashes: descent");
    root.append(this.chart.element, element("p", { class: "pxas-badges" }, badgeButton(badge, "Capacity")), element("div", { class: "pxas-running" }, this.run, this.stop, this.bar, this.state), this.told);
    this.element = root;
    this._draw();
  }

  async _start() {
    this._busy(true);
    say(this.state, "starting");
    this.analysis = new Analysis(this.context.api, "assembly-capacity", (doing, share) => this._going(doing, share), (arrays) => this._draw(arrays, null));
    try {
      const { result, arrays } = await this.analysis.of(this.spec);
      Object.assign(this, { result, arrays });
      say(this.state, "measured");
    } catch (error) {
      if (error !== null && !(error instanceof Refusal)) console.error(error);
      say(this.state, error === null ? "cancelled" : error instanceof Refusal ? error.message : "This could not be computed. Try again.");
    }
    this._busy(false);
    this._draw();
  }

  _busy(busy) {
    show(this.run, !busy);
    show(this.stop, busy);
    show(this.bar, busy);
  }

  _going(doing, share) {
    say(this.state, doing);
    this.bar.value = share;
  }

  _draw(arrays = this.arrays, result = this.result) {
    const { colours } = this.context;
    if (!arrays) return this.chart.show([]);
    const loads = Array.from(arrays.loads);
    const count = loads.length;
    const series = arrays.overlap.length / (3 * count);
    const row = (line, column) => loads.map((_, i) => arrays.overlap[(line * count + i) * 3 + column]);
    const names = result ? [...result.sizes.map((size) => `${number(size)} units`), `descent, ${result.taught} units`] : [];
    const lines = Array.from({ length: series }, (_, line) => {
      const descent = line === series - 1;
      const label = names[line] ? { text: names[line], at: descent ? 5 : [9, 8, 9][line], below: line === 2 } : null;
      return { colour: descent ? colours.network : colours.brain, dash: descent ? NETWORK_DASH : DASHES[line], width: 1.4, x: loads, y: row(line, 0), label };
    });
    const marks = lines.flatMap(({ colour }, line) => loads.map((load, i) => ({ colour, alpha: 0.6, x: [load, load], y: [Math.max(0, row(line, 1)[i]), Math.min(1.1, row(line, 2)[i])] })));
    const theory = result?.borne_out ? [{ colour: colours.faint, dash: [5, 5], x: [result.theory, result.theory], y: [0, 1.05], label: { text: `${result.theory} (theory)`, at: 0 } }] : [];
    this.chart.show([...theory, ...marks, ...lines]);
    if (result) this._tell(loads, row, result);
  }

  _tell(loads, row, { sizes, theory, borne_out: borne, draws, probes }) {
    const at = (load) => loads.findIndex((known) => Math.abs(known - load) < 1e-6);
    const [low, high] = [at(0.1), at(0.2)];
    const largest = sizes.length - 1;
    const bound = borne ? `In theory recall breaks down at ${theory} patterns per unit when the circuit is large (Amit, Gutfreund and Sompolinsky 1985); the larger the circuit here, the closer its fall lies to that.` : "The curves measured here do not bear out a sharp bound, so none is drawn.";
    const left = row(largest, 0)[high];
    const spurious = left < 0.9 ? `That overlap is no pattern half remembered: past its breakdown recall mostly ends in a spurious state, which was never stored and merely resembles the pattern${row(0, 0)[high] > left ? "; a small circuit has no sharp fall, it loses its patterns little by little" : ""}.` : "";
    const sentence = `With 0.1 patterns per unit ${number(sizes[largest])} units keep an overlap of ${number(row(largest, 0)[low])}; with 0.2 they are left with ${number(left)}, and ${number(sizes[0])} units with ${number(row(0, 0)[high])}. ${spurious} ${bound} The network that descent taught keeps ${number(row(sizes.length, 0)[high])} at 0.2 and ${number(row(sizes.length, 0).at(-1))} at ${number(loads.at(-1), 2)}. ${draws} draws, ${probes} patterns asked of each.`;
    say(this.told, sentence);
    this.chart.words(sentence);
  }

  table() {
    if (!this.result) return [];
    const { loads, overlap } = this.arrays;
    const names = [...this.result.sizes.map((size) => `circuit of ${size}`), `descent, ${this.result.taught}`];
    return names.flatMap((name, line) => Array.from(loads, (load, i) => [name, load, ...[0, 1, 2].map((column) => overlap[(line * loads.length + i) * 3 + column])]));
  }

  theme() {
    this._draw();
  }

  destroy() {
    this.analysis?.cancel();
    this.chart.destroy();
  }
}
