// What one synapse has to be told under the chosen lane's rule: drawn on the network itself, told in numbers, and rule against rule.

import { number, whole } from "../panels/format.js";
import { send } from "../panels/commands.js";
import { element, say, section } from "../panels/markup.js";
import { isPlane, layerName } from "../panels/reading.js";
import { Surface, themed } from "../panels/surface.js";
import { WeightPicker } from "../panels/weight_picker.js";
import { KnowsMatrix } from "./knows_matrix.js";
import { hasDeltaOutput, inOrder, needsAt } from "./knows_needs.js";
import { explainedOf, factors, moved, numbersOf, thresholdOf, worked } from "./knows_numbers.js";
import { SynapsePicture } from "./knows_picture.js";
import { Places, heightFor, unitName } from "./knows_places.js";
import { KnowsTable } from "./knows_table.js";
import { ChosenLane } from "./lanes_chosen.js";
import { prefixOf } from "./lanes_picture.js";
import { isLine } from "./knows_lines.js";
import { markOf, titleOf } from "./marks.js";

const WORDS_GAP = 400; // ms: numbers that are read change no faster

class KnowsPanel {
  constructor(context) {
    Object.assign(this, { context, name: "knows", title: "What a synapse has to be told", every: 120 });
    const { lanes, sizes, activation } = context.statics.meta;
    Object.assign(this, { lanes, sizes, activation, last: sizes.length - 1, told: context.data });
    this.pixels = isPlane(context) ? 0 : Math.round(Math.sqrt(sizes[0]));
    this.chosen = { layer: 1, to: 0, from: 0 };
    this.lane = new ChosenLane(context, "knows", () => this._another());
    this.picture = new SynapsePicture(context);
    this._build();
    this._mark();
    this.stopTheme = themed(context, this.element);
    this.stopColours = context.colours.onchange?.(() => { this.matrix.repaint(); this.table.repaint(); });
  }

  /** Of the chosen lane alone, and of its weights only those that are drawn. */
  get readings() {
    const prefix = prefixOf(this.lane.lane);
    const { layer } = this.chosen;
    const needs = this._needs();
    const above = needs.has("transposed") && layer < this.last ? [`${layer + 1}/weight`] : [];
    const own = needs.has("layer") && this._lane().rule === "oja" ? [`${layer}/weight`] : [];
    const image = this.pixels && layer === 1 ? ["1/feature"] : [];
    const names = ["knows/pre", "knows/post", "knows/third", "knows/weight", "knows/update", ...above, ...own, ...image];
    for (let k = 1; k <= this.last; k++) names.push(`${k}/activation`, `${k}/delta`);
    return names.map((name) => prefix + name);
  }

  _build() {
    const { root, head, aside } = section("knows", this.title, " ");
    this.note = aside;
    this.picker = new WeightPicker(this.context, { name: "The synapse that is looked at", neurons: false, onpick: (target) => this._choose(target) });
    this.status = element("p", { class: "px-status", role: "status" });
    head.append(element("div", { class: "px-row px-knows-bar" }, element("span", { class: "px-label", text: "Synapse" }), this.picker.element));
    this.surface = new Surface(this.context, {
      label: "The network with the chosen synapse and what must reach it", className: "px-knows-canvas", height: (width, projector) => Math.min(projector ? 480 : width < 480 ? 350 : 392, heightFor(this.sizes, this.pixels, projector)),
      prepare: () => this._place(), render: (pen, view) => this.picture.render(pen, view, this.scene),
    });
    const { canvas } = this.surface;
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "application");
    canvas.addEventListener("click", (event) => this._pressed(event)); // not pointerdown: a finger that scrolls chooses nothing
    canvas.addEventListener("pointermove", (event) => { canvas.style.cursor = this.places?.at(event.offsetX, event.offsetY) ? "pointer" : ""; });
    canvas.addEventListener("keydown", (event) => this._key(event));
    this.table = new KnowsTable(this.context, this.told);
    this.worked = element("p", { class: "px-knows-worked" });
    this.moved = element("p", { class: "px-knows-moved" });
    this.matrix = new KnowsMatrix(this.context, this.told, this.lanes);
    const hint = element("p", { class: "px-note", text: "Press a unit to look at another synapse: one in the sender’s column changes the sender, any other the receiver. Arrow keys do the same." });
    root.append(this.status, element("div", { class: "px-knows-body" },
      element("div", { class: "px-knows-drawn" }, this.surface.canvas, hint),
      element("div", { class: "px-knows-told" }, this.worked, this.moved, this.table.element)), this.matrix.element);
    this.element = root;
  }

  _lane() {
    return this.lanes.find(({ lane }) => lane === this.lane.lane) ?? this.lanes[0];
  }

  _needs() {
    return needsAt(this._lane(), this.chosen.layer, this.last);
  }

  // ── choosing ───────────────────────────────────────────────────────────────────────────────

  /** Another lane: its readings are wanted now. */
  _another() {
    this._mark();
    this.context.select(this.context.focus?.() ?? null);
    this.wordsAt = -Infinity;
    if (this.frame) this.draw(this.frame);
  }

  _mark() {
    this.matrix.choose(this.lane.lane);
    this.shownAs = markOf(this._lane(), this.lanes);
    this._place();
  }

  /** Shown at once; the run's own word follows with the next frame. */
  _choose({ layer, to, from }) {
    this._aim({ layer, to, from });
    this.pending = true;
    this.context.select(this.context.focus?.() ?? null);
    if (this.frame) this.draw(this.frame);
    send(this.context, { command: "choose", layer, to, from }, this.status).then((taken) => { this.pending = false; if (!taken && this.frame) this.draw(this.frame); });
  }

  _aim(chosen) {
    const same = ["layer", "to", "from"].every((part) => chosen[part] === this.chosen[part]);
    this.chosen = { layer: chosen.layer, to: chosen.to, from: chosen.from };
    this.picker.show({ kind: "weight", ...this.chosen });
    if (!same || !this.places) this._place();
  }

  _pressed(event) {
    const unit = this.places?.at(event.offsetX, event.offsetY);
    if (!unit) return;
    const { layer, from } = this.chosen;
    if (unit.layer === layer - 1) return this._choose({ ...this.chosen, from: unit.index });
    if (unit.layer > 0) this._choose({ layer: unit.layer, to: unit.index, from: unit.layer === layer ? from : this._usual(unit.layer) });
  }

  /** The sender to begin with: of pixels the one that the run chose, for many pixels are blank in every image. */
  _usual(layer) {
    return layer === 1 ? this.firstFrom ?? 0 : 0;
  }

  _key(event) {
    const ways = { ArrowDown: ["to", 1], ArrowUp: ["to", -1], ArrowRight: ["from", 1], ArrowLeft: ["from", -1], PageDown: ["layer", 1], PageUp: ["layer", -1] };
    if (!(event.key in ways)) return;
    event.preventDefault();
    event.stopPropagation();
    const [part, way] = ways[event.key];
    const { layer } = this.chosen;
    const most = { to: this.sizes[layer] - 1, from: this.sizes[layer - 1] - 1, layer: this.last }[part];
    const value = this.chosen[part] + way;
    if (value < (part === "layer" ? 1 : 0) || value > most) return;
    this._choose(part === "layer" ? { layer: value, to: 0, from: this._usual(value) } : { ...this.chosen, [part]: value });
  }

  _place() {
    if (!this.surface?.view.width) return;
    this.places = new Places(this.sizes, this.surface.view, this.pixels, this.chosen);
  }

  // ── drawing ────────────────────────────────────────────────────────────────────────────────

  draw(frame) {
    this.frame = frame;
    if (!this.pending && frame.meta.chosen) {
      this.firstFrom ??= frame.meta.chosen.from;
      this._aim(frame.meta.chosen);
    }
    const lane = this._lane();
    const needs = this._needs();
    const fresh = ["layer", "to", "from"].every((part) => frame.meta.chosen?.[part] === this.chosen[part]);
    const now = fresh ? numbersOf(frame, lane.lane, this.chosen.layer, this) : numbersOf({ arrays: {} }, lane.lane, this.chosen.layer, this);
    const colour = this.shownAs.colour(this.context);
    this.scene = { frame, places: this.places, lane, needs, now, colour };
    this.surface.draw();
    this.table.take(inOrder(this.told.ingredients, [needs]), (name, { colours }) => (isLine(name) || name === "layer" ? this.shownAs.colour(this.context) : colours.ink));
    this.table.repaint();
    const moment = performance.now();
    if (frame.meta.status === "playing" && moment - (this.wordsAt ?? -Infinity) < WORDS_GAP) return;
    this.wordsAt = moment;
    this._words(frame, lane, now);
    this.surface.describe(() => `${this.where()}. ${this.worked.textContent} ${this.moved.textContent}`);
  }

  _words(frame, lane, now) {
    const explained = lane.rule === "oja" ? explainedOf(frame, lane.lane, this.chosen, this.sizes[this.chosen.layer - 1]) : NaN;
    this.table.draw(this._values(frame, lane, now, explained));
    const told = frame.meta.lanes?.find((one) => one.lane === lane.lane);
    say(this.note, `${titleOf(lane, this.lanes)}: ${this.where()}.`);
    const found = factors(lane, this.chosen.layer, this.last, now, explained);
    say(this.worked, frame.meta.step ? worked(found) || " " : " ");
    say(this.moved, told?.halted ?? moved(now, frame.meta.step, this._made(lane, told, found)));
  }

  /** How a step comes of one example's factors. */
  _made(lane, told, found) {
    const { batch_size: batch = 1, optimiser } = this.context.data.spec;
    const hidden = this.chosen.layer < this.last;
    const kept = (hidden || !hasDeltaOutput(lane)) && (lane.recipe?.keep ?? "none") !== "none";
    return { batch, optimiser, kept, rate: told?.rate, share: hidden ? lane.hidden_share : 1, sign: found?.sign ?? 0 };
  }

  where() {
    const { layer, to, from } = this.chosen;
    const place = layer === this.last ? "" : ` of ${layerName(layer, this.last)}`;
    return `the synapse from ${unitName(this.context, layer - 1, from)} to ${unitName(this.context, layer, to)}${place}`;
  }

  /** Ingredient → its number now, or words where it has none of its own. */
  _values(frame, lane, now, explained) {
    const outputs = this.sizes[this.last];
    const ownError = this.chosen.layer === this.last;
    const above = this.sizes[this.chosen.layer + 1] ?? 0;
    return {
      pre: now.pre, post: now.post, slope: now.slope,
      error: ownError ? now.delta : count(outputs, "number"),
      transposed: count(above, "weight"), fixed: count(above, "weight"), signs: count(above, "sign"), direct: count(outputs, "weight"),
      average: lane.rule === "bcm" && Number.isFinite(thresholdOf(now)) ? `θ ${number(thresholdOf(now))}` : "",
      layer: lane.rule === "oja" && Number.isFinite(explained) ? explained : count(this.sizes[this.chosen.layer], "unit"),
      reward: lane.rule === "three_factor" && Number.isFinite(now.delta) ? `M × ξ/σ² ${number(-now.delta)}` : "", phases: "2 passes", label: "2 passes", quiet: "2 passes",
    };
  }

  resize() {
    this.surface.resize();
  }

  image() {
    return this.surface.image();
  }

  svg() {
    return this.surface.svg();
  }

  destroy() {
    this.lane.destroy();
    this.stopTheme();
    this.stopColours?.();
    this.surface.destroy();
    this.table.destroy();
  }
}

const count = (n, noun) => `${whole(n)} ${noun}${n === 1 ? "" : "s"}`;

export function create(context) {
  return context.statics?.meta?.lanes?.length && context.data.ingredients ? new KnowsPanel(context) : null;
}
