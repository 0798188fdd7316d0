// The brain's side: a sparse code of natural photographs (Olshausen and Field 1996) that learns beside the network, without labels.

import { badgeButton } from "../panels/badge.js";
import { number, percent, whole } from "../panels/format.js";
import { element, say, section } from "../panels/markup.js";
import { themed } from "../panels/surface.js";
import { GaborCard } from "./gabor_card.js";
import { R2, rows } from "./gabor_fits.js";
import { SparseCurve, cost, share } from "./sparse_curves.js";
import { Mosaic } from "./sparse_mosaic.js";

const EVERY = 120; // ms
const TEXT_EVERY = 700; // ms
const CLOSE = 0.7; // R² of an atom that counts as a Gabor here

class SparsePanel {
  constructor(context, described) {
    Object.assign(this, { context, described, every: EVERY, written: -Infinity, fits: [] });
    this.title = "Sparse code of photographs";
    this.readings = ["sparse/*"];
    this._build(context);
    this.stopTheme = themed(context, this.element);
  }

  _build(context) {
    const { root } = section("sparse", "BRAIN: a sparse code of photographs");
    this.mosaic = new Mosaic(context, this.described.side, (heard) => this._card(heard));
    this.card = new GaborCard(context);
    this.heard = element("p", { class: "px-hidden", role: "status" });
    this.curves = [
      new SparseCurve(context, { title: "Cost of a patch", column: 1, text: cost }),
      new SparseCurve(context, { title: "Share of atoms at work", column: 2, text: share }),
    ];
    const strips = this.curves.map((curve) => element("div", {}, element("h5", { text: curve.title }), curve.surface.canvas));
    this.sentence = element("p", { text: "Press Play: its atoms begin as noise and learn from patches of photographs, a little after every few updates of the network." });
    root.append(element("div", { class: "px-row" }, badgeButton(context.data?.badges?.sparse_code, "sparse code", true)),
      element("div", { class: "px-gabor-body" }, element("div", {}, this.mosaic.surface.canvas, this._key()), element("div", { class: "px-gabor-side" }, this.card.element, this.heard)),
      element("div", { class: "px-sparse-curves" }, ...strips), element("p", { class: "px-note", text: "Both over the code's own updates, on a logarithmic axis." }),
      element("div", { class: "px-gabor-words" }, this.sentence, this._ours()));
    this.element = root;
  }

  _key() {
    return element("p", { class: "px-note", text: "Each square is one atom, 12×12 pixels, in units of its own largest weight: orange below zero, blue above." });
  }

  /** What is published and what is this page's choice. */
  _ours() {
    const { atoms, patches, sparseness, photographs } = this.described;
    this.clock = element("p", {});
    return element("details", { class: "px-gabor-more" }, element("summary", { text: "What is published here, and what is this page's choice" }),
      element("p", { text: "Published: a patch is written as a sum of few atoms, at the least squared error plus a cost for activity; photographs are whitened; atoms start at random and nothing is labelled." }),
      element("p", { text: `Chosen here: the cost is λ times the absolute activity, λ = ${number(sparseness, 2)} for pixels of unit variance; ${atoms} atoms; two photographs (${photographs.join(" and ")}); ${patches} patches an update; each atom's step is divided by the recent sum of its squared activity.` }), this.clock);
  }

  draw(frame) {
    const { arrays, meta } = frame;
    this.mosaic.draw(arrays["sparse/atoms"]);
    for (const curve of this.curves) curve.draw(arrays["sparse/curve"]);
    if (arrays["sparse/fit"]) this.fits = rows(arrays["sparse/fit"]);
    this._card(false);
    this._write(meta);
  }

  _card(heard) {
    const filter = this.mosaic.atom();
    const fit = this.fits[this.mosaic.chosen];
    if (filter && fit) this.card.show({ title: `Atom ${this.mosaic.chosen + 1}`, filter, fit, side: this.described.side });
    if (heard) say(this.heard, this.card.words());
  }

  _write({ sparse, status }) {
    const now = performance.now();
    if (!sparse?.updates || (status === "playing" && now - this.written < TEXT_EVERY)) return;
    this.written = now;
    const gabors = this.fits.filter((fit) => fit[R2] >= CLOSE).length;
    const { atoms } = this.described;
    say(this.sentence, `After ${whole(sparse.updates)} ${sparse.updates === 1 ? "update" : "updates"} of its own, without a label, a patch is written with ${number(sparse.active * atoms, 3)} of ${atoms} atoms (${percent(sparse.active)}) at a cost of ${number(sparse.loss)}; ${gabors} ${gabors === 1 ? "atom is" : "atoms are"} close to a Gabor (R² of at least ${CLOSE}).`);
    say(this.clock, `Its clock is a choice too: one update for each ${sparse.every} of the network's, so that it takes little of the network's time. Neither time is that of a brain, and the two are not comparable.`);
    this.mosaic.surface.describe(() => `${atoms} atoms of the sparse code, ${gabors} of them close to a Gabor. Arrow keys go from atom to atom.`);
  }

  _surfaces() {
    return [this.mosaic.surface, ...this.curves.map(({ surface }) => surface)];
  }

  resize() {
    for (const surface of this._surfaces()) surface.resize();
  }

  image() {
    return this.mosaic.surface.image();
  }

  svg() {
    return this.mosaic.surface.svg();
  }

  destroy() {
    this.stopTheme();
    for (const surface of this._surfaces()) surface.destroy();
  }
}

export function create(context) {
  const described = context.statics?.meta?.sparse;
  return described ? new SparsePanel(context, described) : null;
}
