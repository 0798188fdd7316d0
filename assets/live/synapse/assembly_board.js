// The patterns, which may be painted, and the damaged cue that both sides are given.

import { button, element, say, show } from "../panels/markup.js";
import { Choice, Slider } from "../perception/fields.js";
import { UnitSquare } from "./assembly_paint.js";

const SIZES = [5, 6, 7, 8];
const KINDS = [{ name: "missing", title: "Missing", sentence: "Active units fall silent" }, { name: "flipped", title: "Flipped", sentence: "Any units change to the other state" }];

export class Board {
  /** `set(changes)` of the spec; `fault(sentence)`; `stored()` → the patterns as texts of 0 and 1. */
  constructor(context, told, { set, fault, stored }) {
    Object.assign(this, { context, told, set, fault, stored, squares: [] });
    this.list = element("div", { class: "pxas-patterns", role: "group", "aria-label": "Patterns" });
    this.add = button("Add a pattern", () => this._add(), { title: "Begin one more pattern: the first, turned by a quarter" });
    this.draw = button("Draw at random", () => this._random(), { title: "Random patterns, anew with every press" });
    this.sizes = new Choice("Units", SIZES.map((side) => ({ name: String(side), title: `${side} × ${side}` })), ({ name }) => this._resize(Number(name)));
    this.sliders = ["count", "active", "shared"].map((name) => new Slider(name, told.fields[name], told.spec[name], (value) => set({ [name]: value })));
    this.randomness = element("div", { class: "pxp-controls" }, this.sliders.map((slider) => slider.element));
    this.cueSquare = new UnitSquare(context, "Cue");
    this.kinds = new Choice("Damage", KINDS, ({ name }) => set({ damage_kind: name }));
    this.damage = new Slider("damage", told.fields.damage, told.spec.damage, (value) => set({ damage: value }));
    this.cueName = element("figcaption");
    const cue = element("figure", { class: "pxas-cue" }, this.cueName, this.cueSquare.element);
    const cueControls = element("div", { class: "pxas-cue-controls" }, element("p", { class: "px-note", text: "Damage to the cue" }), this.kinds.element, this.damage.element);
    const edit = element("div", { class: "pxas-edit" }, this.sizes.element, element("div", { class: "pxp-choice" }, this.add, this.draw), this.randomness);
    this.element = element("div", { class: "pxas-board" },
      element("div", { class: "pxas-left" }, this.list, edit), element("div", { class: "pxas-right" }, cue, cueControls));
  }

  /** Controls after the spec; patterns and cue as the answer has them. */
  spec(spec) {
    this.now = spec;
    show(this.randomness, spec.source === "random");
    for (const slider of this.sliders) slider.set(spec[slider.name]);
    this.damage.set(spec.damage);
    this.kinds.mark(spec.damage_kind);
  }

  answered({ arrays }) {
    const [count, n] = arrays.patterns.shape;
    if (this.squares.length !== count) this._squares(count);
    this.n = n;
    this.squares.forEach((made, k) => made.square.show(arrays.patterns.subarray(k * n, (k + 1) * n)));
    this.cueSquare.show(arrays.cue);
    say(this.cueName, `cue: pattern ${this.now.cue}`);
    this.squares.forEach((made, k) => made.cue.setAttribute("aria-pressed", String(k + 1 === this.now.cue)));
    this.sizes.mark(String(Math.round(Math.sqrt(n))));
    this.add.disabled = count >= this.told.most;
    for (const made of this.squares) made.remove.disabled = count <= 2;
  }

  /** Marks the pattern that is shown at this moment; null in between. */
  presented(k) {
    this.squares.forEach((made, i) => {
      made.element.toggleAttribute("data-presented", i === k);
      say(made.name, i === k ? `pattern ${i + 1}, now` : `pattern ${i + 1}`);
    });
  }

  _squares(count) {
    for (const made of this.squares) made.square.destroy();
    this.squares = Array.from({ length: count }, (_, k) => this._square(k));
    this.list.replaceChildren(...this.squares.map((made) => made.element));
  }

  _square(k) {
    const square = new UnitSquare(this.context, `Pattern ${k + 1}`, { painted: (unit, active) => this._painted(k, unit, active) });
    const name = element("figcaption", { text: `pattern ${k + 1}` });
    const cue = button("Cue", () => this.set({ cue: k + 1 }), { class: "px-button pxas-small", "aria-pressed": "false", "aria-label": `Use pattern ${k + 1} as the cue`, title: "Damage this one and let both complete it" });
    const remove = button("Remove", () => this._remove(k), { class: "px-button pxas-small", "aria-label": `Remove pattern ${k + 1}` });
    return { square, name, cue, remove, element: element("figure", { class: "pxas-pattern" }, name, square.element, element("div", { class: "pxas-row" }, cue, remove)) };
  }

  _painted(k, unit, active) {
    const patterns = this.stored();
    const changed = patterns[k].slice(0, unit) + active + patterns[k].slice(unit + 1);
    if (new Set(changed).size < 2) {
      this.fault("A pattern needs at least one active and one silent unit: this one keeps its last.");
      return false;
    }
    patterns[k] = changed;
    this.set({ source: "own", patterns });
    return true;
  }

  _add() {
    const patterns = this.stored();
    patterns.push(turned(patterns[0]));
    this.set({ source: "own", patterns });
  }

  _remove(k) {
    const patterns = this.stored().filter((_, i) => i !== k);
    this.set({ source: "own", patterns, cue: Math.min(this.now.cue, patterns.length) });
  }

  _random() {
    const side = Math.round(Math.sqrt(this.n));
    const again = this.now.source === "random";
    this.set({ source: "random", side, seed: again ? this.now.seed + 1 : this.now.seed, count: again ? this.now.count : Math.min(this.told.most, this.squares.length) });
  }

  /** Painted patterns keep their place in the middle; what no longer fits is cut off. */
  _resize(side) {
    const last = side * side - 1;
    const kept = { pre: Math.min(this.now.pre, last - 1), post: Math.min(this.now.post, last) };
    if (kept.pre === kept.post) kept.pre -= 1;
    if (this.now.source === "random") return this.set({ side, ...kept });
    const patterns = this.stored().map((pattern) => resized(pattern, side));
    if (patterns.some((pattern) => new Set(pattern).size < 2)) return this.fault(`At ${side} × ${side} one of the patterns would be all active or all silent; paint it first, then change the size.`);
    this.set({ patterns, ...kept });
  }

  destroy() {
    for (const made of this.squares) made.square.destroy();
    this.cueSquare.destroy();
  }
}

function turned(pattern) {
  const side = Math.round(Math.sqrt(pattern.length));
  return Array.from(pattern, (_, unit) => pattern[(side - 1 - (unit % side)) * side + Math.floor(unit / side)]).join("");
}

function resized(pattern, side) {
  const before = Math.round(Math.sqrt(pattern.length));
  const shift = Math.floor((side - before) / 2);
  const unit = (row, column) => (row >= 0 && column >= 0 && row < before && column < before ? pattern[row * before + column] : "0");
  return Array.from({ length: side * side }, (_, i) => unit(Math.floor(i / side) - shift, (i % side) - shift)).join("");
}
