// The range of a linear axis. It grows at once, by doubling, and shrinks only when the curve uses less than a quarter of it.

export class SteadyRange {
  constructor() {
    this.reset();
  }

  reset() {
    [this.low, this.high, this.set] = [0, 1, false];
  }

  fit(low, high) {
    if (!(low <= high)) return this;
    const outside = low < this.low || high > this.high;
    const tiny = high - low < (this.high - this.low) / 4;
    if (!this.set || outside || tiny) this._take(low, high);
    return this;
  }

  /** Ends on multiples of a power of two about half the curve's span. */
  _take(low, high) {
    const unit = 2 ** Math.ceil(Math.log2(Math.max((high - low) / 2, Math.abs(high) * 1e-3, Math.abs(low) * 1e-3, 1e-9)));
    const bottom = Math.floor(low / unit) * unit;
    const top = Math.max(Math.ceil(high / unit) * unit, bottom + unit);
    // A curve that is all but flat keeps the old axis as long as that axis is not far too large.
    if (this.set && low >= this.low && high <= this.high && top - bottom >= (this.high - this.low) / 2) return;
    [this.low, this.high, this.set] = [bottom, top, true];
  }

  share(value) {
    return (value - this.low) / (this.high - this.low);
  }
}
