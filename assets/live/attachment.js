// Keeps the view attached to one run: found again after a reload, forked when another tab holds it, or started.

import { decode } from "./frame.js";
import { Stream } from "./socket.js";

const TAKEN_PATIENCE = [350, 900]; // ms; the page that was reloaded may still be closing

/**
 * handlers: attached(run), statics(frame), frame(frame), message(object), lost(), connected(), gone(), failed(refusal).
 * A run is {id, watchId, spec, control, found}; `found`: it was there before this page.
 */
export class Attachment {
  constructor(door, handlers) {
    this.door = door;
    this.handlers = handlers;
    this.turn = 0;
    this.run = null;
    this.stream = null;
  }

  /** Finds or starts the run of `spec`; `anew` starts one in any case. */
  async begin({ spec, structure, play, speed, anew }) {
    const turn = this._next();
    this.structure = structure;
    const kept = anew ? null : this.door.remembered(structure);
    if (kept) return this._attach({ ...kept, control: true, found: true });
    await this._take(turn, () => this.door.start(spec, { play, speed }));
  }

  /** Attaches to the run of a saved file. */
  async open(file, structureOf) {
    const turn = this._next(false);
    const run = await this.door.open(file);
    if (turn !== this.turn) return null;
    run.spec ??= (await this.door.describe(run.id)).spec;
    this.structure = structureOf(run.spec);
    this.leave();
    this._attach(run);
    return run;
  }

  /** Lets go of the run without ending it. */
  leave() {
    clearTimeout(this.patience);
    this.stream?.close();
    this.stream = null;
  }

  async command(object) {
    if (!this.stream) throw new Error("There is no run to do this to: what stands in its place says why.");
    return this.stream.command(object);
  }

  _next(leave = true) {
    if (leave) this.leave();
    this.tries = 0;
    return ++this.turn;
  }

  // A run that was asked for and overtaken meanwhile is ended, so that it does not count against the person.
  async _take(turn, make) {
    try {
      const run = await make();
      if (turn === this.turn) this._attach(run);
      else this.door.end(run.id);
    } catch (refusal) {
      if (turn === this.turn) this.handlers.failed(refusal);
    }
  }

  _attach(run) {
    this.run = run;
    this.door.remember(run, this.structure);
    this.handlers.attached(run);
    this._connect();
    this._statics(this.turn);
  }

  _connect() {
    const { run, handlers, door } = this;
    this.stream = new Stream(door.stream(run.id), {
      frame: handlers.frame,
      message: (message) => this._message(message),
      connected: handlers.connected,
      lost: handlers.lost,
      exists: () => door.exists(run.id),
      gone: () => this._gone(),
    });
    this.handlers.connected();
  }

  async _statics(turn) {
    try {
      const statics = decode(await this.door.statics(this.run.id));
      if (turn === this.turn) this.handlers.statics(statics);
    } catch (refusal) {
      if (turn !== this.turn) return;
      if (refusal.code === 404 || refusal.code === 410) this._gone();
      else this.handlers.failed(refusal);
    }
  }

  _gone() {
    this.turn++;
    this.leave();
    this.door.forget();
    this.handlers.gone();
  }

  _message(message) {
    const { hello } = message;
    if (message.status === "gone") return this._gone();
    if (hello?.taken && this.run.found) return this._taken();
    if (hello) {
      this.run.control = hello.control ?? true;
      this.run.spec = hello.spec ?? this.run.spec;
    }
    this.handlers.message(message);
  }

  _taken() {
    const { turn } = this;
    this.leave();
    const wait = TAKEN_PATIENCE[this.tries++];
    if (wait === undefined) this._take(++this.turn, () => this.door.fork(this.run.id));
    else this.patience = setTimeout(() => turn === this.turn && this._connect(), wait);
  }
}
