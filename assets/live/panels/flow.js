// One figure, two directions: above the line the signal runs right, below it the error runs left.
// Beneath, how far one update moves each layer's weights in proportion to their length.

import { Decades } from "./decades.js";
import { number, power } from "./format.js";
import { section } from "./markup.js";
import { fade, stillMotion } from "./palette.js";
import { layerName, reading, sizes } from "./reading.js";
import { Surface, font, themed } from "./surface.js";

const RULE_OF_THUMB = "about 1e-3 is a common rule of thumb";
// The band that is marked healthy: half a decade either side of that rule of thumb.
const HEALTHY = [3e-4, 3e-3];

class FlowPanel {
  constructor(context) {
    this.context = context;
    this.every = 0;
    this.readings = ["layers/activation_magnitude", "layers/delta_magnitude", "layers/update_ratio"];
    this.signal = new Decades(-2, 0, -6, 6);
    this.error = new Decades(-4, 0, -12, 6);
    this.ratio = new Decades(-5, -1, -9, 2);
    this.phase = 0;
    const { root } = section("flow", "Gradient flow", "The signal runs right, the error runs left.");
    this.surface = new Surface(context, {
      label: "Gradient flow, not yet started",
      height: (_, projector) => (projector ? 620 : 352),
      render: (pen, view) => this._render(pen, view),
    });
    root.append(this.surface.canvas);
    this.element = root;
    this.stopTheme = themed(context, root);
  }

  draw(frame) {
    if (this.known !== this.context.statics) [this.signal, this.error, this.ratio].forEach((axis) => axis.reset());
    this.known = this.context.statics;
    this.frame = frame;
    const { activation, delta, ratio } = this._values();
    if (!activation || !delta) return;
    activation.forEach((value) => this.signal.include(value));
    delta.forEach((value) => this.error.include(value));
    ratio?.forEach((value) => this.ratio.include(value));
    if (!stillMotion() && (frame.meta.status ?? "playing") === "playing") this.phase = (performance.now() / 1400) % 1;
    this.surface.draw();
    this.surface.describe(() => this._sentence());
  }

  _values() {
    return {
      activation: reading(this.frame, "layers/activation_magnitude"),
      delta: reading(this.frame, "layers/delta_magnitude"),
      ratio: reading(this.frame, "layers/update_ratio"),
    };
  }

  _sentence() {
    const { delta } = this._values();
    const last = delta.length;
    const weakest = delta.indexOf(Math.min(...delta));
    return `Mean error: ${number(delta[last - 1])} at the output, ${number(delta[0])} at layer 1; smallest in ${layerName(weakest + 1, last)}, ${number(delta[weakest])}.`;
  }

  /** Columns for the layers, and three bands: signal, error, update ratio. */
  _geometry({ width, height, projector, text }, count) {
    const left = projector ? 74 : 52;
    const head = projector ? 34 : 22;
    const band = (height - head * 2 - text * 2.2) / 3;
    const step = (width - left - 8) / count;
    const middle = head + band;
    return { left, right: width - 8, step, head, band, middle, bar: Math.min(projector ? 64 : 44, step * 0.42), ratioTop: middle + band + head, x: (k) => left + (k + 0.5) * step };
  }

  _render(pen, view) {
    const { activation, delta, ratio } = this._values();
    const all = sizes(this.context);
    if (!activation || !delta || !all) return;
    const g = this._geometry(view, activation.length);
    this._axis(pen, view, g, this.signal, (share) => g.middle - share * (g.band - view.text * 1.6));
    this._axis(pen, view, g, this.error, (share) => g.middle + share * (g.band - view.text * 1.6));
    this._columns(pen, view, g, activation, this.signal, -1, view.colours.network, 0);
    this._columns(pen, view, g, delta, this.error, 1, view.colours.ink, 1);
    this._chevrons(pen, view, g, activation.length);
    this._names(pen, view, g, activation.length - 1);
    if (ratio) this._ratios(pen, view, g, ratio);
  }

  _axis(pen, view, g, axis, place) {
    pen.font = font(view, 400, 0.92);
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    for (const exponent of axis.ticks()) {
      const y = place(axis.share(10 ** exponent));
      pen.fillStyle = view.colours.faint;
      pen.globalAlpha = 0.5;
      pen.fillRect(g.left, y, g.right - g.left, 1);
      pen.globalAlpha = 1;
      pen.fillStyle = view.colours.ink;
      if (exponent > axis.low || axis === this.ratio) pen.fillText(power(exponent), g.left - 6, y);
    }
  }

  /** Bars from the middle line, up (−1) for the signal or down (+1) for the error, each with its number. */
  _columns(pen, view, g, values, axis, way, colour, offset) {
    const full = g.band - view.text * 1.6;
    pen.textAlign = "center";
    pen.font = font(view, 600);
    values.forEach((value, i) => {
      const [x, size] = [g.x(i + offset), Math.max(1.5, axis.share(value) * full)];
      pen.fillStyle = colour;
      pen.fillRect(x - g.bar / 2, way < 0 ? g.middle - size : g.middle, g.bar, size);
      pen.textBaseline = way < 0 ? "bottom" : "top";
      pen.fillStyle = view.colours.ink;
      pen.fillText(this._short(value, view, g), x, g.middle + way * (size + 4));
    });
  }

  _short(value, view, g) {
    const text = number(value);
    return g.step < view.text * 4.6 ? number(value, 2) : text;
  }

  _names(pen, view, g, last) {
    pen.fillStyle = view.colours.ink;
    pen.fillRect(g.left, g.middle - (view.projector ? 1.5 : 0.75), g.right - g.left, view.projector ? 3 : 1.5);
    pen.font = font(view, 600);
    pen.textAlign = "left";
    pen.textBaseline = "top";
    pen.fillText(g.step * (last + 1) < 420 && view.projector ? "signal → mean |a|" : "signal →  mean |activation|", g.left, 2);
    pen.textBaseline = "bottom";
    pen.fillText("error ←  mean |δ|", g.left, g.middle + g.band - 2);
    pen.textAlign = "center";
    pen.textBaseline = "alphabetic";
    for (let k = 0; k <= last; k++) pen.fillText(this._layer(k, last, g, view), g.x(k), view.height - view.text * 0.5);
  }

  _layer(k, last, g, view) {
    return g.step < view.text * 4.4 && k > 0 && k < last ? String(k) : layerName(k, last);
  }

  /** Chevrons between the columns show which way each half runs; they stand still where motion is unwelcome. */
  _chevrons(pen, view, g, count) {
    const size = Math.min(7, g.step * 0.09) * (view.projector ? 1.5 : 1);
    pen.lineWidth = view.projector ? 3.5 : 2;
    pen.lineCap = "round";
    for (const [way, colour, y, first] of [[1, view.colours.network, g.middle - size * 2.2, 0], [-1, view.colours.ink, g.middle + size * 2.2, 1]]) {
      for (let k = first; k < count - 1; k++) this._train(pen, colour, g, k, y, size, way);
    }
    pen.globalAlpha = 1;
    pen.lineCap = "butt";
  }

  _train(pen, colour, g, k, y, size, way) {
    const [start, room] = [g.x(k) + g.bar / 2 + size, g.step - g.bar - 2 * size];
    if (room < size) return;
    pen.strokeStyle = colour;
    for (let i = 0; i < 3; i++) {
      const share = (i / 3 + (way > 0 ? this.phase : 1 - this.phase)) % 1;
      const x = start + share * room;
      pen.globalAlpha = 0.85 * Math.sin(Math.PI * share) + 0.1;
      pen.beginPath();
      pen.moveTo(x - (way * size) / 2, y - size);
      pen.lineTo(x + (way * size) / 2, y);
      pen.lineTo(x - (way * size) / 2, y + size);
      pen.stroke();
    }
  }

  _ratios(pen, view, g, ratio) {
    const [top, tall] = [g.ratioTop, g.band - view.text * 1.1];
    const place = (share) => top + (1 - share) * tall;
    const [high, low] = [place(this.ratio.share(HEALTHY[1])), place(this.ratio.share(HEALTHY[0]))];
    pen.fillStyle = fade(view.colours.network, 0.16);
    pen.fillRect(g.left, high, g.right - g.left, low - high);
    this._axis(pen, view, g, this.ratio, place);
    pen.fillStyle = view.colours.ink;
    pen.font = font(view, 600);
    pen.textAlign = "left";
    pen.textBaseline = "bottom";
    pen.fillText("update : weight  ‖Δw‖/‖w‖", g.left, top - 2);
    pen.font = font(view, 400, 0.92);
    pen.textBaseline = "middle";
    pen.fillText(view.width < 500 || view.projector ? "≈1e-3: rule of thumb" : RULE_OF_THUMB, g.left + 4, (high + low) / 2);
    ratio.forEach((value, i) => this._dot(pen, view, g, value, g.x(i + 1), place(this.ratio.share(value))));
  }

  _dot(pen, view, g, value, x, y) {
    pen.fillStyle = view.colours.network;
    pen.beginPath();
    pen.arc(x, y, view.projector ? 8 : 5, 0, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = view.colours.ink;
    pen.font = font(view, 600);
    pen.textAlign = "center";
    pen.textBaseline = "bottom";
    pen.fillText(this._short(value, view, g), x, y - (view.projector ? 10 : 6));
  }

  resize() {
    this.surface.resize();
  }

  image() {
    return this.surface.image();
  }

  svg() {
    return this.surface.svg();
  }

  destroy() {
    this.stopTheme();
    this.surface.destroy();
  }
}

export function create(context) {
  return new FlowPanel(context);
}
