// The curves that are measured here: how long the ImageNet network keeps its label, and how well networks that were trained here
// name digits. Each is a job with progress; what is measured stays for as long as the page.

import { Analysis, Refusal } from "../analysis.js";
import { button, element, say, show } from "../panels/markup.js";
import { LevelChart, legendMark, percent } from "./level_chart.js";
import { LiveNetwork } from "./robustness_live.js";

const SOURCES = { imagenet: "Measure the ImageNet network", digits: "Train two networks on digits and measure" };

export class Measured {
  constructor(context) {
    this.context = context;
    this.found = new Map(); // "distortion" → {imagenet, digits, live: [curves]}
    this.chart = new LevelChart(context, "Measured here");
    this.buttons = Object.fromEntries(Object.entries(SOURCES).map(([network, label]) => [network, button(label, () => this._measure(network), { class: "px-button" })]));
    this.live = new LiveNetwork(context.api);
    this.buttons.live = button("Measure the network of Live convnet", () => this._measureLive(), { class: "px-button" });
    this.bar = element("progress", { max: 1, value: 0, "aria-label": "Progress of the measurement", hidden: true });
    this.told = element("p", { class: "px-status", role: "status" });
    this.cancel = button("Cancel", () => this._cancel(), { class: "px-button", hidden: true });
    this.fault = element("p", { class: "pxr-fault", role: "alert", hidden: true });
    this.legend = element("ul", { class: "pxr-legend" });
    this.element = element(
      "section", { class: "px-panel pxr-measured", "aria-label": "Measured here" },
      element("header", { class: "px-head" }, element("h3", { class: "px-heading", text: "Measured here" }), element("p", { class: "px-note", text: "computed on this machine; bands are 95% intervals" })),
      this.chart.element, this.legend, element("div", { class: "pxr-choices" }, ...Object.values(this.buttons), this.cancel), this.bar, this.told, this.fault,
    );
  }

  /** Another distortion: what was measured of it already stands there again. */
  show(scale) {
    this.scale = scale;
    this._draw();
    show(this.buttons.live, this.live.known());
  }

  move(level) {
    this.level = level;
    this.chart.move(level);
  }

  /** [[curve, level, share, low, high], …] of everything measured of this distortion. */
  rows() {
    return this._curves().flatMap(({ name, n, shares, low, high }) => shares.map((share, i) => [`${name} (n=${n})`, this.scale.levels[i], share, low?.[i] ?? "", high?.[i] ?? ""]));
  }

  _kept() {
    if (!this.found.has(this.scale.name)) this.found.set(this.scale.name, {});
    return this.found.get(this.scale.name);
  }

  _curves() {
    return Object.values(this._kept()).flat();
  }

  _draw() {
    const { colours } = this.context;
    const looks = [{ colour: colours.network, dash: [] }, { colour: colours.lanes[1], dash: [7, 4] }, { colour: colours.lanes[2], dash: [2, 4] }, { colour: colours.ink, dash: [9, 3, 2, 3] }];
    const curves = this._curves().map((curve, i) => ({ ...curve, ...looks[i % looks.length] }));
    this.chart.show({ levels: this.scale.levels, unit: this.scale.unit, curves, at: this.level ?? this.scale.none });
    this.legend.replaceChildren(...curves.map(({ name, what, n, colour }, i) => {
      const mark = element("span", { "aria-hidden": "true", text: `${legendMark(i)} ` });
      mark.style.color = colour;
      return element("li", {}, mark, element("b", { text: name }), element("span", { text: `: ${what}, n = ${n.toLocaleString("en-GB")}` }));
    }));
    if (!curves.length) this.legend.replaceChildren(element("li", { text: "Nothing is measured of this distortion yet: the buttons below do it." }));
  }

  async _measure(network) {
    const { scale } = this;
    this._work(true);
    const analysis = (this.analysis = new Analysis(this.context.api, "robustness-curve", (sentence, share) => this._progress(sentence, share), (arrays) => this._preview(scale, network, arrays)));
    try {
      const { result } = await analysis.of({ distortion: scale.name, network });
      this._keep(scale, network, result.curves);
      this._say(result.curves);
    } catch (error) {
      this._failed(error);
    }
    this._work(false);
  }

  _preview(scale, network, arrays) {
    const shares = [...arrays.shares];
    this._keep(scale, network, [{ name: network === "imagenet" ? "EfficientNet-Lite0" : "trained on digits as they are", what: "being measured", n: network === "imagenet" ? 16 : 1000, shares }]);
  }

  _keep(scale, network, curves) {
    if (!this.found.has(scale.name)) this.found.set(scale.name, {});
    this.found.get(scale.name)[network] = curves;
    if (scale === this.scale) this._draw();
  }

  /** The network that this tab trains, level by level, with the weights that it has now. */
  async _measureLive() {
    const { scale } = this;
    this._work(true);
    const curve = { name: "the network of Live convnet", what: "share of its held-out images named rightly", n: 0, shares: [], low: [], high: [] };
    try {
      for (const level of scale.levels) {
        this._progress(`level ${level}`, curve.shares.length / scale.levels.length);
        const { accuracy, low, high, n } = await this.live.ask(scale.name, level);
        curve.n = n;
        for (const [name, value] of [["shares", accuracy], ["low", low], ["high", high]]) curve[name].push(value);
        this._keep(scale, "live", [{ ...curve, low: null, high: null }]);
      }
      this._keep(scale, "live", [curve]);
      this._say([curve]);
    } catch (error) {
      this._failed(error);
    }
    this._work(false);
  }

  _say(curves) {
    const told = curves.map(({ name, shares }) => `${name}: ${percent(shares[0])} at level ${this.scale.levels[0]}, ${percent(shares.at(-1))} at ${this.scale.levels.at(-1)}`);
    say(this.told, `${told.join("; ")}.`);
  }

  _work(busy) {
    show(this.bar, busy);
    show(this.cancel, busy);
    if (busy) {
      show(this.fault, false);
      say(this.told, "Asking the service…");
      this.bar.value = 0;
    }
    for (const made of Object.values(this.buttons)) made.disabled = busy;
  }

  _progress(sentence, share) {
    this.bar.value = share;
    say(this.told, `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}…`);
  }

  _cancel() {
    this.analysis?.cancel();
    say(this.told, "Cancelled.");
  }

  _failed(error) {
    if (error === null) return; // cancelled
    if (!(error instanceof Refusal)) console.error(error);
    say(this.told, "");
    say(this.fault, error instanceof Refusal || error.code !== undefined ? error.message : "The curve could not be measured. Try again.");
    show(this.fault, true);
  }

  destroy() {
    this.analysis?.cancel();
    this.chart.destroy();
  }
}
