// Perception: three parts under one toolbar. Illusions: equal greys through models of the brain and trained networks. Light: one
// photograph, one threshold, one mask. Robustness: a photograph that gets harder to see.

import { Palette, watchTheme } from "../colour.js";
import { element } from "../panels/markup.js";
import { paint } from "../panels/palette.js";
import { Player, TakeAway } from "../player/player.js";
import { faultLine } from "./fields.js";
import { Illusions } from "./illusions.js";
import { Light } from "./light.js";
import { Robustness } from "./robustness.js";

const TABS = [
  { name: "illusions", title: "Illusions", noun: "line", make: (context) => new Illusions(context) },
  { name: "light", title: "Light", noun: "level", make: (context) => new Light(context) },
  { name: "robustness", title: "Robustness", noun: "level", make: (context) => new Robustness(context) },
];
const FURTHER = ["tab", "line", "judge", "at", "distortion", "level", "photo"]; // of the address, beside the fields of the spec
const LATER = 150; // ms between a change and the address that tells it

/** Called again with every change of the page; the first call decides. Returns how to take the view away. */
export function mount(place, data) {
  place.parallaxPerception ??= new Perception(place, data);
  return () => {
    place.parallaxPerception?.destroy();
    delete place.parallaxPerception;
  };
}

class Perception {
  constructor(place, data) {
    this.data = data;
    this.parts = new Map();
    this.root = element("section", { class: "px-root pxp", "aria-label": "Perception", tabindex: "-1", "data-status": "starting" });
    place.append(this.root);
    this.palette = new Palette(this.root);
    this.player = new Player(this.root, { moved: (index) => this._moved(index), says: (index) => this._part().says(index), rate: 8 });
    this.takeaway = new TakeAway(this.root, { stem: "perception", table: () => this._part().table(), panels: () => this._part().panels?.() ?? [] });
    this.context = {
      api: data.api, images: data.images, data, colours: this.palette, player: this.player,
      changed: () => this._tell(), answered: () => this._tell(), say: (sentence) => this.takeaway.say(sentence),
      reload: (options) => this._load(options),
    };
    this._build();
    paint(this.root, this.palette);
    this.stop = watchTheme(this.root, () => this.palette.read() && this._recolour());
    this.root.addEventListener("projector", () => this._part().theme?.());
    this.open(data.opened.tab);
  }

  _build() {
    this.tabs = TABS.map(({ name, title }) => element("button", { type: "button", class: "pxp-tab", role: "tab", id: `pxp-tab-${name}`, "aria-controls": "pxp-panel", onclick: () => this.open(name), onkeydown: (event) => this._walk(event) }, title));
    this.panel = element("div", { class: "pxp-panel", role: "tabpanel", id: "pxp-panel" });
    const parts = element("div", { class: "pxp-tabs", role: "tablist", "aria-label": "Parts of the page" }, this.tabs);
    const head = element("div", { class: "pxp-head" }, parts, this.takeaway.element);
    const fault = faultLine();
    fault.say(this.data.opened.faults.join(" "));
    this.root.append(head, this.takeaway.message, fault.element, this.player.element, this.panel);
  }

  _walk(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const next = (this.tabs.indexOf(event.currentTarget) + by + this.tabs.length) % this.tabs.length;
    this.open(TABS[next].name);
    this.tabs[next].focus();
  }

  open(name) {
    const chosen = TABS.find((tab) => tab.name === name) ?? TABS[0];
    this.player.pause();
    if (this.tab) this.indices = { ...this.indices, [this.tab.name]: this.player.index };
    this.tab = chosen;
    const first = !this.parts.has(chosen.name);
    if (first) this.parts.set(chosen.name, chosen.make(this.context));
    this.tabs.forEach((made, i) => {
      made.setAttribute("aria-selected", String(TABS[i] === chosen));
      made.tabIndex = TABS[i] === chosen ? 0 : -1;
    });
    this.panel.setAttribute("aria-labelledby", `pxp-tab-${chosen.name}`);
    const part = this._part();
    this.panel.replaceChildren(part.element);
    this.root.dataset.tab = chosen.name;
    this.player.noun = chosen.noun;
    this._load({ index: this.indices?.[chosen.name] ?? part.start ?? 0, quiet: part instanceof Robustness });
    if (first) part.read?.(this.data.opened.query);
    part.theme?.();
    this._tell();
  }

  _recolour() {
    paint(this.root, this.palette);
    this._part().theme?.();
  }

  _part() {
    return this.parts.get(this.tab.name);
  }

  /** The part's sequence anew. A part without a sequence of its own so far keeps the buttons still. */
  _load({ index, quiet = false } = {}) {
    this.settling = quiet;
    this.player.noun = this._part().noun ?? this.tab.noun;
    this.player.load(this._part().count, { index: index ?? this.player.index });
    this.settling = false;
  }

  _moved(index) {
    if (!this.settling) this._part().moved(index);
    this._tell();
  }

  // The address holds the whole page; it is written a moment later, as browsers bound how often that may be done.
  _tell() {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this._address(), LATER);
  }

  _address() {
    const url = new URL(location.href);
    for (const name of [...Object.keys(this.data.defaults), ...FURTHER]) url.searchParams.delete(name);
    if (this.tab !== TABS[0]) url.searchParams.set("tab", this.tab.name);
    for (const [name, text] of Object.entries(this._part().address())) {
      if (text !== null && text !== undefined && text !== "") url.searchParams.set(name, text);
    }
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  }

  destroy() {
    clearTimeout(this.telling);
    this.player.destroy();
    this.takeaway.destroy();
    for (const part of this.parts.values()) part.destroy();
    this.stop();
    this.root.remove();
  }
}
