// Lanes side by side, and who wins: the form and the rule stand here. Cards, curves and below them the standing are panels of
// their own, which come on screen with the race.

import { whole } from "./format.js";
import { button, element, say, section, show } from "./markup.js";
import { RaceCards } from "./race_cards.js";
import { RaceCurves } from "./race_curves.js";
import { RaceForm } from "./race_form.js";
import { LaneStyles, laneName, openLanes } from "./race_lanes.js";
import { reading } from "./reading.js";
import { joining } from "./race_joining.js";
import { RaceRule } from "./race_rule.js";
import { counts, standing } from "./race_words.js";
import { send } from "./commands.js";
import { themed } from "./surface.js";

class RacePanel {
  constructor(context, parts, styles) {
    Object.assign(this, { context, parts, styles, every: 200, always: true, away: new Map(), names: new Map() });
    this.rule = new RaceRule(context);
    this.form = new RaceForm(context, (open) => this._toggled(open));
    this.form.told = (sentence) => { say(this.status, sentence); this._show(); };
    this._build();
    this.stopThemes = [this.element, this.below].map((root) => themed(context, root));
    this.stopTool = context.on?.("tool", (tool) => tool === "race" && this.form.toggle());
    this.form.resume();
  }

  _build() {
    const { root, head, aside } = section("race", "Race", "The same data and the same order of examples; only what a lane is named for differs. The pictures below are lane 1’s.");
    this.end = button("End the race", () => this._end(), { class: "px-button px-race-end" });
    this.head = head;
    this.joins = element("p", { class: "px-race-joins", role: "status" });
    // Only a winner is read aloud: the rest changes several times a second.
    this.won = element("p", { class: "px-race-won", role: "status" });
    this.open = element("p", { class: "px-race-open" });
    this.counts = element("dl", { class: "px-race-counts" });
    this.putAway = element("div", { class: "px-row" });
    this.status = element("p", { class: "px-status", role: "status" });
    this.running = element("div", { class: "px-race-running" }, element("div", { class: "px-race-standing" }, this.won, this.open, this.counts), element("div", { class: "px-race-about" }, aside, this.end));
    root.append(this.joins, this.form.element);
    this.below = element("section", { class: "px-panel px-race-below", "aria-label": "Standing of the race" }, this.running, this.putAway, this.status);
    root.hidden = this.below.hidden = this.joins.hidden = true;
    this.element = root;
    this.narrow = matchMedia("(max-width: 600px)");
    this.placed = () => this._place();
    this.narrow.addEventListener("change", this.placed);
    this._place();
  }

  /** On a telephone the cards come before the rule. */
  _place() {
    if (this.narrow.matches) this.below.append(this.rule.element);
    else this.head.append(this.rule.element);
  }

  /** Up to where each lane was measured: without that nobody can say that a later arrival is impossible. */
  get readings() {
    const curves = this.racing ? ["step", "seconds"].flatMap((name) => [`curves/${name}`, `*:curves/${name}`]) : [];
    return this.form.open ? [...curves, "curves/test_loss"] : curves;
  }

  draw(frame) {
    const lanes = openLanes(frame.meta);
    this.racing = lanes.length > 1;
    this.styles.follow(lanes);
    for (const lane of lanes) this.names.set(lane.lane, lane.name);
    this.form.draw(frame);
    this._join(joining(this.context, frame.meta, lanes));
    this._show();
    this._away(lanes);
    if (this.racing) this._stand(frame);
  }

  /** A run that was reset stands before the moment at which its copies were made. */
  _join(step) {
    this.joining = step !== null;
    if (this.joining) say(this.joins, `The copy joins at update ${whole(step)}: Play goes on to it.`);
    show(this.joins, this.joining);
  }

  _stand(frame) {
    const measured = (lane) => lastOf(frame, lane);
    this.rule.draw(frame.meta.settings ?? {});
    const { won, open } = standing(frame.meta, measured);
    say(this.won, won);
    say(this.open, open);
    show(this.won, won !== "");
    show(this.open, open !== "");
    this._count(counts(frame.meta, measured));
    const anew = this._ofSpec > 0;
    say(this.end, anew ? "End the race and begin anew" : "End the race");
  }

  _count(rows) {
    while (this.counts.childElementCount < rows.length) this.counts.append(element("div", {}, element("dt"), element("dd")));
    rows.forEach(([name, text], i) => {
      const [term, value] = this.counts.children[i].children;
      say(term, name);
      say(value, text);
    });
  }

  get _ofSpec() {
    return (this.context.run?.spec ?? this.context.data.spec)?.lanes?.length ?? 0;
  }

  _toggled(open) {
    this._show();
    this.context.emit?.("opened", { tool: "race", open });
  }

  _show() {
    show(this.element, Boolean(this.racing || this.form.open || this.joining));
    show(this.below, Boolean(this.racing || this.away.size || (this.status.textContent && !this.joining)));
    show(this.rule.element, Boolean(this.racing));
    show(this.running, Boolean(this.racing));
    for (const part of this.parts) show(part.element, Boolean(this.racing));
  }

  /** Puts a lane away, or back among the others. */
  async close(lane, closed = true) {
    if (!(await send(this.context, { command: "close_lane", lane, closed }, this.status))) return;
    if (closed) this.away.set(lane, { name: this.names.get(lane) ?? "", seen: true });
    else this.away.delete(lane);
    this._list();
  }

  /** A lane that came back by undo or by seeking is no longer away. */
  _away(lanes) {
    const before = this.away.size;
    for (const { lane } of lanes) {
      const entry = this.away.get(lane);
      if (entry && !entry.seen) this.away.delete(lane);
    }
    // A frame from before the command was applied still has the lane.
    for (const [lane, entry] of this.away) if (!lanes.some((open) => open.lane === lane)) entry.seen = false;
    if (this.away.size !== before) this._list();
  }

  _list() {
    const back = ([lane, { name }]) => button(`Bring back ${laneName({ lane, name }, true)}`, () => this.close(lane, false));
    const done = this.away.size ? [button("Leave away", () => { this.away.clear(); this._list(); }, { title: "Take these buttons from the page; Undo still brings the lane back" })] : [];
    this.putAway.replaceChildren(...[...this.away].map(back), ...done);
    this._show();
  }

  /** Copies are put away one by one; a run that began as a race begins anew alone. */
  async _end() {
    if (this._ofSpec > 0) {
      this.end.setAttribute("aria-busy", "true");
      say(this.status, "The run begins anew with the first lane alone.");
      return this.context.requestChange({ lanes: [] });
    }
    for (const lane of [...this.styles.slots.keys()].filter((number) => number > 1)) await this.close(lane);
  }

  resize() {}

  destroy() {
    this.narrow.removeEventListener("change", this.placed);
    for (const stop of this.stopThemes) stop();
    this.stopTool?.();
    this.form.destroy();
  }
}

/** Where a lane was last measured; null where the frame has no curve of it. */
function lastOf(frame, lane) {
  const prefix = lane === 1 ? "" : `${lane}:`;
  const [steps, seconds] = ["step", "seconds"].map((name) => reading(frame, `${prefix}curves/${name}`));
  return steps?.length && seconds?.length ? { updates: steps.at(-1), seconds: seconds.at(-1) } : null;
}

export function create(context) {
  const styles = new LaneStyles(context.colours);
  const cards = new RaceCards(context, styles, (lane) => race.close(lane));
  const curves = new RaceCurves(context, styles);
  const race = new RacePanel(context, [cards, curves], styles);
  const below = { name: "race_standing", title: "Standing of the race", every: 1000, element: race.below, draw() {}, resize() {}, destroy() {} };
  return [race, cards, curves, below];
}
