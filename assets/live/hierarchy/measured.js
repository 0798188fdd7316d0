// What was measured of the changed photographs so far: for each slider, with all others as they stand, a curve of points.

const MOST = 4096; // curves that are kept: a sweep of one slider begins a curve of every other at each of its places

export class Measured {
  /** `fields`: sliders along which there are curves. */
  constructor(fields) {
    Object.assign(this, { fields, curves: new Map() });
  }

  clear() {
    this.curves.clear();
  }

  /** One answer is a point of every slider's curve. `values`: all sliders; `similarity` {side: {rung: {units, channels}}}. */
  add(values, weights, similarity) {
    for (const field of this.fields) {
      const key = this._key(field, values, weights);
      const curve = this.curves.get(key) ?? [];
      const point = { value: values[field], similarity };
      const at = curve.findIndex(({ value }) => value >= point.value);
      if (at < 0) curve.push(point);
      else curve.splice(at, curve[at].value === point.value ? 1 : 0, point);
      this.curves.delete(key);
      this.curves.set(key, curve);
    }
    while (this.curves.size > MOST) this.curves.delete(this.curves.keys().next().value);
  }

  has(field, values, weights) {
    return this._curve(field, values, weights).some(({ value }) => value === values[field]);
  }

  /** [{value, rungs: {name: r}}] of one side, in order. `kind`: "units" or "channels". */
  points(field, values, weights, side, kind) {
    return this._curve(field, values, weights).map(({ value, similarity }) => ({ value, rungs: Object.fromEntries(Object.entries(similarity[side] ?? {}).map(([name, found]) => [name, found[kind]])) }));
  }

  /** The curves of one slider as rows for a table. */
  rows(field, values) {
    return ["trained", "random"].flatMap((weights) => this._curve(field, values, weights).flatMap(({ value, similarity }) => Object.entries(similarity).flatMap(([side, rungs]) => Object.entries(rungs).map(([rung, found]) => ({ slider: field, value, weights, side, rung, ...found })))));
  }

  _curve(field, values, weights) {
    return this.curves.get(this._key(field, values, weights)) ?? [];
  }

  _key(field, values, weights) {
    return JSON.stringify([field, weights, Object.entries(values).filter(([name]) => name !== field)]);
  }
}
