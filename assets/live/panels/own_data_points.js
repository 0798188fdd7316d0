// The points that a person draws: a list that only ever grows new versions of itself, so that every edit can be taken back.

export const EXTENT = 6;
export const MOST_DRAWN = 1000;
export const LEAST_POINTS = 4;
export const MOST_CLASSES = 5;
const KEPT_VERSIONS = 200;

const bounded = (place) => Math.max(-EXTENT, Math.min(EXTENT, Math.round(place * 1000) / 1000));
const EMPTY = { problem: "classes", names: ["1", "2", "3", "4", "5"], columns: ["x", "y"], label: "class", list: [] };

/** A browser may forbid storage; then a reload begins with an empty plane, and nothing else is lost. */
export const storage = {
  get(key) {
    try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
  },
  put(key, value) {
    try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* as above, or more than fits */ }
  },
};

/**
 * `now` = {problem "classes" | "number", names of five classes, columns, label, list of {x, y, kind, value}}; `kind` counts
 * classes from 0 and `value` lies in −1…+1. `trained`: the content id of these points while they are unchanged; `followed`: the one that
 * was last brought onto the plane, so that a plane that was cleared stays clear.
 */
export class Points {
  constructor(key) {
    this.key = key;
    this.handlers = new Set();
    const kept = storage.get(key);
    this.now = sound(kept?.now) ? kept.now : EMPTY;
    this.trained = kept?.trained ?? null;
    this.followed = kept?.followed ?? null;
    this.versions = [];
  }

  watch(handler) {
    this.handlers.add(handler);
    return () => this.handlers.delete(handler);
  }

  get list() {
    return this.now.list;
  }

  get numbers() {
    return this.now.problem === "number";
  }

  /** Opens one edit; what follows until the next `begin` is taken back together. */
  begin() {
    if (this.versions.at(-1) === this.now) return;
    this.versions.push(this.now);
    if (this.versions.length > KEPT_VERSIONS) this.versions.shift();
  }

  /** Whether there was room. */
  add(x, y, kind, value) {
    if (this.list.length >= MOST_DRAWN) return false;
    this._list([...this.list, { x: bounded(x), y: bounded(y), kind, value }]);
    return true;
  }

  change(index, fields) {
    const moved = { ...this.list[index], ...fields };
    this._list(this.list.map((point, i) => (i === index ? { ...moved, x: bounded(moved.x), y: bounded(moved.y) } : point)));
  }

  erase(index) {
    this._list(this.list.filter((_, i) => i !== index));
  }

  clear() {
    this.begin();
    this._set({ ...EMPTY, problem: this.now.problem });
  }

  /** Classes or values; each point keeps both, so that going back loses nothing. */
  learn(problem) {
    if (problem === this.now.problem) return;
    this.begin();
    this._set({ ...this.now, problem });
  }

  /** Other points altogether; `trained` where they are those of a content id. */
  replace(now, trained = null) {
    this.begin();
    this._set({ ...EMPTY, ...now, list: now.list.map((point) => ({ ...point, x: bounded(point.x), y: bounded(point.y) })) }, trained);
  }

  undo() {
    while (this.versions.at(-1) === this.now) this.versions.pop();
    if (this.versions.length) this._set(this.versions.pop());
  }

  get undoable() {
    return this.versions.some((version) => version !== this.now);
  }

  /** They are now the points of this content id. */
  settle(content) {
    this.trained = content;
    this._keep();
  }

  follow(content) {
    this.followed = content;
    this._keep();
  }

  /** Number of the nearest point within `reach` of a place, or −1. */
  nearest(x, y, reach) {
    let [found, least] = [-1, reach];
    this.list.forEach((point, i) => {
      const distance = Math.hypot(point.x - x, point.y - y);
      if (distance <= least) [found, least] = [i, distance];
    });
    return found;
  }

  /** Numbers of the classes that have points, in order. */
  used() {
    return [...new Set(this.list.map(({ kind }) => kind))].sort((a, b) => a - b);
  }

  /** How a run will show a class: which of how many it is. Classes without points take what is left over. */
  look(kind) {
    if (this.lookedAt !== this.now) [this.lookedAt, this.looks] = [this.now, looks(this.used())];
    return this.looks[kind];
  }

  /** Why these points cannot be trained on; empty where they can. */
  obstacle() {
    const { list } = this;
    if (list.length < LEAST_POINTS) {
      const missing = LEAST_POINTS - list.length;
      return `${missing} more ${missing === 1 ? "point is" : "points are"} needed: a network is trained on some points and tested on the others.`;
    }
    if (this.numbers && new Set(list.map(({ value }) => value)).size < 2) return "All points have the same value; there is nothing to learn yet.";
    if (!this.numbers && this.used().length < 2) return `All points are of class ${this.now.names[this.used()[0]]}; draw some of a second class.`;
    return "";
  }

  /** What the service takes. */
  body() {
    const { columns, label, names } = this.now;
    const rows = this.list.map(({ x, y }) => [x, y]);
    if (this.numbers) return { columns, label: label === "class" ? "value" : label, rows, targets: this.list.map(({ value }) => value) };
    return { columns, label, rows, targets: this.list.map(({ kind }) => names[kind]), classes: this.used().map((kind) => names[kind]) };
  }

  _list(list) {
    this._set({ ...this.now, list });
  }

  _set(now, trained = null) {
    this.now = now;
    this.trained = trained;
    this._keep();
    for (const handler of this.handlers) handler();
  }

  _keep() {
    storage.put(this.key, { now: this.now, trained: this.trained, followed: this.followed });
  }
}

function looks(used) {
  const kinds = Array.from({ length: MOST_CLASSES }, (_, kind) => kind);
  const order = used.length < 2 ? kinds : [...used, ...kinds.filter((kind) => !used.includes(kind))];
  const look = (label) => ({ label, problem: "classes", classes: used.length > 2 || label > 1 ? MOST_CLASSES : 2 });
  return kinds.map((kind) => look(order.indexOf(kind)));
}

/** What was kept may have been written by an older version of the page. */
function sound(now) {
  const within = (place) => Number.isFinite(place) && Math.abs(place) <= EXTENT;
  const point = ({ x, y, kind, value }) => within(x) && within(y) && Number.isInteger(kind) && kind >= 0 && kind < MOST_CLASSES && Math.abs(value) <= 1;
  return Array.isArray(now?.list) && Array.isArray(now.names) && Array.isArray(now.columns) && now.list.length <= MOST_DRAWN && now.list.every(point);
}
