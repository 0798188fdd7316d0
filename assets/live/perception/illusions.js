// Equal greys that look unequal: the picture, a line through it, and what each account makes of it along that line.

import { NewestAnalysis, Refusal } from "../analysis.js";
import { number } from "../panels/format.js";
import { element, say, section, show, toggle } from "../panels/markup.js";
import { Choice, Slider, csv, differing, exported, faultLine, text } from "./fields.js";
import { Judge } from "./judge.js";
import { Picture, captioned } from "./picture.js";
import { Profiles } from "./profiles.js";
import { Stage } from "./stage.js";
import { story } from "./story.js";
import { stripsOf } from "./strips.js";
import { Verdict } from "./verdict.js";

const LINES = 64;
const SHAPE = ["illusion", "size", "contrast", "grey", "wavy"];
const OWN_GREY = new Set(["simultaneous_contrast", "white"]);
const SIZES = { simultaneous_contrast: "Squares", white: "Bars", mach_bands: "Ramp", hermann_grid: "Streets" };

export class Illusions {
  constructor(context) {
    this.context = context;
    const { data } = context;
    this.spec = Object.fromEntries([...SHAPE, "dog_centre"].map((name) => [name, data.opened.spec[name]]));
    this.starts = data.presets.filter(({ changes }) => changes.illusion);
    this.pair = 0;
    this.start = LINES / 2;
    const line = Number(data.opened.query.line);
    if (data.opened.query.line !== undefined && Number.isInteger(line) && line >= 0 && line < LINES) this.start = line;
    this.row = this.start;
    this.newest = new NewestAnalysis(context.api, "perception", (answer, spec) => this._answered(answer, spec), (error) => this._refused(error));
    this.judge = new Judge(context, { light: data.opened.judge, answered: () => { this._show(); context.changed(); } });
    this._build();
    this._ask();
    if (data.opened.judge) this.judge.start();
  }

  // ── what the page asks ─────────────────────────────────────────────────────────────────────────

  get count() { return LINES; }

  moved(index) {
    this.row = index;
    this._line();
    this._profiles();
  }

  says(index) {
    return `line ${number(this._degrees(index))} degrees from the top`;
  }

  address() {
    const changed = differing(this.spec, this.context.data.defaults, [...SHAPE, "dog_centre"]);
    return { ...changed, line: this.row === LINES / 2 ? null : text(this.row), judge: this.judge.address() };
  }

  table() {
    if (!this.answer) return null;
    const { arrays } = this.answer;
    const side = arrays.picture.shape[1];
    const from = this._pixelRow() * side;
    const judged = this.judge.mapsOf(this._shape());
    const rows = Array.from({ length: side }, (_, x) => [((x + 0.5) / side) * this._side(), arrays.picture[from + x], arrays.dog[from + x], arrays.odog[from + x], ...(judged ?? []).map((map) => map[this._judgedAt(x, side)])]);
    return csv([["degrees", "luminance", "dog", "odog", ...(judged ? ["judge 1", "judge 2"] : [])], ...rows]);
  }

  panels() {
    const pictures = [["picture", "Picture", this.stage.picture], ["dog", "Round filter", this.round], ["odog", "ODOG", this.oriented]];
    return [exported("profiles", "Profiles", this.profiles), ...pictures.map((named) => exported(...named))];
  }

  theme() {
    this._show();
    this.judge.theme();
  }

  destroy() {
    this.newest.destroy();
    this.judge.destroy();
    this.profiles.destroy();
  }

  // ── what stands there ──────────────────────────────────────────────────────────────────────────

  _build() {
    const { data } = this.context;
    this.choice = new Choice("Illusions", this.starts, (start) => this._take(start));
    this.sentence = element("p", { class: "px-note pxp-sentence" });
    this.sliders = Object.fromEntries(["size", "contrast", "grey", "dog_centre"].map((name) => [name, new Slider(name, data.fields[name], this.spec[name], (value) => this._set({ [name]: value }), { log: name === "dog_centre" })]));
    this.wavy = toggle("Wavy streets", this.spec.wavy, (on) => this._set({ wavy: on }));
    this.cover = toggle("Cover the surround", false, () => this._picture());
    const controls = element("div", { class: "pxp-controls" }, ...Object.values(this.sliders).map((slider) => slider.element), this.wavy);
    this.fault = faultLine();
    this.waiting = element("p", { class: "px-note", role: "status", text: "Drawing the picture and asking both filter models…" });
    this.verdict = new Verdict(data);
    this.story = element("p", { class: "pxp-story", "aria-live": "polite" });
    this.pairs = element("div", { class: "px-row", hidden: true });
    this.profiles = new Profiles(this.context);
    const body = element("div", { class: "pxp-body" }, this._seen(), this._along(), element("div", { class: "pxp-told" }, this.verdict.element, this.pairs, this.story));
    this.element = element("div", { class: "pxp-part pxp-illusions" }, element("div", { class: "pxp-starts" }, this.choice.element, this.sentence), controls, this.fault.element, this.waiting, body, this.judge.element);
    this._fit();
  }

  _seen() {
    const { root } = section("picture", "The picture");
    this.stage = new Stage((share) => {
      this.context.player.pause();
      this.context.player.show(Math.round(share * LINES - 0.5));
    });
    this.round = new Picture("What the round filter makes of it", "pxp-small");
    this.oriented = new Picture("What ODOG makes of it", "pxp-small");
    const small = element("div", { class: "pxp-pair" }, captioned(this.round, "round filter: orange darker, blue lighter").element, captioned(this.oriented, "ODOG: the same colours").element);
    root.firstElementChild.append(this.cover);
    root.append(this.stage.element, small);
    return root;
  }

  _along() {
    const { root } = section("along", "Along the line", "drag it on the picture, or play");
    root.append(this.profiles.element);
    return root;
  }

  // ── what is done ───────────────────────────────────────────────────────────────────────────────

  _take(start) {
    const { defaults } = this.context.data;
    const { illusion, size, contrast, grey, wavy, dog_centre } = { ...defaults, ...start.changes };
    this._set({ illusion, size, contrast, grey, wavy, dog_centre });
    this.context.player.show(LINES / 2);
  }

  _set(changes) {
    Object.assign(this.spec, changes);
    if (changes.illusion) this.pair = 0;
    this._fit();
    this._ask();
    this.context.changed();
  }

  /** Controls as the spec says; those without effect on this illusion are left out. */
  _fit() {
    const { spec, context } = this;
    this.sliders.size.bound(context.data.widest[spec.illusion]);
    spec.size = Math.min(spec.size, context.data.widest[spec.illusion]);
    for (const [name, slider] of Object.entries(this.sliders)) slider.set(spec[name]);
    say(this.sliders.size.element.querySelector(".px-name"), SIZES[spec.illusion]);
    show(this.sliders.grey.element, OWN_GREY.has(spec.illusion));
    show(this.wavy, spec.illusion === "hermann_grid");
    this.wavy.querySelector("input").checked = spec.wavy;
    const start = this.starts.find(({ changes }) => changes.illusion === spec.illusion && (changes.wavy ?? false) === spec.wavy);
    this.choice.mark(start?.name);
    say(this.sentence, start?.sentence ?? "");
  }

  _shape() {
    return Object.fromEntries(SHAPE.map((name) => [name, this.spec[name]]));
  }

  _ask() {
    this.newest.ask({ part: "illusion", ...this.spec });
    this.judge.ask(this._shape());
  }

  _answered(answer, spec) {
    this.answer = { ...answer, spec };
    show(this.waiting, false);
    this.element.dataset.answered = `${spec.illusion} ${spec.size} ${spec.wavy}`;
    this.fault.say("");
    this._show();
    this.context.answered();
  }

  _refused(error) {
    if (!(error instanceof Refusal)) console.error(error);
    show(this.waiting, false);
    this.fault.say(error instanceof Refusal ? error.message : "The picture could not be computed. Try again.");
  }

  _side() { return this.answer?.result.degrees ?? 16; }
  _degrees(index) { return ((index + 0.5) / LINES) * this._side(); }
  _pixelRow() { return Math.floor(((this.row + 0.5) / LINES) * this.answer.arrays.picture.shape[0]); }
  _judgedAt(x, side) { return this.row * 64 + Math.floor((x * 64) / side); }

  _show() {
    if (!this.answer) return;
    const { arrays, result } = this.answer;
    this._picture();
    this.round.signed(arrays.dog, this.context.colours);
    this.oriented.signed(arrays.odog, this.context.colours);
    this._line();
    this._profiles();
    this._offerPairs(result.pairs);
    this._tellVerdict();
  }

  _picture() {
    if (!this.answer) return;
    const { arrays, result } = this.answer;
    this.stage.show(arrays.picture, result.pairs[this.pair], result.degrees, this.cover.querySelector("input").checked);
  }

  _line() {
    this.stage.line((this.row + 0.5) / LINES);
  }

  _offerPairs(pairs) {
    show(this.pairs, pairs.length > 1);
    if (pairs.length < 2) return;
    const label = element("span", { class: "px-name", text: "Compare" });
    this.pairs.replaceChildren(label, ...pairs.map(([first], i) => element("button", { type: "button", class: "px-button", "aria-pressed": String(i === this.pair), onclick: () => { this.pair = i; this._show(); } }, first.name.split(",")[0].replace("on the ", ""))));
  }

  _people() {
    const { illusion, wavy } = this.answer.spec;
    return this.context.data.people[illusion === "hermann_grid" && wavy ? "hermann_grid_wavy" : illusion];
  }

  _tellVerdict() {
    const { result } = this.answer;
    const people = this._people();
    const [first, second] = result.pairs[this.pair];
    const reported = result.unreported ? null : people.signs[this.pair];
    const judge = this.judge.answersOf(this._shape())?.map((one) => one[this.pair]) ?? null;
    const answers = { dog: [result.dog[this.pair]], odog: [result.odog[this.pair]], judge };
    this.verdict.show({ first: first.name, second: second.name, reported, people, answers });
    say(this.story, story(this.answer, people, reported, answers));
  }

  _profiles() {
    if (!this.answer) return;
    const { arrays, result } = this.answer;
    const { colours } = this.context;
    const side = arrays.picture.shape[1];
    const row = this._pixelRow();
    const along = (values) => values.subarray(row * side, (row + 1) * side);
    const judged = this.judge.mapsOf(this._shape());
    const strips = stripsOf(arrays, along, judged?.map((map) => map.subarray(this.row * 64, this.row * 64 + 64)), colours);
    const crossed = result.pairs[this.pair].map((place, i) => ({ ...place, mark: "AB"[i] })).filter(({ top, bottom }) => row >= top && row < bottom);
    const spans = crossed.map(({ left, right, mark }) => ({ left: left / side, right: right / side, mark }));
    this.profiles.show({ strips, spans, degrees: result.degrees, row, words: `Profiles along the line ${number(this._degrees(this.row))} degrees from the top.` });
  }
}
