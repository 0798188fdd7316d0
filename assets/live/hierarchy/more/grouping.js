// How alike one rung groups the pictures to every other: a row each, the interval over redrawn pictures, and the random-weights control.

import { number } from "../../panels/format.js";
import { mix } from "../../panels/palette.js";
import { Surface, font } from "../../panels/surface.js";
import { dot, trace } from "./line_chart.js";
import { title } from "./naming.js";

const NAMES = { rank: "rank correlation", cka: "debiased CKA", cka_plain: "plain CKA" };

export class Grouping {
  constructor(context) {
    this.name = "similarity-rows";
    this.title = "How alike one rung groups the pictures to every other";
    this.surface = new Surface(context, { label: this.title, height: (_, projector) => (projector ? 130 : 88) + this._rows().length * (projector ? 30 : 21), render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
  }

  show({ result, arrays }, rung, measure) {
    Object.assign(this, { result, arrays, rung, measure });
    this.surface.resize(true);
    this.element.setAttribute("aria-label", `${NAMES[measure]} with ${title(result.rungs[rung].name)}: ${this._rows().map((row) => `${row.title} ${number(row.value)}${row.random ? `, random weights ${number(row.random.value)}` : ""}`).join("; ")}.`);
  }

  // A rung of the network shares its row with the same rung of the network with random weights.
  _rows() {
    if (!this.result) return [];
    const { rungs } = this.result;
    const rows = rungs.map((rung, i) => ({ ...rung, ...this._value(i), i, title: title(rung.name) }));
    const random = new Map(rows.filter(({ side }) => side === "random").map((row) => [row.name, row]));
    return rows.filter(({ side, i }) => side !== "random" && i !== this.rung).map((row) => ({ ...row, random: row.side === "network" ? random.get(row.name) : null }));
  }

  /** Whether people's matrix is the chosen one: each rung is then compared with single people, under the noise ceiling. */
  _people() {
    return Boolean(this.result.published) && this.result.rungs[this.rung].side === "people";
  }

  _value(i) {
    const { arrays, result, rung, measure } = this;
    const at = rung * result.rungs.length + i;
    if (measure === "rank" && this._people()) return { value: result.published.means[i] ?? NaN, spread: null };
    const spread = measure === "rank" && Number.isFinite(arrays.rank_low[at]) ? [arrays.rank_low[at], arrays.rank_high[at]] : null;
    return { value: arrays[measure][at], spread };
  }

  _render(pen, view) {
    const rows = this._rows();
    if (!rows.length) return;
    const high = view.projector ? 30 : 21;
    const box = { left: view.text * 7.4, right: view.width - view.text * 3.4, top: view.text * 2.2 };
    const low = Math.min(0, ...rows.flatMap(({ value, spread, random }) => [value, spread?.[0] ?? value, random?.value ?? 0]).filter(Number.isFinite)) < -0.25 ? -1 : -0.25;
    const x = (value) => box.left + ((Math.max(low, Math.min(1, value)) - low) / (1 - low)) * (box.right - box.left);
    if (this._people() && this.measure === "rank") this._ceiling(pen, view, box, x, box.top + rows.length * high);
    this._axis(pen, view, box, x, low, box.top + rows.length * high);
    rows.forEach((row, i) => this._row(pen, view, row, x, box, box.top + (i + 0.5) * high));
  }

  _ceiling(pen, view, box, x, bottom) {
    const [lower, upper] = this.result.published.ceiling;
    pen.fillStyle = view.colours.border;
    pen.fillRect(x(lower), box.top, x(upper) - x(lower), bottom - box.top);
    pen.font = font(view);
    pen.fillStyle = view.colours.ink;
    pen.textAlign = "center";
    pen.textBaseline = "bottom";
    pen.fillText("noise ceiling", x((lower + upper) / 2), box.top);
  }

  _axis(pen, view, box, x, low, bottom) {
    pen.font = font(view);
    pen.lineWidth = view.projector ? 3 : 1;
    pen.textAlign = "center";
    pen.textBaseline = "top";
    for (const value of [low, 0, 0.5, 1]) {
      pen.strokeStyle = value === 0 ? view.colours.faint : view.colours.border;
      trace(pen, [[x(value), box.top], [x(value), bottom]]);
      pen.fillStyle = view.colours.faint;
      pen.fillText(number(value, 2), x(value), bottom + 4);
    }
    pen.fillStyle = view.colours.ink;
    pen.textAlign = "left";
    const { name, side } = this.result.rungs[this.rung];
    pen.fillText(`${NAMES[this.measure]} with ${title(name)}${side === "random" ? ", random weights" : ""}`, 0, 0);
    pen.fillText("filled: as trained or as modelled;", 0, bottom + 6 + view.text * 1.3);
    pen.fillText("hollow: random weights", 0, bottom + 6 + view.text * 2.6);
  }

  _row(pen, view, row, x, box, y) {
    pen.textBaseline = "middle";
    pen.textAlign = "left";
    pen.fillStyle = view.colours.ink;
    pen.fillText(row.title, 0, y);
    const own = { brain: view.colours.brain, people: view.colours.brain, network: view.colours.network }[row.side] ?? view.colours.faint;
    pen.lineWidth = view.line * 1.2;
    if (row.spread) {
      pen.strokeStyle = mix(view.colours.background, own, 0.6);
      trace(pen, [[x(row.spread[0]), y], [x(row.spread[1]), y]]);
    }
    if (row.random && Number.isFinite(row.random.value)) this._hollow(pen, view, x(row.random.value), y);
    if (!Number.isFinite(row.value)) return;
    pen.fillStyle = own;
    dot(pen, x(row.value), y, view.line * 2.6);
    pen.fillStyle = view.colours.ink;
    pen.textAlign = "right";
    pen.fillText(number(row.value, 2), view.width - 2, y);
  }

  _hollow(pen, view, x, y) {
    pen.fillStyle = view.colours.background;
    dot(pen, x, y, view.line * 2.4);
    pen.strokeStyle = view.colours.faint;
    pen.lineWidth = view.line;
    pen.stroke();
  }

  image() {
    return this.surface.image();
  }

  svg() {
    return this.surface.svg();
  }

  destroy() {
    this.surface.destroy();
  }
}
