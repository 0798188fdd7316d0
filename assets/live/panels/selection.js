// What a person looks at in the network: shared by the picture, which chooses it, and the inspector, which shows it.
//
// A target is {kind: "weight", layer, to, from} (from null: the bias) or {kind: "neuron", layer, index}; layer 0 is the input.

// Panels of one view share `context.select`, even where each is handed its own copy of the context.
const shared = new WeakMap();

export function selectionOf(context) {
  if (!shared.has(context.select)) shared.set(context.select, new Selection(context));
  return shared.get(context.select);
}

export function same(a, b) {
  if (!a || !b || a.kind !== b.kind || a.layer !== b.layer) return a === b;
  return a.kind === "neuron" ? a.index === b.index : a.to === b.to && a.from === b.from;
}

class Selection {
  constructor(context) {
    this.context = context;
    this.target = null;
    this.held = false;
    this.handlers = new Set();
  }

  /** Looked at in passing; what is held stays. */
  point(target) {
    if (!this.held && target && !same(target, this.target)) this._take(target);
  }

  hold(target) {
    this.held = true;
    this._take(target);
  }

  release() {
    this.held = false;
    this._tell();
  }

  /** A new run: its network may lack what was looked at. */
  forget() {
    this.held = false;
    this._take(null);
  }

  watch(handler) {
    this.handlers.add(handler);
    return () => this.handlers.delete(handler);
  }

  _take(target) {
    const changed = !same(target, this.target);
    this.target = target;
    if (changed) this.context.select(focusOf(target));
    this._tell();
  }

  _tell() {
    for (const handler of this.handlers) handler(this.target, this.held);
  }
}

/** The parameter whose `focus/…` readings a target needs: a neuron's are those of its bias. */
export function focusOf(target) {
  if (!target || target.layer === 0) return null;
  if (target.kind === "neuron") return { layer: target.layer, to: target.index, from: null };
  return { layer: target.layer, to: target.to, from: target.from };
}
