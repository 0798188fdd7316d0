// What goes on between events: the synapse over time, Adam's moments and the weight over events.

import { Strips } from "./release_strips.js";
import { CURVES } from "./release_counts.js";

const DASH = { u: [7, 4], trial: [2, 3] };

/** The synapse: pool and release probability, vesicles per spike, the response as it adds up. */
export class SynapseTraces {
  constructor(context) {
    this.context = context;
    this.strips = new Strips(context, "The synapse over time", 3, 84);
    this.element = this.strips.element;
  }

  show({ arrays, result }, index) {
    const { brain, faint } = this.context.colours;
    const { trace_time: x, times } = arrays;
    const points = x.length;
    const events = times.length;
    const quanta = (row) => arrays.quanta.subarray(row * events, (row + 1) * events);
    const response = (row) => arrays.trace_response.subarray(row * points, (row + 1) * points);
    const rows = [
      { title: "pool x; chance u for a next spike", low: 0, high: 1, lines: [{ name: "x", x, y: arrays.trace_pool, colour: brain }, { name: "u", x, y: arrays.trace_probability, colour: brain, dash: DASH.u }] },
      { title: `vesicles: bars this trial, rings mean of ${result.trials}, line N·u·x`, sticks: [{ x: times, y: quanta(0), colour: brain }], lines: [{ x: times, y: quanta(1), colour: faint }], dots: [{ x: times, y: quanta(2), colour: brain }] },
      { title: "postsynaptic response, mV", lines: [{ name: "trial", x, y: response(1), colour: faint }, { name: "model", x, y: response(0), colour: brain }] },
    ];
    this.strips.show({ x: { low: x[0], high: x[points - 1], label: "time, ms" }, at: times[index], rows, words: `The synapse over ${Math.round(x[points - 1] - x[0])} ms: pool, vesicles and response at each of ${events} spikes.` });
  }
}

/** The weight: gradients, Adam's moments, its step for a mean gradient of 1, and where each rule has taken the weight. */
export class WeightTraces {
  constructor(context) {
    this.context = context;
    this.strips = new Strips(context, "The weight over events", 3, 84);
    this.element = this.strips.element;
  }

  show({ arrays }, index) {
    const { network, negative, positive } = this.context.colours;
    const events = arrays.gradients.length;
    const x = Float64Array.from({ length: events }, (_, i) => i + 1);
    const weights = (rule) => arrays.weights.subarray(rule * events, (rule + 1) * events);
    const names = ["plain", "momentum", "Adam"];
    const rows = [
      { title: "gradient g", sticks: [{ x, y: arrays.gradients, colour: (value) => (value < 0 ? negative : positive) }] },
      { title: "Adam’s mean m̂, and the root √v̂ under it", lines: [{ name: "m̂", x, y: arrays.mean, colour: network, dash: DASH.u }, { name: "√v̂", x, y: arrays.root, colour: network }] },
      { title: "weight, from 0", lines: names.map((name, rule) => ({ name, x, y: weights(rule), colour: network, dash: CURVES[rule + 1].dash })) },
    ];
    this.strips.show({ x: { low: 1, high: events, label: "event" }, at: index + 1, rows, words: `The weight over ${events} events: gradients, Adam’s moments, and the weight under three rules.` });
  }
}
