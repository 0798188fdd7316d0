// Curves of a Plotly chart that is drawn already. To draw the chart anew costs as much as two frames of the whole page; to move
// its paths costs a hundredth of that. So the chart is drawn anew only when an axis must change, and once it has come to rest.

import { SteadyRange } from "./steady_range.js";

const DIGITS = 1; // of a pixel
const FEW = 8; // points of a curve that get a mark each

export class PlottedLines {
  /** `figure` is the chart's data and layout; an axis without a range of its own gets a steady one, from zero (logarithmic: from ZERO). */
  constructor({ data, layout }) {
    this.traces = data;
    const free = ["x", "y"].filter((name) => !layout[`${name}axis`]?.range);
    this.axes = free.map((name) => ({ name, range: layout[`${name}axis`]?.type === "log" ? null : new SteadyRange() }));
    this.drawn = "";
  }

  static fits({ data }) {
    return data.length > 0 && data.every(({ type, mode }) => type === "scatter" && mode === "lines");
  }

  /** So few points in a curve that a line alone does not show them: one is no line at all. */
  get few() {
    return this.traces.some(({ y }) => { const points = finite(y); return points > 0 && points <= FEW; });
  }

  /** Ranges that hold all curves, for the layout: {xaxis: […], yaxis: […]}. */
  ranges() {
    return Object.fromEntries(this.axes.map(({ name, range }) => {
      const highest = this._highest(name);
      if (!range) return [`${name}axis`, decades(highest)];
      range.fit(0, highest);
      return [`${name}axis`, [range.low, range.high]];
    }));
  }

  _highest(name) {
    let highest = 0;
    for (const { [name]: values } of this.traces) for (const value of values) if (value > highest && value < Infinity) highest = value;
    return highest;
  }

  /** The chart was drawn anew with these ranges. */
  settled(ranges) {
    this.drawn = JSON.stringify(ranges);
  }

  /** Moves the paths of `plot`; false where the chart has to be drawn anew instead. */
  move(plot) {
    const { _fullLayout: layout } = plot;
    const paths = plot.querySelectorAll(".scatterlayer .js-line");
    if (!layout || paths.length !== this.traces.length || JSON.stringify(this.ranges()) !== this.drawn) return false;
    this.traces.forEach((trace, i) => paths[i].setAttribute("d", path(trace, layout.xaxis, layout.yaxis)));
    return true;
  }
}

function finite(values) {
  let count = 0;
  for (const value of values) count += Number.isFinite(value);
  return count;
}

/** Where update 0 stands on a logarithmic axis, which has no place for it: left of 1, under the label 0. */
export const ZERO = 0.5;

/** From ZERO to beyond the highest value, in powers of ten; grows by a third of a decade, so that a curve soon fills it. */
function decades(highest) {
  return [Math.log10(ZERO), Math.max(1, Math.ceil(3 * Math.log10(Math.max(1, highest))) / 3)];
}

/** A curve in pixels, broken where a value is not finite. */
function path({ x, y }, across, up) {
  let text = "";
  let pen = "M";
  for (let i = 0; i < x.length; i++) {
    const [left, top] = [across.c2p(x[i]), up.c2p(y[i])];
    if (Number.isFinite(left) && Number.isFinite(top)) {
      text += `${pen}${left.toFixed(DIGITS)},${top.toFixed(DIGITS)}`;
      pen = "L";
    } else pen = "M";
  }
  return text || "M0,0";
}
