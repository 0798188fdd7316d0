// Spans of time as people say them, from a second to weeks: words, ticks of an axis, and a slider that stops at usual ones.

import { say } from "../panels/markup.js";
import { Slider } from "../perception/fields.js";

export const [MINUTE, HOUR, DAY, WEEK] = [60, 3600, 86400, 604800];
const YEAR = 365 * DAY;
const UNITS = [[YEAR, "year", "years"], [DAY, "day", "days"], [HOUR, "h", "h"], [MINUTE, "min", "min"], [1, "s", "s"]];
const STOPS = [
  1, 2, 5, 10, 20, 30, MINUTE, 2 * MINUTE, 3 * MINUTE, 5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR, 6 * HOUR, 8 * HOUR, 10 * HOUR,
  12 * HOUR, 18 * HOUR, DAY, 2 * DAY, 3 * DAY, 4 * DAY, 5 * DAY, 6 * DAY, WEEK, 10 * DAY, 2 * WEEK, 3 * WEEK, 4 * WEEK, 31 * DAY, 6 * WEEK, 8 * WEEK, 12 * WEEK, 20 * WEEK,
];
const ON_LOG = [1, 10, MINUTE, 10 * MINUTE, HOUR, 8 * HOUR, DAY, WEEK, 4 * WEEK, 20 * WEEK];

/** 90 → "1.5 min", 1209600 → "2 weeks", 0.2 → "0.2 s"; `digits` of what is not whole. */
export function duration(seconds, digits = 3) {
  if (seconds === 0) return "0 s";
  if (seconds >= 2 * WEEK && seconds % WEEK === 0) return `${seconds / WEEK} weeks`;
  const [size, one, many] = UNITS.find(([unit]) => seconds >= unit * 0.9995) ?? UNITS.at(-1);
  const value = seconds / size;
  const text = Number(value.toPrecision(digits)).toLocaleString("en-GB", { maximumFractionDigits: 9 });
  return `${text} ${text === "1" ? one : many}`;
}

/** Ticks {at, text} of an axis of time: usual spans with `log`, else even steps of a unit that suits its length. */
export function timeTicks(low, high, log) {
  if (log) return ON_LOG.filter((at) => at >= low * 0.999 && at <= high * 1.001).map((at) => ({ at, text: duration(at) }));
  const step = STOPS.find((stop) => (high - low) / stop <= 6) ?? 20 * WEEK;
  return Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => ({ at: low + i * step, text: i ? duration(low + i * step) : "0" }));
}

/** A slider over spans of time; the value is in seconds. */
export class DurationSlider extends Slider {
  constructor(name, field, value, changed) {
    super(name, { ...field, unit: "" }, value, changed, { log: true });
    this.stops = STOPS.filter((stop) => stop >= field.low && stop <= field.high);
    this.range.max = String(this.stops.length - 1);
    this.set(value);
  }

  set(value) {
    this._take(Math.min(this.high, Math.max(this.low, value)));
    if (this.stops) this.range.value = String(nearest(this.stops, this.value));
  }

  // A link may hold a span between two stops: it is kept as it is.
  _take(value) {
    this.value = value;
    const words = duration(value);
    say(this.shown, words);
    this.range.setAttribute("aria-valuetext", words);
  }

  _at() {
    return this.stops[Number(this.range.value)];
  }
}

function nearest(stops, value) {
  let best = 0;
  stops.forEach((stop, i) => { if (Math.abs(Math.log(stop / value)) < Math.abs(Math.log(stops[best] / value))) best = i; });
  return best;
}
