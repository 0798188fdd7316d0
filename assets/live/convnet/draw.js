// A digit drawn with mouse, finger or keyboard, named by the network as it learns.

import { percent } from "../panels/format.js";
import { button, element, say, section, show } from "../panels/markup.js";
import { NewestAsk } from "../panels/newest_ask.js";
import { themed } from "../panels/surface.js";
import { Bars } from "./bars.js";
import { className, classNames, imageOf, layersOf, likeliest } from "./described.js";
import { GRID, Ink } from "./ink.js";
import { Tiles } from "./tiles.js";

const ASK_GAP = 220; // ms between two questions: below five a second
const WITH_DIGITS = new Set(["mnist", "digits"]);
const KEYS = "By keyboard: arrow keys move the cross, Space puts the pen down or lifts it, Delete clears the paper.";

class DrawPanel {
  constructor(context) {
    this.context = context;
    this.every = 230;
    this.readings = [];
    this.shape = imageOf(context);
    this.ink = new Ink();
    this.cursor = { x: GRID / 2, y: GRID / 2 };
    this.down = false;
    this.ask = new NewestAsk(context, "recognise", ASK_GAP, (answer) => this._take(answer), (sentence) => say(this.words, sentence));
    this._build();
    this._pointer();
    this.paper.addEventListener("keydown", (event) => this._key(event));
    this.stopTheme = themed(context, this.element);
    this._paint();
  }

  _build() {
    const { root } = section("draw", "Draw a digit");
    this.paper = element("canvas", { class: "px-draw-paper", width: 2 * 28 * 8, height: 2 * 28 * 8, tabindex: 0, role: "img", "aria-label": "Paper to draw a digit on", "aria-describedby": "px-draw-keys" });
    this.seen = element("canvas", { class: "px-draw-seen px-pixelated", width: this.shape.width, height: this.shape.height, role: "img", "aria-label": "What the network is given" });
    this.clear = button("Clear", () => this._clear());
    this.brush = element("input", { type: "range", min: 1.2, max: 4, step: 0.2, value: this.ink.brush, class: "px-range", "aria-label": "Brush width, pixels", oninput: () => { this.ink.brush = Number(this.brush.value); } });
    this.words = element("p", { class: "px-answer-words", role: "status", text: "Nothing is drawn yet: draw a digit and the network names it." });
    this.bars = new Bars(classNames(this.context).map(String), "Probability of each class for what is drawn");
    const side = element("div", { class: "px-draw-side" },
      this.clear, element("label", { class: "px-label" }, element("span", { text: "brush" }), this.brush),
      element("figure", { class: "px-draw-given" }, this.seen, element("figcaption", { class: "px-note", text: "as the network gets it" })));
    root.append(element("div", { class: "px-draw-desk" }, this.paper, side), this.words, this.bars.element,
      element("p", { class: "px-note" }, element("span", { text: `${preparation(this.shape)} ` }), element("span", { id: "px-draw-keys", text: KEYS })));
    this.element = root;
    this.tile = new Tiles();
  }

  _pointer() {
    const { paper } = this;
    const place = (event) => {
      const box = paper.getBoundingClientRect();
      return { x: ((event.clientX - box.left) / box.width) * GRID, y: ((event.clientY - box.top) / box.height) * GRID };
    };
    const draw = (event) => {
      const to = place(event);
      this.ink.stroke(this.last ?? to, to);
      this.last = to;
      this._changed();
    };
    paper.addEventListener("pointerdown", (event) => { paper.setPointerCapture(event.pointerId); this.down = false; this.last = null; this.held = true; draw(event); });
    paper.addEventListener("pointermove", (event) => this.held && draw(event));
    for (const end of ["pointerup", "pointercancel"]) paper.addEventListener(end, () => { this.held = false; this.last = null; });
  }

  _key(event) {
    const moves = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
    if (moves[event.key]) this._go(...moves[event.key]);
    else if (event.key === " " || event.key === "Enter") this._pen();
    else if (event.key === "Delete" || event.key === "Backspace") this._clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  _go(across, down) {
    const from = { ...this.cursor };
    this.cursor = { x: Math.max(0.5, Math.min(GRID - 0.5, from.x + across)), y: Math.max(0.5, Math.min(GRID - 0.5, from.y + down)) };
    if (this.down) this.ink.stroke(from, this.cursor);
    this._changed();
  }

  _pen() {
    this.down = !this.down;
    if (this.down) this.ink.stroke(this.cursor, this.cursor);
    this._changed();
  }

  _clear() {
    this.ink.clear();
    this.down = false;
    this.ask.drop();
    this.bars.show(null);
    say(this.words, "Nothing is drawn: draw a digit and the network names it.");
    this._paint();
  }

  _changed() {
    this._paint();
    this._want();
  }

  _want() {
    if (this.ink.empty) return;
    const image = this.pixels ?? this.ink.pixels(this.shape);
    const pixels = this.shape.channels === 3 ? [...image].flatMap((value) => [value, value, value]) : [...image];
    this.ask.want({ pixels });
  }

  _paint() {
    const pen = this.paper.getContext("2d");
    const { width } = this.paper;
    pen.drawImage(this.ink.canvas, 0, 0, width, width);
    if (document.activeElement === this.paper) this._cross(pen, width / GRID);
    this.pixels = this.ink.pixels(this.shape);
    this.tile.maps(1, this.shape.width, this.shape.height);
    this.tile.photograph(this.pixels, 1);
    this.seen.getContext("2d").drawImage(this.tile.canvas, 0, 0);
  }

  _cross(pen, square) {
    pen.strokeStyle = this.context.colours.network;
    pen.lineWidth = this.down ? 5 : 2.5;
    const [x, y] = [this.cursor.x * square, this.cursor.y * square];
    pen.beginPath();
    pen.moveTo(x - square, y);
    pen.lineTo(x + square, y);
    pen.moveTo(x, y - square);
    pen.lineTo(x, y + square);
    pen.stroke();
  }

  _take({ probabilities }) {
    if (this.ink.empty) return;
    const guess = likeliest(probabilities);
    this.bars.show(probabilities);
    say(this.words, `The network takes this for “${className(this.context, guess)}” with ${percent(probabilities[guess])}. It can only choose among these ten; it has no “none of them”.`);
  }

  /** The weights have moved: the same drawing is put to the network again. */
  draw({ meta }) {
    if (meta.step === this.step) return;
    this.step = meta.step;
    this._want();
  }

  /** The paper, what the network gets of it, and what it says. */
  image() {
    if (this.ink.empty) throw new Error("nothing is drawn yet. Draw a digit, then export it again.");
    const { colours } = this.context;
    const canvas = element("canvas", { width: 900, height: 480 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = colours.background;
    pen.fillRect(0, 0, 900, 480);
    Object.assign(pen, { imageSmoothingEnabled: false, fillStyle: colours.ink, font: "18px sans-serif" });
    pen.drawImage(this.ink.canvas, 16, 16, 400, 400);
    pen.drawImage(this.seen, 432, 16, 224, 224);
    pen.fillText("as the network gets it", 432, 264);
    pen.fillText(this.words.textContent, 16, 452, 868);
    return canvas;
  }

  resize() {}

  destroy() {
    this.ask.drop();
    this.stopTheme();
  }
}

function preparation({ height, width }) {
  if (height < 12) return `Your drawing is scaled to ${height}×${width} pixels by area, as the 8×8 digits were made from larger ones.`;
  return `Your drawing is scaled into 20×20 pixels and its centre of mass moved to the middle of ${height}×${width}, as MNIST's digits were.`;
}

/** Where the images are no digits, a drawing has no class to fall into. */
class NoDigits {
  constructor(context) {
    const { root } = section("draw", "Draw a digit");
    const { dataset } = context.data.spec;
    const sentence = dataset === "fashion" ? "This network learns clothes, not digits." : "This network learns patches of photographs, not digits.";
    root.append(element("p", { class: "px-note", text: `${sentence} Choose MNIST or the 8×8 digits under Data to draw one and have it named.` }));
    Object.assign(this, { element: root, readings: [], every: 1000, stopTheme: themed(context, root) });
    show(root, true);
  }

  draw() {}

  resize() {}

  destroy() {
    this.stopTheme();
  }
}

export function create(context) {
  const { dataset } = context.data?.spec ?? {};
  if (!layersOf(context).length || dataset === "own_images") return null;
  return WITH_DIGITS.has(dataset) ? new DrawPanel(context) : new NoDigits(context);
}
