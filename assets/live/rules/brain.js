// The brain's side: a spiking synapse with a third factor beside the chosen weight. Spike timing leaves a trace; reward turns it into a change.

import { Choice } from "../convnet/choice.js";
import { number, percent } from "../panels/format.js";
import { element, say, section } from "../panels/markup.js";
import { mix } from "../panels/palette.js";
import { reading } from "../panels/reading.js";
import { Strip, plotWindow } from "../panels/strip.js";
import { themed } from "../panels/surface.js";
import { unitName } from "./knows_places.js";

const COLUMNS = 8;
const STRIP_COLUMNS = 10; // what a strip's window has a row
const FASTEST = 50; // Hz, the largest rate that |activation| is turned into
const [LOWEST, HIGHEST] = [0, 2];
const [PRE, POST, TRACE, REWARD, WEIGHT, PLAIN] = [1, 2, 3, 4, 5, 6];

class ThreeFactorPanel {
  constructor(context) {
    Object.assign(this, { context, name: "brain", title: "The brain’s synapse with a third factor", every: 150, readings: ["eligibility/window"] });
    this._build();
    this.stopTheme = themed(context, this.element);
  }

  _build() {
    const { root, heading, aside } = section("three-factor", "BRAIN: a synapse that waits for reward", " ");
    this.where = aside;
    heading.classList.add("px-brain-title");
    this.reward = new Choice("Reward", [["given", "Reward given"], ["withheld", "Reward withheld"]], (reward) => this.context.requestChange({ reward }));
    this.strips = this._strips();
    this.words = element("p", { class: "px-three-factor-words" });
    const about = element("p", { class: "px-note", text: "An analogy: one update of the network stands for one stimulus, and |activation| sets each neuron’s firing rate. No signal passes from this synapse to the network." });
    const made = element("p", { class: "px-note", text: "Spikes are drawn at the two rates; half of the presynaptic spikes evoke a postsynaptic one 5 ms later, as far as its rate allows, and both arms of the timing rule have equal area: ours. So e is mostly positive: better than expected strengthens, worse than expected weakens." });
    root.append(this.reward.element, element("div", { class: "px-side px-side-brain" }, ...this.strips.map((strip) => strip.element)), this.words, about, made);
    this.element = root;
  }

  _strips() {
    const brain = (view) => view.colours.brain;
    const second = (view) => mix(view.colours.brain, view.colours.ink, 0.5);
    const curves = (...all) => (strip, pen, view, box) => plotWindow(strip, pen, view, box, all.map(([column, name, colour, mark]) => [column, name, colour(view), mark]));
    const { context } = this;
    const strips = [
      new Strip(context, { title: "Firing rate", unit: "Hz", badges: ["three_factor_rates"], plot: curves([PRE, "pre", brain, "dots"], [POST, "post", second, "dots"]) }),
      new Strip(context, { title: "Eligibility trace e", badges: ["eligibility"], plot: curves([TRACE, "e", brain, "line"]) }),
      new Strip(context, { title: "Reward signal M", unit: "better or worse than expected", badges: ["reward_signal"], plot: curves([REWARD, "M", brain, "sticks"]) }),
      new Strip(context, { title: "Weight", unit: "start = 1", badges: ["with M", "without"], plot: curves([WEIGHT, "with M", brain, "line"], [PLAIN, "without", second, "dashes"]), foot: true }),
    ];
    strips[0].range = fixed(0, FASTEST);
    strips[2].range = fixed(-1, 1); // a reward of 0 or 1, less its mean
    return strips;
  }

  draw(frame) {
    const { chosen, settings } = frame.meta;
    const key = `${chosen?.layer} ${chosen?.to} ${chosen?.from}`;
    if (this.known !== key) for (const strip of this.strips) strip.range.reset();
    this.known = key;
    const rows = reading(frame, "eligibility/window");
    const source = { frame, window: rows && widened(rows) };
    for (const strip of this.strips) strip.draw(source);
    if (settings?.reward && settings.reward !== this.reward.value) this.reward.set(settings.reward);
    this._tell(rows, frame.meta);
  }

  _tell(rows, { chosen, step, lanes }) {
    if (chosen) say(this.where, `Driven by ${unitName(this.context, chosen.layer - 1, chosen.from)} → ${unitName(this.context, chosen.layer, chosen.to)} of lane 1.`);
    const stopped = lanes?.[0]?.halted ? "Lane 1 has stopped, and this synapse with it. " : "";
    if (rows?.length) say(this.words, `${stopped}${sentence(rows, this.reward.value === "withheld")}`);
    else if (!step) say(this.words, "Press Play: each update then sends both neurons spikes for one stimulus.");
    else say(this.words, rows ? "The synapse was chosen just now; its first stimulus comes with the next update." : " ");
    this.strips.at(-1).surface.describe(() => this.words.textContent);
  }

  resize() {
    for (const strip of this.strips) strip.surface.resize();
  }

  image() {
    return this.strips.at(-1).surface.image();
  }

  destroy() {
    this.stopTheme();
    for (const strip of this.strips) strip.surface.destroy();
  }
}

/** An axis of all that can be: it never moves. */
function fixed(low, high) {
  const range = { low, high, fit: () => range, reset: () => {}, share: (value) => (value - low) / (high - low) };
  return range;
}

/** Rows of eight as rows of ten. */
function widened(rows) {
  const count = rows.length / COLUMNS;
  const made = new Float32Array(count * STRIP_COLUMNS);
  for (let i = 0; i < count; i++) made.set(rows.subarray(i * COLUMNS, (i + 1) * COLUMNS), i * STRIP_COLUMNS);
  return made;
}

function moved(value) {
  if (value >= HIGHEST) return "stands at its upper bound, 2";
  if (value <= LOWEST) return "stands at its lower bound, 0";
  return value === 1 ? "stands where it began" : `stands ${percent(Math.abs(value - 1))} ${value > 1 ? "above" : "below"} its start`;
}

/** What the newest row says. */
export function sentence(rows, withheld) {
  const last = rows.subarray(rows.length - COLUMNS);
  const plain = `Without a third factor, where every pairing counts at once, the same synapse ${moved(last[PLAIN])}.`;
  if (withheld && last[WEIGHT] === 1) return `The synapse is eligible (e = ${number(last[TRACE])}), but no reward reaches it: M = 0, and its weight ${moved(last[WEIGHT])}. ${plain}`;
  if (withheld) return `No reward reaches the synapse now: M = 0, and its weight stays ${moved(last[WEIGHT]).replace("stands ", "")}. ${plain}`;
  return `With e = ${number(last[TRACE])} and M = ${number(last[REWARD])} in the last stimulus, the weight ${moved(last[WEIGHT])}. ${plain}`;
}

export function create(context) {
  return new ThreeFactorPanel(context);
}
