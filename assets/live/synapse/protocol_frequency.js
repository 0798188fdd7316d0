// Change against the pairing frequency at +10 and −10 ms, with what Sjöström and others recorded in 2001 laid over the models.

import { badgeButton } from "../panels/badge.js";
import { element, say, section, toggle } from "../panels/markup.js";
import { Choice } from "../perception/fields.js";
import { Chart } from "./protocol_chart.js";
import { SHORT, inPercent, labelled, modelCurve, stepped, ticksOf } from "./protocol_models.js";
import { change as written } from "./protocol_words.js";

export const TRAINS = [
  { name: "continuous", title: "60 continuous pairs", sentence: "As the triplet rule was fitted: all pairs in one train", fields: { pairs: 60, bursts: 1, pause_s: 10 } },
  { name: "bursts", title: "The recorded bursts", sentence: "As it was recorded: fifteen bursts of five pairs", fields: { pairs: 5, bursts: 15, pause_s: 10 } },
];
const SIDES = ["pre before post, Δt = +10 ms", "post before pre, Δt = −10 ms"];
const HIGH_HZ = 40; // from here on the order of the two spikes no longer decided the sign in the recordings

export class Frequency {
  /** `changed({train, data})`: what the switches say now. */
  constructor(context, told, { train, data }, changed) {
    Object.assign(this, { context, told, train, data });
    this.choice = new Choice("Pairs of the frequency curve", TRAINS, ({ name }) => { this.train = name; this.choice.mark(name); changed(); });
    this.choice.mark(train);
    this.overlay = toggle("Overlay the data", data, (on) => { this.data = on; this._draw(); this._tell(); changed(); });
    this.charts = SIDES.map((side, i) => new Chart(context, `Change of strength against the pairing frequency, ${side}`, {
      x: { low: 0, high: 53, ticks: [0, 10, 20, 30, 40, 50], label: "pairing frequency, Hz" }, y: { low: -50, high: 100, ticks: [-50, 0, 50, 100], label: `${side}: change, %`, signed: true },
    }, { height: 270, named: i === 1 }));
    const { root } = section("frequency", "Change against the pairing frequency");
    this.story = element("p", { class: "pxp-story" });
    this.badge = badgeButton(told.badges.recorded, "Sjöström and others 2001", true);
    const row = element("div", { class: "px-row" }, this.choice.element, this.overlay, this.badge);
    root.append(row, element("div", { class: "pxs-two-charts" }, this.charts.map((chart) => chart.element)), this.story);
    this.element = root;
  }

  get fields() {
    return TRAINS.find(({ name }) => name === this.train).fields;
  }

  answered(answer) {
    this.answer = answer;
    this._draw();
    this._tell();
  }

  _draw() {
    if (!this.answer) return;
    const { arrays, result } = this.answer;
    const rates = arrays.frequency_hz;
    const n = rates.length;
    const rows = result.models.map(({ name }) => [name, inPercent(arrays[`${name}/change`])]);
    const points = this.told.recorded.flatMap(({ mean, standard_error }) => [100 * (mean - standard_error), 100 * (mean + standard_error)]);
    const { low, high } = stepped(rows.flatMap(([, values]) => [...values]).concat(points), 100);
    this.charts.forEach((chart, side) => {
      Object.assign(chart.axes.y, { low, high, ticks: ticksOf(low, high) });
      chart.show(rows.map(([name, values]) => modelCurve(name, this.context.colours, rates, values.subarray(side * n, side * n + n), { label: labelled(name, result) })), { points: this.data ? this._points(side) : [] });
      chart.words(this.story.textContent);
    });
  }

  _points(side) {
    const colour = this.context.colours.text;
    return this.told.recorded.filter(({ delta_ms }) => delta_ms > 0 === (side === 0)).map(({ frequency_hz, mean, standard_error }) => ({ x: frequency_hz, y: 100 * mean, error: 100 * standard_error, colour }));
  }

  /** Change of a model at one of the recorded frequencies, relative. */
  _at(name, rate, side) {
    const { arrays } = this.answer;
    const i = arrays.frequency_hz.findIndex((known) => Math.abs(known - rate) < 1e-3);
    return arrays[`${name}/change`][side * arrays.frequency_hz.length + i];
  }

  /** How many of the ten recorded means lie within two standard errors of a model, and what it does at high frequency. */
  _tell() {
    if (!this.answer) return;
    const { result } = this.answer;
    const close = (name) => this.told.recorded.filter(({ frequency_hz, delta_ms, mean, standard_error }) => Math.abs(this._at(name, frequency_hz, delta_ms > 0 ? 0 : 1) - mean) <= 2 * standard_error).length;
    const all = this.told.recorded.length;
    const fits = result.models.map(({ name }) => `${labelled(name, result)}${name === "calcium_cortical" ? " set" : ""} ${close(name)} of ${all}`).join("; ");
    const fitted = result.models.some(({ name }) => name.startsWith("calcium")) ? "Of the calcium sets the cortical one is the set that was fitted to these recordings." : "";
    const train = TRAINS.find(({ name }) => name === this.train).title.replace(/^The/, "the");
    say(this.story, [recordedSentence(this.told.recorded, this.data), `With ${train}, within two standard errors of the recorded means are: ${fits}.`, fitted, this._high(result.models)].filter(Boolean).join(" "));
  }

  _high(models) {
    const parts = models.filter(({ name }) => ["pair", "triplet", "triplet_nearest"].includes(name)).map(({ name }) => `${SHORT[name]} ${[0, 1].map((side) => written(this._at(name, 50, side))).join(" and ")}`);
    if (!parts.length) return "";
    const triplet = models.some(({ name }) => name === "triplet") ? this._at("triplet", 50, 0) : Infinity;
    const short = this.train === "bursts" && triplet < 0.3 ? " Five pairs hardly fill the triplet rule’s slow trace of 114 ms: its published fit is to continuous pairs." : "";
    return `At 50 Hz, pre first and post first: ${parts.join("; ")}.${short}`;
  }

  redraw() {
    this._draw();
  }

  panels() {
    return this.charts;
  }

  destroy() {
    for (const chart of this.charts) chart.destroy();
  }
}

function recordedSentence(recorded, shown) {
  const high = recorded.filter(({ frequency_hz }) => frequency_hz >= HIGH_HZ);
  const low = recorded.filter(({ frequency_hz, delta_ms }) => frequency_hz < HIGH_HZ && delta_ms < 0);
  const spread = (rows) => `${written(Math.min(...rows.map(({ mean }) => mean)))} to ${written(Math.max(...rows.map(({ mean }) => mean)))}`;
  const where = shown ? "The circles, with bars of one standard error, are recordings" : "Recorded in 2001, and hidden now";
  return `${where}: at ${HIGH_HZ} Hz and more both orders strengthened (${spread(high)}), while below that post before pre weakened (${spread(low)}).`;
}
