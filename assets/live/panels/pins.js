// The points of the plane that a person holds in view: one list for all panels of a view.

export const MOST_PINS = 4;
const kept = new WeakMap(); // by `select`: panels of one view share it, even where each is handed its own copy of the context

class Pins {
  constructor() {
    this.list = [];
    this.handlers = new Set();
  }

  /** Adds {x, y}; the oldest goes when there are too many. A point pinned a second time is let go. */
  add(point) {
    const near = this.list.findIndex(({ x, y }) => Math.hypot(x - point.x, y - point.y) < 0.25);
    if (near >= 0) return this.remove(near);
    this.list = [...this.list, point].slice(-MOST_PINS);
    this._tell();
  }

  remove(index) {
    this.list = this.list.filter((_, i) => i !== index);
    this._tell();
  }

  /** Calls `handler` at every change; returns how to stop. */
  watch(handler) {
    this.handlers.add(handler);
    return () => this.handlers.delete(handler);
  }

  _tell() {
    for (const handler of this.handlers) handler(this.list);
  }
}

export function pinsOf(context) {
  if (!kept.has(context.select)) kept.set(context.select, new Pins());
  return kept.get(context.select);
}
