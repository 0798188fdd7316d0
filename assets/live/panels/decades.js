// A logarithmic axis that grows by whole decades and never shrinks while a run lasts: nothing jumps.

export class Decades {
  /** Starts at 10^low … 10^high; never goes below 10^floor or above 10^ceiling. */
  constructor(low, high, floor = -12, ceiling = 12) {
    Object.assign(this, { first: [low, high], floor, ceiling });
    this.reset();
  }

  reset() {
    [this.low, this.high] = this.first;
  }

  include(value) {
    if (!(value > 0) || value === Infinity) return;
    const exponent = Math.log10(value);
    if (exponent < this.low) this.low = Math.max(this.floor, Math.floor(exponent));
    if (exponent > this.high) this.high = Math.min(this.ceiling, Math.ceil(exponent));
  }

  /** 0 at the low end (and for zero), 1 at the high end; NaN draws nothing. */
  share(value) {
    if (value === Infinity) return 1;
    if (!(value > 0)) return 0;
    return Math.max(0, Math.min(1, (Math.log10(value) - this.low) / (this.high - this.low)));
  }

  /** At most four ticks, at whole decades. */
  ticks() {
    const span = this.high - this.low;
    const stride = Math.max(1, Math.ceil(span / 3));
    const ticks = [];
    for (let exponent = this.high; exponent >= this.low; exponent -= stride) ticks.push(exponent);
    return ticks;
  }
}
