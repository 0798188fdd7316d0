// The tree of a run's branches: where each left its parent and why, how far it came, and two to four of them compared.

import { BranchCurves, lineStyle } from "./branches_compare.js";
import { BranchList, MOST_COMPARED } from "./branches_list.js";
import { BranchMap, MOST_DRAWN } from "./branches_map.js";
import { ordered, parting } from "./branches_tree.js";
import { branchNames, comparison } from "./branches_words.js";
import { whole } from "./format.js";
import { element, say, section, show } from "./markup.js";
import { themed } from "./surface.js";

const RENEWED = 1000; // ms between two requests for a curve that grows
const ALONE = "Step back and change something: what was is kept as a branch.";
const HOW = "Go back with Step back or the timeline, then set a weight or a rate: the run goes on from there.";
const READING = "A line is a branch, from where it left another to how far it came; the ring is where the run stands. Press a line to go to its head, a dot to go to the fork.";

class BranchesPanel {
  constructor(context) {
    this.context = context;
    this.readings = [];
    this.every = 250;
    this.title = "Branches";
    const { root } = section("branches", this.title);
    this.element = root;
    this.compared = new Map();
    this.alone = element("p", { class: "px-note" }, element("span", { class: "px-branch-alone", text: ALONE }), ` ${HOW}`);
    this.status = element("p", { class: "px-status", role: "alert" });
    const actions = this._actions();
    const act = (name) => (branch) => actions[name](branch).catch((error) => say(this.status, error.message));
    this.map = new BranchMap(context, { head: act("head"), fork: act("fork") });
    this.list = new BranchList(actions);
    this.curves = new BranchCurves(context);
    this.sentence = element("p", { class: "px-branch-sentence", "aria-live": "polite" });
    this.comparing = element("div", { class: "px-branch-compared" }, this.curves.element, this.sentence);
    this.hint = element("p", { class: "px-note" });
    const invite = element("p", { class: "px-note", text: "Tick two to four to compare their test loss." });
    this.tree = element("div", { class: "px-branch-tree" }, this.map.element, this.hint, this.status, invite, this.list.element, this.comparing);
    root.append(this.alone, this.tree);
    this.stopTheme = themed(context, root);
    this.stopBranches = context.on("branches", (branches) => this._told(branches));
    this._told(context.branches?.() ?? []);
  }

  _actions() {
    const send = async (command) => {
      say(this.status, "");
      const reply = await this.context.command(command);
      if (reply?.ok === false) throw new Error(reply.error);
    };
    return {
      head: ({ id }) => send({ command: "branch", branch: id }),
      fork: ({ parent, fork_step: step }) => (parent === null ? Promise.resolve() : send({ command: "seek", step, branch: parent })),
      rename: ({ id }, name) => send({ command: "name_branch", branch: id, name }),
      compare: (id, on) => this._compare(id, on),
    };
  }

  /** The service told of its branches anew. */
  _told(branches) {
    this.told = branches;
    for (const id of this.compared.keys()) if (!branches.some((branch) => branch.id === id)) this.compared.delete(id);
    const several = branches.length > 1;
    show(this.alone, !several);
    show(this.tree, several);
    if (several) this._show();
  }

  draw(frame) {
    this.frame = frame;
    if (this.told.length > 1) this._show();
  }

  /** Branches with what the newest frame knows of the present one: its head and loss move with every frame. */
  _live() {
    const meta = this.frame?.meta;
    return this.told.map((branch) => {
      if (branch.id !== meta?.branch) return branch;
      const measured = meta.step >= (branch.metrics?.step ?? 0) && meta.test_loss !== undefined;
      return { ...branch, head: Math.max(branch.head, meta.head ?? 0, meta.step), metrics: measured ? meta : branch.metrics };
    });
  }

  _show() {
    const branches = this._live();
    const { meta } = this.frame ?? { meta: { branch: branches[0].id, step: 0 } };
    this.branches = branches;
    this.names = branchNames(branches);
    this.map.show(branches, { branch: meta.branch, step: meta.step });
    say(this.hint, branches.length > MOST_DRAWN ? `${READING} Drawn are the newest ${MOST_DRAWN} of ${whole(branches.length)}; the list has all.` : READING);
    const ticked = [...this.compared.keys()];
    this.list.show(ordered(branches).map((branch) => ({
      branch, name: this.names.get(branch.id), parent: this.names.get(branch.parent), present: branch.id === meta.branch, metrics: branch.metrics,
      compared: this.compared.has(branch.id), full: ticked.length >= MOST_COMPARED, context: this.context,
      style: this.compared.has(branch.id) ? lineStyle(this.context.colours, ticked.indexOf(branch.id)) : null,
    })));
    this._renew();
    this._overlay();
  }

  // ── comparing ──────────────────────────────────────────────────────────────────────────────

  _compare(id, on) {
    if (on && this.compared.size < MOST_COMPARED) this.compared.set(id, { curve: null, head: -1, asked: -Infinity, waiting: false });
    else this.compared.delete(id);
    this._show();
  }

  /** Asks for the curves that are missing or have grown, each at most once a second; the last growth is not left out. */
  _renew() {
    clearTimeout(this.later);
    const now = performance.now();
    const waits = this.branches.filter(({ id, head }) => this._wants(id, head)).map(({ id, head }) => {
      const kept = this.compared.get(id);
      const wait = kept.asked + RENEWED - now;
      if (wait <= 0) this._fetch(id, head, Object.assign(kept, { waiting: true, asked: now }));
      return Math.max(0, wait);
    });
    const soonest = Math.min(...waits.filter((wait) => wait > 0));
    if (soonest < Infinity) this.later = setTimeout(() => this._renew(), soonest);
  }

  // What the present branch has lost of its curve comes back as it is computed again, without a new head.
  _wants(id, head) {
    const kept = this.compared.get(id);
    if (!kept || kept.waiting) return false;
    return kept.head !== head || (id === this.frame?.meta.branch && kept.step !== this.frame.meta.step && this._gap(id, kept.curve) !== "");
  }

  async _fetch(id, head, kept) {
    const step = this.frame?.meta.step;
    try {
      kept.curve = await this.context.curves(id);
      Object.assign(kept, { head, step });
      this._overlay();
    } catch (error) {
      say(this.status, error.message);
    }
    kept.waiting = false;
  }

  _overlay() {
    const ready = [...this.compared].filter(([, { curve }]) => curve?.step.length);
    const enough = ready.length > 1;
    show(this.comparing, enough);
    if (!enough) return;
    const ids = ready.map(([id]) => id);
    const curves = ready.map(([id, { curve }]) => ({ ...curve, name: this.names.get(id) }));
    const parts = (i, j) => parting(this.branches, ids[i], ids[j]) ?? 0;
    const first = Math.min(...curves.flatMap((_, i) => curves.slice(0, i).map((_, j) => parts(i, j))));
    const sentence = [comparison(curves, first), ...ready.map(([id, { curve }]) => this._gap(id, curve))].filter(Boolean).join(" ");
    say(this.sentence, sentence);
    this.curves.show(curves, parts, first, sentence);
  }

  /** States of other branches do not last for ever: where a curve is known only in part, that is said, and what to do. */
  _gap(id, { step }) {
    const { metrics, fork_step: fork, head } = this.branches.find((branch) => branch.id === id);
    const known = step.at(-1) ?? 0;
    const last = metrics?.step ?? head;
    return known < fork + 0.9 * (last - fork) ? `“${this.names.get(id)}” is drawn up to step ${whole(known)} only: go to its head, and it is computed again.` : "";
  }

  resize() {
    this.map.surface.resize();
    this.curves.surface.resize();
  }

  image() {
    return this.map.surface.image();
  }

  svg() {
    return this.map.surface.svg();
  }

  destroy() {
    clearTimeout(this.later);
    this.stopTheme();
    this.stopBranches();
    this.map.destroy();
    this.curves.destroy();
  }
}

export function create(context) {
  return new BranchesPanel(context);
}
