// Unit physiology: a model cell and a network's unit under the same protocol, on one clock.

import { Refusal, session } from "../analysis.js";
import { Palette, watchTheme } from "../colour.js";
import { element, say, show } from "../panels/markup.js";
import { Player, TakeAway } from "../player/player.js";
import { CellChooser, Parameters, Segments, UnitChooser } from "./choosing.js";
import { Numbers } from "./numbers.js";
import { Side } from "./side.js";
import { NoRun, Source } from "./source.js";

const SIDES = ["brain", "network"];
/** Moments a second that suit a protocol. */
const PACE = { gratings: 8, contrast: 2, size: 2, masks: 4, noise: 2, natural: 4, layer: 30 };
const SHARED = ["protocol", "scope", "contrast", "frames", "seed"];

/** Called again with every change of the page; the first call decides. Returns how to take the view away. */
export function mount(place, data) {
  place.parallaxPhysiology ??= new Physiology(place, data);
  return () => {
    place.parallaxPhysiology?.destroy();
    delete place.parallaxPhysiology;
  };
}

class Physiology {
  constructor(place, data) {
    this.data = data;
    this.state = { ...data.state };
    this.asked = { brain: 0, network: 0 };
    this.root = element("section", { class: "px-root pxp", "aria-label": "Unit physiology", tabindex: -1, "data-status": "starting", "data-step": "0", "data-frames": "0" });
    place.append(this.root);
    this.context = { data, colours: new Palette(this.root) };
    this.source = { brain: new Source(data, {}), network: new Source(data, { "X-Parallax-Session": session() }) };
    this._build();
    this.stop = watchTheme(this.root, () => this.context.colours.read() && SIDES.forEach((name) => this.sides[name].redraw()));
    this.root.addEventListener("projector", () => SIDES.forEach((name) => this.sides[name].redraw()));
    this._changed(SIDES);
  }

  _build() {
    const change = (changes) => this._change(changes);
    this.player = new Player(this.root, { moved: (index) => this._moved(index), noun: "stimulus", says: (index) => `${this.state.scope === "layer" ? "unit" : "stimulus"} ${index + 1}`, rate: 8 });
    this.protocols = new Segments("Protocol", this.data.protocols.map(({ name, title, sentence }) => [name, title, sentence]), (protocol) => change({ protocol }));
    this.scope = new Segments("Measured", [["unit", "One unit"], ["layer", "A whole layer"]], (scope) => change({ scope }));
    this.parameters = new Parameters(change);
    this.sentence = element("p", { class: "pxp-sentence" });
    this.choosers = { brain: new CellChooser(this.data, change), network: new UnitChooser(this.data, change) };
    this.sides = Object.fromEntries(SIDES.map((name) => [name, new Side(this.context, name, { chooser: this.choosers[name].element, data: this.data, learn: () => this._learn() })]));
    this.numbers = new Numbers();
    this.takeaway = new TakeAway(this.root, { stem: "unit-physiology", table: () => this.numbers.csv(), panels: () => SIDES.flatMap((name) => this.sides[name].panels()) });
    const notice = element("p", { class: "pxp-refusal", role: "alert", hidden: this.data.sentences.length === 0, text: this.data.sentences.join(" ") });
    const under = element("div", { class: "px-under" }, this.scope.element, this.protocols.element, this.parameters.element, this.takeaway.element, this.takeaway.message);
    this.root.append(this._starts(), this.player.element, under, this.sentence, notice,
      element("div", { class: "pxp-sides" }, this.sides.brain.element, this.sides.network.element), this.numbers.element);
  }

  /** Named starts as links: pressed here they change the view in place; opened elsewhere they are its address. */
  _starts() {
    const links = this.data.starts.map(({ title, sentence, choices }) => {
      const link = element("a", { class: "pxp-start", href: `?${new URLSearchParams(choices)}`, target: "_self", title: sentence, text: title });
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        this._change({ ...this.data.defaults, ...choices }, sentence);
      });
      return link;
    });
    return element("nav", { class: "pxp-starts", "aria-label": "Starts" }, element("span", { class: "px-name", text: "Start with" }), ...links);
  }

  _change(changes, sentence = "") {
    const before = this.state;
    this.state = { ...before, ...changes };
    const layered = this.data.protocols.find(({ name }) => name === this.state.protocol).of_layer;
    if (this.state.scope === "layer" && !layered) {
      this.state = { ...this.state, protocol: "gratings" };
      sentence = `A whole layer is not put through “${this._titled(before.protocol)}”: here it is put through gratings.`;
    }
    const differs = (names) => names.some((name) => before[name] !== this.state[name]);
    const both = differs(SHARED);
    const moved = { brain: both || differs(["cell", "normalised"]), network: both || differs(["network", "stage", "channel", "layer", "filter"]) };
    this._changed(SIDES.filter((name) => moved[name]), sentence);
  }

  _titled(protocol) {
    return this.data.protocols.find(({ name }) => name === protocol).title;
  }

  /** Asks again for the sides that another unit, protocol or parameter concerns. */
  _changed(sides, sentence = "") {
    const { state } = this;
    const protocol = this.data.protocols.find(({ name }) => name === state.protocol);
    const layer = state.scope === "layer";
    const single = this.data.protocols.filter(({ of_layer: offered }) => !offered).map(({ name }) => name);
    this.protocols.mark(state.protocol);
    this.protocols.allow((name) => (layer && single.includes(name) ? "For one unit only: a whole layer is put through gratings or size." : ""));
    this.player.noun = layer ? "unit" : "stimulus";
    this.scope.mark(state.scope);
    this.parameters.show(state);
    for (const name of SIDES) this.choosers[name].show(state);
    say(this.sentence, (sentence || protocol.sentence) + (layer ? " The other protocols are for one unit." : ""));
    this._address();
    if (sides.length) this.player.pause();
    for (const name of sides) this._ask(name);
  }

  async _ask(name) {
    const turn = (this.asked[name] += 1);
    const side = this.sides[name];
    const newest = () => this.asked[name] === turn;
    const late = setTimeout(() => newest() && side.progress("asking the service", 0), 120);
    const progress = (sentence, share) => newest() && performance.now() - began > 120 && side.progress(sentence.startsWith("uploading") ? "asking the service" : sentence, share);
    const began = performance.now();
    this.root.dataset.working = String(Number(this.root.dataset.working ?? 0) + 1);
    try {
      const record = await this.source[name].record(name, this.state, progress);
      if (newest()) this._answered(name, record);
    } catch (error) {
      if (error !== null && newest()) this._refused(side, error);
    } finally {
      clearTimeout(late);
      this.root.dataset.working = String(Number(this.root.dataset.working) - 1);
    }
  }

  _refused(side, error) {
    if (!(error instanceof Refusal || error instanceof NoRun)) console.error(error);
    side.refuse(error instanceof Refusal ? error.message : "The answer could not be shown. Try again.", error instanceof NoRun);
    this._show(this.player.index);
  }

  _answered(name, record) {
    const side = this.sides[name];
    side.load(record, this.state);
    const key = `${this.state.scope}:${this.state.protocol}`;
    const other = this.sides[name === "brain" ? "network" : "brain"];
    const fresh = this.shown !== key || !this.player.playing;
    const count = Math.max(...SIDES.filter((one) => this.sides[one].record && this._current(one, key)).map((one) => this.sides[one].moments), side.moments);
    if (this.shown !== key && other.record && !this._current(other.name, key)) show(other.now, false);
    side.key = key;
    this.shown = key;
    if (fresh || count > this.player.count) {
      this._pace(PACE[this.state.scope === "layer" ? "layer" : this.state.protocol], key);
      this.player.load(count, { play: true });
    } else this._show(this.player.index);
  }

  _current(name, key) {
    return this.sides[name].key === key;
  }

  // A protocol's own pace, once: a person's choice stays until the protocol changes.
  _pace(rate, key) {
    if (this.paced === key) return;
    this.paced = key;
    const rates = [1, 2, 4, 8, 15, 30];
    this.player.speed.value = String(rates.indexOf(rate));
    this.player.speed.dispatchEvent(new Event("input"));
  }

  _moved(index) {
    if (this.sides) this._show(index);
  }

  _show(index) {
    const key = this.shown;
    const ready = SIDES.filter((name) => this._current(name, key) && this.sides[name].record);
    for (const name of ready) this.sides[name].draw(index, this.player.rate, this.player.playing);
    const records = Object.fromEntries(ready.map((name) => [name, this.sides[name].record]));
    this.numbers.show(this.state.scope === "layer" ? "layer" : this.state.protocol, records, index >= this.player.count - 1);
  }

  async _learn() {
    const side = this.sides.network;
    try {
      await this.source.network.train((sentence, share) => side.progress(sentence, share));
      this._ask("network");
    } catch (error) {
      this._refused(side, error);
    }
  }

  _address() {
    const url = new URL(location.href);
    for (const [name, usual] of Object.entries(this.data.defaults)) {
      if (this.state[name] === usual) url.searchParams.delete(name);
      else url.searchParams.set(name, this.state[name]);
    }
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  }

  destroy() {
    this.asked = { brain: -1, network: -1 };
    for (const name of SIDES) {
      this.source[name].cancel();
      this.sides[name].destroy();
    }
    this.player.destroy();
    this.takeaway.destroy();
    this.stop();
    this.root.remove();
  }
}
