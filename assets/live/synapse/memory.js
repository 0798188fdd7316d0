// Use it or lose it: one schedule of uses through a synapse of several variables and through small networks; then nothing, for weeks.

import { NewestAnalysis, Refusal } from "../analysis.js";
import { element, show } from "../panels/markup.js";
import { csv, differing, faultLine } from "../perception/fields.js";
import { BrainSide } from "./memory_brain.js";
import { Forgetting } from "./memory_forgetting.js";
import { NetworkSide } from "./memory_network.js";
import { Schedule } from "./memory_schedule.js";
import { Spacing } from "./memory_spacing.js";
import { duration, timeTicks } from "./memory_time.js";

const RESTED = 150; // ms without a change before the spacing, which takes longer, is measured again
const LIMITS = "Where the words stop: weight decay takes from every weight and removes none, so it is not pruning, and it is not what forgetting means in psychology. What passes from beaker to beaker is a flow between variables of one synapse: no sleep, no replay, and no other part of the brain. Potentiation lasted from half an hour to ten hours in the experiments of Bliss and Lømo (1973); that the chain runs for weeks is this page’s choice of its unit of time, and its length.";

export class Memory {
  constructor(context) {
    this.context = context;
    this.told = context.data.memory;
    this.spec = { ...this.told.spec };
    this.index = 0;
    this.schedule = new Schedule(this.told, this.spec, { changed: (changes) => this._changed(changes), started: ({ changes }) => this._changed({ ...this.told.defaults, axes: this.spec.axes, seed: this.spec.seed, ...changes }) });
    this.fault = faultLine();
    this.waiting = element("p", { class: "px-note", role: "status", text: "Computing the schedule…" });
    this.brain = new BrainSide(context, this.told.badges);
    this.network = new NetworkSide(context, this.told.badges);
    this.forgetting = new Forgetting(context, this.told);
    this.spacing = new Spacing(context);
    this.element = element("div", { class: "pxp-part pxm" }, this.schedule.element, this.fault.element, this.waiting,
      element("div", { class: "pxm-two" }, this.brain.element, this.network.element),
      element("div", { class: "pxm-below" }, this.forgetting.element, this.spacing.element),
      element("p", { class: "px-note pxm-limits", text: LIMITS }));
    this.newest = new NewestAnalysis(context.api, "memory", (answer, spec) => this._course(answer, spec), (error) => this._refused(error));
    this.measured = new NewestAnalysis(context.api, "memory", (answer, spec) => this._spacing(answer, spec), (error) => this._refused(error));
    this._ask();
  }

  get count() {
    return this.answer ? this.answer.arrays.instants.length : 0;
  }

  /** The address may name a moment; without one the whole schedule is shown. */
  read(query) {
    const at = Number(query.at);
    this.wanted = query.at !== undefined && Number.isInteger(at) && at >= 0 ? at : null;
  }

  moved(index) {
    this.index = index;
    if (!this.answer) return;
    const at = this.answer.arrays.instants[index];
    this.brain.moved(index, this.axis, Math.max(at, this.axis.low));
    this.network.moved(index, this.axis, Math.max(at, this.axis.low));
  }

  says(index) {
    return this.answer ? `${duration(this.answer.arrays.instants[index], 2)} after the first use` : "";
  }

  address() {
    const last = !this.answer || this.index === this.count - 1;
    return { ...differing(this.spec, this.told.defaults, Object.keys(this.told.defaults)), at: last ? null : String(this.index) };
  }

  table() {
    if (!this.answer) return null;
    const { instants, levels, control, recall, recall_error: error, weight_size: size } = this.answer.arrays;
    const [count, n] = levels.shape;
    const head = ["seconds since the first use", ...Array.from({ length: count }, (_, k) => `beaker ${k + 1}`), "single trace", "recall", "standard error", "length of weights"];
    return csv([head, ...Array.from(instants, (at, i) => [at, ...Array.from({ length: count }, (_, k) => levels[k * n + i]), control[i], recall[i], error[i], size[i]])]);
  }

  panels() {
    return [this.brain, this.network, this.forgetting, this.spacing].flatMap((side) => side.panels());
  }

  theme() {
    this.moved(this.index);
    this.forgetting.draw();
    this.spacing.draw();
  }

  _changed(changes) {
    Object.assign(this.spec, changes);
    this.schedule.fit(this.spec);
    this.fault.say("");
    this.spacing.moved(this.spec.gap);
    this._ask();
    this.context.changed();
  }

  _ask() {
    this.newest.ask({ ...this.spec, part: "course" });
    clearTimeout(this.later);
    this.later = setTimeout(() => this.measured.ask({ ...this.spec, part: "spacing" }), RESTED);
  }

  _course(answer, spec) {
    const before = this.count;
    const share = before > 1 ? this.index / (before - 1) : 1;
    this.answer = answer;
    show(this.waiting, false);
    const { instants } = answer.arrays;
    const log = spec.axes === "log";
    const low = log ? 1 : 0;
    this.axis = { low, high: instants.at(-1), log, ticks: timeTicks(low, instants.at(-1), log), label: "time since the first use" };
    for (const side of [this.brain, this.network, this.forgetting]) side.answered(answer, spec);
    const wanted = this.wanted ?? Math.round(share * (this.count - 1));
    this.wanted = null;
    if (this.element.isConnected) this.context.reload({ index: Math.min(wanted, this.count - 1) });
    this.element.dataset.answered = String(Number(this.element.dataset.answered ?? 0) + 1);
    this.context.answered();
  }

  _spacing(answer, spec) {
    this.spacing.answered(answer, spec);
    this.element.dataset.spacing = String(spec.gap);
  }

  _refused(error) {
    if (!(error instanceof Refusal)) console.error(error);
    show(this.waiting, false);
    this.fault.say(error instanceof Refusal ? error.message : "This could not be computed. Try again.");
  }

  destroy() {
    clearTimeout(this.later);
    this.newest.destroy();
    this.measured.destroy();
    for (const side of [this.brain, this.network, this.forgetting, this.spacing]) side.destroy();
  }
}
