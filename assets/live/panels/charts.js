// The Plotly figures that the page made in Python: one panel each; the browser only moves arrays into them.

import { element, section } from "./markup.js";
import { isProjector, watchColours } from "./palette.js";
import { PlottedLines, ZERO } from "./plotted_lines.js";
import { reading, shape, statics } from "./reading.js";
import { themed } from "./surface.js";

// ms between two drawings of a chart: of curves, which move, and of others, which cost more than a frame each time.
const CURVES_EVERY = 200;
const OTHERS_EVERY = 1000;
const REST = 500; // ms without news after which a chart is drawn anew, so that what it tells on hovering is what it shows

class ChartPanel {
  constructor(context, { name, title, figure, bindings, named }) {
    Object.assign(this, { context, name, title, bindings });
    this.readings = [...new Set(bindings.map((binding) => binding.reading))];
    this.figure = structuredClone(figure);
    for (const { trace, attribute } of named ?? []) this.figure.data[trace][attribute] = [...(statics(context)?.meta.class_names ?? [])];
    this.lines = PlottedLines.fits(this.figure) ? new PlottedLines(this.figure) : null;
    this.every = this.lines ? CURVES_EVERY : OTHERS_EVERY;
    const { root } = section("chart", title);
    this.plot = element("div", { class: "px-plot", role: "img", "aria-label": title });
    root.append(this.plot);
    this.element = root;
    this.revision = 0;
    this.moved = {};
    this.stopTheme = themed(context, root);
    this.stopColours = watchColours(context, () => this._restyle());
  }

  draw(frame) {
    this.frame = frame;
    if (!window.Plotly) return this._load();
    if (this.plot.clientWidth === 0) return;
    let moved = false;
    for (const binding of this.bindings) moved = this._move(frame, binding) || moved;
    if (!this.made || this.projector !== isProjector(this.element)) this._react();
    else if (moved) this._show();
  }

  /** The new numbers, the cheap way where there is one and nobody reads values off the chart. */
  _show() {
    clearTimeout(this.rest);
    if (!this.lines || this.marked || this.plot.matches(":hover") || !this.lines.move(this.plot)) this._react();
    else this.rest = setTimeout(() => this._react(), REST);
  }

  /** The view loads the library once for all charts; the first picture comes as soon as it is there. */
  _load() {
    if (this.loading) return;
    this.loading = true;
    this.plot.textContent = "Loading the chart…";
    this.context.plotly().then(
      () => { this.plot.textContent = ""; this.draw(this.frame); },
      (error) => { this.plot.textContent = error.message; this.loading = false; },
    );
  }

  /** Puts the bound reading into its trace; false where the frame lacks it or nothing was added. */
  _move(frame, { trace, attribute, reading: name, index }) {
    const array = reading(frame, name);
    if (!array) return false;
    // Drawing a chart costs as much as several frames; the same numbers again are no news.
    const key = `${trace} ${attribute}`;
    if (same(this.moved[key], array)) return false;
    this.moved[key] = array;
    const numbers = attribute === "z" ? rows(array, shape(frame, name)) : line(array, shape(frame, name), index);
    const log = this.figure.layout[`${attribute}axis`]?.type === "log";
    this.figure.data[trace][attribute] = log ? above(numbers) : numbers;
    if (log) this.figure.data[trace].customdata = Array.from(numbers); // what hovering tells: update 0 as 0
    return true;
  }

  _react() {
    this.made = true;
    this.projector = isProjector(this.element);
    clearTimeout(this.rest);
    const ranges = this.lines?.ranges() ?? {};
    this._mark();
    const layout = { ...this.figure.layout, ...this._look(), datarevision: ++this.revision };
    for (const [axis, range] of Object.entries(ranges)) Object.assign(layout[axis], { range, autorange: false });
    window.Plotly.react(this.plot, this.figure.data, layout, { displayModeBar: false, responsive: false });
    this.lines?.settled(ranges);
  }

  /** Every measured point shows: where there are few, each has a mark. */
  _mark() {
    if (!this.lines) return;
    this.marked = this.lines.few;
    for (const trace of this.figure.data) Object.assign(trace, { mode: this.marked ? "lines+markers" : "lines", marker: { size: this.projector ? 11 : 7, color: trace.line?.color } });
  }

  /** What the theme and the room decide; everything else stays as Python made it. */
  _look() {
    const { colours } = this.context;
    const size = this.projector ? 18 : 12;
    const own = this.figure.layout;
    const top = this.figure.data.length > 1 ? 2 * size : 10; // the legend stands above the curves, never on them
    const axis = (kept) => ({ ...kept, color: colours.ink, title: { ...kept?.title, font: { size, color: colours.ink } }, tickfont: { size, color: colours.ink } });
    if (this.projector) for (const trace of this.figure.data) if (trace.line) trace.line.width = 3.5;
    return {
      width: this.plot.clientWidth, height: this.plot.clientHeight, xaxis: axis(own.xaxis), yaxis: axis(own.yaxis),
      font: { ...own.font, size, color: colours.ink }, margin: this.projector ? { l: 70, r: 16, t: top, b: 60 } : { l: 48, r: 12, t: top, b: 40 },
    };
  }

  _restyle() {
    if (this.made) this._react();
  }

  resize() {
    const { clientWidth, clientHeight } = this.plot;
    if (!this.made || clientWidth === 0 || (this.plot._fullLayout?.width === clientWidth && this.plot._fullLayout?.height === clientHeight)) return;
    this._react();
  }

  _export(format) {
    const { clientWidth: width, clientHeight: height } = this.plot;
    return window.Plotly.toImage(this.plot, { format, width, height, scale: format === "png" ? 2 : 1 });
  }

  async image() {
    return (await fetch(await this._export("png"))).blob();
  }

  async svg() {
    return (await fetch(await this._export("svg"))).text();
  }

  destroy() {
    clearTimeout(this.rest);
    this.stopTheme();
    this.stopColours();
    if (this.made) window.Plotly.purge(this.plot);
  }
}

function same(before, now) {
  return before !== undefined && before.length === now.length && before.every((value, i) => value === now[i]);
}

/** Flat values as rows; without a stated shape the matrix is square. */
function rows(array, given) {
  const columns = given?.at(-1) ?? Math.round(Math.sqrt(array.length));
  return Array.from({ length: array.length / columns }, (_, i) => Array.from(array.subarray(i * columns, (i + 1) * columns)));
}

function line(array, given, index) {
  if (index === null || index === undefined) return array;
  const columns = given?.at(-1) ?? array.length;
  return array.subarray(index * columns, (index + 1) * columns);
}

/** A logarithmic axis has no place for zero: what was measured before the first update stands at its left end. */
const above = (numbers) => Float64Array.from(numbers, (value) => (value === 0 ? ZERO : value > 0 ? value : NaN));

/** One panel a figure, so that each takes its own turn. */
export function create(context) {
  const problem = statics(context)?.meta.problem ?? "classes";
  const suit = (figure) => !figure.problem || figure.problem === problem;
  return (context.data?.figures ?? []).filter(suit).map((figure) => new ChartPanel(context, figure));
}
