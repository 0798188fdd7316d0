// What the protocol comes to, side by side: one row a measure, filled once the last stimulus was shown.

import { element, say } from "../panels/markup.js";
import { number, percent } from "../panels/format.js";
import { Bar } from "./bars.js";

const degrees = (value) => `${number(value)}°`;
/** What is not told from nothing is not written to three digits. */
const plain = (value) => (value === 0 || Math.abs(value) >= 1e-3 ? number(value) : value > 0 ? "below 0.001" : "above −0.001");

const ROWS = {
  gratings: [
    ["Preferred orientation: varies along, and its bars", (r) => r.numbers[0]?.orientation, degrees],
    ["Preferred spatial frequency, cycles per degree", (r) => r.numbers[0]?.frequency, plain],
    ["Half-width at half height", (r) => r.numbers[0]?.half_width, degrees, "never falls to half"],
    ["Circular variance", (r) => r.numbers[0]?.circular_variance, plain],
    ["Bandwidth, octaves", (r) => r.numbers[0]?.octaves, plain, "cut off by the range"],
    ["F1/F0", (r) => r.numbers[0]?.ratio, (value) => `${plain(value)}: ${value > 1 ? "follows the bars (“simple”)" : "does not follow the bars (“complex”)"}`],
  ],
  contrast: [
    ["Half of the maximum at contrast c50", (r) => half(r.fits[0]), written],
    ["Exponent n", (r) => (r.fits[0]?.described ? r.fits[0].exponent : unfit(r.fits[0])), written],
    ["Rmax", (r) => (r.fits[0]?.saturates ? r.fits[0].maximum : r.fits[0]?.described ? "beyond full contrast" : unfit(r.fits[0])), written],
    ["Residual of the fit, share of the largest response", (r, a) => (r.fits[0] ? r.fits[0].residual / Math.max(...a.response.subarray(0, r.moments.length)) : null), plain],
    ["Variance explained by the fit", (r) => r.fits[0]?.explained, (value) => percent(Math.max(0, value))],
    ["c50 of what it is compared with", (r) => (r.variants.length > 1 ? half(r.fits[1]) : null), written],
  ],
  size: [
    ["Suppression index", (r) => r.numbers[0]?.suppression_index, plain],
    ["Diameter that reaches 95% of the largest response", (r) => r.numbers[0]?.summation_field, degrees],
    ["Field", (r) => r.unit.field_degrees, degrees],
    ["Index of what it is compared with", (r) => r.numbers[1]?.suppression_index, plain],
  ],
  masks: [0, 1, 2, 3].map((k) => [["c50 without a mask", "c50 under mask 0.12", "c50 under mask 0.25", "c50 under mask 0.5"][k], (r) => half(r.fits[0][k]), written])
    .concat([["Rmax under mask 0.5, relative to none", (r) => (r.fits[0][3]?.saturates && r.fits[0][0]?.saturates ? r.fits[0][3].maximum / r.fits[0][0].maximum : null), plain, "not defined"]]),
  noise: [
    ["Frames", (r) => r.frames.at(-1), (value, r) => value.toLocaleString("en-GB") + (r.asked > r.most ? `: this unit is given at most ${r.most.toLocaleString("en-GB")}, for time` : "")],
    ["Squares beyond chance", (r) => r.passing, (value, r) => `${value} of ${r.squares ** 2}`],
    ["Average and planted field, r", (r) => r.correlations?.average.at(-1), plain, "nothing was planted"],
    ["Largest variance of the covariance, times noise", (r) => r.eigenvalue, plain],
    ["Its axis within the plane of the cell’s two fields", (r) => r.correlations?.plane, plain, "nothing was planted"],
  ],
  natural: [
    ["Largest response", (r, a) => Math.max(...a.response), plain],
    ["Share of patches that leave it silent", (r, a) => a.response.filter((value) => value <= 1e-6).length / a.response.length, plain],
  ],
};

/** Of a contrast curve, c50 or why there is none. A curve is described, and saturates, or not: models/probes/contrast_response.py. */
function half(fit) {
  if (fit?.saturates) return fit.half;
  return fit?.described ? "does not saturate" : unfit(fit);
}

function unfit(fit) {
  return fit ? "not described by this function" : "no rise with contrast";
}

function written(value) {
  return typeof value === "string" ? value : plain(value);
}

/** What a reader needs beside the table's numbers. */
const NOTES = {
  contrast: " Of a curve that falls after its peak, scatters, or has half its height below the lowest contrast, no c50 is given.",
  masks: " The contrasts are those of the Contrast tab up to 0.491: with a mask of 0.5 a grating must fit between black and white. A curve that falls beyond may be described here and not there.",
};

export class Numbers {
  constructor() {
    this.body = element("tbody");
    this.table = element("table", { class: "px-table pxp-numbers" },
      element("caption", { class: "pxp-caption" }),
      element("thead", {}, element("tr", {}, element("th", { scope: "col", text: "Measure" }), element("th", { scope: "col", class: "pxp-brain", text: "Brain (model)" }), element("th", { scope: "col", class: "pxp-network", text: "Network" }))), this.body);
    this.element = element("div", { class: "pxp-table-place" }, this.table);
  }

  /** `records` {brain, network}: those that are there; `finished`: whether the last stimulus was shown. */
  show(protocol, records, finished) {
    const rows = ROWS[protocol] ?? [];
    this.element.hidden = rows.length === 0;
    if (this.body.dataset.protocol !== protocol) this._build(protocol, rows);
    say(this.table.caption, finished ? `Computed from the responses above.${NOTES[protocol] ?? ""}` : "Filled after the last stimulus.");
    this.rows = rows.map(([title, read, write, without], k) => {
      const texts = ["brain", "network"].map((side) => cellText(records[side], read, write, without, finished));
      texts.forEach((text, j) => say(this.cells[k][j].words, text));
      ["brain", "network"].forEach((side, j) => this.cells[k][j].bar.show(write === degrees && title.includes("bars") && finished ? read(records[side]?.result ?? { numbers: [] }) : NaN));
      return [title, ...texts];
    });
  }

  _build(protocol, rows) {
    this.body.dataset.protocol = protocol;
    this.cells = rows.map(() => [0, 1].map(() => ({ words: element("span"), bar: new Bar() })));
    this.body.replaceChildren(...rows.map(([title], k) => element("tr", {}, element("th", { scope: "row", text: title }), ...this.cells[k].map(({ words, bar }) => element("td", {}, words, bar.element)))));
  }

  csv() {
    const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
    return [["measure", "brain", "network"], ...(this.rows ?? [])].map((row) => row.map(quoted).join(",")).join("\n") + "\n";
  }
}

function cellText(record, read, write, without = "none", finished) {
  if (!record) return "–";
  if (!finished) return "…";
  const value = read(record.result, record.arrays);
  return value === null || value === undefined || Number.isNaN(value) ? without : write(value, record.result);
}
