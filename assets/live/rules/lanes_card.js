// One card a lane: which rule, what it has a hidden synapse told, at which rate, how well it answers what it has not seen, and what that has cost.

import { number } from "../panels/format.js";
import { element, say, show } from "../panels/markup.js";
import { fact } from "../panels/race_lanes.js";
import { lanePicture } from "./lanes_picture.js";
import { SHORT, needsAt } from "./knows_needs.js";
import { accuracyText, hiddenText, isOtherPass, ordinal, pointsText, standingWords, wayText } from "./lanes_standing.js";
import { MarkKey, markOf, titleOf } from "./marks.js";

const OTHER = "another forward pass: the control is not its own";

export class LaneCard {
  /** `lanes`: all of the run, as the statics describe them. */
  constructor(context, lane, lanes) {
    Object.assign(this, { context, lane: lane.lane, mark: markOf(lane, lanes), title: titleOf(lane, lanes) });
    const { sizes = [] } = context.statics.meta;
    this.needs = needsAt(lane, 1, sizes.length - 1);
    this.other = isOtherPass(lane, sizes.length - 2);
    this.hidden = hiddenText(lane);
    this.key = new MarkKey(context, this.mark);
    this.picture = lanePicture(context, lane.lane);
    this.facts = { rate: fact("rate"), loss: fact("test loss"), seconds: fact("compute, s") };
    this.element = element("div", { class: `px-lane${this.mark.control ? " px-lane-control" : ""}`, role: "radio", "aria-checked": "false", tabindex: -1, "data-lane": lane.lane },
      this._head(), this._told(), this._score(), this._body());
  }

  _head() {
    const short = element("b", { class: "px-lane-label", text: this.mark.label });
    return [element("div", { class: "px-lane-head" }, this.key.element, short), element("h4", { class: "px-lane-title", text: this.title })];
  }

  /** What has to reach a synapse of a hidden layer, in a word each; what comes from elsewhere is filled. */
  _told() {
    const told = new Map((this.context.data?.ingredients ?? []).map((one) => [one.name, one]));
    const words = Object.keys(SHORT).filter((name) => this.needs.has(name)).map((name) => {
      const far = !["here", "later", undefined].includes(told.get(name)?.at);
      return element("span", { class: far ? "px-need px-need-far" : "px-need", title: told.get(name)?.noun ?? SHORT[name], text: SHORT[name] });
    });
    return element("p", { class: "px-lane-needs", "aria-label": "A hidden synapse is told" }, ...(words.length ? words : [element("span", { class: "px-need", text: "nothing" })]));
  }

  _score() {
    this.accuracy = element("span", { class: "px-lane-accuracy", text: "–" });
    this.place = element("span", { class: "px-lane-place", text: "–" });
    return element("div", { class: "px-lane-score" }, this.accuracy, element("span", { class: "px-lane-of" }, element("span", { text: "right" }), this.place));
  }

  _body() {
    this.fill = element("i");
    this.bar = element("div", { class: "px-lane-bar", "aria-hidden": "true" }, this.fill);
    this.points = element("span");
    this.way = element("span");
    this.halted = element("p", { class: "px-lane-halted" });
    this.over = element("div", { class: "px-lane-over" }, this.halted);
    this.over.hidden = true;
    const facts = element("dl", { class: "px-lane-facts" }, this.facts.rate.row, this.hidden ? element("div", { class: "px-lane-share" }, element("dd", { text: this.hidden })) : null, this.facts.loss.row, this.facts.seconds.row);
    return element("div", { class: "px-lane-body" }, this.picture.element, this.bar, element("p", { class: "px-lane-way" }, this.points, this.way), this.other ? element("p", { class: "px-lane-aside", text: OTHER }) : null, facts, this.over);
  }

  choose(chosen) {
    this.element.setAttribute("aria-checked", String(chosen));
  }

  /** `lane`: the frame's word on it; `stand`: its standing. */
  draw(frame, lane, stand) {
    Object.assign(this, { frame, now: lane, stand });
    if (!lane.halted || this.drawnHalted !== lane.halted) this.picture.draw(frame);
    this.drawnHalted = lane.halted;
  }

  /** The numbers of the last frame. */
  write() {
    const { now, stand, facts } = this;
    if (!now) return;
    say(this.accuracy, accuracyText(now.test_accuracy));
    const begun = this.frame.meta.step > 0; // before the first update all lanes are one network
    say(this.place, now.halted ? "halted" : !begun || stand.place === null ? "–" : `${ordinal(stand.place)} of ${stand.of}`);
    if (now.rate !== undefined) facts.rate.say(number(now.rate, 2));
    facts.loss.say(Number.isFinite(now.test_loss) ? number(now.test_loss) : "–");
    facts.seconds.say(number(now.seconds));
    this.fill.style.transform = `scaleX(${Math.max(0, Math.min(1, stand.place === null ? 0 : stand.share || 0))})`;
    say(this.points, this.mark.control ? "the control" : begun ? pointsText(stand) : "");
    say(this.way, this.mark.control || !begun ? "" : wayText(stand));
    this._halt(now.halted);
    this.element.setAttribute("aria-label", this.sentence());
  }

  _halt(sentence) {
    show(this.over, Boolean(sentence));
    this.element.classList.toggle("px-lane-stopped", Boolean(sentence));
    if (sentence) say(this.halted, sentence);
  }

  sentence() {
    const { now, stand } = this;
    const state = now.halted ?? `${accuracyText(now.test_accuracy)} of held-out examples right, ${this.frame.meta.step > 0 || this.mark.control ? standingWords(stand, this.mark.control) : "before the first update"}${this.other ? `; ${OTHER}` : ""}.`;
    return `${this.title}: ${state}${this.hidden ? ` Rate ${number(now.rate, 2)}, ${this.hidden}.` : ""}`;
  }

  repaint() {
    this.key.paint();
    if (this.frame) this.picture.draw(this.frame);
  }

  destroy() {
    this.picture.destroy();
  }
}
