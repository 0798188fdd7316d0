// What is wrong with the run, in the service's own sentence, with buttons that apply the remedy.
// A finding shows once it has held for half a second and stays for at least two, so that nothing flickers.

import { send } from "./commands.js";
import { button, element, say, show } from "./markup.js";
import { themed } from "./surface.js";

const HOLD = 500;
const STAY = 2000;
// A shown sentence's numbers are renewed no faster than this: it is read aloud at each change.
const RENEW = 5000;
const LIVE = ["learning_rate", "regularisation_rate", "momentum"];

class AlertsPanel {
  constructor(context) {
    this.context = context;
    this.every = 100;
    // Empty it has no height, and so is never on screen; a warning must come all the same.
    this.always = true;
    this.readings = [];
    this.entries = new Map();
    this.list = element("div", { class: "px-alerts", role: "alert" });
    this.status = element("p", { class: "px-status", role: "status" });
    this.element = element("section", { class: "px-panel px-alert-panel", "aria-label": "Warnings" }, this.list, this.status);
    show(this.element, false);
    this.stopTheme = themed(context, this.element);
  }

  draw(frame) {
    if (this.known !== this.context.statics) this._clear();
    this.known = this.context.statics;
    this._judge(frame.meta.health ?? []);
  }

  _clear() {
    for (const entry of this.entries.values()) entry.node?.remove();
    this.entries.clear();
  }

  /** Called by frames, and by a timer while something is due: a run that has stopped sends no frames. */
  _judge(health) {
    const now = performance.now();
    this.health = health;
    const present = new Map(health.map((finding) => [`${finding.code} ${finding.layer}`, finding]));
    for (const [key, finding] of present) this._hold(key, finding, now);
    for (const [key, entry] of this.entries) if (!present.has(key)) this._release(key, entry, now);
    show(this.element, this.list.childElementCount > 0);
    clearTimeout(this.timer);
    if ([...this.entries.values()].some((entry) => !entry.node || entry.gone)) this.timer = setTimeout(() => this._judge(this.health), 120);
  }

  _hold(key, finding, now) {
    if (!this.entries.has(key)) this.entries.set(key, { since: now });
    const entry = this.entries.get(key);
    entry.gone = false;
    if (!entry.node && now - entry.since >= HOLD) this._appear(entry, finding, now);
    else if (entry.node && now - entry.saidAt > RENEW) {
      say(entry.sentence, finding.sentence);
      entry.saidAt = now;
    }
  }

  _appear(entry, finding, now) {
    entry.shownAt = entry.saidAt = now;
    entry.sentence = element("p", { class: "px-alert-sentence", text: finding.sentence });
    const remedies = (finding.remedies ?? []).map((remedy) => button(remedy.label, () => this._apply(remedy), { class: "px-button px-remedy" }));
    entry.node = element("div", { class: "px-alert", "data-code": finding.code },
      element("span", { class: "px-alert-sign", "aria-hidden": "true", text: "⚠" }), entry.sentence, element("div", { class: "px-remedies" }, remedies));
    this.list.append(entry.node);
  }

  _release(key, entry, now) {
    entry.gone = true;
    if (entry.node && now - entry.shownAt < STAY) return;
    entry.node?.remove();
    this.entries.delete(key);
  }

  /** What helps a running run goes over the socket; a remedy that needs a fresh start begins one. */
  _apply({ changes, restart }) {
    if (!restart && Object.keys(changes).every((field) => LIVE.includes(field))) return send(this.context, { command: "set", values: changes }, this.status);
    return this.context.requestChange(changes, restart);
  }

  resize() {}

  destroy() {
    clearTimeout(this.timer);
    this.stopTheme();
  }
}

export function create(context) {
  return new AlertsPanel(context);
}
