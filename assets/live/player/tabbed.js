// Several parts of one page under one toolbar: tabs, one player, what is taken away, the address, projector and theme.
//
// Each part's module is loaded when its tab is first opened; one that is missing or breaks leaves a sentence in its place,
// and the others go on. A part is a class that is given the context
//   {api, images, data, colours, player, changed(), answered(), say(sentence), reload({index, quiet})}
// api, images: addresses; data: what the page handed over; colours: the Palette (drawn anew at theme()); player: the one
// Player (index, pause(), show(index)); changed(): something that the address holds has changed; answered(): an answer is in
// the picture; say: a passing sentence at the window's edge; reload: the part's count has changed, go on at `index` (quiet:
// without calling moved). The part has
//   element          its root; the tab shows it
//   count, noun?     how many moments it plays, and what one is called; both are read at reload
//   start?           the moment at which it first stands
//   moved(index)     show this moment; may be called many times a second, also before the first answer is there
//   says(index)      → the moment in words, for the timeline's value
//   address()        → {name: text | null} of what differs from the defaults: only the open tab's are in the address
//   table()          → CSV or null;  panels?() → [{panel, host}] for Export
//   read?(query)     the address, once, when the tab is first opened;  theme()  colours or text size have changed
//   destroy()

import { Palette, watchTheme } from "../colour.js";
import { element, say, show } from "../panels/markup.js";
import { paint } from "../panels/palette.js";
import { Player, TakeAway } from "./player.js";

const LATER = 150; // ms between a change and the address that tells it; browsers bound how often that may be done
const BROKEN = "This part could not be loaded. Reload the page; the other parts work all the same.";

/** What mount() of a page's view returns is a function that takes it away; further calls with new data change nothing. */
export function mounted(place, key, make) {
  place[key] ??= make();
  return () => {
    place[key]?.destroy();
    delete place[key];
  };
}

export class TabbedView {
  /** `tabs` [{name, title, noun, quiet?, rate? (moments a second, until a hand sets another), load() → Promise of a class}];
      `names`: what else of the address belongs to the parts;
      `kind`: classes of the root. `data.opened` {tab, query, faults}. */
  constructor(place, data, { title, stem, kind = "", tabs, names = [], rate = 8 }) {
    Object.assign(this, { data, tabs, names: new Set(names), parts: new Map(), indices: {}, paces: {} });
    this.root = element("section", { class: `px-root pxp ${kind}`.trim(), "aria-label": title, tabindex: "-1", "data-status": "starting" });
    place.append(this.root);
    this.palette = new Palette(this.root);
    this.player = new Player(this.root, { moved: (index) => this._moved(index), says: (index) => this.part?.says(index) ?? "", rate });
    this.takeaway = new TakeAway(this.root, { stem, table: () => this.part?.table() ?? null, panels: () => this.part?.panels?.() ?? [] });
    this.context = {
      api: data.api, images: data.images, data, colours: this.palette, player: this.player,
      changed: () => this._tell(), answered: () => this._tell(), say: (sentence) => this.takeaway.say(sentence),
      reload: (options) => this._load(options),
    };
    this._build();
    paint(this.root, this.palette);
    this.stop = watchTheme(this.root, () => this.palette.read() && this._recolour());
    this.root.addEventListener("projector", () => this.part?.theme?.());
    this.open(data.opened.tab);
  }

  _build() {
    this.heads = this.tabs.map(({ name, title }) => element("button", { type: "button", class: "pxp-tab", role: "tab", id: `pxp-tab-${name}`, "aria-controls": "pxp-panel", onclick: () => this.open(name), onkeydown: (event) => this._walk(event) }, title));
    this.panel = element("div", { class: "pxp-panel", role: "tabpanel", id: "pxp-panel" });
    this.notice = element("p", { class: "px-note pxp-notice", role: "status", hidden: true });
    const list = element("div", { class: "pxp-tabs", role: "tablist", "aria-label": "Parts of the page" }, this.heads);
    const fault = element("p", { class: "pxp-fault", role: "alert", text: this.data.opened.faults.join(" ") });
    show(fault, this.data.opened.faults.length > 0);
    const head = element("div", { class: "pxp-head" }, list, this.takeaway.element);
    this.root.append(head, this.takeaway.message, fault, this.player.element, this.notice, this.panel);
  }

  _walk(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const next = (this.heads.indexOf(event.currentTarget) + by + this.heads.length) % this.heads.length;
    this.open(this.tabs[next].name);
    this.heads[next].focus();
  }

  /** Shows a tab at once, and what is in it as soon as its module is there. */
  async open(name) {
    const chosen = this.tabs.find((tab) => tab.name === name) ?? this.tabs[0];
    this._leave();
    this.tab = chosen;
    this._mark();
    const part = this.parts.get(chosen.name) ?? (await this._made(chosen));
    if (this.tab !== chosen || this.ended) return; // another tab was opened meanwhile
    if (part) this._enter(part);
    else this._say(BROKEN);
  }

  _leave() {
    this.player.pause();
    if (this.part) {
      this.indices[this.tab.name] = this.player.index;
      this.paces[this.tab.name] = this.player.rate;
    }
    this.part = null;
    this.panel.replaceChildren();
    this.player.load(0);
  }

  _mark() {
    this.heads.forEach((made, i) => {
      made.setAttribute("aria-selected", String(this.tabs[i] === this.tab));
      made.tabIndex = this.tabs[i] === this.tab ? 0 : -1;
    });
    this.panel.setAttribute("aria-labelledby", `pxp-tab-${this.tab.name}`);
    this.root.dataset.tab = this.tab.name;
    this._say("");
  }

  /** A new part, or null where its module is missing or breaks. */
  async _made(tab) {
    const late = setTimeout(() => this.tab === tab && this._say(`Loading ${tab.title}…`), 100);
    try {
      const Part = await tab.load();
      if (!this.parts.has(tab.name) && !this.ended) this.parts.set(tab.name, new Part(this._contextOf(tab)));
    } catch (error) {
      console.error(error);
    }
    clearTimeout(late);
    return this.parts.get(tab.name) ?? null;
  }

  /** A part whose answer comes while another tab is open must not move that one's player or address. */
  _contextOf(tab) {
    const open = (act) => (...given) => this.tab === tab && act(...given);
    return { ...this.context, changed: open(this.context.changed), answered: open(this.context.answered), reload: open(this.context.reload) };
  }

  _enter(part) {
    this._say("");
    this.part = part;
    this.panel.replaceChildren(part.element);
    const first = !(this.tab.name in this.indices);
    if (this.tab.rate) this.player.pacedAt(this.paces[this.tab.name] ?? this.tab.rate);
    try {
      this._load({ index: this.indices[this.tab.name] ?? part.start ?? 0, quiet: this.tab.quiet });
      if (first) part.read?.(this.data.opened.query);
      part.theme?.();
    } catch (error) {
      console.error(error);
      this._say(BROKEN);
    }
    this._tell();
  }

  _say(sentence) {
    say(this.notice, sentence);
    show(this.notice, sentence !== "");
  }

  _recolour() {
    paint(this.root, this.palette);
    this.part?.theme?.();
  }

  /** The part's sequence anew. A part without a sequence of its own so far keeps the buttons still. */
  _load({ index, quiet = false } = {}) {
    if (!this.part) return;
    this.settling = quiet;
    this.player.noun = this.part.noun ?? this.tab.noun;
    this.player.load(this.part.count, { index: index ?? this.player.index });
    this.settling = false;
  }

  _moved(index) {
    if (!this.settling) this.part?.moved(index);
    this._tell();
  }

  // The address holds the whole page; it is written a moment later.
  _tell() {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this._address(), LATER);
  }

  _address() {
    if (!this.part) return;
    const url = new URL(location.href);
    const own = this.part.address();
    for (const name of Object.keys(own)) this.names.add(name);
    for (const name of ["tab", ...this.names]) url.searchParams.delete(name);
    if (this.tab !== this.tabs[0]) url.searchParams.set("tab", this.tab.name);
    for (const [name, text] of Object.entries(own)) {
      if (text !== null && text !== undefined && text !== "") url.searchParams.set(name, text);
    }
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  }

  destroy() {
    this.ended = true;
    clearTimeout(this.telling);
    this.player.destroy();
    this.takeaway.destroy();
    for (const part of this.parts.values()) part.destroy();
    this.stop();
    this.root.remove();
  }
}
