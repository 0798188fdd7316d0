// The live view: mounts on a page's element, keeps one run in sight, and draws what it streams.

import { Attachment } from "./attachment.js";
import { Palette } from "./colour.js";
import { Events, makeContext } from "./context.js";
import { attend, furnish } from "./furniture.js";
import { markTerms } from "./glossary.js";
import { loadPanels } from "./layout.js";
import { LiveSettings } from "./live_settings.js";
import { Painter } from "./painter.js";
import { Door } from "./run.js";
import { Stage } from "./stage.js";
import { Timeline } from "./timeline.js";
import { plain, waysOn } from "./ways_on.js";

const LEAVING = 250; // ms in which a page that was torn down may come back
const HALTING = new Set(["pause", "step", "step_back", "reset", "seek", "branch"]);

/** Shows `data` in `parent`, or brings what is there up to date. Returns a clean-up function. */
export function mount(parent, data, trigger) {
  parent.parallaxLive ??= new LiveView(parent, data);
  const view = parent.parallaxLive;
  clearTimeout(view.leaving);
  view.update(data, trigger);
  return () => {
    clearTimeout(view.leaving);
    view.leaving = setTimeout(() => {
      view.destroy();
      delete parent.parallaxLive;
    }, LEAVING);
  };
}

class LiveView {
  constructor(parent, data) {
    this.modules = loadPanels(data.layout);
    this.door = new Door(data.api, data.experiment, data.layout);
    this.attachment = new Attachment(this.door, this._handlers());
    this.stage = new Stage(parent, data.layout);
    this.palette = new Palette(this.stage.root);
    this.events = new Events();
    this.timeline = new Timeline();
    this.painter = new Painter((frame, kept) => this._painted(frame, kept), () => this.subscribe());
    this.firstPaint = new Promise((resolve) => { this.firstPainted = resolve; });
    this.settings = new LiveSettings(this);
    this.focus = null;
    this.speed = data.speed ?? null;
    this.intent = Boolean(data.play);
    this.context = makeContext(this);
    furnish(this, data);
    this.unlisten = attend(this);
  }

  /** The page's newest word. Only a changed revision starts a new run. */
  update(data, trigger) {
    const before = this.data;
    this.data = data;
    this.trigger = trigger;
    if (before && data.fresh !== before.fresh) this._chosen();
    this.controls.describe(data.controls, this._spec(), data.defaults);
    this.toolbar.tools.hide(data.hidden);
    if (!before) return this.begin(false);
    if (data.revision !== before.revision && this.adopted !== this._structure(data.spec)) return this._restart();
    if (data.revision !== before.revision) this.adopted = null;
    else if (["figures", "hidden"].some((part) => JSON.stringify(data[part]) !== JSON.stringify(before[part]))) this._build();
    this.settings.write();
  }

  /** A start was chosen: it is shown as it is, and one that asks a question waits for Play. */
  _chosen() {
    this.settings.forget();
    if (this.data.prediction) this.intent = false;
  }

  destroy() {
    this.settings.destroy();
    this.attachment.turn++;
    this.attachment.leave();
    this.painter.destroy();
    this.unlisten();
    this.stage.destroy();
  }

  // ── the run ────────────────────────────────────────────────────────────────────────────────

  /** The page's spec under the live values that a person set in this view. */
  _spec() {
    return { ...this.data.spec, ...this.settings.chosen };
  }

  // What makes two runs the same but for what can change while they run.
  _structure(spec) {
    const live = new Set(this.data.controls.map((control) => control.field));
    const structural = Object.keys(spec).filter((field) => !live.has(field)).sort();
    return JSON.stringify(structural.map((field) => [field, spec[field]]));
  }

  begin(anew) {
    this.stage.fail(null);
    this._settle("starting");
    this.ready = new Promise((resolve) => { this.readied = resolve; });
    const spec = this._spec();
    this.attachment.begin({ spec, structure: this._structure(spec), play: this.intent, speed: this.speed, anew });
  }

  _restart() {
    const old = this.attachment.run;
    this.begin(true);
    if (old) this.door.end(old.id);
  }

  /** A saved file becomes the run in sight; the page is asked to describe it, and its answer starts nothing. */
  async open(file) {
    const old = this.attachment.run;
    const run = await this.attachment.open(file, (spec) => this._structure(spec));
    if (!run) return;
    if (old) this.door.end(old.id);
    this.stage.fail(null);
    this.settings.forget();
    this.adopted = this._structure(run.spec);
    this.trigger("change", run.spec);
  }

  _handlers() {
    return {
      attached: (run) => this._attached(run),
      statics: (statics) => { this.statics = statics; this._build(); },
      frame: (frame) => this._received(frame),
      message: (message) => this._told(message),
      connected: () => this._link(false),
      lost: () => this._link(true),
      failed: (refusal) => this._failed(refusal),
      gone: () => {
        this.stage.say("The run had ended after a time without viewers; it was started again from its settings.");
        this.begin(true);
      },
    };
  }

  _attached(run) {
    this.stage.root.dataset.live = run.id;
    this.settings.begin();
    this.statics = null;
    this.held = false;
    this.shown = { step: null, branch: null, sequence: -1 };
    this.timeline.clear();
    this.painter.forget();
  }

  _failed(refusal) {
    this._settle("error");
    const wait = refusal.retryAfter ? ` Try again in ${refusal.retryAfter} s.` : "";
    const ways = waysOn(this, refusal);
    const sentence = ways.length ? plain(refusal) : refusal.message;
    this.stage.fail(sentence + (sentence.includes("ry again") ? "" : wait), () => this.begin(true), ways);
  }

  async _build() {
    const { statics } = this;
    const [modules] = await Promise.all([this.modules, this.stage.styled]);
    if (statics !== this.statics || statics === null) return;
    this.painter.clear();
    this.layout.fill(modules, this.context, (panel, host) => this.painter.add(panel, host));
    this.marked = false;
    this.subscribe();
    if (this.data.figures?.length) this.context.plotly().then(() => this.painter.redraw(), (error) => this.stage.say(error.message));
  }

  // ── what comes in ──────────────────────────────────────────────────────────────────────────

  _received(frame) {
    this.timeline.add(frame);
    if (!this.told) this._settle(frame.meta.status ?? "paused");
    if (!this.held) this.painter.offer(frame);
  }

  _told(message) {
    const state = message.hello ?? message;
    if (state.error) this.stage.say(state.error);
    if (state.branches) this._branches(state.branches);
    if (message.hello) this.toolbar.control(message.hello.control ?? true);
    if (state.message && state.message !== this.reason) this.stage.say(state.message);
    this.reason = state.message;
    const flag = ["gone", "reconnecting", "suspended"].find((name) => state[name] === true || state.flags?.includes?.(name));
    if (state.status) this._settle(flag === "reconnecting" ? flag : state.status, true);
  }

  _branches(branches) {
    this.timeline.branches = branches;
    this.toolbar.scrubber.describe(branches);
    this.events.emit("branches", branches);
  }

  _link(lost) {
    this.lost = lost;
    this._settle(this.status, this.told);
  }

  // The service's word on the status is newer than that of a frame, which was under way meanwhile.
  _settle(status, told = false) {
    this.status = status;
    this.told = told;
    const shown = this.lost ? "reconnecting" : status;
    if (status !== "starting") this.readied?.();
    this.toolbar.status(shown);
    this.stage.root.dataset.status = shown;
    this.events.emit("status", shown);
  }

  _painted({ meta }, kept) {
    const { shown } = this;
    const { dataset } = this.stage.root;
    if (!this.marked) markTerms(this.stage.root, this.data.glossary); // which words are in sight is known only now
    this.marked = true;
    const moved = meta.step !== shown.step || meta.branch !== shown.branch;
    if (!kept && (moved || (this.changed && meta.sequence > shown.sequence))) {
      dataset.frames = String(Number(dataset.frames) + 1);
      this.changed = false;
      this.firstPainted();
    }
    this.shown = { step: meta.step, branch: meta.branch, sequence: kept ? shown.sequence : meta.sequence };
    dataset.step = String(meta.step);
    dataset.epoch = String(meta.epoch);
  }

  // ── what goes out ──────────────────────────────────────────────────────────────────────────

  subscribe() {
    if (!this.attachment.stream || !this.statics) return;
    const readings = document.hidden ? [] : [...new Set([...this.announcer.readings, ...this.painter.readings()])];
    this.attachment.stream.subscribe(readings, this.focus, this.painter.still.matches ? 8 : this.layout.plan.fps ?? 60);
  }

  select(focus) {
    this.focus = focus;
    this.subscribe();
    this.events.emit("focus", focus);
  }

  /** Sends a command as soon as the run takes any. Rejects with the service's sentence. */
  async command(object) {
    if (object.command === "play") this.intent = true;
    await this.ready;
    const reply = await this.attachment.command(object);
    if (HALTING.has(object.command)) this.intent = false;
    this.changed = true;
    if (reply.status) this._settle(reply.status, true);
    return reply;
  }

  async set(values) {
    await this.command({ command: "set", values });
    this.settings.choose(values);
  }

  /** A change that a panel proposes: live fields go to the run, structural ones to the page, which answers with a new revision.
      With `restart` a run begins anew even where only live fields differ. */
  async requestChange(fields, restart = false) {
    const live = new Set(this.data.controls.map((control) => control.field));
    const differs = (field) => JSON.stringify(fields[field]) !== JSON.stringify(this.data.spec[field]);
    const structural = Object.keys(fields).some((field) => !live.has(field) && differs(field));
    const own = Object.fromEntries(Object.entries(fields).filter(([field]) => live.has(field)));
    if (!structural && !restart) return this.set(own).catch((error) => this.stage.say(error.message));
    this.settings.choose(own);
    if (structural) return this.trigger("change", fields);
    this._restart();
  }

  scrub(frame) {
    this.held = true;
    this.painter.offer(frame, true);
  }

  async seek(step) {
    try {
      await this.command({ command: "seek", step });
    } catch (error) {
      this.stage.say(error.message);
    }
    this.held = false;
  }

  pace(rate) {
    this.speed = rate;
    this.command({ command: "speed", steps_per_second: rate }).catch((error) => this.stage.say(error.message));
  }
}
