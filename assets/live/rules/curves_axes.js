// The axes of a chart of lanes: along the updates or the seconds of compute, in decades or evenly; up by what is measured.

import { Decades } from "../panels/decades.js";
import { number, power } from "../panels/format.js";
import { SteadyRange } from "../panels/steady_range.js";

/** What a chart may run along: reading, title, and the decades it begins with. */
export const ALONG = {
  step: { title: "updates", decades: [0, 2, 0, 12] },
  seconds: { title: "seconds of compute of the lane itself", decades: [-3, 0, -6, 9] },
};

function decimal(exponent) {
  return exponent >= -4 && exponent <= 4 ? (10 ** exponent).toLocaleString("en-GB", { maximumSignificantDigits: 1 }) : power(exponent);
}

/** Whole decades. */
export class LogAxis {
  constructor(low, high, floor, ceiling) {
    this.range = new Decades(low, high, floor, ceiling);
  }

  include(value) {
    this.range.include(value);
  }

  holds(value) {
    return value > 0;
  }

  share(value) {
    return this.range.share(value);
  }

  value(share) {
    return 10 ** (this.range.low + share * (this.range.high - this.range.low));
  }

  ticks() {
    return this.range.ticks().map((exponent) => ({ value: 10 ** exponent, text: decimal(exponent) }));
  }
}

/** From zero, doubling when it has to grow. */
export class EvenAxis {
  constructor() {
    this.range = new SteadyRange();
    this.highest = 0;
  }

  include(value) {
    if (!(value > this.highest) || value === Infinity) return;
    this.highest = value;
    this.range.fit(0, value);
  }

  holds(value) {
    return Number.isFinite(value);
  }

  share(value) {
    return Math.max(0, Math.min(1, this.range.share(value)));
  }

  value(share) {
    return this.range.low + share * (this.range.high - this.range.low);
  }

  ticks() {
    const { high } = this.range;
    return [0, high / 2, high].map((value) => ({ value, text: value >= 1000 ? value.toLocaleString("en-GB") : value === 0 ? "0" : number(value, 2) }));
  }
}

const NEAR = 0.006; // so far from 100% two accuracies are still told apart

/** Accuracy with more room the nearer it is to 100%: where rules differ by a point, the point can be seen. It never moves. */
export class StretchedAxis {
  include() {}

  holds(value) {
    return Number.isFinite(value);
  }

  share(value) {
    return Math.log((1 + NEAR) / (1 - Math.max(0, Math.min(1, value)) + NEAR)) / Math.log((1 + NEAR) / NEAR);
  }

  ticks() {
    return [0, 0.5, 0.8, 0.9, 0.95, 0.98, 1].map((value) => ({ value, text: `${Math.round(100 * value)}%` }));
  }
}

/** Degrees from 0 below to 180 above; it never moves. */
export class DegreesAxis {
  include() {}

  holds(value) {
    return Number.isFinite(value);
  }

  share(value) {
    return Math.max(0, Math.min(1, value / 180));
  }

  ticks() {
    return [0, 45, 90, 135, 180].map((value) => ({ value, text: `${value}°` }));
  }
}

export function alongAxis(by, scale) {
  return scale === "log" ? new LogAxis(...ALONG[by].decades) : new EvenAxis();
}
