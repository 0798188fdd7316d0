// A small plan of the network that shows where the slow motion is: what is done, what is looked at, what is to come.

import { SHOWN } from "./slow_steps.js";
import { Surface, font } from "./surface.js";

export class SlowDiagram {
  constructor(context, onpick) {
    this.state = null;
    this.surface = new Surface(context, { label: "Plan of the network", height: (_, projector) => (projector ? 260 : 170), render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
    this.element.addEventListener("click", ({ offsetX, offsetY }) => this._pick(offsetX, offsetY, onpick));
  }

  /** state = {counts (neurons a layer), moment, neuron}. */
  draw(state) {
    this.state = state;
    this.surface.draw();
  }

  _place(k, j, { width, height, projector }) {
    const { counts } = this.state;
    const foot = projector ? 30 : 22;
    const n = Math.min(counts[k], SHOWN);
    const pitch = Math.min(24, (height - foot - 16) / SHOWN) * (projector ? 1.2 : 1);
    return [24 + (k * (width - 48)) / Math.max(1, counts.length - 1), (height - foot) / 2 + (j - (n - 1) / 2) * pitch];
  }

  _shown(k) {
    return Math.min(this.state.counts[k], SHOWN);
  }

  _render(pen, view) {
    if (!this.state) return;
    const { counts, moment } = this.state;
    for (let k = 1; k < counts.length; k++) this._edges(pen, view, k, moment);
    counts.forEach((n, k) => {
      for (let j = 0; j < this._shown(k); j++) this._node(pen, view, k, j);
      pen.font = font(view, 400, 0.92);
      pen.textAlign = k === 0 ? "left" : k === counts.length - 1 ? "right" : "center";
      pen.textBaseline = "alphabetic";
      pen.fillStyle = view.colours.ink;
      const [x] = this._place(k, 0, view);
      pen.fillText(n > SHOWN ? `${SHOWN} of ${n}` : k === 0 ? "input" : k === counts.length - 1 ? "output" : String(k), k === 0 ? x - 20 : k === counts.length - 1 ? x + 20 : x, view.height - 5);
    });
  }

  _edges(pen, view, k, { kind, layer }) {
    const active = (kind === "forward" || kind === "update") && layer === k;
    const returning = kind === "backward" && layer === k - 1;
    pen.strokeStyle = active || returning ? (returning ? view.colours.ink : view.colours.network) : view.colours.neutral;
    for (let j = 0; j < this._shown(k); j++)
      for (let i = 0; i < this._shown(k - 1); i++) {
        const now = (active && j === this.state.neuron) || (returning && i === this.state.neuron);
        pen.globalAlpha = now ? 1 : 0.35;
        pen.lineWidth = now ? view.line * 1.5 : view.projector ? 3 : 1;
        pen.beginPath();
        pen.moveTo(...this._place(k - 1, i, view));
        pen.lineTo(...this._place(k, j, view));
        pen.stroke();
      }
    pen.globalAlpha = 1;
  }

  _node(pen, view, k, j) {
    const { moment, neuron } = this.state;
    const here = moment.layer === k;
    const [x, y] = this._place(k, j, view);
    pen.beginPath();
    pen.arc(x, y, (here && j === neuron ? 8 : 6) * (view.projector ? 1.3 : 1), 0, 2 * Math.PI);
    pen.fillStyle = here ? (moment.kind === "backward" ? view.colours.ink : view.colours.network) : view.colours.background;
    pen.globalAlpha = 1;
    pen.fill();
    pen.strokeStyle = here ? view.colours.ink : view.colours.faint;
    pen.lineWidth = here && j === neuron ? view.line * 1.5 : view.projector ? 3 : 1.25;
    pen.stroke();
  }

  _pick(x, y, onpick) {
    if (!this.state) return;
    const { layer } = this.state.moment;
    for (let j = 0; j < this._shown(layer); j++) {
      const [cx, cy] = this._place(layer, j, this.surface.view);
      if (Math.hypot(x - cx, y - cy) < 14) onpick(j);
    }
  }

  destroy() {
    this.surface.destroy();
  }
}
