// Along one line through the picture: its light, and what each account makes of it, one strip each, over the same degrees.

import { fade } from "../panels/palette.js";
import { Surface, font } from "../panels/surface.js";

const EDGE = { left: 8, right: 8, bottom: 40, gap: 22 };

export class Profiles {
  constructor(context) {
    this.strips = [];
    this.surface = new Surface(context, { label: "Profiles along the line", height: (width, projector) => (projector ? 680 : 430), render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
    Object.assign(this, { name: "profiles", title: "Profiles along the line" });
  }

  /** `strips`: [{name, colour, dash, lines: [{values, dash?}], low, high, zero: bool}]; `spans`: [{left, right, mark}] in shares of the width. */
  show({ strips, spans, degrees, row, words }) {
    Object.assign(this, { strips, spans, degrees, row });
    this.surface.draw();
    this.surface.describe(() => words);
  }

  _render(pen, view) {
    if (!this.strips.length) return;
    const grow = view.projector ? 1.5 : 1;
    const gap = EDGE.gap * grow;
    const room = view.height - EDGE.bottom * grow;
    const tall = room / this.strips.length - gap;
    this.strips.forEach((strip, i) => this._strip(pen, view, strip, gap + i * (tall + gap), tall));
    this._spans(pen, view, gap - 2, room);
    this._axis(pen, view, room);
  }

  _spans(pen, view, top, bottom) {
    const wide = view.width - EDGE.left - EDGE.right;
    for (const { left, right, mark } of this.spans) {
      pen.fillStyle = fade(view.colours.primary, 0.12);
      pen.fillRect(EDGE.left + left * wide, top, (right - left) * wide, bottom - top);
      pen.fillStyle = view.colours.text;
      pen.font = font(view, 650);
      pen.textAlign = "center";
      pen.textBaseline = "bottom";
      pen.fillText(mark, EDGE.left + ((left + right) / 2) * wide, bottom + (view.projector ? 22 : 15));
    }
  }

  _strip(pen, view, { name, colour, lines, low, high, zero }, top, tall) {
    const { colours } = view;
    const wide = view.width - EDGE.left - EDGE.right;
    const at = (share, value) => [EDGE.left + share * wide, top + tall - ((value - low) / (high - low || 1)) * tall];
    pen.font = font(view, 600);
    pen.textAlign = "left";
    pen.textBaseline = "bottom";
    pen.fillStyle = colours.text;
    pen.fillText(name, EDGE.left, top - 2);
    pen.strokeStyle = fade(colours.ink, 0.18);
    pen.lineWidth = view.projector ? 3 : 1;
    const levels = zero ? [0] : [low, high];
    for (const level of levels) trace(pen, [at(0, level), at(1, level)]);
    for (const { values, dash = [] } of lines) {
      pen.strokeStyle = colour;
      pen.lineWidth = view.line;
      pen.setLineDash(dash);
      trace(pen, Array.from(values, (value, i) => at((i + 0.5) / values.length, value)));
      pen.setLineDash([]);
    }
  }

  _axis(pen, view, bottom) {
    const wide = view.width - EDGE.left - EDGE.right;
    pen.font = font(view);
    pen.fillStyle = view.colours.faint;
    pen.textBaseline = "top";
    for (let at = 0; at <= this.degrees; at += 4) {
      pen.textAlign = at === 0 ? "left" : at === this.degrees ? "right" : "center";
      pen.fillText(at === this.degrees ? `${at} degrees` : String(at), EDGE.left + (at / this.degrees) * wide, bottom + (view.projector ? 26 : 16));
    }
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

function trace(pen, points) {
  pen.beginPath();
  points.forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.stroke();
}
