// The curves that are measured here: how long the ImageNet network keeps its label, and how well networks that were trained here
// name digits. Each is a job with progress; what is measured stays for as long as the page.

import { Analysis, Refusal } from "../analysis.js";
import { button, element, say, show } from "../panels/markup.js";
import { LevelChart, legendMark } from "./level_chart.js";
import { LiveNetwork } from "./robustness_live.js";
import { summary, toldOfDigits, toldOfLive, toldOfPhotographs } from "./robustness_told.js";

const SOURCES = { imagenet: "Measure the ImageNet network", digits: "Train two networks on digits and measure" };
const AGAIN = "Measure the two digit networks";
const FIRST = { imagenet: 0, digits: 1, live: 3 }; // each network's place among the marks and dashes: the same for every distortion
const MEASURING = { imagenet: ["EfficientNet-Lite0"], digits: ["trained on digits as they are", "trained on varied digits"], live: ["the network of Live convnet"] };
const TOLD = { imagenet: ([curve], scale) => toldOfPhotographs(curve, scale), digits: toldOfDigits, live: ([curve], scale) => toldOfLive(curve, scale) };

export class Measured {
  constructor(context, scales) {
    Object.assign(this, { context, scales });
    this.found = new Map(); // distortion → {imagenet, digits, live: [curves]}
    this.chart = new LevelChart(context, "Measured here");
    this.buttons = Object.fromEntries(Object.entries(SOURCES).map(([network, label]) => [network, button(label, () => this._measure(network), { class: "px-button" })]));
    this.live = new LiveNetwork(context.api);
    this.buttons.live = button("Measure the network of Live convnet", () => this._measure("live"), { class: "px-button" });
    this.elsewhere = element("p", { class: "px-note" }, "A network that learns on ", element("a", { href: "live-convnet", text: "Live convnet" }), " in this tab can be measured here, too.");
    this.bar = element("progress", { max: 1, value: 0, "aria-label": "Progress of the measurement", hidden: true });
    this.told = element("p", { class: "px-note", role: "status" });
    this.cancel = button("Cancel", () => this._cancel(), { class: "px-button", hidden: true });
    this.fault = element("p", { class: "pxr-fault", role: "alert", hidden: true });
    this.legend = element("ul", { class: "pxr-legend" });
    this.says = element("div", { class: "pxr-says" });
    this.element = element(
      "section", { class: "px-panel pxr-measured", "aria-label": "Measured here" },
      element("header", { class: "px-head" }, element("h3", { class: "px-heading", text: "Measured here" }), element("p", { class: "px-note", text: "computed on this machine; bands are 95% intervals" })),
      this.chart.element, element("div", { class: "pxr-choices" }, ...Object.values(this.buttons), this.cancel), this.bar, this.told, this.fault, this.legend, this.says, this.elsewhere,
    );
  }

  /** Another distortion: what was measured of it already stands there again. */
  show(scale) {
    this.scale = scale;
    this._draw();
    show(this.buttons.live, this.live.known());
    show(this.elsewhere, !this.live.known());
  }

  move(level) {
    this.level = level;
    this.chart.move(level);
  }

  /** [[curve, level, share, low, high], …] of everything measured of this distortion. */
  rows() {
    const { levels } = this.scale;
    return this._curves().flatMap(({ name, n, shares, low, high }) => shares.map((share, i) => [`${name} (n=${n ?? "?"})`, levels[i], share, low?.[i] ?? "", high?.[i] ?? ""]));
  }

  _curves() {
    const kept = this.found.get(this.scale.name) ?? {};
    return Object.keys(FIRST).flatMap((network) => (kept[network] ?? []).map((curve, i) => ({ ...curve, look: FIRST[network] + i })));
  }

  _draw() {
    const { colours } = this.context;
    const looks = [{ colour: colours.network, dash: [] }, { colour: colours.lanes[1], dash: [7, 4] }, { colour: colours.lanes[2], dash: [2, 4] }, { colour: colours.ink, dash: [9, 3, 2, 3] }];
    const curves = this._curves().map((curve) => ({ ...curve, ...looks[curve.look], mark: curve.look }));
    this.chart.show({ levels: this.scale.levels, unit: this.scale.unit, curves, at: this.level ?? this.scale.none });
    this.legend.replaceChildren(...curves.map(({ name, what, n, colour, look }) => {
      const mark = element("span", { "aria-hidden": "true", text: `${legendMark(look)} ` });
      mark.style.color = colour;
      return element("li", {}, mark, element("b", { text: name }), element("span", { text: n ? `: ${what}, n = ${n.toLocaleString("en-GB")}` : `: ${what}` }));
    }));
    if (!curves.length) this.legend.replaceChildren(element("li", { text: "Nothing is measured of this distortion yet: the buttons above do it." }));
    this._tell();
  }

  /** The sentences of what is drawn, and of nothing else: a curve that is under way has none. */
  _tell() {
    const kept = this.found.get(this.scale.name) ?? {};
    const whole = Object.keys(FIRST).filter((network) => kept[network]?.every(({ low }) => low));
    const sentences = whole.map((network) => TOLD[network](kept[network], this.scale));
    const pairs = Object.fromEntries(this.scales.map(({ name, title }) => [title, this.found.get(name)?.digits]).filter(([, curves]) => curves?.every(({ low }) => low)));
    const several = Object.keys(pairs).length > 1 ? [summary(pairs, this.scales)] : [];
    if (Object.keys(pairs).length) say(this.buttons.digits, AGAIN);
    this.says.replaceChildren(...[...sentences, ...several].map((text) => element("p", { text })));
  }

  async _measure(network) {
    const { scale } = this;
    const before = this.found.get(scale.name)?.[network];
    const stop = (this.stop = new AbortController());
    this._work(true);
    try {
      const curves = network === "live" ? await this._levels(scale, stop.signal) : await this._job(scale, network, stop.signal);
      this._keep(scale, network, curves);
      this._say(`${scale.title}: measured.`);
    } catch (error) {
      this._keep(scale, network, before); // a part of a curve is no curve
      this._failed(error, scale);
    }
    this._work(false);
  }

  async _job(scale, network, signal) {
    const analysis = new Analysis(this.context.api, "robustness-curve", (sentence, share) => signal.aborted || this._progress(scale, sentence, share), (arrays) => signal.aborted || this._preview(scale, network, arrays.shares));
    signal.addEventListener("abort", () => analysis.cancel());
    return (await analysis.of({ distortion: scale.name, network })).result.curves;
  }

  _preview(scale, network, shares) {
    const [, levels] = shares.shape;
    this._keep(scale, network, MEASURING[network].map((name, i) => ({ name, what: "being measured", shares: [...shares.subarray(i * levels, (i + 1) * levels)] })));
  }

  _keep(scale, network, curves) {
    const kept = { ...this.found.get(scale.name), [network]: curves };
    if (!curves) delete kept[network];
    this.found.set(scale.name, kept);
    if (scale === this.scale) this._draw();
  }

  /** The network that this tab trains, level by level, with the weights that it has now. */
  async _levels(scale, signal) {
    const curve = { name: MEASURING.live[0], what: "share of its held-out images named rightly", n: 0, shares: [], low: [], high: [] };
    for (const level of scale.levels) {
      this._progress(scale, `level ${level}`, curve.shares.length / scale.levels.length);
      const { accuracy, low, high, n } = await this.live.ask(scale.name, level);
      if (signal.aborted) throw null;
      curve.n = n;
      for (const [name, value] of [["shares", accuracy], ["low", low], ["high", high]]) curve[name].push(value);
      this._keep(scale, "live", [{ ...curve, shares: [...curve.shares], low: null, high: null }]);
    }
    return [curve];
  }

  _work(busy) {
    const held = this.element.contains(document.activeElement);
    show(this.bar, busy);
    show(this.cancel, busy);
    if (busy) {
      show(this.fault, false);
      this._say("Asking the service…");
      this.bar.value = 0;
      this.pressed = document.activeElement;
    }
    for (const made of Object.values(this.buttons)) made.disabled = busy;
    if (held) (busy ? this.cancel : this.pressed)?.focus({ preventScroll: true }); // a button that is put out loses the keyboard
  }

  _progress(scale, sentence, share) {
    this.bar.value = share;
    this._say(`${scale.title}, ${sentence}…`);
  }

  _say(sentence) {
    say(this.told, sentence);
  }

  _cancel() {
    this.stop?.abort();
  }

  _failed(error, scale) {
    if (error === null) return this._say(`${scale.title}: cancelled; what was measured of this curve is not kept.`);
    if (!(error instanceof Refusal)) console.error(error);
    this._say("");
    say(this.fault, error instanceof Refusal ? error.message : "The curve could not be measured. Try again.");
    return show(this.fault, true);
  }

  destroy() {
    this.stop?.abort();
    this.chart.destroy();
  }
}
