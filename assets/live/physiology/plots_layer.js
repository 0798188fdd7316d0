// A whole layer: each unit joins the histograms when its turn comes. Over them, what was counted in macaques, where it was published.

import { Surface } from "../panels/surface.js";
import { element, say } from "../panels/markup.js";
import { badgeButton } from "../panels/badge.js";
import { number } from "../panels/format.js";
import { axes, DASH, legend, LEGEND_ROW, line, plain } from "./axes.js";

const DOTS = [2, 4];
/** What the model's cells are drawn from (models/brain/v1_population.py): here they must agree with the macaque's. */
const SAMPLED = ["orientation", "frequency"];

const even = (count, high) => Array.from({ length: count + 1 }, (_, k) => (high * k) / count);

/** What is counted: its edges, its name, how a value is placed before it is counted. */
const MEASURES = {
  orientation: { title: "Preferred orientation", name: "degrees", edges: [-22.5, 22.5, 67.5, 112.5, 157.5], placed: (value) => ((value + 22.5) % 180) - 22.5, ticks: [0, 45, 90, 135] },
  frequency: { title: "Preferred frequency", name: "cycles per degree", edges: [0.5, 0.7, 1, 1.4, 2, 2.8, 4, 5.6, 8, 11.4], log: true, ticks: [0.5, 1, 2, 4, 8] },
  circular_variance: { title: "Circular variance", name: "0 sharp, 1 all orientations alike", edges: even(10, 1), ticks: [0, 0.25, 0.5, 0.75, 1] },
  ratio: { title: "F1/F0", name: "below 1 complex, above 1 simple", edges: even(10, 2), placed: (value) => Math.min(value, 1.999), ticks: [0, 0.5, 1, 1.5, 2] },
  suppression_index: { title: "Suppression index", name: "0 none, 1 complete", edges: even(6, 1.2), ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
};

function share(values, measure, limit) {
  const { edges, placed = (value) => value } = MEASURES[measure];
  const counts = new Array(edges.length - 1).fill(0);
  let total = 0;
  for (let k = 0; k < Math.min(limit, values.length); k++) {
    if (Number.isNaN(values[k])) continue;
    total += 1;
    const value = placed(values[k]);
    const bin = edges.findIndex((edge, j) => j < counts.length && value >= edge - 1e-6 && value < edges[j + 1] - 1e-6);
    if (bin >= 0) counts[bin] += 1;
  }
  return { shares: counts.map((count) => (total ? count / total : 0)), total };
}

export const median = (values) => {
  const known = [...values].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  return known.length ? known[Math.floor(known.length / 2)] : NaN;
};

export class LayerPlots {
  constructor(context, side, published, badges) {
    Object.assign(this, { context, side, published, badges, index: -1 });
    this.element = element("div", { class: "pxp-plots" });
    this.beside = element("div");
    this.plots = [];
  }

  load(record) {
    this.destroy();
    this.record = record;
    this.moments = record.result.numbers.length;
    this.plots = Object.keys(MEASURES).filter((measure) => record.arrays[measure]).map((measure) => this._plot(measure));
    const [first, ...rest] = this.plots.map(({ figure }) => figure);
    this.beside.replaceChildren(first);
    this.element.replaceChildren(...rest);
  }

  _plot(measure) {
    const values = this.record.arrays[measure];
    const own = share(values, measure, values.length).shares;
    const control = this.record.arrays[`shuffled/${measure}`];
    const counts = this.published[measure];
    const macaque = counts ? counts.counts.slice(0, own.length).map((count) => count / counts.cells) : null;
    const high = Math.max(...own, ...(macaque ?? []), ...(control ? share(control, measure, control.length).shares : [])) * 1.08;
    const rows = (control ? 1 : 0) + (macaque || measure === "circular_variance" ? 1 : 0);
    const plot = { measure, high: Math.ceil(high * 10) / 10, macaque, control, rows };
    const { title } = MEASURES[measure];
    plot.surface = new Surface(this.context, { label: title, height: (width, projector) => (projector ? 300 : 190), render: (pen, view) => this._draw(pen, view, plot) });
    plot.caption = element("p", { class: "pxp-caption" });
    const badge = counts ? badgeButton(this.badges[measure], `Macaque, n = ${counts.cells}`, true) : null;
    plot.figure = element("figure", { class: "pxp-plot" }, element("figcaption", {}, element("span", { text: title }), badge), plot.surface.canvas, plot.caption);
    return plot;
  }

  draw(index) {
    this.index = index;
    for (const plot of this.plots) {
      plot.surface.draw();
      const values = this.record.arrays[plot.measure].subarray(0, index + 1);
      const silent = [...values].filter(Number.isNaN).length;
      say(plot.caption, this._caption(plot.measure, values, silent));
    }
  }

  _caption(measure, values, silent) {
    const counted = `${values.length - silent} counted${silent ? `, ${silent} gave no value` : ""}`;
    const built = this.side === "brain" && SAMPLED.includes(measure) ? " Sampled from these counts: the agreement is put in, not found." : "";
    if (measure === "circular_variance") return `Median ${number(median(values))}; ${counted}. Dotted: the macaque median.`;
    return (measure === "orientation" ? `${counted}.` : `Median ${number(median(values))}; ${counted}.`) + built;
  }

  _draw(pen, view, { measure, high, macaque, control, rows }) {
    const { edges, log, ticks, name } = MEASURES[measure];
    const at = axes(pen, view, { low: edges[0], high: edges.at(-1), log, name, ticks, tick: plain }, { low: 0, high, name: "share of the units", ticks: [0, high / 2, high], tick: (value) => `${Math.round(100 * value)}%` }, { top: 1.1 + LEGEND_ROW * Math.max(1, rows) });
    const { shares } = share(this.record.arrays[measure], measure, this.index + 1);
    pen.fillStyle = view.colours[this.side];
    shares.forEach((value, k) => pen.fillRect(at.x(edges[k]) + 1, at.y(value), at.x(edges[k + 1]) - at.x(edges[k]) - 2, at.bottom - at.y(value)));
    const entries = [];
    if (control && this.index + 1 >= this.moments) {
      this._steps(pen, view, at, edges, share(control, measure, control.length).shares, view.colours.faint, DASH);
      entries.push({ text: "shuffled", colour: view.colours.faint, dash: DASH });
    }
    if (macaque) {
      this._steps(pen, view, at, edges, macaque, view.colours.text, []);
      entries.push({ text: "macaque", colour: view.colours.text });
    }
    if (measure === "circular_variance") entries.push(this._approximate(pen, view, at));
    entries.forEach((entry, row) => legend(pen, view, [entry], row));
  }

  _steps(pen, view, at, edges, shares, colour, dash) {
    const points = shares.flatMap((value, k) => [[at.x(edges[k]), at.y(value)], [at.x(edges[k + 1]), at.y(value)]]);
    line(pen, view, points, colour, { dash });
  }

  // From memory of the literature, not read in it: labelled so, and never a line of data.
  _approximate(pen, view, at) {
    const x = at.x(0.6);
    line(pen, view, [[x, at.top], [x, at.bottom]], view.colours.text, { dash: DOTS });
    return { text: "macaque .6, approximate, not checked", colour: view.colours.text, dash: DOTS };
  }

  panels() {
    return this.plots.map(({ measure, surface, figure }) => ({ panel: { name: `${this.side}-layer-${measure}`, title: `${this.side}: ${MEASURES[measure].title}`, element: figure, image: () => surface.image(), svg: () => surface.svg() }, host: figure }));
  }

  destroy() {
    for (const { surface } of this.plots) surface.destroy();
    this.plots = [];
  }
}
