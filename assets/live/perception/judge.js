// Two small networks learn to judge reflectance while one watches: their loss, a scene, and what the first makes of it.

import { Analysis, NewestAnalysis, Refusal } from "../analysis.js";
import { number } from "../panels/format.js";
import { badgeButton } from "../panels/badge.js";
import { button, element, say, section, show } from "../panels/markup.js";
import { pressed } from "../press.js";
import { Choice, faultLine } from "./fields.js";
import { LineChart } from "./line_chart.js";
import { Picture, captioned } from "./picture.js";

const SCENES = [
  { name: "smooth", title: "Smooth light", sentence: "Flat patches under light that varies smoothly" },
  { name: "shadows", title: "Light with shadows", sentence: "The same, with a shadow's edge across each scene" },
];
const UNTRAINED = "No network answers yet. A network that names objects has no opinion on how light a patch is: only one that was trained to judge reflectance can be asked. Two small ones can be trained here, on patches whose reflectance is known, under uneven light.";

export class Judge {
  /** `answered()` after every new judgement; `context` as the view makes it. */
  constructor(context, { light, answered }) {
    Object.assign(this, { context, answered, light: light || "smooth", trained: "", judged: null });
    const { root } = section("judge", "Judges of reflectance", "networks trained here, on synthetic scenes");
    root.classList.add("pxp-judge");
    this.element = root;
    this._controls();
    this._pictures();
    this.newest = new NewestAnalysis(context.api, "reflectance", (answer, spec) => this._judged(answer, spec), (error) => this._refused(error));
  }

  _controls() {
    this.choice = new Choice("Light in the training scenes", SCENES, ({ name }) => this._choose(name));
    this.train = button("Train the judges", () => pressed(this.train, () => this.start(), (error) => this._refused(error)), { class: "px-button pxp-train" });
    this.stop = button("Stop", () => this._stop(), { hidden: true });
    this.bar = element("progress", { max: 1, value: 0, "aria-label": "Progress of the training" });
    this.doing = element("span", { role: "status" });
    this.working = element("p", { class: "pxp-working", hidden: true }, this.bar, this.doing);
    this.fault = faultLine();
    this.told = element("p", { text: UNTRAINED });
    const badge = badgeButton(this.context.data.badges.judge, "Judges");
    this.element.append(element("div", { class: "px-row" }, element("span", { class: "px-name", text: "Light in the scenes" }), this.choice.element, this.train, this.stop, badge), this.working, this.fault.element, this.told);
    this.choice.mark(this.light);
  }

  _pictures() {
    const axes = { x: { low: 0, high: 320, label: "update", ticks: [0, 80, 160, 240, 320] }, y: { low: 0, high: 0.3, label: "", ticks: [0, 0.1, 0.2, 0.3] } };
    this.chart = new LineChart(this.context, "Error of both networks while they learn", axes, 190);
    this.scene = new Picture("A scene that neither network was trained with");
    this.truth = new Picture("Its true reflectance");
    this.guess = new Picture("The reflectance that the network judges");
    this.map = new Picture("The judgement of the illusion", "pxp-map");
    const figures = [[this.scene, "a held-out scene: its light"], [this.truth, "its reflectance"], [this.guess, "as the network judges it"]].map(([picture, words]) => captioned(picture, words).element);
    this.mapped = captioned(this.map, "the illusion, as the first network judges it");
    const curve = element("figure", { class: "pxp-figure pxp-curve" }, this.chart.element, element("figcaption", { text: "error (root mean square, reflectance 0 to 1) on held-out scenes; solid: first network, dashed: second" }));
    this.pictures = element("div", { class: "pxp-learning", hidden: true }, curve, ...figures, this.mapped.element);
    this.element.append(this.pictures);
    show(this.mapped.element, false);
  }

  _choose(light) {
    this.light = light;
    this.choice.mark(light);
    if (this.analysis) this._stop();
    if (this.trained && this.trained !== light) {
      this._forget();
      say(this.told, "These scenes need networks of their own: train them.");
    }
  }

  _forget() {
    this.trained = "";
    this.judged = null;
    show(this.mapped.element, false);
    show(this.train, true);
    this.answered();
  }

  _stop() {
    this.analysis?.cancel();
    this._rest();
    say(this.told, UNTRAINED);
  }

  _rest() {
    this.analysis = null;
    show(this.working, false);
    show(this.stop, false);
    show(this.train, !this.trained);
  }

  /** Trains both, or takes those that the service still keeps. */
  async start() {
    this.fault.say("");
    show(this.stop, true);
    show(this.train, false);
    show(this.working, true);
    say(this.told, "Two networks are trained, one after the other; their error and a scene as they judge it appear here.");
    const { spec, light } = this;
    let analysis = null;
    try {
      let answer = null;
      for (const networks of [1, 2]) { // a job for each: together they may take longer than one may last
        analysis = this.analysis = this._asking();
        answer = await analysis.of({ ...spec, light, networks });
        if (this.analysis !== analysis) return;
      }
      this.trained = light;
      this._rest();
      this._judged(answer, { ...spec, light });
      this.ask(this.spec);
    } catch (error) {
      if (this.analysis === analysis) this._rest();
      if (error !== null) this._refused(error);
    }
  }

  _asking() {
    const analysis = new Analysis(this.context.api, "reflectance", (sentence, share) => this.analysis === analysis && this._progress(sentence, share), (arrays) => this._show(arrays));
    return analysis;
  }

  _progress(sentence, share) {
    this.bar.value = share;
    say(this.doing, sentence.charAt(0).toUpperCase() + sentence.slice(1));
  }

  /** The illusion changed: those that are trained say what they make of the new one. */
  ask(spec) {
    const same = JSON.stringify(spec) === JSON.stringify(this.spec);
    this.spec = spec;
    if (this.trained && (!same || this.asked !== JSON.stringify(spec))) this.newest.ask({ ...spec, light: this.trained });
  }

  _judged({ result, arrays }, spec) {
    if (spec.light !== this.trained) return;
    const { light: _, ...illusion } = spec;
    this.asked = JSON.stringify(illusion);
    this.judged = { result, arrays, spec: illusion };
    this._show(arrays);
    this.map.luminance(Object.assign(arrays.judged.subarray(0, 64 * 64), { shape: [64, 64] }));
    show(this.mapped.element, true);
    const { errors, pointwise, constant, training_scenes: scenes, held_out_scenes: held, updates } = result;
    say(this.told, `After ${updates} updates on ${scenes.toLocaleString("en-GB")} scenes their errors on ${held} held-out scenes are ${errors.map((error) => number(error)).join(" and ")}, against ${number(pointwise)} for the best judgement from each pixel's own light and ${number(constant)} for always saying the mean. They differ in first weights and order only: what they disagree on, the scenes did not teach. With other scenes their answers change.`);
    this.answered();
  }

  /** The two networks' maps where they belong to this illusion: [Float32Array, Float32Array], else null. */
  mapsOf(spec) {
    if (!this.judged || JSON.stringify(spec) !== JSON.stringify(this.judged.spec)) return null;
    const { judged } = this.judged.arrays;
    return [judged.subarray(0, 64 * 64), judged.subarray(64 * 64)];
  }

  /** What the address holds: the light of the scenes of networks that answer, or are being trained. */
  address() {
    return this.trained || (this.analysis ? this.light : "");
  }

  answersOf(spec) {
    return this.mapsOf(spec) ? this.judged.result.differences : null;
  }

  _show(arrays) {
    if (!arrays.curve) return;
    const [rows] = arrays.curve.shape;
    const curves = [0, 1].map((network) => {
      const own = Array.from({ length: rows }, (_, i) => arrays.curve.subarray(4 * i, 4 * i + 4)).filter(([which]) => which === network);
      return { colour: this.context.colours.network, dash: network ? [7, 5] : [], x: own.map(([, update]) => update), y: own.map(([, , , error]) => Math.sqrt(error)) };
    });
    this.curves = curves;
    show(this.pictures, true);
    this.chart.show(curves);
    if (arrays.scene) this.scene.luminance(arrays.scene);
    if (arrays.true) this.truth.luminance(arrays.true);
    if (arrays.guess) this.guess.luminance(arrays.guess);
  }

  theme() {
    if (!this.curves) return;
    for (const curve of this.curves) curve.colour = this.context.colours.network;
    this.chart.show(this.curves);
  }

  _refused(error) {
    if (!(error instanceof Refusal)) console.error(error);
    this.fault.say(error instanceof Refusal ? error.message : "The networks could not be asked. Try again.");
  }

  destroy() {
    this.analysis?.cancel();
    this.newest.destroy();
    this.chart.destroy();
  }
}
