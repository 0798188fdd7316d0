// Robustness: a photograph is made harder to see, level by level, and its label is read again; beside it what is measured here over
// all levels, and what people and networks scored in published experiments.

import { NewestAnalysis, Refusal, uploaded } from "../analysis.js";
import { button, element, say, show } from "../panels/markup.js";
import { exported } from "./fields.js";
import { levelAt, place } from "./level_chart.js";
import { Labels } from "./robustness_labels.js";
import { Measured } from "./robustness_measured.js";
import { Published } from "./robustness_published.js";

const STEPS = 400; // of the level's slider
const MOMENTS = 33; // of a sweep through the levels
const PICTURES = "image/jpeg,image/png,image/webp,image/gif,image/bmp,image/tiff";

/** `context` = {api, images, data: {samples, robustness, limit}, colours, player}. The page tells it when it is in sight. */
export class Robustness {
  constructor(context) {
    this.context = context;
    const { data } = context;
    this.scales = data.robustness.scales;
    this.image = "sample:chelsea";
    this.newest = new NewestAnalysis(context.api, "robustness", (answer) => this._answered(answer), (error) => this._refused(error));
    this.measured = new Measured(context, this.scales);
    this.published = new Published(context, data.robustness);
    this.labels = new Labels();
    this.canvas = element("canvas", { class: "pxr-photo", width: 224, height: 224, role: "img", "aria-label": "The photograph as the network sees it" });
    this.fault = element("p", { class: "pxr-fault", role: "alert", hidden: true });
    this.element = element("div", { class: "pxr" }, this._choices(data), this._controls(), element("div", { class: "pxr-body" }, this._seen(), this.measured.element, this.published.element));
    this._choose(this.scales[0]);
  }

  // ── what the page asks ─────────────────────────────────────────────────────────────────────────

  /** A sweep through the levels for the page's player. */
  get count() {
    return MOMENTS;
  }

  moved(index) {
    this._level(levelAt(this.scale.levels, index / (MOMENTS - 1)));
  }

  says(index) {
    return `${this.scale.title}, ${this.scale.unit} ${short(levelAt(this.scale.levels, index / (MOMENTS - 1)))}`;
  }

  /** What the address holds, and how it comes back. */
  address() {
    return { distortion: this.scale.name, level: short(this.level), photo: this.image.startsWith("sample:") ? this.image.slice(7) : null };
  }

  read({ distortion, level, photo }) {
    const scale = this.scales.find(({ name }) => name === distortion) ?? this.scale;
    const faults = [];
    if (distortion && scale.name !== distortion) faults.push(`The link’s distortion is unknown; there are ${this.scales.map(({ name }) => name).join(", ")}.`);
    if (this.context.data.samples.some(({ name }) => name === photo)) this._photo(`sample:${photo}`);
    else if (photo) faults.push("The link’s photograph is unknown, so the cat is shown.");
    this._choose(scale);
    const wanted = Number(level || NaN);
    const [low, high] = [Math.min(...scale.levels), Math.max(...scale.levels)];
    if (wanted >= low && wanted <= high) this._level(wanted);
    else if (level) faults.push(`The link’s level is not used: ${scale.title.toLowerCase()} goes from ${low} to ${high}.`);
    this._follow();
    if (faults.length) this.context.say?.(faults.join(" "));
  }

  table() {
    const head = ["source", "curve", "level", "share", "low", "high"];
    const own = this.measured.rows().map((row) => ["measured here", ...row]);
    const table = this.context.data.robustness.tables[this.scale.name];
    const others = (table?.curves ?? []).flatMap(({ name, accuracies, low, high }) => accuracies.map((share, i) => ["published", name, table.levels[i], share, low?.[i] ?? "", high?.[i] ?? ""]));
    return [head, ...own, ...others].map((row) => row.map((cell) => (/[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell)).join(",")).join("\n");
  }

  panels() {
    const charts = [["measured", "Measured here", this.measured.chart]];
    if (this.context.data.robustness.tables[this.scale.name]) charts.push(["published", "Published scores", this.published.chart]);
    const photograph = { element: this.canvas, image: () => new Promise((resolve) => this.canvas.toBlob(resolve, "image/png")) };
    return [...charts.map((named) => exported(...named)), exported("photograph", "Photograph", photograph)];
  }

  theme() {
    this._show();
    this.measured.show(this.scale);
    this.published.show(this.scale);
  }

  destroy() {
    this.newest.destroy();
    this.measured.destroy();
    this.published.destroy();
  }

  // ── what stands there ──────────────────────────────────────────────────────────────────────────

  _choices({ samples }) {
    this.samples = samples.map(({ name, title }) => element("button", { type: "button", class: "pxr-sample", "aria-label": title, title, "aria-pressed": "false", "data-sample": name, onclick: () => this._photo(`sample:${name}`) }, element("img", { src: `${this.context.images}/samples/${name}.webp`, alt: "", width: 44, height: 44 })));
    const file = element("input", { type: "file", accept: PICTURES, class: "pxr-file", "aria-label": "Choose a photograph" });
    file.addEventListener("change", () => { this._upload(file.files[0]); file.value = ""; });
    const own = element("label", { class: "px-button pxr-own" }, file, element("span", { "aria-hidden": "true", text: "Choose a photograph" }));
    return element("div", { class: "pxr-photographs", role: "group", "aria-label": "Photographs" }, ...this.samples, own);
  }

  _controls() {
    this.kinds = this.scales.map((scale) => button(scale.title, () => { this._choose(scale); this._follow(); }, { class: "px-button", "aria-pressed": "false", "data-distortion": scale.name }));
    this.slider = element("input", { type: "range", class: "px-range", min: 0, max: STEPS, step: 1, value: 0, "aria-label": "Level" });
    this.slider.addEventListener("input", () => { this._level(levelAt(this.scale.levels, Number(this.slider.value) / STEPS)); this._follow(); });
    this.value = element("output", { class: "pxr-level" });
    this.about = element("p", { class: "px-note" });
    return element("div", { class: "pxr-controls" }, element("div", { class: "pxr-kinds", role: "group", "aria-label": "Distortion" }, ...this.kinds), element("label", { class: "pxr-slider" }, element("span", { class: "px-name", text: "Level" }), this.slider, this.value), this.about);
  }

  _seen() {
    return element(
      "section", { class: "px-panel pxr-seen", "aria-label": "One photograph" },
      element("header", { class: "px-head" }, element("h3", { class: "px-heading", text: "One photograph" }), element("p", { class: "px-note", text: "as EfficientNet-Lite0 sees it, 224 × 224 pixels" })),
      this.canvas, this.labels.element, this.fault,
    );
  }

  // ── what is done ───────────────────────────────────────────────────────────────────────────────

  _choose(scale) {
    this.scale = scale;
    for (const made of this.kinds) made.setAttribute("aria-pressed", String(made.dataset.distortion === scale.name));
    say(this.about, scale.about);
    this.measured.level = this.published.level = scale.none;
    this.measured.show(scale);
    this.published.show(scale);
    this._level(scale.none);
  }

  _level(level) {
    this.level = Number(short(level));
    this.slider.value = String(Math.round(STEPS * place(this.scale.levels, this.level)));
    const words = `${short(level)} (${this.scale.unit})`;
    say(this.value, words);
    this.slider.setAttribute("aria-valuetext", words);
    this.measured.move(this.level);
    this.published.move(this.level);
    this._ask();
  }

  /** The toolbar's timeline comes to where the level is, and goes on from there. */
  _follow() {
    this.context.reload?.({ index: Math.round((MOMENTS - 1) * place(this.scale.levels, this.level)), quiet: true });
    this.context.changed?.();
  }

  _photo(image) {
    this.image = image;
    for (const made of this.samples) made.setAttribute("aria-pressed", String(image === `sample:${made.dataset.sample}`));
    this._ask();
    this.context.changed?.();
  }

  async _upload(file) {
    if (!file) return;
    const { bytes, sentence } = this.context.data.limit;
    if (file.size > bytes) return this._refuse(sentence.replace("{size}", (file.size / 1e6).toFixed(1)));
    try {
      this._photo(await uploaded(this.context.api, file));
    } catch (error) {
      this._refused(error);
    }
  }

  _ask() {
    if (!this.scale) return;
    for (const made of this.samples) made.setAttribute("aria-pressed", String(this.image === `sample:${made.dataset.sample}`));
    this.newest.ask({ image: this.image, distortion: this.scale.name, level: this.level });
  }

  _answered(answer) {
    this.answer = answer;
    show(this.fault, false);
    this._show();
    this.labels.show(answer.result);
    this.context.answered?.();
  }

  _show() {
    if (!this.answer) return;
    const { image } = this.answer.arrays;
    const [height, width] = image.shape;
    const shown = new ImageData(width, height);
    for (let i = 0, from = 0; i < shown.data.length; i += 4, from += 3) {
      shown.data.set([image[from], image[from + 1], image[from + 2], 255], i);
    }
    this.canvas.getContext("2d").putImageData(shown, 0, 0);
  }

  _refused(error) {
    if (!(error instanceof Refusal)) console.error(error);
    this._refuse(error instanceof Refusal ? error.message : "The photograph could not be shown. Try again.");
  }

  // What was shown before stays: a refused photograph costs nothing.
  _refuse(sentence) {
    say(this.fault, sentence);
    show(this.fault, true);
  }
}

function short(value) {
  return String(Number(Number(value).toPrecision(3)));
}
