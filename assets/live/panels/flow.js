// One figure, two directions: above the line the signal runs right, below it the error runs left, or what the rule has in its place.
// Beneath, how far one update moves each layer's weights in proportion to their length.

import { Decades } from "./decades.js";
import { number, power } from "./format.js";
import { element, section } from "./markup.js";
import { mix, stillMotion } from "./palette.js";
import { layerName, reading, sizes } from "./reading.js";
import { ruleOf, withoutError, wordsOf } from "./rule_words.js";
import { Surface, SurfacePanel, font, themed } from "./surface.js";

const RULE_OF_THUMB = "about 1e-3 is a common rule of thumb";
// The band that is marked healthy: half a decade either side of that rule of thumb.
const HEALTHY = [3e-4, 3e-3];

class FlowPanel extends SurfacePanel {
  constructor(context) {
    super();
    this.context = context;
    this.every = 110; // ms: read, not watched; the pictures above need the time
    this.readings = ["layers/activation_magnitude", "layers/delta_magnitude", "layers/update_ratio"];
    this.signal = new Decades(-3, 1, -6, 6);
    this.error = new Decades(-6, 0, -12, 6);
    this.ratio = new Decades(-6, 0, -9, 2);
    this.phase = 0;
    this.words = wordsOf(context);
    const { title, line } = this.words;
    const { root } = section("flow", title, line);
    this.surface = new Surface(context, {
      label: `${title}, not yet started`,
      height: (_, projector) => (projector ? 640 : 300),
      prepare: ({ colours }) => { this.healthy = mix(colours.background, colours.network, 0.2); },
      render: (pen, view) => this._render(pen, view),
    });
    root.append(element("div", { class: "px-sideways", tabindex: "0", role: "group", "aria-label": `${title}; scrolls sideways where it is wide` }, this.surface.canvas));
    this.element = root;
    this.stopTheme = themed(context, root);
  }

  /** A new network: fresh axes, and room for a number over each of its layers. */
  _begin() {
    this.known = this.context.statics;
    [this.signal, this.error, this.ratio].forEach((axis) => axis.reset());
    this.surface.canvas.style.minWidth = `${4.6 + 4.9 * (sizes(this.context)?.length ?? 0)}em`;
  }

  draw(frame) {
    if (this.known !== this.context.statics) this._begin();
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
    if (!this.frame.meta.step) return `${this.words.title}: the bars come with the first update.`;
    const { delta } = this._values();
    const last = delta.length;
    const named = (k) => (layerName(k, k, this.context) === "output" ? "the output" : layerName(k, k, this.context));
    const weakest = delta.indexOf(Math.min(...delta));
    // Which layer hears least is a question only where all hear of one error.
    const smallest = withoutError(ruleOf(this.context)) ? "" : `; smallest in ${layerName(weakest + 1, last, this.context)}, ${number(delta[weakest])}`;
    return `${this.words.mean}: ${number(delta[last - 1])} at ${named(last)}, ${number(delta[0])} at ${layerName(1, last + 1, this.context)}${smallest}.`;
  }

  /** Columns for the layers, and three bands: signal, error, update ratio. */
  _geometry({ width, height, projector, text }, count) {
    const left = projector ? 74 : 52;
    const head = projector ? 34 : 22;
    const lane = projector ? 40 : 26;
    const names = text * 2.2;
    const band = (height - head * 2.4 - lane - names) / 3;
    const step = (width - left - 8) / count;
    const middle = head + band + lane / 2;
    return { left, right: width - 8, step, head, band, lane, middle, bar: Math.min(projector ? 64 : 44, step * 0.42), top: middle - lane / 2, bottom: middle + lane / 2, ratioTop: middle + lane / 2 + band + head * 1.4, x: (k) => left + (k + 0.5) * step };
  }

  _render(pen, view) {
    const { activation, delta, ratio } = this._values();
    const all = sizes(this.context);
    if (!activation || !delta || !all) return;
    const g = this._geometry(view, activation.length);
    this._axis(pen, view, g, this.signal, (share) => g.top - share * (g.band - view.text * 1.6));
    this._axis(pen, view, g, this.error, (share) => g.bottom + share * (g.band - view.text * 1.6));
    if (!this.frame.meta.step) return this._waiting(pen, view, g, activation.length - 1);
    this._columns(pen, view, g, activation, this.signal, -1, view.colours.network, 0);
    this._columns(pen, view, g, delta, this.error, 1, view.colours.ink, 1);
    this._chevrons(pen, view, g);
    this._names(pen, view, g, activation.length - 1);
    if (ratio) this._ratios(pen, view, g, ratio);
  }

  /** Before the first update nothing has run through the network: lanes and names, but no bars and no zeros. */
  _waiting(pen, view, g, last) {
    this._chevrons(pen, view, g);
    this._names(pen, view, g, last);
    pen.font = font(view);
    pen.fillText("The bars come with the first update: press Play, or Step.", (g.left + g.right) / 2, g.ratioTop + g.band / 2);
  }

  _axis(pen, view, g, axis, place) {
    pen.font = font(view, 400, 0.92);
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    for (const exponent of axis.ticks()) {
      const y = place(axis.share(10 ** exponent));
      pen.fillStyle = view.colours.faint;
      pen.globalAlpha = 0.3;
      pen.fillRect(g.left, y, g.right - g.left, 1);
      pen.globalAlpha = 1;
      pen.fillStyle = view.colours.ink;
      if (exponent > axis.low || axis === this.ratio) pen.fillText(power(exponent), g.left - 6, y);
    }
  }

  /** Bars from the lanes in the middle, up (−1) for the signal or down (+1) for the error, each with its number. */
  _columns(pen, view, g, values, axis, way, colour, offset) {
    const full = g.band - view.text * 1.6;
    pen.textAlign = "center";
    pen.font = font(view, 600);
    values.forEach((value, i) => {
      const [x, size] = [g.x(i + offset), Math.max(1.5, axis.share(value) * full)];
      pen.fillStyle = colour;
      pen.fillRect(x - g.bar / 2, way < 0 ? g.top - size : g.bottom, g.bar, size);
      pen.textBaseline = way < 0 ? "bottom" : "top";
      pen.fillStyle = view.colours.ink;
      pen.fillText(this._short(value, view, g), x, (way < 0 ? g.top : g.bottom) + way * (size + 4));
    });
  }

  _short(value, view, g) {
    const text = number(value);
    return g.step < view.text * 4.6 ? number(value, 2) : text;
  }

  _names(pen, view, g, last) {
    pen.fillStyle = view.colours.ink;
    const line = view.projector ? 3 : 1.5;
    for (const y of [g.top, g.bottom - line]) pen.fillRect(g.left, y, g.right - g.left, line);
    pen.font = font(view, 600);
    pen.textAlign = "left";
    pen.textBaseline = "top";
    pen.fillText(g.step * (last + 1) < 420 && view.projector ? "signal → mean |a|" : "signal →  mean |activation|", g.left, 2);
    // Nothing is drawn below the input: it has no δ. Its place holds the words.
    this.words.bars.forEach((line, i) => pen.fillText(line, g.left + 4, g.bottom + 8 + i * view.text * 1.25));
    pen.textAlign = "center";
    pen.textBaseline = "alphabetic";
    for (let k = 0; k <= last; k++) pen.fillText(this._layer(k, last, g, view), g.x(k), view.height - view.text * 0.5);
  }

  _layer(k, last, g, view) {
    const name = layerName(k, last, this.context);
    if (name.startsWith("convolution")) return g.step < view.text * 7.5 ? name.replace("convolution", "conv.") : name;
    return g.step < view.text * 4.4 && k > 0 && k < last ? String(k) : name;
  }

  /** Two lanes between the bars: the signal's chevrons run right, the error's, where one is sent, left; still where motion is unwelcome. */
  _chevrons(pen, view, g) {
    const size = g.lane * 0.17;
    pen.lineWidth = view.projector ? 3.5 : 2;
    pen.strokeStyle = view.colours.network;
    this._lane(pen, g, g.middle - g.lane * 0.24, size, 1);
    pen.strokeStyle = view.colours.ink;
    if (this.words.back) this._lane(pen, g, g.middle + g.lane * 0.24, size, -1);
  }

  _lane(pen, g, y, size, way) {
    const pitch = size * 5;
    const shift = (way > 0 ? this.phase : 1 - this.phase) * pitch;
    pen.beginPath();
    for (let x = g.left + size + shift; x < g.right - size; x += pitch) {
      pen.moveTo(x - (way * size) / 2, y - size);
      pen.lineTo(x + (way * size) / 2, y);
      pen.lineTo(x - (way * size) / 2, y + size);
    }
    pen.stroke();
  }

  _ratios(pen, view, g, ratio) {
    const [top, tall] = [g.ratioTop, g.band - view.text * 1.1];
    const place = (share) => top + (1 - share) * tall;
    const [high, low] = [place(this.ratio.share(HEALTHY[1])), place(this.ratio.share(HEALTHY[0]))];
    this._axis(pen, view, g, this.ratio, place);
    pen.fillStyle = this.healthy;
    pen.fillRect(g.left, high, g.right - g.left, low - high);
    pen.fillStyle = view.colours.ink;
    pen.font = font(view, 600);
    pen.textAlign = "left";
    pen.textBaseline = "bottom";
    const narrow = view.width < view.text * 42;
    pen.fillText(narrow ? "update : weight" : "update : weight  ‖Δw‖/‖w‖", g.left, top - 5);
    pen.font = font(view);
    pen.textAlign = "right";
    pen.fillText(narrow ? "band: ≈1e-3, a rule of thumb" : `shaded: ${RULE_OF_THUMB}`, g.right, top - 5);
    ratio.forEach((value, i) => this._dot(pen, view, g, value, g.x(i + 1), place(this.ratio.share(value)), top));
  }

  /** The number stands above its dot, or below where the heading over `top` would be in its way. */
  _dot(pen, view, g, value, x, y, top) {
    pen.fillStyle = view.colours.network;
    pen.beginPath();
    pen.arc(x, y, view.projector ? 8 : 5, 0, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = view.colours.ink;
    pen.font = font(view, 600);
    pen.textAlign = "center";
    const gap = view.projector ? 10 : 6;
    const below = y - gap - view.text < top;
    pen.textBaseline = below ? "top" : "bottom";
    pen.fillText(this._short(value, view, g), x, below ? y + gap : y - gap);
  }

  resize() {
    this.surface.resize();
  }
}

export function create(context) {
  return new FlowPanel(context);
}
