// The synapse at one spike: its sites with docked, freed and refilled vesicles, and the model's three numbers beside them.

import { number } from "../panels/format.js";
import { fade } from "../panels/palette.js";
import { Surface, font } from "../panels/surface.js";

const GAUGES = [["probability", "u", "chance"], ["pool", "x", "pool"], ["released", "u·x", "released"]];

export class Pool {
  constructor(context) {
    this.surface = new Surface(context, { label: "Vesicles at the release sites", height: (_, projector) => (projector ? 190 : 158), render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
    this.answer = null;
  }

  show(answer, index) {
    Object.assign(this, { answer, index });
    this.surface.draw();
    this.surface.describe(() => this._words());
  }

  _words() {
    const { docked, quanta } = this.answer.arrays;
    const sites = docked.shape[1];
    const full = docked.subarray(this.index * sites, (this.index + 1) * sites).reduce((sum, one) => sum + one, 0);
    return `Vesicles at spike ${this.index + 1}: ${full} of ${sites} sites are full, and ${quanta[this.index]} ${quanta[this.index] === 1 ? "vesicle goes" : "vesicles go"}.`;
  }

  _render(pen, view) {
    if (!this.answer) return;
    const unit = view.text;
    const gauges = 12.5 * unit;
    const box = { left: 2, right: view.width - gauges - 1.5 * unit, top: 0, bottom: view.height };
    this._cells(pen, view, box);
    this._sites(pen, view, box);
    GAUGES.forEach(([name, symbol, words], i) => this._gauge(pen, view, view.width - gauges + (i * gauges) / 3, gauges / 3, name, symbol, words));
  }

  _levels(view) {
    return { above: view.height * 0.4, below: view.height * 0.7 };
  }

  /** Two membranes with the cleft between them. */
  _cells(pen, view, { left, right }) {
    const { above, below } = this._levels(view);
    const { colours } = view;
    pen.fillStyle = fade(colours.brain, 0.1);
    pen.fillRect(left, 0, right - left, above);
    pen.fillRect(left, below, right - left, view.height - below);
    pen.fillStyle = fade(colours.brain, 0.6);
    pen.fillRect(left, above, right - left, view.line);
    pen.fillRect(left, below, right - left, view.line);
    pen.font = font(view);
    pen.fillStyle = colours.faint;
    pen.textAlign = "left";
    pen.textBaseline = "top";
    pen.fillText("sending side", left + 6, 4);
    pen.textBaseline = "bottom";
    pen.fillText(this._response(right - left < 26 * view.text), left + 6, view.height - 5);
  }

  _response(narrow) {
    const got = this.answer.arrays.quanta[this.index];
    const size = number(this.answer.quantal);
    if (got === 0) return narrow ? "nothing arrives" : "receiving side: nothing arrives";
    return narrow ? `${got} × ${size} mV arrive` : `receiving side: ${got} × ${size} mV = ${number(got * this.answer.quantal)} mV`;
  }

  _sites(pen, view, { left, right }) {
    const { docked, freed } = this.answer.arrays;
    const sites = docked.shape[1];
    const { above, below } = this._levels(view);
    const pitch = (right - left) / sites;
    const r = Math.min(view.height * 0.1, pitch * 0.38);
    const was = (k, site) => docked[k * sites + site] && !freed[k * sites + site];
    for (let site = 0; site < sites; site++) {
      const x = left + (site + 0.5) * pitch;
      const at = this.index * sites + site;
      if (!docked[at]) ring(pen, view, x, above - r - 2, r, [3, 3], view.colours.faint);
      else if (freed[at]) spilled(pen, view, x, above, below, r);
      else full(pen, view, x, above - r - 2, r, this.index > 0 && !was(this.index - 1, site));
    }
  }

  /** A share 0…1 as an upright bar; a tick where it stood at the first spike. */
  _gauge(pen, view, left, width, name, symbol, words) {
    const { colours, text } = view;
    const values = this.answer.arrays[name];
    const [top, bottom] = [1.7 * text, view.height - 2.9 * text];
    const y = (share) => bottom - share * (bottom - top);
    const [from, wide] = [left + width * 0.22, width * 0.56];
    pen.fillStyle = fade(colours.ink, 0.1);
    pen.fillRect(from, top, wide, bottom - top);
    pen.fillStyle = colours.brain;
    pen.fillRect(from, y(values[this.index]), wide, bottom - y(values[this.index]));
    pen.fillStyle = colours.ink;
    pen.fillRect(from - 3, y(values[0]) - view.line / 2, wide + 6, view.line);
    pen.font = font(view, 600);
    pen.textAlign = "center";
    pen.textBaseline = "bottom";
    pen.fillText(number(values[this.index], 2), left + width / 2, top - 2);
    pen.textBaseline = "top";
    pen.fillText(symbol, left + width / 2, bottom + 3);
    pen.font = font(view, 400, 0.92);
    pen.fillStyle = colours.faint;
    pen.fillText(words, left + width / 2, bottom + 3 + 1.25 * text);
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

function circle(pen, x, y, r) {
  pen.beginPath();
  pen.arc(x, y, r, 0, 2 * Math.PI);
}

function ring(pen, view, x, y, r, dash, colour) {
  pen.setLineDash(dash);
  pen.strokeStyle = colour;
  pen.lineWidth = view.projector ? 3 : 1.3;
  circle(pen, x, y, r);
  pen.stroke();
  pen.setLineDash([]);
}

/** A docked vesicle; one that came since the last spike has a light core. */
function full(pen, view, x, y, r, fresh) {
  pen.fillStyle = view.colours.brain;
  circle(pen, x, y, r);
  pen.fill();
  if (!fresh) return;
  pen.fillStyle = view.colours.background;
  circle(pen, x, y, r * 0.42);
  pen.fill();
}

/** A vesicle that has opened into the cleft, and what it held. */
function spilled(pen, view, x, above, below, r) {
  pen.strokeStyle = view.colours.brain;
  pen.lineWidth = view.projector ? 4 : 2;
  pen.beginPath();
  for (let i = 0; i <= 12; i++) pen[i ? "lineTo" : "moveTo"](x - r * Math.cos((i / 12) * Math.PI), above - r * Math.sin((i / 12) * Math.PI));
  pen.stroke();
  pen.fillStyle = view.colours.brain;
  const gap = below - above;
  for (const [dx, share] of [[0, 0.25], [-0.45, 0.45], [0.45, 0.5], [0, 0.7], [-0.7, 0.78], [0.7, 0.82]]) {
    circle(pen, x + dx * r, above + share * gap, Math.max(1.6, r * 0.2));
    pen.fill();
  }
}
