// The live toolbar of pages that have no run: a fixed sequence of moments (stimuli, rungs, levels of noise) that a person
// plays, steps through, and scrubs. Names, keys and looks are those of the run's toolbar.

import { figures, download } from "../export.js";
import { button, element, say, show } from "../panels/markup.js";
import { listen, pressed } from "../press.js";

const ICONS = {
  reset: "M4 3h2v10H4zM13 3v10L7 8z", back: "M11 3v10L5 8z", play: "M5 3l8 5-8 5z", pause: "M4 3h3v10H4zM9 3h3v10H9z", step: "M5 3l6 5-6 5z",
};
const RATES = [1, 2, 4, 8, 15, 30]; // moments a second

/**
 * `moved(index)` shows a moment and may be called many times a second. `says(index)` → what a screen reader hears.
 * Keys Space, arrows and Home act while focus is in `root`.
 */
export class Player {
  constructor(root, { moved, says = (index) => `moment ${index + 1}`, noun = "moment", rate = 8 }) {
    Object.assign(this, { root, moved, says });
    this.count = 0;
    this.index = 0;
    this.rate = rate;
    this.playing = false;
    this.buttons = {
      reset: this._button("Reset", "reset", () => this.reset(), "Home"),
      back: this._button("Step back", "back", () => this.step(-1), "ArrowLeft"),
      play: this._button("Play", "play", () => this.toggle(), "Space"),
      step: this._button("Step", "step", () => this.step(1), "ArrowRight"),
    };
    this.buttons.play.classList.add("px-primary");
    this.range = element("input", { type: "range", class: "px-range", min: 0, max: 0, step: 1, value: 0, "aria-label": "Timeline" });
    this.range.addEventListener("input", () => { this.pause(); this.show(Number(this.range.value)); });
    this.speed = element("input", { type: "range", class: "px-range", min: 0, max: RATES.length - 1, step: 1, value: Math.max(0, RATES.indexOf(rate)), "aria-label": "Speed" });
    this.pace = element("output", { class: "px-pace" });
    this.speed.addEventListener("input", () => this._paced());
    this.told = element("span", { class: "px-state", role: "status" });
    this.noun = noun;
    const transport = element("div", { class: "px-transport", role: "group", "aria-label": "Playing" }, ...Object.values(this.buttons));
    const speed = element("label", { class: "px-speed" }, element("span", { class: "px-name", text: "Speed" }), this.speed, this.pace);
    const scrubber = element("div", { class: "px-scrubber" }, element("div", { class: "px-timeline" }, this.range));
    this.element = element("div", { class: "px-toolbar px-toolbar-player", role: "toolbar", "aria-label": "Live view" }, transport, speed, element("div", { class: "px-readout" }, element("span", { class: "px-cell-value" }, this.told)), scrubber);
    this._paced();
    this._clearHeader();
    listen(root, { " ": () => this.toggle(), ArrowRight: () => this.step(1), ArrowLeft: () => this.step(-1), Home: () => this.reset() });
  }

  /** A new sequence of so many moments; stands at `index`. With `play` it begins at once. */
  load(count, { index = 0, play = false } = {}) {
    this.pause();
    this.count = count;
    this.range.max = String(Math.max(0, count - 1));
    this._told();
    for (const made of [...Object.values(this.buttons), this.range]) made.disabled = count === 0;
    this.show(Math.min(index, Math.max(0, count - 1)));
    if (play) this.play();
  }

  show(index) {
    if (this.count === 0) return;
    this.index = Math.min(Math.max(0, index), this.count - 1);
    this.range.value = String(this.index);
    this.range.setAttribute("aria-valuetext", this.says(this.index));
    say(this.told, `${this.noun} ${this.index + 1} of ${this.count}`);
    this.root.dataset.step = String(this.index);
    this.moved(this.index);
    this.root.dataset.frames = String(Number(this.root.dataset.frames ?? 0) + 1);
  }

  step(by) {
    this.pause();
    this.show(this.index + by);
  }

  reset() {
    this.pause();
    this.show(0);
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  play() {
    if (this.count === 0) return;
    if (this.index >= this.count - 1) this.show(0);
    this.playing = true;
    this._told();
    this.shownAt = performance.now();
    this.tick = requestAnimationFrame((now) => this._beat(now));
  }

  pause() {
    this.playing = false;
    cancelAnimationFrame(this.tick);
    this._told();
  }

  _beat(now) {
    if (!this.playing) return;
    const due = Math.floor(((now - this.shownAt) * this.rate) / 1000);
    if (due > 0) {
      this.shownAt = now;
      this.show(this.index + (this.rate > 15 ? due : 1));
      if (this.index >= this.count - 1) return this.pause();
    }
    this.tick = requestAnimationFrame((next) => this._beat(next));
  }

  _told() {
    const { play } = this.buttons;
    play.setAttribute("aria-label", this.playing ? "Pause" : "Play");
    play.lastElementChild.textContent = this.playing ? "Pause" : "Play";
    play.querySelector("path").setAttribute("d", ICONS[this.playing ? "pause" : "play"]);
    this.root.dataset.status = this.playing ? "playing" : this.count ? "paused" : "starting";
  }

  /** Another speed, one of those of the slider. */
  pacedAt(rate) {
    this.speed.value = String(Math.max(0, RATES.indexOf(rate)));
    this._paced();
  }

  _paced() {
    this.rate = RATES[Number(this.speed.value)];
    say(this.pace, `${this.rate}/s`);
    this.speed.setAttribute("aria-valuetext", `${this.rate} a second`);
  }

  // Streamlit's header lies over the page: the toolbar stops below it.
  _clearHeader() {
    const header = document.querySelector("[data-testid=stHeader]");
    if (!header) return;
    this.header = new ResizeObserver(() => this.root.style.setProperty("--px-top", `${header.offsetHeight}px`));
    this.header.observe(header);
  }

  _button(label, drawn, act, key) {
    const made = button("", () => pressed(made, act, () => {}), { class: "px-button px-icon", "aria-label": label, title: `${label} (${key})` });
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", ICONS[drawn]);
    svg.append(path);
    made.append(svg, element("span", { text: label }));
    return made;
  }

  destroy() {
    this.header?.disconnect();
    this.pause();
  }
}

/** Share, Export and Projector of such a page. `table()` → CSV text or null; `panels()` → [{panel, host}] as the export menu takes them. */
export class TakeAway {
  constructor(root, { stem, table = () => null, panels = () => [], plotly = null }) {
    this.root = root;
    this.message = element("p", { class: "px-message", role: "status", hidden: true });
    this.link = element("input", { class: "px-link", readonly: true, hidden: true, "aria-label": "Link to this page as it is" });
    const share = button("Share", () => pressed(share, () => this._share(), (error) => this.say(error.message)), { class: "px-button px-quiet", title: "Copy a link to the page as it is" });
    this.list = element("div", { class: "px-menu-list" });
    this.menu = element("details", { class: "px-menu" }, element("summary", { class: "px-quiet", text: "Export" }), this.list);
    this.menu.addEventListener("toggle", () => this.menu.open && this._fill(stem, table, panels, plotly));
    this.projector = button("Projector", () => this.project(!root.classList.contains("px-projector")), { class: "px-button px-quiet", "aria-pressed": "false", title: "Large type for a classroom (Escape ends it)" });
    root.addEventListener("keydown", (event) => event.key === "Escape" && this.project(false));
    this.element = element("div", { class: "px-more", role: "group", "aria-label": "This page" }, share, this.link, this.menu, this.projector);
  }

  say(sentence) {
    say(this.message, sentence);
    show(this.message, sentence !== "");
  }

  project(on) {
    this.root.classList.toggle("px-projector", on);
    document.documentElement.classList.toggle("px-projector-page", on);
    this.projector.setAttribute("aria-pressed", String(on));
    this.root.dispatchEvent(new CustomEvent("projector", { detail: on }));
  }

  async _share() {
    try {
      await navigator.clipboard.writeText(location.href);
      show(this.link, false);
      this.say("The link is in the clipboard.");
    } catch {
      this.link.value = location.href;
      show(this.link, true);
      this.link.focus();
      this.link.select();
      this.say("The link is in the box, selected for you to copy.");
    }
  }

  _fill(stem, table, panels, plotly) {
    const rows = [];
    const csv = table();
    if (csv !== null) rows.push(this._row("Numbers", this._item("CSV", "Numbers as CSV", async () => new Blob([table()], { type: "text/csv" }), `${stem}.csv`)));
    for (const { name, title, image, svg } of figures(panels(), plotly)) {
      const items = [];
      if (image) items.push(this._item("PNG", `${title} as PNG`, image, `${stem}-${name}.png`));
      if (svg) items.push(this._item("SVG", `${title} as SVG`, svg, `${stem}-${name}.svg`));
      rows.push(this._row(title, ...items));
    }
    this.list.replaceChildren(...(rows.length ? rows : [element("p", { text: "There is nothing to export yet." })]));
  }

  _row(title, ...items) {
    return element("div", { class: "px-menu-row" }, element("span", { text: title }), ...items);
  }

  _item(label, name, make, file) {
    const take = async () => {
      try {
        download(await make(), file);
      } catch (error) {
        this.say(`${name}: ${error.message}`);
      }
    };
    return button(label, take, { "aria-label": name });
  }

  destroy() {
    this.project(false);
  }
}
