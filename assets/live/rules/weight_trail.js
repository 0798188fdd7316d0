// One weight in every lane over the last updates, kept from the frames as they come; bounded, and true to the branch that is shown.

const KEPT = 400;

export class WeightTrail {
  constructor() {
    this.forget();
  }

  forget() {
    this.steps = [];
    this.values = new Map();
    this.key = null;
  }

  /** `key`: run, branch and weight; another one begins anew. `now`: lane → weight. */
  add(key, step, now) {
    if (key !== this.key) this.forget();
    this.key = key;
    while (this.steps.length && this.steps.at(-1) >= step) this._drop(this.steps.length - 1); // the run went back
    this.steps.push(step);
    for (const [lane, value] of now) {
      if (!this.values.has(lane)) this.values.set(lane, []);
      this.values.get(lane).push(value);
    }
    if (this.steps.length > KEPT) this._thin();
  }

  _drop(at) {
    this.steps.splice(at, 1);
    for (const values of this.values.values()) values.splice(at, 1);
  }

  /** The older half at half its density: a long run keeps its shape. */
  _thin() {
    const half = this.steps.length / 2;
    const keep = (_, i) => i >= half || i % 2 === 0;
    this.steps = this.steps.filter(keep);
    for (const [lane, values] of this.values) this.values.set(lane, values.filter(keep));
  }
}
