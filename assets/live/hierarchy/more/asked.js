// One long analysis at a time: a button that asks, progress with what is being done, a way to cancel, refusals in a sentence.

import { Analysis, Refusal } from "../../analysis.js";
import { button, element, say, show } from "../../panels/markup.js";
import { pressed } from "../../press.js";

export class Asked {
  /** `question()` → {spec} or a Promise of it, or null; `answered(answer, spec)`, `preview(arrays, spec)`, `ended()` after either end. */
  constructor(context, experiment, label, { question, answered, preview = () => {}, began = () => {}, ended = () => {} }) {
    Object.assign(this, { context, experiment, question, answered, previewed: preview, began, ended });
    this.go = button(label, () => pressed(this.go, () => this.start(), (error) => this._refuse(error)), { class: "px-button px-primary" });
    this.stop = button("Cancel", () => this.cancel(), { hidden: true });
    this.bar = element("progress", { max: 1, value: 0, hidden: true, "aria-label": "Progress" });
    this.said = element("p", { class: "px-status pxm-said", role: "status" });
    this.element = element("div", { class: "pxm-asked" }, this.go, this.stop, this.bar, this.said);
  }

  get busy() {
    return Boolean(this.analysis);
  }

  async start() {
    this.cancel();
    this._told("asking the service", 0);
    this._busy(true);
    try {
      const spec = await this.question();
      if (spec) await this._ask(spec);
      else this._idle("");
    } catch (error) {
      this._refuse(error);
    }
  }

  async _ask(spec) {
    const analysis = (this.analysis = new Analysis(this.context.api, this.experiment, (doing, share) => this.analysis === analysis && this._told(doing, share),
      (arrays) => this.analysis === analysis && this.previewed(arrays, spec)));
    this.began(spec);
    const answer = await analysis.of(spec).catch((error) => this._failed(analysis, error));
    if (!answer || this.analysis !== analysis) return;
    this._idle("");
    this.answered(answer, spec);
    this.ended();
  }

  _failed(analysis, error) {
    if (this.analysis === analysis && error !== null) this._refuse(error);
    return null;
  }

  cancel() {
    if (!this.analysis) return;
    this.analysis.cancel();
    this._idle("Cancelled. What was shown before stays.");
    this.ended();
  }

  _refuse(error) {
    if (!(error instanceof Refusal)) console.error(error);
    this._idle(error instanceof Refusal ? error.message : "The answer could not be shown. Try again.");
    this.ended();
  }

  _idle(sentence) {
    this.analysis = null;
    this._busy(false);
    say(this.said, sentence);
  }

  _told(doing, share) {
    say(this.said, `${doing} …`);
    this.bar.value = share;
  }

  _busy(on) {
    show(this.stop, on);
    show(this.bar, on);
    this.go.disabled = on;
    if (on) this.element.dataset.busy = "";
    else delete this.element.dataset.busy;
  }

  destroy() {
    this.analysis?.cancel();
    this.analysis = null;
  }
}
