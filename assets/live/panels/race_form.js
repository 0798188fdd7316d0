// "Race a copy": what the copy does differently, and from which moment. What was entered stays when something is refused.

import { whole } from "./format.js";
import { button, element, say, show } from "./markup.js";
import { loweredGoal } from "./race_goal.js";
import { RaceFields } from "./race_fields.js";
import { MOST_LANES, laneName, openLanes } from "./race_lanes.js";

const FULL = `There are ${MOST_LANES} lanes, which is as many as a race has: put one away first.`;
const BUSY = 5000; // ms after which a new run should have come
// Panels are made anew when the page has new figures for them; what a person had typed must not go with them.
const drafts = new WeakMap();

export class RaceForm {
  /** `toggled(open)` is called after the form opened or closed. */
  constructor(context, toggled) {
    Object.assign(this, { context, toggled, open: false, frame: null });
    this.fields = new RaceFields(context.data.controls, () => this._edited());
    this.here = button("Race from here", () => this._fork(), { title: "A copy of the weights as they are at the step shown" });
    this.start = button("Race from the start", () => this._begin(), { title: "A further lane from the first update; the run begins anew" });
    this.cancel = button("Close", () => this.toggle(false, true));
    this.hint = element("p", { class: "px-note", id: `px-race-hint-${Math.random().toString(36).slice(2)}` });
    this.status = element("p", { class: "px-status", role: "status" });
    for (const made of [this.here, this.start]) made.setAttribute("aria-describedby", this.hint.id);
    this.element = element("form", { class: "px-race-form", "aria-label": "Race a copy", onsubmit: (event) => { event.preventDefault(); this._fork(); } },
      ...this.fields.elements, element("div", { class: "px-row" }, this.here, this.start, this.cancel), this.hint, this.status);
    this.element.addEventListener("keydown", (event) => this._key(event));
    this.element.hidden = true;
    this.fields.fill(this._present());
  }

  /** Takes up what a person had typed into the form of this run before the panels were made anew. */
  resume() {
    const draft = drafts.get(this.context.select);
    if (!draft || draft.run !== this.context.run?.id) return;
    this.toggle(true, false);
    this.fields.type(draft.typed);
  }

  toggle(open = !this.open, focus = true) {
    this.open = open;
    show(this.element, open);
    if (open) {
      this.opener = document.activeElement;
      this.fields.fill(this._present());
      say(this.status, "");
      this._hint();
      drafts.set(this.context.select, { run: this.context.run?.id, typed: {} });
    } else drafts.delete(this.context.select);
    this.toggled(open);
    if (!focus) return;
    if (open) this.fields.list[0].control.focus();
    else if (this.opener?.isConnected) this.opener.focus();
  }

  draw(frame) {
    this.frame = frame;
    if (this.forked && frame.meta.branch !== this.forked.branch) this._branched();
    if (this.lowered) this._watch(frame.meta.settings?.race_goal);
    if (this.open) this._hint();
  }

  /** What was said of the goal goes when another is set. */
  _watch(goal) {
    if (goal === this.lowered.goal) this.lowered.seen = true;
    else if (this.lowered.seen) {
      this.lowered = null;
      this.sentences = [];
      this._tell();
    }
  }

  /** The first lane as it is now: its live settings lie over the spec. */
  _present() {
    return { ...this.context.data.spec, ...this.context.run?.spec, ...this.frame?.meta.settings };
  }

  _key(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.toggle(false, true);
  }

  _edited() {
    drafts.set(this.context.select, { run: this.context.run?.id, typed: this.fields.typed() });
    this._hint();
  }

  get full() {
    return openLanes(this.frame?.meta).length >= MOST_LANES;
  }

  _hint() {
    const { full } = this;
    this.here.disabled = full;
    this.start.disabled = full || this.beginning;
    say(this.hint, full ? FULL : this._place());
  }

  _place() {
    const { step = 0, head = step } = this.frame?.meta ?? {};
    const equal = Object.keys(this.fields.typed()).length ? "" : " Nothing is changed yet: an equal copy stays equal until this network is edited by hand.";
    const branch = step < head ? ` Update ${whole(step)} lies before the head of this branch (${whole(head)}), so this opens a new branch; the old one stays.` : "";
    return `From here: a copy of the weights at the update shown.${branch} From the start: all lanes begin anew.${equal}`;
  }

  _read(fromStart) {
    const { values, sentence, field } = this.fields.read(fromStart);
    say(this.status, sentence ?? "");
    field?.control.focus();
    return values;
  }

  async _fork() {
    const values = this._read(false);
    if (!values || this.full) return;
    this.here.setAttribute("aria-busy", "true");
    this.forked = { branch: this.frame?.meta.branch };
    const lowered = this.frame && loweredGoal(this.frame);
    this.sentences = []; // the frame of a new branch may come before the reply
    try {
      const reply = await this.context.command({ command: "fork", values });
      if (reply && reply.ok === false) throw new Error(reply.error);
      this.toggle(false, true);
      if (lowered) this.context.requestChange({ race_goal: lowered.goal });
      this.lowered = lowered;
      if (lowered) this.sentences.push(lowered.sentence);
      this._tell();
    } catch (error) {
      this.forked = null;
      say(this.status, error?.message || "The service did not take this copy; try again.");
    }
    this.here.removeAttribute("aria-busy");
  }

  /** The copy was made behind the head: the history forked as well. */
  _branched() {
    const { meta } = this.frame;
    this.forked = null;
    this.sentences = [`The copy was made at update ${whole(meta.step)}, behind the head: the race runs in a new branch, and the old one stays on the timeline.`, ...this.sentences];
    this._tell();
  }

  _tell() {
    this.told?.(this.sentences.join(" "));
  }

  async _begin() {
    const change = this._read(true);
    if (!change || this.full) return;
    const present = openLanes(this.frame?.meta).filter(({ lane }) => lane > 1);
    this.start.setAttribute("aria-busy", "true");
    this.beginning = true;
    say(this.status, `The run begins anew with ${present.length + 2} lanes${present.length ? `: ${present.map((lane) => laneName(lane, true)).join(", ")} and this one` : ""}.`);
    const typed = drafts.get(this.context.select);
    drafts.delete(this.context.select); // the new run's panels begin closed
    await this.context.requestChange({ lanes: [...present.map((lane) => lane.change), change] });
    this.waiting = setTimeout(() => this._late(typed), BUSY);
  }

  /** The panels of a new run take this form's place; where none came, the person may try again. */
  _late(typed) {
    this.beginning = false;
    this.start.removeAttribute("aria-busy");
    if (typed) drafts.set(this.context.select, typed);
    say(this.status, "No new run has come so far; a sentence above the pictures says why. What was entered is still here.");
    this._hint();
  }

  destroy() {
    clearTimeout(this.waiting);
  }
}
