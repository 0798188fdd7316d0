// The held-out images that the network is surest to get wrong: the smallest probability of the true class first.

import { percent, whole } from "../panels/format.js";
import { element, say, section, show } from "../panels/markup.js";
import { themed } from "../panels/surface.js";
import { className, imageOf, layersOf, sample, samplesOf } from "./described.js";
import { Tiles } from "./tiles.js";

const MOST = 12;
const CELL = 220; // pixels of a mistake in the exported picture

class WorstPanel {
  constructor(context) {
    this.context = context;
    this.every = 500;
    this.readings = ["worst/images", "worst/labels", "worst/probability", "worst/example"];
    this.shape = imageOf(context);
    this.tiles = new Tiles();
    const { root } = section("worst", "The worst mistakes", "Held-out images whose true class gets the least.");
    this.cards = Array.from({ length: MOST }, (_, i) => this._card(i));
    this.list = element("div", { class: "px-worst-list" }, ...this.cards.map(({ element: card }) => card));
    this.status = element("p", { class: "px-note px-worst-said", role: "status", text: "They appear once the network has been tried on the held-out images: press Play." });
    root.append(this.list, this.status);
    this.element = root;
    this.stopTheme = themed(context, root);
  }

  _card(i) {
    const { width, height } = this.shape;
    const canvas = element("canvas", { class: "px-pixelated px-worst-image", width, height, "aria-hidden": "true" });
    const [truth, guess] = [element("span"), element("span")];
    const card = element("button", { type: "button", class: "px-worst-card", onclick: () => this._show(i) }, canvas, truth, guess);
    show(card, false);
    return { element: card, canvas, truth, guess };
  }

  draw({ arrays }) {
    const images = arrays["worst/images"];
    if (!images) return;
    const [labels, shares, examples] = ["labels", "probability", "example"].map((name) => arrays[`worst/${name}`]);
    const count = Math.min(MOST, shares.length);
    if (this.drawn !== images) this._paint(images, count);
    this.drawn = images;
    this.examples = examples;
    this.cards.forEach((card, i) => {
      show(card.element, i < count);
      if (i < count) this._name(card, labels[2 * i], labels[2 * i + 1], shares[i]);
    });
    if (count && !this.said) say(this.status, "Press one to see it in the picture above, if it is among the sample images.");
  }

  _paint(images, count) {
    const { width, height, channels } = this.shape;
    const size = width * height * channels;
    this.tiles.maps(1, width, height);
    for (let i = 0; i < count; i++) {
      this.tiles.photograph(images.subarray(i * size, (i + 1) * size), channels);
      this.cards[i].canvas.getContext("2d").drawImage(this.tiles.canvas, 0, 0);
    }
    this.bytes = images;
  }

  _name(card, truth, guess, share) {
    const [is, said] = [className(this.context, truth), className(this.context, guess)];
    say(card.truth, `${is} · ${percent(share)}`);
    say(card.guess, guess === truth ? "named right" : `said ${said}`);
    const label = `Truly ${is}, which got ${percent(share)}; ${guess === truth ? "named right" : `the network said ${said}`}`;
    if (card.element.getAttribute("aria-label") !== label) card.element.setAttribute("aria-label", label);
  }

  /** Sample images are known by their pixels: the run tells no number for them. */
  _show(i) {
    const size = this.shape.width * this.shape.height * this.shape.channels;
    const own = this.bytes.subarray(i * size, (i + 1) * size);
    const found = Array.from({ length: samplesOf(this.context) }, (_, n) => n).find((n) => sample(this.context, n).pixels.every((value, p) => value === own[p]));
    this.said = true;
    if (found === undefined) return say(this.status, `Held-out image ${whole(this.examples?.[i] ?? i)} is not among the ${samplesOf(this.context)} sample images, so the picture above cannot show it.`);
    say(this.status, `Shown above as image ${found + 1}.`);
    return this.context.requestChange({ shown: found });
  }

  /** The mistakes as they stand, with their names, four in a row. */
  image() {
    const cards = this.cards.filter(({ element: card }) => !card.hidden);
    if (!cards.length || !this.bytes) throw new Error("no mistakes are shown yet. Press Play, then export them again.");
    const { colours } = this.context;
    const canvas = element("canvas", { width: 4 * CELL, height: Math.ceil(cards.length / 4) * (CELL + 16) });
    const pen = canvas.getContext("2d");
    pen.fillStyle = colours.background;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    Object.assign(pen, { imageSmoothingEnabled: false, fillStyle: colours.ink, font: "18px sans-serif", textAlign: "center" });
    cards.forEach((card, i) => {
      const [x, y] = [(i % 4) * CELL, Math.floor(i / 4) * (CELL + 16)];
      pen.drawImage(card.canvas, x + 36, y + 8, CELL - 72, CELL - 72);
      pen.fillText(card.truth.textContent, x + CELL / 2, y + CELL - 40, CELL - 8);
      pen.fillText(card.guess.textContent, x + CELL / 2, y + CELL - 16, CELL - 8);
    });
    return canvas;
  }

  resize() {}

  destroy() {
    this.stopTheme();
  }
}

export function create(context) {
  return layersOf(context).length ? new WorstPanel(context) : null;
}
