// A question before the run, and what came of it. Verdict and numbers are those of the moment of the
// reveal, read from the curves, so that everyone gets the same.

import { button, element, say, show } from "./markup.js";
import { Choices } from "./predict_choices.js";
import { changed, isAbout, misfit } from "./predict_fit.js";
import { atMoment, due, isKept, judge, liveReadings, readingsOf, valuesOf } from "./predict_measures.js";
import { count, forget, recall, remember, tally } from "./predict_memory.js";
import { found, lateness, measuredPast, now, tallied, verdict, waiting } from "./predict_words.js";
import { statics } from "./reading.js";
import { themed } from "./surface.js";

const RENEWED = 250; // ms between two renewals of the numbers that follow the run

class PredictPanel {
  constructor(context) {
    this.context = context;
    // Every frame is looked at, so that the reveal is not late; text is renewed less often.
    this.every = 0;
    this.shownAt = -Infinity;
    // The moment may come while the panel is scrolled away.
    this.always = true;
    this._build();
    this._take(context.data.prediction);
    this.stops = [themed(context, this.element), context.on("status", () => this._show())];
  }

  get readings() {
    if (!this.prediction) return [];
    if (!this.answer?.revealed) return readingsOf(this.prediction);
    return this.prediction.settled ? [] : liveReadings(this.prediction, this.prediction.follows);
  }

  _build() {
    this.question = element("p", { class: "px-predict-question", "data-terms": true });
    this.choices = new Choices((index) => this._choose(index));
    this.skip = button("Skip", () => this._skip(true), { class: "px-button px-plain", title: "Without a prediction: what to watch for is shown at once" });
    this.again = button("Ask again", () => this._again(), { class: "px-button px-plain" });
    this.close = button("Close", () => this._close(), { class: "px-button px-plain", title: "Makes room for the pictures; at the start it stands here again" });
    this.more = button("More", () => { this.opened = !this.opened; this._show(); }, { class: "px-button px-plain", title: "The question, and what the run shows now" });
    this.back = button("Put it back", () => this._putBack(), { class: "px-button px-plain" });
    this.said = element("p", { class: "px-predict-said", role: "status" });
    this.found = element("p", { class: "px-predict-found" });
    this.now = element("p", { class: "px-predict-now" });
    this.sentence = element("p", { class: "px-predict-sentence" });
    this.tally = element("span", { class: "px-note" });
    this.forget = button("Forget", () => { forget(); this._show(); }, { class: "px-button px-plain", title: "Sets this browser’s tally back to nothing" });
    this.empty = element("p", { class: "px-note px-predict-empty", text: "What the run shows will stand here, in its own numbers." });
    const asked = element("div", { class: "px-predict-asked" }, this.question,
      element("div", { class: "px-predict-answers" }, this.choices.element, this.skip),
      element("div", { class: "px-predict-foot" }, this.said, this.back, this.again, this.more, this.close), element("p", { class: "px-predict-tally" }, this.tally, this.forget));
    const told = element("div", { class: "px-predict-told" }, this.empty, this.found, this.now, this.sentence);
    this.element = element("section", { class: "px-panel px-predict", "aria-label": "Prediction", tabindex: -1 }, asked, told);
    this.element.hidden = true;
  }

  _take(prediction) {
    this.prediction = prediction ?? null;
    this.answer = null;
    this.frame = null;
    this.about = undefined;
    this.stood = false;
    this.opened = false;
    if (!prediction) return this._show();
    say(this.question, prediction.question);
    say(this.sentence, prediction.sentence);
    this.choices.describe(prediction.choices.map(({ text }) => text), null);
    this._show();
  }

  draw(frame) {
    const { run, data } = this.context;
    if (data.prediction?.name !== this.prediction?.name) this._take(data.prediction);
    if (this.about !== run?.spec) this.fits = Boolean(this.prediction) && isAbout(this.prediction, run?.spec);
    this.about = run?.spec;
    if (!this.fits) return show(this.element, false);
    if (this.answer?.run !== (run.id ?? "")) this.answer = recall(run.id ?? "", this.prediction.name);
    this.frame = frame;
    const before = JSON.stringify([this.answer, this.fault]);
    this._judge();
    if (JSON.stringify([this.answer, this.fault]) !== before || performance.now() - this.shownAt > RENEWED || frame.meta.step === 0) this._show();
  }

  _judge() {
    const { answer, frame, prediction } = this;
    this.fault = answer.revealed ? "" : misfit(prediction, this.context, frame);
    // Back at the start nothing is spoiled; on the way, what was changed for a while counts.
    const spoiled = frame.meta.step > 0 && (answer.spoiled || this.fault !== "");
    if (spoiled !== answer.spoiled) this._keep({ spoiled });
    if (answer.revealed || spoiled || this.fault || !due(prediction, frame)) return;
    const past = atMoment(prediction, frame);
    const values = valuesOf(prediction, past);
    const [right = null] = judge(prediction.choices, values);
    if (answer.chosen !== null) count(prediction.name, answer.chosen === right);
    const { step } = past.meta;
    const late = step < frame.meta.step && !isKept(prediction) ? lateness(frame.meta.step, step) : "";
    this._keep({ revealed: { step, right, found: found(prediction, values, right) + (late || measuredPast(prediction, step)) } });
    this._subscribe();
  }

  /** The curves are long: they are asked for until the reveal only. */
  _subscribe() {
    this.context.select(this.context.focus?.());
  }

  _keep(change) {
    Object.assign(this.answer, change);
    remember(this.answer);
  }

  _show() {
    const { answer, frame, prediction } = this;
    show(this.element, Boolean(prediction && answer && frame) && !(answer.closed && frame.meta.step > 0));
    if (this.element.hidden) return;
    this.shownAt = performance.now();
    const held = this.element.contains(document.activeElement);
    const { revealed, chosen, skipped } = answer;
    const voided = !revealed && (this.fault || answer.spoiled);
    const open = !revealed && !voided && !skipped;
    // A run that was never what the question is about, opened by a link of one's own, is not told so.
    this.stood ||= open || revealed !== null || skipped || chosen !== null;
    if (!this.stood) return show(this.element, false);
    show(this.choices.element, open);
    show(this.skip, open && chosen === null);
    this.choices.mark(chosen);
    this._fold(open, revealed !== null);
    say(this.said, this._said(voided));
    show(this.said, this.said.textContent !== "");
    show(this.back, Boolean(this.fault) && changed(prediction, {}, frame.meta.settings).length > 0);
    show(this.close, !open && frame.meta.step > 0);
    show(this.again, frame.meta.step === 0 && (revealed !== null || skipped));
    this._showFound(revealed, skipped);
    this._showTally();
    // The view's keys need the focus inside the view: a control that goes away hands it on.
    const kept = this.element.contains(document.activeElement) && document.activeElement.checkVisibility();
    if (held && !kept) this.element.focus({ preventScroll: true });
  }

  /** Once answered it takes one line, so that the pictures have the room; "More" opens the rest. */
  _fold(open, revealed) {
    this.element.classList.toggle("px-predict-open", open);
    this.element.classList.toggle("px-predict-folded", revealed && !this.opened);
    say(this.more, this.opened ? "Less" : "More");
    this.more.setAttribute("aria-expanded", String(this.opened));
    show(this.more, revealed);
  }

  _said(voided) {
    const { answer, frame, prediction } = this;
    if (answer.revealed) return verdict(prediction, answer);
    if (this.fault) return this.fault;
    if (voided) return "The run was changed on the way, so it no longer answers the question. Reset to have it asked again.";
    if (answer.chosen === null) return "";
    return waiting(prediction, answer.chosen, (this.context.status?.() ?? frame.meta.status) === "playing");
  }

  _showFound(revealed, skipped) {
    const { frame, prediction } = this;
    show(this.empty, revealed === null && !skipped);
    say(this.found, revealed?.found ?? "");
    show(this.found, revealed !== null);
    // In a race its own panel says how it goes on.
    const further = revealed !== null && !prediction.settled && frame.meta.step > revealed.step;
    if (further) say(this.now, now(prediction, valuesOf(prediction, frame), frame.meta.step, frame.meta.lanes, statics(this.context)?.meta.image ? "images" : "points"));
    show(this.now, further);
    show(this.sentence, skipped || (revealed !== null && !prediction.settled));
  }

  _showTally() {
    say(this.tally, tallied(tally()));
    show(this.tally.parentElement, this.tally.textContent !== "" && this.answer.revealed !== null);
  }

  _choose(index) {
    this._keep({ chosen: index });
    this._show();
  }

  _skip(skipped) {
    this._keep({ skipped, chosen: null });
    this._show();
  }

  /** What was asked has been answered or left. */
  _close() {
    this._keep({ closed: true });
    this._show();
    this.element.closest("[data-live]")?.focus({ preventScroll: true });
  }

  /** Possible at the start only: anywhere else the answer is in sight. */
  _again() {
    this._keep({ chosen: null, skipped: false, spoiled: false, revealed: null, closed: false });
    this._subscribe();
    this._judge();
    this._show();
    this.choices.buttons[0].focus();
  }

  async _putBack() {
    const before = Object.fromEntries(changed(this.prediction, {}, this.frame.meta.settings).map(([field, value]) => [field, value]));
    await this.context.requestChange(before);
  }

  resize() {}

  destroy() {
    for (const stop of this.stops) stop?.();
  }
}

export function create(context) {
  return new PredictPanel(context);
}
