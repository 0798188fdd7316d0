// Release and step: one sequence of events, as spikes at a synapse that releases and as gradients on one weight.

import { NewestAnalysis, Refusal } from "../analysis.js";
import { badgeButton } from "../panels/badge.js";
import { number } from "../panels/format.js";
import { element, say, section, show } from "../panels/markup.js";
import { stillMotion } from "../panels/palette.js";
import { Choice, csv, differing, exported, faultLine } from "../perception/fields.js";
import { BRAIN, Controls, NETWORK, SHARED } from "./release_controls.js";
import { Counts } from "./release_counts.js";
import { Pool } from "./release_pool.js";
import { Steady } from "./release_steady.js";
import { StepPicture } from "./release_step.js";
import { SynapseTraces, WeightTraces } from "./release_traces.js";
import { brainWords, networkWords, steadyWords, story } from "./release_words.js";

const ADDRESSED = ["train", ...SHARED, ...BRAIN, "gradients", ...NETWORK, "seed"];

export class Release {
  constructor(context) {
    this.context = context;
    this.told = context.data.release;
    this.spec = { ...this.told.spec };
    this.noun = "event";
    this._build();
    this.newest = new NewestAnalysis(context.api, "release", (answer, spec) => this._answered(answer, spec), (error) => this._refused(error));
    this.start = Math.min(3, this.count - 1);
    this._ask();
  }

  get count() {
    return this.spec.train === "own" ? this.spec.spikes.length : this.spec.events;
  }

  _build() {
    const { context, told } = this;
    this.starts = new Choice("Sequences to start from", told.presets, ({ name }) => this._start(name));
    this.sentence = element("p", { class: "px-note pxp-sentence" });
    this.fault = faultLine();
    this.waiting = element("p", { class: "px-note", role: "status", text: "Computing the events…" });
    this.controls = new Controls(told, this.spec, { changed: (changes) => this.set(changes), times: () => this._times() });
    this.pool = new Pool(context);
    this.step = new StepPicture(context);
    this.counts = new Counts(context, (index) => { context.player.pause(); context.player.show(index); });
    this.left = new SynapseTraces(context);
    this.right = new WeightTraces(context);
    this.steady = new Steady(context, this.spec.rate_hz, (rate) => this.set({ rate_hz: rate }));
    const sides = element("div", { class: "pxre-two" }, this._brain(), this._network());
    this.element = element("div", { class: "pxp-part pxre" }, element("div", { class: "pxp-starts" }, this.starts.element, this.sentence), this.controls.events, this.fault.element, this.waiting, element("div", { class: "pxre-stage" }, sides, this._both()), this._between(), this._rates());
    this._mark();
  }

  _brain() {
    const { root, head } = section("release", "Brain: what a spike releases", "one synapse, its sites seen from the side");
    head.append(this._badges("release", "vesicles"));
    root.append(this.pool.element, legend("● docked   ◉ refilled since the last spike   ◠ released now   ◌ empty   ▬ at the first spike"));
    return root;
  }

  _network() {
    const { root, head } = section("step", "Network: what a gradient moves", "one weight under three step rules");
    head.append(this._badges("gradients", "steps"));
    root.append(this.step.element, legend("left of the middle −, right of it +   ❙ at the first event"));
    return root;
  }

  _both() {
    const { root, head } = section("counts", "How much this event counts", "times as much as the first event; each line doubles");
    head.append(this._badges("counts"));
    this.story = element("div", { class: "pxre-told", "aria-label": "What you are seeing" });
    const drawn = element("div", {}, this.counts.element, legend("● release   ■ plain descent   ◆ momentum   ▲ Adam   open marks: below the lowest line"));
    root.append(element("div", { class: "pxre-both" }, drawn, this.story));
    return root;
  }

  _between() {
    this.brain = element("p", { class: "pxp-story" });
    this.network = element("p", { class: "pxp-story" });
    const left = section("between", "Brain: between the spikes", "over time");
    left.root.append(this.controls.synapse, this.left.element, this.brain);
    const right = section("moments", "Network: what the rules remember", "over events");
    right.root.append(this.controls.weight, this.right.element, this.network);
    return element("div", { class: "pxre-two" }, left.root, right.root);
  }

  _rates() {
    const { root, head } = section("steady", "Brain: a train that never ends", "drag the handle, or use the arrow keys: it is the rate of the events above");
    this.rated = element("p", { class: "pxp-story" });
    head.append(this._badges("steady"));
    root.append(this.steady.element, this.rated);
    return root;
  }

  _badges(...names) {
    return element("span", { class: "pxre-badges" }, names.map((name) => badgeButton(this.told.badges[name], name, names.length > 1)));
  }

  /** The place in a link is this part's only where the link opens it. */
  read(query) {
    if (query.tab !== "release") return;
    const at = Number(query.at);
    if (query.at !== undefined && Number.isInteger(at)) this.context.player.show(Math.min(Math.max(0, at), this.count - 1));
  }

  moved(index) {
    this.index = index;
    if (!this.answer) return;
    const at = Math.min(index, this.answer.arrays.times.length - 1);
    for (const picture of [this.pool, this.step, this.counts, this.left, this.right]) picture.show(this.answer, at);
    say(this.brain, brainWords(this.answer, at));
    say(this.network, networkWords(this.answer, at));
    this._story(story(this.answer, at, this.asked));
  }

  _story(sentences) {
    while (this.story.children.length < sentences.length) this.story.append(element("p", { class: "pxp-story" }));
    [...this.story.children].forEach((line, i) => { say(line, sentences[i] ?? ""); show(line, i < sentences.length); });
  }

  says(index) {
    if (!this.answer || index >= this.answer.arrays.times.length) return `event ${index + 1}`;
    const events = this.answer.arrays.times.length;
    const [release, , , adam] = Array.from({ length: 4 }, (_, i) => this.answer.arrays.counts[i * events + index]);
    return `event ${index + 1}: release ${number(release)}, Adam ${number(adam)} times the first`;
  }

  address() {
    const own = this.spec.train === "own" ? this.spec.spikes.map((time) => Number(time.toPrecision(6))).join(",") : null;
    const at = this.index === undefined || this.index === this.start ? null : String(this.index);
    return { ...Object.fromEntries(ADDRESSED.map((name) => [name, null])), ...differing(this.spec, this.told.defaults, ADDRESSED), seed: this.spec.seed ? String(this.spec.seed) : null, spikes: own, at };
  }

  /** Changes of the spec by a hand. */
  set(changes) {
    const before = this.count;
    const stood = this.context.player.index;
    Object.assign(this.spec, changes);
    this.controls.set(this.spec);
    this.steady.set(this.spec.rate_hz);
    this._mark();
    this._ask();
    if (this.count !== before) this.context.reload({ index: stood === before - 1 ? this.count - 1 : Math.min(stood, this.count - 1) });
    this.context.changed();
  }

  /** A start plays itself as soon as its answer is there; where motion is not wanted it stands at its end. */
  _start(name) {
    const { changes } = this.told.presets.find((known) => known.name === name);
    this.set({ ...this.told.defaults, ...changes });
    this.context.reload({ index: stillMotion() ? this.count - 1 : 0 });
    this.eager = !stillMotion();
  }

  /** Which start this is, if any: one that was changed is none. */
  _mark() {
    const { defaults, presets } = this.told;
    const same = (changes) => ADDRESSED.every((name) => this.spec[name] === (changes[name] ?? defaults[name]));
    const found = presets.find(({ changes }) => same(changes));
    this.starts.mark(found?.name ?? null);
    say(this.sentence, found?.sentence ?? "A sequence of your own.");
  }

  /** The train as it is, for one's own to begin with. */
  _times() {
    const { limits } = this.told;
    const times = this.answer ? Array.from(this.answer.arrays.times, (time) => Math.round(time)) : [];
    const fits = times.length >= 2 && times.at(-1) <= limits.longest_ms && times.every((time, i) => i === 0 || time - times[i - 1] >= limits.closest_ms);
    return fits ? times : null;
  }

  _ask() {
    this.latest = { ...this.spec };
    this.newest.ask(this.latest);
  }

  _answered(answer, spec) {
    Object.assign(this, { answer: { ...answer, quantal: spec.quantal_mv }, asked: spec });
    this.fault.say("");
    show(this.waiting, false);
    this.steady.show(this.answer);
    say(this.rated, steadyWords(this.answer, spec.rate_hz, answer.result.present_steady, spec));
    this.element.dataset.answered = String(Number(this.element.dataset.answered ?? 0) + 1);
    this.moved(this.index ?? this.start);
    if (spec === this.latest) this._play();
    this.context.answered();
  }

  /** What a start has asked for; another tab may be open by now. */
  _play() {
    if (this.eager && this.element.isConnected) this.context.player.play();
    this.eager = false;
  }

  _refused(error) {
    if (!(error instanceof Refusal)) console.error(error);
    show(this.waiting, false);
    this.fault.say(error instanceof Refusal ? error.message : "This could not be computed. Try again.");
  }

  table() {
    if (!this.answer) return null;
    const { arrays } = this.answer;
    const events = arrays.times.length;
    const at = (array, rowNumber, i) => array[rowNumber * events + i];
    const head = ["event", "time ms", "u", "x", "released", "vesicles", "gradient", "step plain", "step momentum", "step Adam", "Adam mean", "Adam root", "release relative", "plain relative", "momentum relative", "Adam relative"];
    const line = (i) => [i + 1, arrays.times[i], arrays.probability[i], arrays.pool[i], arrays.released[i], arrays.quanta[i], arrays.gradients[i], at(arrays.deltas, 0, i), at(arrays.deltas, 1, i), at(arrays.deltas, 2, i), arrays.mean[i], arrays.root[i], ...[0, 1, 2, 3].map((curve) => at(arrays.counts, curve, i))];
    return csv([head, ...Array.from({ length: events }, (_, i) => line(i))]);
  }

  panels() {
    return [exported("counts", "How much each event counts", this.counts), exported("synapse", "The synapse over time", this.left.strips), exported("weight", "The weight over events", this.right.strips), exported("steady", "Steady release", this.steady), exported("vesicles", "Vesicles", this.pool), exported("steps", "Steps", this.step)];
  }

  theme() {
    this.moved(this.index ?? this.start);
  }

  destroy() {
    this.newest.destroy();
    for (const drawn of [this.pool, this.step, this.counts, this.left.strips, this.right.strips, this.steady]) drawn.destroy();
  }
}

/** What the marks of a picture mean. */
function legend(text) {
  return element("p", { class: "px-note pxre-legend", text });
}
