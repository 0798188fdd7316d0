// The spacing effect, measured: what is left after the time withheld, against the gap between uses, in the synapse and in the networks.

import { number, signed } from "../panels/format.js";
import { element, say, section } from "../panels/markup.js";
import { exported } from "../perception/fields.js";
import { MemoryChart, strengthAxis } from "./memory_chart.js";
import { DAY, duration, timeTicks } from "./memory_time.js";

export class Spacing {
  constructor(context) {
    this.context = context;
    this.synapse = new MemoryChart(context, "Left in the synapse, by gap", 220);
    this.networks = new MemoryChart(context, "Recall left in the networks, by gap", 220);
    this.told = element("p", { class: "pxp-story" });
    this.toldNetwork = element("p", { class: "pxp-story" });
    this.element = section("spacing", "Spacing: the same uses, further apart", "computed anew with every change").root;
    this.heading = this.element.querySelector(".px-note");
    this.element.append(element("div", { class: "pxm-pair" },
      element("div", {}, element("figure", { class: "pxp-figure" }, this.synapse.element, element("figcaption", { text: "strength left in the synapse, in uses. Solid: beakers with the limit. Dashed: without any (the linear chain)" })), this.told),
      element("div", {}, element("figure", { class: "pxp-figure" }, this.networks.element, element("figcaption", { text: "recall left in the networks; shaded: standard error of the difference from the shortest gap. The last use falls on the same hour at every gap, so that all have met the other items equally often" })), this.toldNetwork)));
  }

  answered({ arrays, result }, spec) {
    Object.assign(this, { arrays, result, spec, gap: spec.gap });
    this._story();
    this.draw();
  }

  /** Another gap: the line moves at once, the curves follow with their answer. */
  moved(gap) {
    this.gap = gap;
    this.draw();
  }

  draw() {
    if (!this.arrays) return;
    const { arrays } = this;
    const { brain, network } = this.context.colours;
    const x = { low: 1, high: 7 * DAY, ticks: timeTicks(1, 7 * DAY, true), label: "gap between uses", log: true };
    const top = Math.max(...arrays.linear, ...arrays.chain);
    const chain = { colour: brain, width: 1.3, x: arrays.gaps, y: arrays.chain, name: { text: "with the limit", share: 0.2, below: true } };
    const linear = { colour: brain, dash: [7, 5], x: arrays.gaps, y: arrays.linear, name: { text: "without a limit", share: 0.05 } };
    this.synapse.show({ x, y: { ...strengthAxis(top, false), label: "" } }, [linear, chain], { at: this.gap });
    const least = Math.min(0, ...arrays.recall);
    const most = Math.max(...arrays.recall.map((value, i) => value + arrays.gain_error[i])) * 4;
    const high = Math.min(1, Math.max(0.25, Math.ceil(most) / 4));
    const y = { low: least < -0.01 ? -0.5 : 0, high, ticks: [-0.5, -0.25, 0, 0.25, 0.5, 0.75, 1].filter((at) => at >= (least < -0.01 ? -0.5 : 0) && at <= high).map((at) => ({ at, text: String(at).replace("-", "−") })), label: "" };
    this.networks.show({ x, y }, [{ colour: network, width: 1.3, x: arrays.gaps, y: arrays.recall, error: arrays.gain_error }], { at: this.gap });
  }

  _story() {
    const { arrays, spec } = this;
    if (spec.repetitions === 1) {
      say(this.told, "One use has no gap: choose two or more to see what spacing does.");
      say(this.toldNetwork, "");
      return;
    }
    const gap = (i) => duration(arrays.gaps[i]);
    const most = best(arrays.chain);
    const after = duration(spec.retention);
    const limited = most === 0
      ? `With a limit of ${uses(spec.limit)}, close uses leave most after ${after}: ${number(arrays.chain[0])}.`
      : `With a limit of ${uses(spec.limit)}, ${after} after the last one a gap of ${gap(most)} leaves most: ${number(arrays.chain[most])}, ${number(arrays.chain[most] / arrays.chain[0])} times what a gap of ${gap(0)} leaves (${number(arrays.chain[0])}), where the first beaker is full and most of each use spills.`;
    const without = best(arrays.linear) === 0
      ? `Without a limit the chain is linear, and no gap beats ${gap(0)}: every use adds the same curve, and at a wider gap the earlier ones are only older.`
      : `Without a limit a gap of ${gap(best(arrays.linear))} leaves most.`;
    say(this.told, `${limited} ${without}${spec.bounded ? "" : " The limit is off above; the solid line is what it would do."}`);
    say(this.toldNetwork, this._networks(gap));
    this.synapse.words(limited);
  }

  // More or less than two standard errors: an effect; else none that these networks show.
  _networks(gap) {
    const { arrays, spec } = this;
    const last = arrays.gain.length - 1;
    const sure = arrays.gain.map((value, i) => value - 2 * arrays.gain_error[i]);
    const most = best(sure);
    const said = (i) => `${signed(arrays.gain[i], 2)} ± ${number(arrays.gain_error[i], 2)}`;
    const between = spec.others_per_hour > 0 ? `With ${String(spec.others_per_hour)} update${spec.others_per_hour === 1 ? "" : "s"} an hour on other items in between` : "With nothing learned in between";
    if (sure[most] > 0) return `${between}, a gap of ${gap(most)} leaves ${said(most)} more recall than ${gap(0)}: a spacing effect. It comes from what lies between: set other items to 0 an hour and it is gone.`;
    if (arrays.gain[last] + 2 * arrays.gain_error[last] < 0) return `${between}, a gap of ${gap(last)} leaves ${said(last)}: spacing costs. ${spec.others_per_hour > 0 ? "Decay and other items take from the earlier uses" : "Only weight decay is at work, and it has longer to take from the earlier uses"}.`;
    return `${between}, no gap differs from ${gap(0)} by more than two standard errors: these ${this.result.networks} networks show no spacing effect here.`;
  }

  panels() {
    return [exported("spacing-synapse", "Spacing, synapse", this.synapse), exported("spacing-networks", "Spacing, networks", this.networks)];
  }

  destroy() {
    this.synapse.destroy();
    this.networks.destroy();
  }
}

function uses(limit) {
  return limit === 1 ? "one use" : `${number(limit)} uses`;
}

function best(values) {
  return values.reduce((most, value, i) => (value > values[most] ? i : most), 0);
}
