// All lanes at once: a card for each rule, the control last. The card that is pressed is the one that other panels follow.

import { whole } from "../panels/format.js";
import { element, say, section } from "../panels/markup.js";
import { Paced } from "../panels/race_lanes.js";
import { isPlane } from "../panels/reading.js";
import { themed } from "../panels/surface.js";
import { LaneCard } from "./lanes_card.js";
import { ChosenLane } from "./lanes_chosen.js";
import { pictureReadings } from "./lanes_picture.js";
import { standing } from "./lanes_standing.js";

const TEXT_GAP = 250; // ms: numbers that change faster cannot be read

class LanesPanel {
  constructor(context) {
    Object.assign(this, { context, name: "lanes", title: "Lanes", every: 0, readings: pictureReadings(context) });
    const { lanes } = context.statics.meta;
    this.cards = lanes.map((lane) => new LaneCard(context, lane, lanes));
    this.chosen = new ChosenLane(context, "lanes", () => this._mark());
    this.write = new Paced(TEXT_GAP, () => this._write());
    this._build();
    this._mark();
    this.stopTheme = themed(context, this.element);
    this.stopColours = context.colours.onchange?.(() => this.cards.forEach((card) => card.repaint()));
  }

  _build() {
    const { root, head, aside } = section("lanes", "The same first weights under each rule", " ");
    this.note = aside;
    this.row = element("div", {
      class: "px-lane-cards", role: "radiogroup", "aria-label": "Lanes. Arrow keys move between them, Enter chooses the one that the pictures below are about.", "data-count": this.cards.length,
      onclick: (event) => this._pressed(event), onkeydown: (event) => this._key(event),
    }, ...this.cards.map((card) => card.element));
    this.stopped = element("p", { class: "px-hidden", role: "status" });
    head.append(this.stopped);
    root.append(this.row, element("p", { class: "px-note", "data-terms": "", text: legend(this.context) }));
    this.element = root;
  }

  draw(frame) {
    this.frame = frame;
    const stands = standing(frame.meta);
    for (const card of this.cards) {
      const lane = frame.meta.lanes?.find((one) => one.lane === card.lane);
      if (lane) card.draw(frame, lane, stands.get(card.lane));
    }
    this.write.ask();
  }

  // All numbers are of one frame.
  _write() {
    for (const card of this.cards) card.write();
    const { lanes = [] } = this.frame.meta;
    const { measured, test_examples: held } = this.context.statics.meta;
    const at = Math.max(0, ...lanes.map(({ measured_at: update }) => update ?? 0));
    say(this.note, `Right: share of ${whole(measured?.test ?? held)} held-out examples, measured at update ${whole(at)}. Press a card to follow it below.`);
    say(this.stopped, lanes.map(({ halted }) => halted).filter(Boolean).join(" "));
  }

  // ── choosing ───────────────────────────────────────────────────────────────────────────────

  _mark() {
    for (const card of this.cards) {
      const is = card.lane === this.chosen.lane;
      card.choose(is);
      card.element.tabIndex = is ? 0 : -1;
    }
  }

  _choose(card) {
    this.chosen.choose(card.lane);
    this._mark();
  }

  _pressed(event) {
    const card = this.cards.find(({ element: own }) => own.contains(event.target));
    if (card) this._choose(card);
  }

  _key(event) {
    const at = this.cards.findIndex(({ element: own }) => own === document.activeElement);
    if (at < 0) return;
    const way = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: this._across(), ArrowUp: -this._across() }[event.key];
    if (way === undefined && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    if (way === undefined) this._choose(this.cards[at]);
    else this.cards[at + way]?.element.focus();
  }

  /** Cards in a row, as they stand now. */
  _across() {
    const top = this.cards[0].element.offsetTop;
    return this.cards.filter(({ element: own }) => own.offsetTop === top).length;
  }

  resize() {}

  /** All pictures in a row, under their names and accuracies. */
  image() {
    const side = Math.max(1, ...this.cards.map(({ picture }) => picture.layers[0].width));
    const tall = Math.max(1, ...this.cards.map(({ picture }) => picture.layers[0].height));
    const canvas = element("canvas", { width: this.cards.length * (side + 16) + 16, height: tall + 80 });
    const pen = canvas.getContext("2d");
    const { colours } = this.context;
    pen.fillStyle = colours.background;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    this.cards.forEach((card, i) => {
      const left = 16 + i * (side + 16);
      pen.fillStyle = colours.text;
      pen.font = `600 ${Math.max(12, Math.round(side / 13))}px sans-serif`;
      pen.fillText(card.title, left, 26, side);
      pen.fillText(card.accuracy.textContent, left, 52, side);
      for (const layer of card.picture.layers) pen.drawImage(layer, left, 64);
    });
    return canvas;
  }

  destroy() {
    this.write.stop();
    this.chosen.destroy();
    this.stopTheme();
    this.stopColours?.();
    for (const card of this.cards) card.destroy();
  }
}

function legend(context) {
  const picture = isPlane(context)
    ? "The picture is the lane's answer over the plane, orange below zero and blue above, under the training points."
    : "The picture shows what feeds units of the first hidden layer: each its incoming weights, orange below zero and blue above.";
  return `Under each name: what a synapse in a hidden layer is told; filled: it comes from elsewhere. ${picture} The bar runs from the control's accuracy to the best lane's; points are percentage points above or below the control.`;
}

export function create(context) {
  return context.statics?.meta?.lanes?.length ? new LanesPanel(context) : null;
}
