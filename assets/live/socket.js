// The stream of one run: frames and status in, acknowledgements, subscriptions and commands out.

import { decode } from "./frame.js";

const FIRST_DELAY = 250;
const LONGEST_DELAY = 4000;
const COMMAND_PATIENCE = 20000;

/** A command that was not carried out: the service's sentence and its code (409, 422), or 0 where the connection was lost. */
export class CommandRefused extends Error {
  constructor(sentence, code = 0) {
    super(sentence);
    this.code = code;
  }
}

/**
 * handlers: frame(frame), message(object), connected(), lost(), and async exists() → whether the run still lives,
 * asked before each new attempt; gone() when it does not.
 */
export class Stream {
  constructor(address, handlers) {
    this.address = address;
    this.handlers = handlers;
    this.subscription = null;
    this.told = null;
    this.waiting = new Map();
    this.queue = [];
    this.request = 0;
    this.delay = FIRST_DELAY;
    this.closed = false;
    this._open();
  }

  get ready() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** Says what is watched; nothing is sent when that has not changed. */
  subscribe(readings, focus, most = 60) {
    this.subscription = JSON.stringify({ subscribe: readings, max_fps: most, focus });
    this._tell();
  }

  /** Sends a command; resolves with the reply, rejects with CommandRefused. Before the stream is open it waits its turn. */
  command(object) {
    const request = ++this.request;
    return new Promise((resolve, reject) => {
      const patience = setTimeout(() => this._settle(request, { ok: false, error: "The service has not answered. Try again in a moment.", code: 0 }), COMMAND_PATIENCE);
      this.waiting.set(request, { resolve, reject, patience });
      const text = JSON.stringify({ ...object, request });
      if (this.ready) this.socket.send(text);
      else this.queue.push(text);
    });
  }

  close() {
    this.closed = true;
    clearTimeout(this.retry);
    this._abandon("The run was left.");
    this.socket?.close(1000);
  }

  _open() {
    const socket = new WebSocket(this.address);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this._opened();
    socket.onmessage = (event) => (typeof event.data === "string" ? this._message(event.data) : this._frame(event.data));
    socket.onclose = () => socket === this.socket && this._lost();
    this.socket = socket;
    this.told = null;
  }

  _opened() {
    this.delay = FIRST_DELAY;
    this._tell();
    for (const text of this.queue.splice(0)) this.socket.send(text);
    this.handlers.connected();
  }

  _tell() {
    if (!this.ready || this.subscription === null || this.subscription === this.told) return;
    this.told = this.subscription;
    this.socket.send(this.subscription);
  }

  _frame(buffer) {
    let frame = null;
    try {
      frame = decode(buffer);
    } catch (error) {
      console.warn("A frame could not be read:", error);
    }
    // At once, not after painting: the next frame is under way while this one is drawn.
    this._acknowledge(frame?.meta.sequence ?? 0);
    if (frame) this.handlers.frame(frame);
  }

  _acknowledge(sequence) {
    if (this.ready) this.socket.send(`{"ack":${sequence}}`);
  }

  _message(text) {
    const message = JSON.parse(text);
    if ("reply" in message) this._settle(message.reply, message);
    else this.handlers.message(message);
  }

  _settle(request, reply) {
    const waiting = this.waiting.get(request);
    if (!waiting) return;
    this.waiting.delete(request);
    clearTimeout(waiting.patience);
    if (reply.ok) waiting.resolve(reply);
    else waiting.reject(new CommandRefused(reply.error ?? "The service refused this.", reply.code));
  }

  _abandon(sentence) {
    this.queue.length = 0;
    for (const request of [...this.waiting.keys()]) this._settle(request, { ok: false, error: sentence, code: 0 });
  }

  // What was sent and not answered may or may not have happened: the person decides again.
  _lost() {
    if (this.closed) return;
    this._abandon("The connection was lost; it is being restored.");
    this.handlers.lost();
    this.retry = setTimeout(() => this._again(), this.delay);
    this.delay = Math.min(LONGEST_DELAY, this.delay * 2);
  }

  async _again() {
    const exists = await this.handlers.exists();
    if (this.closed) return;
    if (exists) this._open();
    else this.handlers.gone();
  }
}
