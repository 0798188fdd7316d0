// How alike do stages group pictures? Dissimilarity matrices of every rung, how they correlate, and what random weights reach.

import { uploaded } from "../../analysis.js";
import { whole } from "../../panels/format.js";
import { button, element, say, section, show } from "../../panels/markup.js";
import { themed } from "../../panels/surface.js";
import { Asked } from "./asked.js";
import { Grouping } from "./grouping.js";
import { Likeness } from "./likeness.js";
import { NetworkChoice } from "./network_choice.js";
import { Pairs } from "./pairs.js";
import { Matrices } from "./matrices.js";
import { shrunk } from "./shrunk.js";
import { words } from "./similarity_words.js";

const COUNTS = [12, 24, 36, 60, 92];
const FEWEST = 12;
const MOST = 92;
const INVITES = "Press the button: every rung of both sides answers to the same pictures, and for every two of them it is measured how differently it answers. Stages that call the same pictures different have alike matrices.";

export class Similarity {
  constructor(context) {
    this.context = context;
    this.own = [];
    this.element = section("similarity", "Which stages find the same pictures alike?").root;
    this.unthemed = themed(context, this.element);
    this.asked = new Asked(context, "similarity", "Compare the stages", { question: () => this._question(), answered: (answer) => this._answered(answer) });
    this.matrices = new Matrices(context, (rung) => this._choose(rung));
    this.pairs = new Pairs(context);
    this.grouping = new Grouping(context);
    this.likeness = new Likeness(context, (rung) => this._choose(rung));
    this.charts = [this.grouping, this.likeness];
    this._build();
  }

  _build() {
    this.network = new NetworkChoice(this.context);
    this.count = element("select", { class: "px-select" }, element("option", { value: 0, text: "none" }), ...COUNTS.map((count) => element("option", { value: count, selected: count === 36, text: whole(count) })));
    this.files = element("input", { type: "file", accept: "image/*", multiple: true, class: "pxh-file", id: "pxm-own", "aria-label": "Add own pictures" });
    this.files.addEventListener("change", () => { this.own = [...this.files.files]; this._counted(); });
    this.count.addEventListener("change", () => this._counted());
    this.published = element("input", { type: "checkbox" });
    this.published.addEventListener("change", () => this._counted());
    this.told = element("p", { class: "px-caption", role: "status" });
    const add = element("label", { class: "px-button pxm-add" }, this.files, element("span", { text: "Add own pictures" }));
    this.forget = button("Leave out own pictures", () => { this.own = []; this.files.value = ""; this._counted(); }, { hidden: true });
    const people = element("label", { class: "px-toggle" }, this.published, element("span", { text: "instead: the 92 published pictures, with people’s IT" }));
    this.invitation = element("p", { class: "pxm-invitation", text: INVITES });
    this.measure = element("select", { class: "px-select" }, ...[["rank", "rank correlation of the matrices"], ["cka", "CKA, debiased"], ["cka_plain", "CKA, plain (biased)"]].map(([value, text]) => element("option", { value, text })));
    this.measure.addEventListener("change", () => this._show());
    this.body = element("div", { class: "pxm-similarity", hidden: true }, this.matrices.element, this.pairs.element,
      element("div", { class: "pxm-compared" }, element("label", { class: "px-label" }, element("span", { text: "measure" }), this.measure), element("div", { class: "pxm-two" }, this.grouping.element, this.likeness.figure)));
    this.sentence = element("div", { class: "px-sentences", role: "status" });
    this.element.append(element("div", { class: "pxm-controls" }, element("label", { class: "px-label" }, element("span", { text: "packaged pictures" }), this.count), add, this.forget, people, this.network.element, this.asked.element), this.told, this.invitation, this.body, this.sentence);
    this._counted();
  }

  _total() {
    return Number(this.count.value) + this.own.length;
  }

  _counted() {
    show(this.forget, this.own.length > 0);
    const total = this._total();
    const own = this.own.length ? `, ${whole(this.own.length)} of them your own` : "";
    const bound = total < FEWEST || total > MOST ? ` ${FEWEST} to ${MOST} can be compared.` : "";
    say(this.told, this.published.checked ? "The 92 pictures of Kriegeskorte et al. (2008), where the lab was started with them." : `${whole(total)} pictures${own}. Packaged ones are squares of sixteen photographs.${bound}`);
  }

  async _question() {
    const network = this.network.name;
    if (this.published.checked) return { packaged: 0, published: true, network };
    const own = [];
    for (const file of this.own.slice(0, MOST + 1)) {
      say(this.asked.said, `uploading picture ${own.length + 1} of ${this.own.length} …`);
      const name = await uploaded(this.context.api, await shrunk(file));
      if (!own.includes(name)) own.push(name);
    }
    return { packaged: Number(this.count.value), own, network };
  }

  _answered(answer) {
    this.answer = answer;
    const { rungs } = answer.result;
    this.rung ??= rungs.findIndex(({ side, name }) => side === "brain" && name === "v1_complex");
    if (this.rung < 0 || this.rung >= rungs.length) this.rung = 0;
    show(this.body, true);
    show(this.invitation, false);
    this._show();
  }

  _choose(rung) {
    this.rung = rung;
    this._show();
  }

  _show() {
    if (!this.answer) return;
    const { answer, rung } = this;
    const measure = this.measure.value;
    this.matrices.show(answer, rung);
    this.pairs.show(answer, rung);
    this.grouping.show(answer, rung, measure);
    this.likeness.show(answer, rung, measure);
    this.sentence.replaceChildren(...words(answer, rung, measure).map((text) => element("p", { text })));
  }

  theme() {
    this._show();
  }

  destroy() {
    this.unthemed();
    for (const part of [this.asked, this.grouping, this.likeness]) part.destroy();
  }
}
