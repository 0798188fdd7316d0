// The comparison: a spike-timing synapse on the left, the weight that drives it on the right; one clock for both.

import { send } from "./commands.js";
import { number, whole } from "./format.js";
import { element, say, section } from "./markup.js";
import { mix } from "./palette.js";
import { focusName, reading, sizes } from "./reading.js";
import { wordsOf } from "./rule_words.js";
import { Strip, endNames, ends, foot, plotWindow, stroke, waiting } from "./strip.js";
import { themed } from "./surface.js";
import { WeightPicker } from "./weight_picker.js";

const PRE_RATE = 1;
const POST_RATE = 2;
const PAIR = 3;
const TRIPLET = 4;
const A_PRE = 5;
const A_POST = 6;
const DELTA = 7;
const PRODUCT = 8;
const WEIGHT = 9;

class BrainPanel {
  constructor(context) {
    this.context = context;
    this.every = 110;
    this.readings = ["synapse/*"];
    this._build(context);
    this.stopTheme = themed(context, this.element);
  }

  _build(context) {
    const { root } = section("comparison", "Brain beside network");
    this.picker = new WeightPicker(context, { name: "Synapse driven by weight", neurons: false, onpick: (target) => this._choose(target) });
    this.stimulus = element("p", { class: "px-note" });
    this.status = element("p", { class: "px-status", role: "status" });
    this.left = this._brainStrips(context);
    this.right = this._networkStrips(context);
    this.leftTitle = element("h4", { text: "BRAIN: synapse A → B" });
    this.rightTitle = element("h4", { text: "NETWORK" });
    const side = (name, title, strips) => element("div", { class: `px-side px-side-${name}` }, title, strips.map((strip) => strip.element));
    const driver = element("div", { class: "px-driver" }, element("span", { class: "px-label", text: "Synapse driven by weight" }), this.picker.element, this.stimulus);
    root.append(driver, this.status, element("div", { class: "px-sides" }, side("brain", this.leftTitle, this.left), side("network", this.rightTitle, this.right)));
    this.element = root;
  }

  _brainStrips(context) {
    const second = (view) => mix(view.colours.brain, view.colours.ink, 0.45);
    const both = (a, b, names, marks) => (strip, pen, view, box) =>
      plotWindow(strip, pen, view, box, [[a, names[0], view.colours.brain, marks[0]], [b, names[1], second(view), marks[1]]]);
    return [
      new Strip(context, { title: "Firing rate", unit: "Hz", badges: ["rates"], plot: both(PRE_RATE, POST_RATE, ["A", "B"], ["dots", "dots"]) }),
      new Strip(context, { title: "Spikes in the last stimulus", badges: ["spikes"], plot: spikes }),
      new Strip(context, { title: "Synaptic traces", unit: "over the same stimulus", badges: ["traces"], plot: traces, foot: true }),
      new Strip(context, { title: "Synaptic weight", unit: "start = 1", badges: ["triplet", "pair"], plot: both(TRIPLET, PAIR, ["triplet", "pair"], ["line", "dashes"]), foot: true }),
    ];
  }

  _networkStrips(context) {
    const one = (column, name, mark) => (strip, pen, view, box) => plotWindow(strip, pen, view, box, [[column, name, view.colours.network, mark]]);
    const activations = (strip, pen, view, box) =>
      plotWindow(strip, pen, view, box, [[A_PRE, "a pre", view.colours.network, "dots"], [A_POST, "a post", mix(view.colours.network, view.colours.ink, 0.45), "dots"]]);
    const { delta, product, direction } = wordsOf(context);
    const [told, step] = direction === "gradient" ? [["delta"], ["product"]] : [[], []]; // their badges speak of backpropagation
    return [
      new Strip(context, { title: "Activation", unit: "first example", badges: ["activation"], plot: activations }),
      new Strip(context, { title: capital(delta), unit: "of the receiving neuron", badges: told, plot: one(DELTA, "δ", "sticks") }),
      new Strip(context, { title: product.startsWith("a·δ") ? `Product ${product}` : product, unit: "mean over the batch", badges: step, plot: one(PRODUCT, product.startsWith("a·δ") ? "a·δ" : "g", "sticks"), foot: true }),
      new Strip(context, { title: "Weight", badges: ["weight"], plot: one(WEIGHT, "w", "line"), foot: true }),
    ];
  }

  _choose({ layer, to, from }) {
    send(this.context, { command: "choose", layer, to, from }, this.status);
  }

  draw(frame) {
    if (this.known !== this.context.statics) for (const strip of [...this.left, ...this.right]) strip.range.reset();
    this.known = this.context.statics;
    this.frame = frame;
    const source = { frame, window: reading(frame, "synapse/window"), duration: frame.meta.settings?.stimulus_ms ?? 200 };
    for (const strip of this.left) strip.draw(source);
    for (const strip of this.right) strip.draw(source);
    this._words(frame.meta, source);
  }

  _words({ chosen, step }, { duration, window }) {
    say(this.stimulus, `One update = one stimulus of ${number(duration)} ms. |activation| sets the firing rate; its sign is not encoded.`);
    if (!chosen || !sizes(this.context)) return;
    const name = focusName(this.context, { ...chosen });
    say(this.rightTitle, `NETWORK: ${name}`);
    if (!this.picker.element.contains(document.activeElement)) this.picker.show({ kind: "weight", ...chosen });
    const last = window && window.length >= 10 ? window.subarray(window.length - 10) : null;
    if (!last) return;
    this.left[3].surface.describe(() => `At update ${whole(step)} the synapse stands at ${number(last[TRIPLET])} of its start by the triplet rule and ${number(last[PAIR])} by the pair rule.`);
    this.right[3].surface.describe(() => `At update ${whole(step)} the ${name} is ${number(last[WEIGHT])}.`);
  }

  resize() {
    for (const strip of [...this.left, ...this.right]) strip.surface.resize();
  }

  /** All strips below one another, brain left, network right. */
  async image() {
    const canvases = [this.left, this.right].map((strips) => strips.map((strip) => strip.surface.canvas));
    const width = Math.max(...canvases.flat().map((canvas) => canvas.width));
    const height = Math.max(...canvases.map((side) => side.reduce((sum, canvas) => sum + canvas.height + 12, 0)));
    const sheet = element("canvas", { width: 2 * width, height });
    const pen = sheet.getContext("2d");
    pen.fillStyle = this.context.colours.background;
    pen.fillRect(0, 0, sheet.width, height);
    canvases.forEach((side, i) => side.reduce((y, canvas) => (pen.drawImage(canvas, i * width, y), y + canvas.height + 12), 0));
    return new Promise((resolve) => sheet.toBlob(resolve, "image/png"));
  }

  destroy() {
    this.stopTheme();
    for (const strip of [...this.left, ...this.right]) strip.surface.destroy();
  }
}

const capital = (words) => words[0].toUpperCase() + words.slice(1);

/** Two rows of ticks over the stimulus, presynaptic neuron A above B. */
function spikes({ source }, pen, view, box) {
  if (!source.frame.meta.step) return waiting(pen, view, box);
  const rows = [["pre_spikes", "A pre"], ["post_spikes", "B post"]];
  const tall = (box.bottom - box.top) / 2;
  rows.forEach(([name, label], row) => {
    const times = reading(source.frame, `synapse/${name}`) ?? [];
    const colour = row === 0 ? view.colours.brain : mix(view.colours.brain, view.colours.ink, 0.45);
    const top = box.top + row * tall;
    pen.fillStyle = view.colours.faint;
    pen.fillRect(box.left, top + tall - 3, box.right - box.left, 1);
    pen.fillStyle = colour;
    const width = view.projector ? 4 : 2.25;
    for (const time of times) pen.fillRect(box.left + (time / source.duration) * (box.right - box.left) - width / 2, top + 3, width, tall - 6);
    endNames(pen, view, { ...box, top, bottom: top + tall }, [{ name: `${label} ${times.length}`, colour, y: top + tall / 2 }]);
  });
}

/** r1 follows A's spikes; o1 and o2 follow B's, fast and slow. */
function traces(strip, pen, view, box) {
  const { frame, duration } = strip.source;
  const time = reading(frame, "synapse/trace_time");
  const values = reading(frame, "synapse/traces");
  if (!time || !values || !frame.meta.step) return waiting(pen, view, box);
  let high = 0.5;
  for (const value of values) high = Math.max(high, value);
  strip.range.fit(0, high);
  ends(strip.range, pen, view, box);
  const after = mix(view.colours.brain, view.colours.ink, 0.45);
  const curves = [["A", view.colours.brain, false], ["B fast", after, true], ["B slow", after, false]];
  const names = curves.map(([name, colour, dash], row) => {
    const y = (i) => box.bottom - strip.range.share(values[row * time.length + i]) * (box.bottom - box.top);
    pen.beginPath();
    for (let i = 0; i < time.length; i++) pen[i ? "lineTo" : "moveTo"](box.left + (time[i] / duration) * (box.right - box.left), y(i));
    stroke(pen, view, colour, dash);
    return { name, colour, y: y(time.length - 1) };
  });
  endNames(pen, view, box, names);
  foot(pen, view, box, "0 ms", `${number(duration)} ms`);
}

export function create(context) {
  return new BrainPanel(context);
}
