// The synapse's side: the beakers at this moment, and the strength over the whole schedule beside a synapse with one variable.

import { badgeButton } from "../panels/badge.js";
import { number, percent } from "../panels/format.js";
import { element, say, section } from "../panels/markup.js";
import { exported } from "../perception/fields.js";
import { MemoryChart, strengthAxis } from "./memory_chart.js";
import { duration } from "./memory_time.js";
import { Vessels } from "./memory_vessels.js";

export class BrainSide {
  constructor(context, badges) {
    this.context = context;
    this.vessels = new Vessels(context);
    this.chart = new MemoryChart(context, "Strength of the synapse", 205);
    this.caption = element("figcaption");
    this.told = element("p", { class: "pxp-story" });
    const { root } = section("memory-brain", "Brain: one synapse, several variables", "published model");
    const vessels = element("figure", { class: "pxp-figure" }, this.vessels.element, this.caption);
    const strength = element("figure", { class: "pxp-figure" }, this.chart.element, element("figcaption", { text: "strength, in uses: what one use adds to an empty synapse is 1. Triangles: uses. Solid: the beakers’ first level. Dashed: a synapse with one variable" }));
    const row = element("div", { class: "pxm-badges" }, badgeButton(badges.chain, "Beakers", true), badgeButton(badges.control, "Single trace", true));
    root.append(vessels, strength, row, this.told);
    this.element = root;
  }

  answered({ result, arrays }, spec) {
    const log = spec.axes === "log";
    const [count, n] = arrays.levels.shape;
    const top = spec.bounded ? spec.limit : arrays.levels.subarray(0, n).reduce((most, level) => Math.max(most, level), 1);
    Object.assign(this, { result, arrays, spec, count, n, axis: strengthAxis(top, log) });
    this.strength = arrays.levels.subarray(0, n);
    say(this.caption, `${count === 1 ? "One variable, drawn as a beaker" : `${count} variables, drawn as beakers; each is twice as wide as the one before (drawn narrower)`}. Below: how long each takes to pass on what it holds. Level 1 is the synapse’s strength.`);
  }

  moved(index, timeAxis, at) {
    if (!this.arrays) return;
    const { arrays, spec, n } = this;
    const levels = Array.from({ length: this.count }, (_, k) => arrays.levels[k * n + index]);
    const use = arrays.uses.indexOf(arrays.instants[index]);
    this.vessels.show({ levels, widths: this.result.widths, axis: this.axis, limit: spec.bounded ? spec.limit : null, unit: spec.fastest, pouring: use >= 0, spilled: use >= 0 ? arrays.lost[use] : 0 });
    const { brain, ink } = this.context.colours;
    const x = arrays.instants;
    const curves = [
      { colour: ink, dash: [6, 5], width: 0.8, x, y: arrays.control, until: at },
      { colour: brain, width: 1.3, x, y: this.strength, until: at },
    ];
    this.chart.show({ x: timeAxis, y: { ...this.axis, label: "" } }, curves, { uses: arrays.uses, at, dots: [{ x: at, y: this.strength[index], colour: brain }, { x: at, y: arrays.control[index], colour: ink, open: true }] });
    this._story(index, levels);
  }

  _story(index, levels) {
    const { arrays, result, spec } = this;
    const done = arrays.uses.filter((use) => use <= arrays.instants[index]).length;
    const spilled = arrays.lost.slice(0, done).reduce((sum, value) => sum + value, 0);
    const held = levels.reduce((sum, level, k) => sum + level * result.widths[k], 0);
    const half = Math.ceil(this.count / 2);
    const slow = levels.slice(half).reduce((sum, level, k) => sum + level * result.widths[half + k], 0);
    const since = arrays.instants[index] - arrays.uses[done - 1];
    const when = since > 0 ? `${duration(since, 2)} after use ${done} of ${arrays.uses.length}` : `At use ${done} of ${arrays.uses.length}`;
    const stands = `${when} the synapse stands at ${number(levels[0])}, a synapse with one variable at ${little(arrays.control[index], "0")}.`;
    const poured = `Of ${done} poured in, ${little(spilled)} spilled at the limit, ${little(done - spilled - held)} leaked away at the far end, and ${number(held)} is still held`;
    const where = this.count > 1 && held > 0 ? `, ${slow / held < 1e-3 ? "almost none" : percent(slow / held)} of it in the slower half of the beakers.` : ".";
    say(this.told, `${stands} ${poured}${where}${this._fall(index)}`);
    this.chart.words(stands);
  }

  // Only where the schedule ends, for the slope is measured there.
  _fall(index) {
    const { result, n, spec, arrays } = this;
    if (index < n - 1 || result.slope === null || spec.beakers < 2) return "";
    const span = [result.first_exchange, result.slowest].map((seconds) => duration(seconds, 2));
    const law = arrays.uses.length === 1 ? ` What one use leaves falls as 1/√t between ${span[0]} and about ${span[1]}, and exponentially after.` : "";
    return `${law} It falls now as the time since the last use to the power of ${number(result.slope)}.`;
  }

  panels() {
    return [exported("beakers", "Beakers", this.vessels), exported("strength", "Strength of the synapse", this.chart)];
  }

  destroy() {
    this.vessels.destroy();
    this.chart.destroy();
  }
}

// Beyond four digits the arrays, which are single precision, hold no truth about a difference.
function little(value, nothing = "nothing") {
  if (value < 1e-6) return nothing;
  return value < 1e-3 ? "less than 0.001" : number(value);
}
