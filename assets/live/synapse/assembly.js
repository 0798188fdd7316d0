// Active circuits: the same patterns for a circuit under Hebb's idea and for a network under descent, and both complete a cue.

import { NewestAnalysis, Refusal } from "../analysis.js";
import { badgeButton } from "../panels/badge.js";
import { stillMotion } from "../panels/palette.js";
import { element, say, section, show } from "../panels/markup.js";
import { Choice, Slider, differing, faultLine } from "../perception/fields.js";
import { Board } from "./assembly_board.js";
import { Capacity } from "./assembly_capacity.js";
import { Both, Grown } from "./assembly_charts.js";
import { panels, table } from "./assembly_export.js";
import { Gate } from "./assembly_gate.js";
import { Matrix, grouped } from "./assembly_matrix.js";
import { UnitMap } from "./assembly_units.js";
import { moment, paragraphs, sides, story } from "./assembly_words.js";

const PLAIN = ["rule", "activation", "rate", "rounds", "cue", "damage_kind", "damage", "pre", "post", "seed"];
const RANDOM = ["source", "side", "count", "active", "shared"];
const RULES = [{ name: "covariance", title: "Covariance rule", sentence: "Threshold at the mean activity" }, { name: "hopfield", title: "Hopfield", sentence: "Threshold at one half" }];
const ACTIVATIONS = ["tanh", "sigmoid", "linear"].map((name) => ({ name, title: name }));

export class Assembly {
  constructor(context) {
    this.context = context;
    this.told = context.data.assembly;
    this.spec = { ...this.told.spec };
    this.noun = "moment";
    this._build();
    this.newest = new NewestAnalysis(context.api, "assembly", (answer, spec) => this._answered(answer, spec), (error) => this._refused(error));
    this._ask();
  }

  /** One moment before learning, one for each presentation, and those of recall. */
  get count() {
    return this.answer ? 1 + this.total + this.answer.arrays.recall_updates.length : 0;
  }

  get start() {
    return this.answer ? this.count - 1 : 0;
  }

  get total() {
    return this.answer.arrays.order.length;
  }

  _build() {
    const { context, told } = this;
    this.starts = new Choice("Patterns to start from", told.presets, ({ name }) => this._start(name));
    this.sentence = element("p", { class: "px-note pxp-sentence" });
    this.fault = faultLine();
    this.waiting = element("p", { class: "px-note", role: "status", text: "Computing both sides…" });
    this.board = new Board(context, told, { set: (changes) => this.set(changes), fault: (sentence) => this.fault.say(sentence), stored: () => this._stored() });
    const choose = (post, pre) => post !== pre && this.set({ post, pre });
    this.maps = [new UnitMap(context, "Circuit", "brain"), new UnitMap(context, "Network", "network")];
    this.matrices = [new Matrix(context, "Connections of the circuit", choose), new Matrix(context, "Weights of the network", choose)];
    this.grown = [new Grown(context, "brain", 0), new Grown(context, "network", 1)];
    this.gate = new Gate(context, told.badges.gate);
    this.both = new Both(context, told.badges);
    this.capacity = new Capacity(context, told.capacity, told.badges.capacity);
    this.rounds = new Slider("rounds", told.fields.rounds, this.spec.rounds, (value) => this.set({ rounds: value }));
    this.rate = new Slider("rate", told.fields.rate, this.spec.rate, (value) => this.set({ rate: value }));
    this.rules = new Choice("Rule of the circuit", RULES, ({ name }) => this.set({ rule: name }));
    this.activations = new Choice("Activation of the network", ACTIVATIONS, ({ name }) => this.set({ activation: name }));
    this.phase = element("p", { class: "pxas-phase", role: "status" });
    this.element = element("div", { class: "pxp-part pxas" }, element("div", { class: "pxp-starts" }, this.starts.element, this.sentence), this.fault.element, this.waiting, this.board.element, this.phase, this._sides(), this.both.element, element("div", { class: "pxas-last" }, this._story(), this.capacity.element));
    this._mark();
  }

  _sides() {
    this.badge = element("p", { class: "pxas-badges" });
    this.lines = [element("p", { class: "pxp-story pxas-said" }), element("p", { class: "pxp-story pxas-said" })];
    const legend = "blue: positive; orange, dashed: negative; matrix colours: root scale";
    const brain = section("circuit", "Brain: a circuit under Hebb’s idea", legend);
    brain.root.append(element("div", { class: "pxp-controls" }, this.rules.element, this.rounds.element), this._pictures(0), this.lines[0], this.badge);
    const network = section("descent", "Network: the same size under descent", legend);
    network.root.append(element("div", { class: "pxp-controls" }, this.activations.element, this.rate.element), this._pictures(1), this.lines[1], element("p", { class: "pxas-badges" }, badgeButton(this.told.badges.descent, "Network")));
    return element("div", { class: "pxas-two" },
      element("div", { class: "px-side px-side-brain" }, brain.root), element("div", { class: "px-side px-side-network" }, network.root),
      this.gate.brain, this.gate.network, this.grown[0].element, this.grown[1].element);
  }

  _pictures(side) {
    const named = (text, made) => element("figure", { class: "pxp-figure" }, made.element, element("figcaption", { text }));
    return element("div", { class: "pxas-pictures" }, named("units; the strongest connections between them", this.maps[side]), named("all connections: rows receive, columns send; strips: the patterns that a unit is active in", this.matrices[side]));
  }

  _story() {
    const { root } = section("seeing", "What you are seeing");
    this.seeing = element("div", { class: "pxas-told" });
    root.append(this.seeing);
    return root;
  }

  read(query) {
    this.opened = query.at !== undefined && /^\d+$/.test(query.at) ? Number(query.at) : null;
  }

  /** {t: presentation from 0 or null, r: recall moment or null, shown: presentations so far} of a moment. */
  _at(index) {
    const { total } = this;
    return index > total ? { t: null, r: Math.min(index - total - 1, this.count - total - 2), shown: total } : { t: index ? index - 1 : null, r: null, shown: index };
  }

  moved(index) {
    this.index = index;
    if (!this.answer) return;
    const { answer, asked } = this;
    const { t, r, shown } = this._at(index);
    this._draw(t, r, shown);
    const last = r === null ? t : this.total - 1;
    this.gate.show(answer, last, asked);
    for (const chart of [...this.grown, this.both]) chart.show(shown);
    this.board.presented(t === null ? null : answer.arrays.order[t]);
    sides(answer, t, r).forEach((sentence, side) => say(this.lines[side], sentence));
    say(this.phase, this.says(index));
    paragraphs(this.seeing, story(answer, asked, shown));
  }

  _draw(t, r, shown) {
    const { arrays, result } = this.answer;
    const n = arrays.cue.length;
    const { pre, post } = this.asked;
    for (const side of [0, 1]) {
      const from = (side * (this.total + 1) + shown) * n * n;
      const values = Float32Array.from(arrays.weights.subarray(from, from + n * n), (byte) => (Math.abs(byte - 127.5) < 0.6 ? 0 : byte / 127.5 - 1));
      const changed = r === null ? -1 : arrays.recall_units[2 * r + side];
      this.maps[side].show({ states: this._states(t, r, side, n), values, pre, post, changed });
      this.matrices[side].show({ values, n, largest: result.largest[side], order: this.order, member: this.member, pre, post });
    }
  }

  _states(t, r, side, n) {
    const { arrays } = this.answer;
    if (r !== null) return Array.from(arrays.recall_states.subarray((2 * r + side) * n, (2 * r + side + 1) * n));
    return t === null ? new Array(n).fill(0) : this.member[arrays.order[t]];
  }

  says(index) {
    if (!this.answer) return `moment ${index + 1}`;
    const { t, r } = this._at(index);
    return moment(this.answer.arrays, t, r);
  }

  /** Patterns as texts, those that are drawn at random as well. */
  _stored() {
    if (this.spec.source === "own") return [...this.spec.patterns];
    return this.member.map((pattern) => pattern.join(""));
  }

  /** Changes by a hand. */
  set(changes) {
    Object.assign(this.spec, changes);
    const count = this.spec.source === "own" ? this.spec.patterns.length : this.spec.count;
    this.spec.cue = Math.min(this.spec.cue, count);
    this._mark();
    this._ask();
    this.context.changed();
  }

  /** A start plays itself as soon as its answer is there; where motion is not wanted it stands at its end. */
  _start(name) {
    const { changes } = this.told.presets.find((known) => known.name === name);
    this.eager = !stillMotion();
    this.set({ ...this.told.defaults, ...changes });
  }

  _mark() {
    const { defaults, presets } = this.told;
    const { spec } = this;
    const used = [...PLAIN, ...(spec.source === "own" ? ["source", "patterns"] : RANDOM)];
    const found = presets.find(({ changes }) => used.every((field) => String(spec[field]) === String(changes[field] ?? defaults[field])));
    this.starts.mark(found?.name ?? null);
    say(this.sentence, found?.sentence ?? "Patterns or settings of your own.");
    this.rules.mark(spec.rule);
    this.activations.mark(spec.activation);
    this.rounds.set(spec.rounds);
    this.rate.set(spec.rate);
    this.board.spec(spec);
    this.badge.replaceChildren(badgeButton(this.told.badges[spec.rule], "Circuit"));
  }

  _ask() {
    this.newest.ask({ ...this.spec });
  }

  _answered(answer, spec) {
    const before = this.count;
    const { index } = this.context.player;
    const playing = this.context.player.playing;
    Object.assign(this, { answer, asked: spec });
    const { patterns } = answer.arrays;
    const [stored, n] = patterns.shape;
    this.member = Array.from({ length: stored }, (_, k) => Array.from(patterns.subarray(k * n, (k + 1) * n)));
    this.order = grouped(this.member, n);
    this.fault.say("");
    show(this.waiting, false);
    this.board.answered(answer);
    for (const chart of this.grown) chart.answered(answer);
    this.both.answered(answer, spec);
    this.element.dataset.answered = String(Number(this.element.dataset.answered ?? 0) + 1);
    this._settle(before, index, playing);
    this.context.answered();
  }

  /** Where the player stands after an answer: at its end if it was there, else at the same moment. */
  _settle(before, index, playing) {
    const end = before === 0 || index >= before - 1;
    const wanted = this.opened ?? (this.eager ? 0 : end ? this.count - 1 : Math.min(index, this.count - 1));
    const play = this.eager || playing;
    this.opened = null;
    this.eager = false;
    if (this.count !== before || wanted !== index) this.context.reload({ index: wanted });
    else this.moved(index);
    if (play) this.context.player.play();
  }

  _refused(error) {
    if (!(error instanceof Refusal)) console.error(error);
    show(this.waiting, false);
    this.fault.say(error instanceof Refusal ? error.message : "This could not be computed. Try again.");
  }

  address() {
    const { spec, told } = this;
    const own = spec.source === "own" && String(spec.patterns) !== String(told.defaults.patterns) ? spec.patterns.join(",") : null;
    const random = spec.source === "random" ? differing(spec, told.defaults, RANDOM) : {};
    const at = !this.answer || this.index === undefined || this.index === this.count - 1 ? null : String(this.index);
    return { ...Object.fromEntries([...PLAIN, ...RANDOM].map((name) => [name, null])), ...differing(spec, told.defaults, PLAIN), ...random, patterns: own, at };
  }

  table() {
    return this.answer ? table(this.answer, this.capacity.table()) : null;
  }

  panels() {
    return this.answer ? panels(this) : [];
  }

  theme() {
    if (this.answer) this.moved(this.index ?? this.start);
    this.both.theme(this.answer ? this._at(this.index ?? this.start).shown : 0);
    this.capacity.theme();
  }

  destroy() {
    this.newest.destroy();
    for (const made of [...this.maps, ...this.matrices, ...this.grown, this.board, this.gate, this.both, this.capacity]) made.destroy();
  }
}
