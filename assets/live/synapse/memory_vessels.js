// The synapse's variables as beakers joined by tubes: levels that move as it plays, which way the tubes flow, and where the content stands.

import { number, percent } from "../panels/format.js";
import { fade } from "../panels/palette.js";
import { Surface, font } from "../panels/surface.js";
import { duration } from "./memory_time.js";

const WIDER = 1.22; // drawn; in the model each is twice as wide as the one before
const STRIP = 20;

export class Vessels {
  constructor(context) {
    this.surface = new Surface(context, { label: "The synapse's beakers", height: (width, projector) => (projector ? 350 : 232), render: (pen, view) => this.state && this._render(pen, view) });
    this.element = this.surface.canvas;
  }

  /** `state` {levels, widths, axis (of strength), limit | null, unit: s, pouring: this is the instant of a use, spilled}. */
  show(state) {
    this.state = state;
    this.surface.draw();
    this.surface.describe(() => `The synapse's beakers: levels ${state.levels.map((level) => number(level, 2)).join(", ")}`);
  }

  _render(pen, view) {
    const { levels, axis } = this.state;
    const text = view.text;
    const box = { left: view.projector ? 72 : 46, right: view.width - 6, top: text * 2.1, bottom: view.height - STRIP * (text / 12) - text * 5.6 };
    const places = across(levels.length, box);
    const height = (level) => box.bottom - Math.min(1.04, Math.max(0, share(axis, level))) * (box.bottom - box.top);
    this._scale(pen, view, box, height);
    places.forEach((place, k) => this._vessel(pen, view, box, place, k, height));
    for (let k = 0; k + 1 < places.length; k++) this._tube(pen, view, box, [places[k], places[k + 1]], levels[k] - levels[k + 1]);
    this._leak(pen, view, box, places.at(-1));
    if (this.state.pouring) this._pour(pen, view, box, places[0]);
    this._below(pen, view, box, places);
    this._strip(pen, view, box);
  }

  _scale(pen, view, box, height) {
    pen.font = font(view);
    pen.fillStyle = view.colours.faint;
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    pen.strokeStyle = fade(view.colours.ink, 0.12);
    pen.lineWidth = view.projector ? 3 : 1;
    for (const { at, text } of this.state.axis.ticks) {
      const v = at === 0 ? box.bottom : height(at);
      rule(pen, [box.left, v], [box.right, v]);
      pen.fillText(text, box.left - 6, v);
    }
    pen.textAlign = "left";
  }

  _vessel(pen, view, box, { left, right }, k, height) {
    const level = height(this.state.levels[k]);
    pen.fillStyle = fade(view.colours.brain, 0.75);
    pen.fillRect(left, level, right - left, box.bottom - level);
    const rim = k === 0 && this.state.limit !== null ? height(this.state.limit) : box.top - 5;
    pen.strokeStyle = view.colours.ink;
    pen.lineWidth = view.line;
    pen.beginPath();
    pen.moveTo(left, rim);
    pen.lineTo(left, box.bottom);
    pen.lineTo(right, box.bottom);
    pen.lineTo(right, rim);
    pen.stroke();
  }

  // The tube at the foot, and an arrow that says which way it flows now.
  _tube(pen, view, box, [from, to], difference) {
    const v = box.bottom - 5;
    pen.strokeStyle = view.colours.ink;
    pen.lineWidth = view.line;
    rule(pen, [from.right, v], [to.left, v]);
    const middle = (from.right + to.left) / 2;
    const size = Math.min(5, (to.left - from.right) / 2);
    if (Math.abs(difference) < 1e-9) return;
    const ahead = difference > 0 ? size : -size;
    pen.fillStyle = view.colours.ink;
    pen.beginPath();
    pen.moveTo(middle - ahead / 2, v - size);
    pen.lineTo(middle + ahead, v);
    pen.lineTo(middle - ahead / 2, v + size);
    pen.fill();
  }

  _leak(pen, view, box, { right }) {
    pen.strokeStyle = view.colours.ink;
    pen.setLineDash([2, 3]);
    rule(pen, [right, box.bottom - 5], [Math.min(right + 12, view.width), box.bottom - 5]);
    pen.setLineDash([]);
  }

  _pour(pen, view, box, { left, right }) {
    const middle = (left + right) / 2;
    pen.fillStyle = view.colours.brain;
    pen.font = font(view, 600);
    pen.textBaseline = "top";
    const spilled = this.state.spilled > 0.005 ? `a use; ${percent(this.state.spilled)} of it spills` : "a use";
    pen.fillText(spilled, Math.max(2, left), 0);
    pen.beginPath();
    pen.moveTo(middle - 6, box.top - 12);
    pen.lineTo(middle + 6, box.top - 12);
    pen.lineTo(middle, box.top - 2);
    pen.fill();
  }

  // Number, and in how long it passes its content on: in one row, else every second one in a row below; what has no room there is left out.
  _below(pen, view, box, places) {
    const { unit } = this.state;
    pen.font = font(view);
    pen.textAlign = "center";
    pen.textBaseline = "top";
    const names = places.map(({ left, right }, k) => {
      const words = duration(unit * 2 ** (2 * k + 3), 2);
      const half = pen.measureText(words).width / 2 + 3;
      return { words, half, middle: Math.min((left + right) / 2, view.width - half) };
    });
    const rows = names.every(({ middle, half }, k) => k === 0 || middle - half >= names[k - 1].middle + names[k - 1].half) ? 1 : 2;
    const free = [-Infinity, -Infinity];
    places.forEach(({ left, right }, k) => {
      const { words, half, middle } = names[k];
      pen.fillStyle = view.colours.text ?? view.colours.ink;
      pen.fillText(String(k + 1), (left + right) / 2, box.bottom + 5);
      if (middle - half < free[k % rows]) return;
      free[k % rows] = middle + half;
      pen.fillStyle = view.colours.faint;
      pen.fillText(words, middle, box.bottom + 6 + view.text * (1.2 + 1.1 * (k % rows)));
    });
    pen.textAlign = "left";
  }

  /** Where the content stands: C_k u_k of each beaker as a share of all that the chain still holds. */
  _strip(pen, view, box) {
    const content = this.state.levels.map((level, k) => Math.max(0, level) * this.state.widths[k]);
    const all = content.reduce((sum, value) => sum + value, 0);
    const height = STRIP * (view.text / 12);
    const top = view.height - height - 2;
    const span = view.width - 12;
    pen.font = font(view);
    pen.textBaseline = "bottom";
    pen.fillStyle = view.colours.faint;
    pen.fillText(all > 0 ? "share of the content by beaker" : "nothing has been poured in yet", 6, top - 4);
    let left = 6;
    pen.textBaseline = "middle";
    content.forEach((value, k) => {
      const wide = all > 0 ? (span * value) / all : 0;
      pen.fillStyle = fade(view.colours.brain, 0.25 + 0.6 * (k / Math.max(1, content.length - 1)));
      pen.fillRect(left, top, Math.max(0, wide - 1.5), height);
      const words = `${k + 1}: ${Math.round((100 * value) / all)}%`;
      const room = [words, String(k + 1)].find((text) => pen.measureText(text).width + 6 < wide);
      if (room) {
        pen.fillStyle = k / Math.max(1, content.length - 1) > 0.55 ? view.colours.background : view.colours.ink;
        pen.fillText(room, left + 4, top + height / 2 + 1);
      }
      left += wide;
    });
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

/** [{left, right}] of so many vessels, each a little wider than the one before, with room for a tube between. */
function across(count, { left, right }) {
  const sizes = Array.from({ length: count }, (_, k) => WIDER ** k);
  const gap = Math.min(24, (0.28 * (right - left - 16)) / count);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const each = (right - left - 22 - gap * (count - 1)) / Math.max(all, 4);
  let at = left + 8;
  return sizes.map((size) => {
    const place = { left: at, right: at + size * each };
    at = place.right + gap;
    return place;
  });
}

function share({ low, high, log }, value) {
  if (!log) return (value - low) / (high - low);
  return value > 0 ? Math.log(value / low) / Math.log(high / low) : 0;
}

function rule(pen, from, to) {
  pen.beginPath();
  pen.moveTo(...from);
  pen.lineTo(...to);
  pen.stroke();
}
