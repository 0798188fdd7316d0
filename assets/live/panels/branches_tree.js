// The tree of branches as numbers: who descends from whom, in which order they stand, and where a step lies on the axis.

/** Map(id → the step at which the branch's line left it), from the branch itself (∞) back to the first. */
export function lineage(branches, id) {
  const path = new Map();
  let limit = Infinity;
  while (id !== null && id !== undefined && !path.has(id)) {
    path.set(id, limit);
    const branch = branches.find((item) => item.id === id);
    if (!branch) break;
    limit = Math.min(limit, branch.fork_step ?? 0);
    id = branch.parent;
  }
  return path;
}

/** The step at which two branches part; null where they are not described. The state there differs already: by the branch's first change. */
export function parting(branches, one, other) {
  const path = lineage(branches, one);
  for (const [id, limit] of lineage(branches, other)) if (path.has(id)) return Math.min(limit, path.get(id));
  return null;
}

/** Branches in the order of their rows: below its parent, the later fork first, so that no line crosses another. */
export function ordered(branches) {
  const below = new Map();
  for (const branch of branches) below.set(branch.parent ?? null, [...(below.get(branch.parent ?? null) ?? []), branch]);
  const rows = [];
  const waiting = [...(below.get(null) ?? [])].reverse();
  while (waiting.length) {
    const branch = waiting.pop();
    rows.push(branch);
    waiting.push(...[...(below.get(branch.id) ?? [])].sort((a, b) => a.fork_step - b.fork_step || b.id - a.id));
  }
  return rows;
}

/** At most `most` branches: the newest, the present one, and what they descend from. */
export function newest(branches, present, most) {
  if (branches.length <= most) return branches;
  const kept = new Set(lineage(branches, present).keys());
  for (const { id } of [...branches].sort((a, b) => b.id - a.id)) {
    const line = [...lineage(branches, id).keys()].filter((one) => !kept.has(one));
    if (kept.size + line.length <= most) for (const one of line) kept.add(one);
  }
  return branches.filter(({ id }) => kept.has(id));
}

const SHARES = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
const CROWDED = 0.02; // of the width
const CLEARLY = 2;

const SCALES = {
  linear: { share: (step, end) => step / end, end: (step) => { const size = 10 ** Math.floor(Math.log10(step)); return size * SHARES.find((share) => share * size >= step); } },
  log: { share: (step, end) => Math.log10(1 + step) / Math.log10(1 + end), end: (step) => Math.ceil(10 ** (Math.ceil(6 * Math.log10(1 + step)) / 6)) - 1 },
};

/** The axis of steps: linear or logarithmic, whichever keeps forks and heads farther apart. It grows in steps and changes its kind rarely. */
export class StepAxis {
  constructor() {
    this.kind = "linear";
    this.end = 10;
    this.known = "";
  }

  /** `branches`: [{id, parent, fork_step, head}]. A new branch is a reason to think again; a head that grows, only where lines become too short to see. */
  fit(branches) {
    const last = Math.max(10, ...branches.map(({ head }) => head));
    const known = branches.map(({ id }) => id).join();
    const [linear, log] = ["linear", "log"].map((kind) => spread(branches, (step) => SCALES[kind].share(step, last)));
    const [own, other] = this.kind === "linear" ? [linear, log] : [log, linear];
    if ((known !== this.known && other > own) || (own < CROWDED && other > CLEARLY * own)) this.kind = this.kind === "linear" ? "log" : "linear";
    const end = SCALES[this.kind].end(last);
    if (known !== this.known || end > this.end) this.end = end;
    this.known = known;
    return this;
  }

  /** 0…1 */
  share(step) {
    return Math.min(1, SCALES[this.kind].share(Math.max(0, step), this.end));
  }

  /** Steps to write at the axis, from 0 to its end. */
  ticks() {
    if (this.kind === "linear") return [0, this.end / 2, this.end];
    return [0, ...decadeTicks(this.end).slice(1)];
  }
}

/** 1 and at most four further powers of ten up to `end`. */
export function decadeTicks(end) {
  const decades = Array.from({ length: Math.floor(Math.log10(end) + 1e-9) }, (_, i) => 10 ** (i + 1));
  const stride = Math.ceil(decades.length / 4);
  return [1, ...decades.filter((_, i) => (decades.length - 1 - i) % stride === 0)];
}

// The shortest line of a branch and the shortest way between forks, as shares of the width.
function spread(branches, share) {
  const forks = new Map(branches.map(({ id, fork_step: step }) => [id, step]));
  const pairs = branches.flatMap(({ parent, fork_step: fork, head }) => [[fork, head], [forks.get(parent) ?? 0, fork]]);
  return Math.min(...pairs.filter(([from, to]) => to > from).map(([from, to]) => share(to) - share(from)), 1);
}

/** Rows of lines: [{branch, y, from, to, parentY}], x in `left`…`right`, one row every `height` from `top`. */
export function lines(branches, axis, { left, right, top, height }) {
  const x = (step) => left + axis.share(step) * (right - left);
  const rows = ordered(branches);
  const heights = new Map(rows.map(({ id }, i) => [id, top + i * height]));
  return rows.map((branch) => ({ branch, y: heights.get(branch.id), from: x(branch.fork_step), to: x(branch.head), parentY: heights.get(branch.parent) ?? null }));
}
