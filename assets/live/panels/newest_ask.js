// Questions to the run for something that moves, as a pointer does: the newest only, and not oftener than is of use.

export class NewestAsk {
  /** `take(answer, parameters)` and `fail(sentence)` are called with the answer to what was last wanted. `gap`: ms between questions. */
  constructor(context, probe, gap, take, fail = () => {}) {
    Object.assign(this, { context, probe, gap, take, fail });
    this.asked = -Infinity;
    this.turn = 0;
  }

  want(parameters) {
    this.pending = parameters;
    this._next();
  }

  /** What was asked before is of no interest any more. */
  drop() {
    this.turn++;
    this.pending = null;
    clearTimeout(this.timer);
    this.timer = null;
  }

  _next() {
    if (this.busy || this.timer || !this.pending) return;
    const wait = this.asked + this.gap - performance.now();
    if (wait > 0) {
      this.timer = setTimeout(() => { this.timer = null; this._next(); }, wait);
      return;
    }
    this._ask();
  }

  async _ask() {
    const { pending, turn } = this;
    this.pending = null;
    this.busy = true;
    this.asked = performance.now();
    try {
      const answer = await this.context.ask(this.probe, pending);
      if (turn === this.turn) this.take(answer, pending);
    } catch (error) {
      if (turn === this.turn) this.fail(error?.message || "The service did not answer; point again.");
    }
    this.busy = false;
    this._next();
  }
}
