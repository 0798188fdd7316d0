// The timeline: every step so far on one line, with the forks of branches and where the past is kept coarsely.

import { element, say, show } from "./panels/markup.js";
import { whole } from "./panels/format.js";
import { lineage } from "./panels/branches_tree.js";
import { branchName } from "./panels/branches_words.js";

export class Scrubber {
  /** actions: near(step, tolerance) → frame or null, scrub(frame), seek(step) → Promise, branch(id). */
  constructor(actions) {
    this.actions = actions;
    this.dragging = false;
    this.seeking = false;
    this.wanted = null;
    this.range = element("input", { type: "range", min: 0, max: 0, step: 1, value: 0, "aria-label": "Timeline", class: "px-range" });
    this.range.addEventListener("input", () => this._drag());
    this.range.addEventListener("change", () => this._release());
    this.thinned = element("span", { class: "px-thinned" });
    this.ticks = element("span", { class: "px-ticks", "aria-hidden": "true" });
    this.branch = element("select", { class: "px-select", "aria-label": "Branch", onchange: () => actions.branch(Number(this.branch.value)) });
    this.branch.hidden = true;
    this.track = element("div", { class: "px-timeline" }, this.thinned, this.ticks, this.range);
    this.element = element("div", { class: "px-scrubber" }, this.track, this.branch);
    this.branches = "";
    this.known = [];
    this.forks = [];
  }

  draw({ meta }) {
    // A frame from the cache tells of the head as it was then.
    if (this.dragging) return;
    this.head = Math.max(meta.head ?? meta.step, meta.step);
    this._stand(meta.step);
    const thinned = Math.min(100, (100 * (meta.thinned_before ?? 0)) / Math.max(1, this.head));
    this._style(this.thinned, "width", `${thinned.toFixed(1)}%`);
    this.track.title = thinned > 0 ? `Before step ${whole(meta.thinned_before)} the past is kept at wider distances: going there takes a little longer.` : "";
    if (!this.branch.hidden && this.branch.value !== String(meta.branch)) this.branch.value = String(meta.branch);
    this._follow(meta.branch);
    this._forks();
  }

  /** [{id, parent, fork_step, name}] as the service tells them. */
  describe(branches) {
    const text = JSON.stringify(branches.map(({ id, parent, fork_step: fork, name }) => [id, parent, fork, name]));
    if (text === this.branches) return;
    this.branches = text;
    this.known = branches;
    this.path = null;
    show(this.branch, branches.length > 1);
    const present = this.branch.value;
    this.branch.replaceChildren(...branches.map((branch, i) => element("option", { value: branch.id, text: branchName(branch, i) })));
    this.branch.value = present;
  }

  /** Of all forks those that lie on the line the run stands on: on no other does their step mean anything here. */
  _follow(present) {
    if (this.path === present) return;
    this.path = present;
    const path = lineage(this.known, present);
    const mine = this.known.filter(({ parent, fork_step: fork }) => path.has(parent) && fork <= path.get(parent));
    this.forks = [...new Set(mine.map(({ fork_step: fork }) => fork))];
    this.ticks.replaceChildren(...this.forks.map(() => element("i")));
  }

  _forks() {
    this.forks.forEach((step, i) => {
      this._style(this.ticks.children[i], "left", `${((100 * step) / Math.max(1, this.head)).toFixed(2)}%`);
      show(this.ticks.children[i], step <= this.head);
    });
  }

  _style(target, name, value) {
    if (target.style[name] !== value) target.style[name] = value;
  }

  _stand(step) {
    if (this.range.max !== String(this.head)) this.range.max = this.head;
    if (this.range.value !== String(step)) this.range.value = step;
    const text = `step ${whole(step)} of ${whole(this.head)}`;
    if (this.range.getAttribute("aria-valuetext") !== text) this.range.setAttribute("aria-valuetext", text);
  }

  // Near steps come from the kept frames at once; far ones are asked for, one at a time, the newest wish only.
  _drag() {
    this.dragging = true;
    const step = Number(this.range.value);
    this.range.setAttribute("aria-valuetext", `step ${whole(step)}`);
    const frame = this.actions.near(step, Math.max(1, Math.round(this.head * 0.003)));
    if (frame) this.actions.scrub(frame);
    else this._seek(step);
  }

  async _release() {
    await this._seek(Number(this.range.value));
    this.dragging = false;
  }

  async _seek(step) {
    this.wanted = step;
    if (this.seeking) return;
    this.seeking = true;
    while (this.wanted !== null) {
      const next = this.wanted;
      this.wanted = null;
      await this.actions.seek(next);
    }
    this.seeking = false;
  }
}

/** Updates a second on a logarithmic slider; its right end is as fast as the machine goes. */
export class Speed {
  constructor(changed) {
    this.range = element("input", { type: "range", min: 0, max: 100, step: 1, value: 100, "aria-label": "Speed", class: "px-range" });
    this.value = element("output", { class: "px-pace" });
    this.range.addEventListener("input", () => { this._tell(); changed(this.rate); });
    this.element = element("label", { class: "px-speed" }, element("span", { class: "px-name", text: "Speed" }), this.range, this.value);
    this._tell();
  }

  /** Updates a second; null: as fast as possible. */
  get rate() {
    const position = Number(this.range.value);
    const rate = 10 ** (position / 24);
    return position >= 100 ? null : Number(rate.toPrecision(rate < 10 ? 1 : 2));
  }

  set rate(rate) {
    this.range.value = rate === null || rate === undefined ? 100 : Math.min(99, Math.max(0, Math.round(24 * Math.log10(rate))));
    this._tell();
  }

  _tell() {
    const { rate } = this;
    const long = rate === null ? "as fast as possible" : `${whole(rate)} ${rate === 1 ? "update" : "updates"} a second`;
    this.range.setAttribute("aria-valuetext", long);
    this.range.title = long;
    say(this.value, rate === null ? "fastest" : `${whole(rate)}/s`);
  }
}
