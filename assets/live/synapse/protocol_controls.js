// What is done to the two cells, and which models are asked: starts, the protocol with its numbers, models, and further settings.

import { badgeButton } from "../panels/badge.js";
import { element, say, show } from "../panels/markup.js";
import { Choice, Slider } from "../perception/fields.js";
import { DASHES, WIDTHS } from "./protocol_models.js";

const LOG = new Set(["rate_hz", "bcm_average_s", "bcm_window_s", "bcm_time_s", "learning_rate", "bin_ms", "pairs", "pause_s"]);
const USUAL_HZ = [0.1, 0.5, 1, 2, 5, 10, 20, 40, 50, 100]; // a hand that comes near one of them means it
const OF_MODELS = { pair: ["pair_potentiation", "pair_depression"], calcium: ["synapses", "seed"], bcm: ["bcm_threshold", "bcm_exponent", "bcm_target_hz", "bcm_average_s", "bcm_window_s", "bcm_time_s"] };
const OF_NETWORK = ["bin_ms", "learning_rate"];
const TITLES = { pair: "Pair", triplet: "Triplet", triplet_nearest: "Triplet, nearest", calcium: "Calcium", bcm: "BCM" };
const CHOICES = { triplet: { pre_post_pre: "pre, post, pre", post_pre_post: "post, pre, post" }, bcm_threshold: { power: "(c̄/c₀)ᵖ c̄", mean_square: "mean of c²" } };

export class Controls {
  /** `changed(changes)`: of the spec; `started(preset)`. */
  constructor(told, spec, { changed, started }) {
    Object.assign(this, { known: told, changed, fields: {} });
    this.starts = new Choice("Starts", told.presets, started);
    this.sentence = element("p", { class: "px-note pxp-sentence" });
    this.told = element("div", { class: "pxs-row pxs-told" }, this.sentence);
    this.protocol = this._select("Protocol", told.protocols, (protocol) => changed({ protocol }));
    this.numbers = element("div", { class: "pxp-controls" });
    this.starts.element.classList.add("pxs-starts");
    this.element = element("div", { class: "pxs-controls" },
      this.starts.element,
      this.told,
      element("div", { class: "pxs-row pxs-set" }, this.protocol.element, this.numbers),
      this._models());
    this.fit(spec);
  }

  /** Every control as the spec says; those that the protocol does not read are left out. */
  fit(spec) {
    this.spec = spec;
    const told = this.known;
    this.protocol.select.value = spec.protocol;
    const used = told.uses[spec.protocol].filter((name) => !name.endsWith("_ms") || told.fields[name].low !== undefined);
    this.numbers.replaceChildren(...used.filter((name) => this._fits(name, spec)).map((name) => this._field(name)));
    for (const made of Object.values(this.fields)) made.fit(spec);
    for (const [name, box] of Object.entries(this.boxes)) box.checked = spec.models.includes(name);
    this.set.select.value = spec.calcium_set;
    for (const [name, place] of Object.entries(this.groups)) show(place, spec.models.includes(name));
    const start = told.presets.find(({ changes }) => same({ ...told.defaults, ...changes }, spec));
    this.starts.mark(start?.name);
    this._reveal(start?.name);
    say(this.sentence, start?.sentence ?? "Your own settings: the link keeps them.");
  }

  /** The row of starts is longer than the page: the pressed one is brought into it, without moving the page. */
  _reveal(name) {
    if (name === this.revealed) return;
    this.revealed = name;
    const pressed = this.starts.buttons.find(({ dataset }) => dataset.choice === name);
    if (pressed) this.starts.element.scrollTo({ left: pressed.offsetLeft - this.starts.element.offsetLeft - 60 });
  }

  /** With a question open the start's sentence would answer it. */
  secret(hidden) {
    show(this.sentence, !hidden);
  }

  _fits(name, spec) {
    return name === "pause_s" ? spec.bursts > 1 : name === "follow_ms" ? spec.follow_every > 0 : name === "gap_s" ? spec.trains > 1 : true;
  }

  _field(name) {
    this.fields[name] ??= CHOICES[name] ? this._choice(name) : this._slider(name);
    return this.fields[name].element;
  }

  _slider(name) {
    const known = this.known.fields[name];
    const title = known.title + (name.startsWith("follow_") ? " (assumed)" : "");
    const slider = new Slider(name, { ...known, title }, this.spec[name], (value) => {
      const near = name === "rate_hz" ? USUAL_HZ.find((usual) => Math.abs(value - usual) < 0.03 * usual) : undefined;
      this.changed({ [name]: near ?? value });
    }, { log: LOG.has(name) });
    return { element: slider.element, fit: (spec) => slider.range.matches(":active, :focus") && slider.value === spec[name] || slider.set(spec[name]) };
  }

  _choice(name) {
    const made = this._select(this.known.fields[name].title, CHOICES[name], (value) => this.changed({ [name]: value }));
    made.element.title = this.known.fields[name].help;
    return { element: made.element, fit: (spec) => { made.select.value = spec[name]; } };
  }

  _select(title, choices, chosen) {
    const select = element("select", { class: "px-select", "aria-label": title, onchange: () => chosen(select.value) }, Object.entries(choices).map(([value, text]) => element("option", { value, text })));
    return { select, element: element("label", { class: "pxs-select" }, element("span", { class: "px-name", text: title }), select) };
  }

  _models() {
    const told = this.known;
    this.boxes = {};
    const made = Object.entries(told.models).map(([name, title]) => {
      const box = (this.boxes[name] = element("input", { type: "checkbox", onchange: () => this._chosen(box) }));
      return element("div", { class: "pxs-model" }, element("label", { class: "px-toggle", title }, box, mark(name), element("span", { text: TITLES[name] })), source(told.badges[name], title));
    });
    this.set = this._select("Calcium set", told.calcium_sets, (value) => this.changed({ calcium_set: value }));
    return element("fieldset", { class: "pxs-models" }, element("legend", { class: "px-name", text: "Models" }), made, this.set.element, this._further());
  }

  _chosen(box) {
    const models = Object.keys(this.boxes).filter((name) => this.boxes[name].checked);
    if (models.length) return this.changed({ models });
    box.checked = true; // one model at least is asked
  }

  _further() {
    this.groups = { calcium: this.set.element };
    const told = this.known;
    const parts = Object.entries(OF_MODELS).map(([model, names]) => [told.models[model], names]).concat([["Network", OF_NETWORK]]);
    const body = element("div", { class: "pxs-further-body" });
    const opened = element("details", { class: "pxs-further" }, element("summary", { class: "px-quiet", text: "More settings", title: "Constants of the models and of the network" }), body);
    opened.addEventListener("toggle", () => {
      if (!opened.open || body.childElementCount) return;
      body.append(...parts.map(([title, names]) => element("div", { class: "pxp-controls" }, element("strong", { class: "pxs-of", text: title }), names.map((name) => this._field(name)))));
      for (const made of Object.values(this.fields)) made.fit(this.spec);
    });
    return opened;
  }
}

/** A model's badge in a row that has no room for its kind in words: the heading below names it for all. */
function source(badge, title) {
  const made = badgeButton(badge, title);
  const opener = made.querySelector("button");
  opener.textContent = "i";
  opener.title = `${badge.kind}: source`;
  opener.classList.add("pxs-source");
  return made;
}

/** The line of a model's curve, as its pictures draw it. */
function mark(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 36 8");
  svg.setAttribute("class", "pxs-mark");
  svg.setAttribute("aria-hidden", "true");
  svg.dataset.model = name;
  drawn.setAttribute("d", "M0 4H36");
  drawn.setAttribute("stroke-width", String(1.9 * WIDTHS[name]));
  drawn.setAttribute("stroke-dasharray", DASHES[name].join(" ") || "none");
  svg.append(drawn);
  return svg;
}

export function same(first, second) {
  return Object.keys(first).every((name) => String(first[name]) === String(second[name]));
}
