// One number of the network worked out: patch, kernel, products, sum, bias, drive, activation. The kernel slides over the image.

import { button, element, say, section, show } from "../panels/markup.js";
import { NewestAsk } from "../panels/newest_ask.js";
import { Surface, SurfacePanel, themed } from "../panels/surface.js";
import { pictured } from "./arithmetic_picture.js";
import { gridBoxes, paintGrid } from "./arithmetic_grids.js";
import { extent, fitting, layersFor, moved, parameters, partsOf, turned } from "./arithmetic_unit.js";
import { Worked } from "./arithmetic_worked.js";
import { Choice } from "./choice.js";
import { className, layerTitle, layersOf } from "./described.js";

const ASK_GAP = 205; // ms between two questions: below five a second
const SLIDE_GAP = 250; // ms from one place of the kernel to the next
const FIRST = { part: "convolution", layer: 1, channel: 0, row: null, column: null };

class ArithmeticPanel extends SurfacePanel {
  constructor(context) {
    super();
    this.context = context;
    this.every = 205;
    this.readings = ["*/map", "*/pooled", "*/map_range", "output/probabilities"];
    this.unit = fitting(context, FIRST);
    this.ask = new NewestAsk(context, "arithmetic", ASK_GAP, (answer, asked) => this._take(answer, asked), (sentence) => say(this.status, sentence));
    this._build();
    this.stopUnit = context.on("unit", (unit) => unit && unit.by !== "arithmetic" && this._opened(unit));
    this.stopTheme = themed(context, this.element);
    this._describe();
    this._tell();
  }

  /** The picture above frames the unit and what it reads. */
  _tell() {
    this.context.emit("unit", { ...this.unit, by: "arithmetic" });
  }

  _build() {
    const { root, head } = section("arithmetic", "The arithmetic of one unit");
    this.tabs = new Choice("What is worked out", partsOf(this.context), (part) => this._go(turned(this.context, this.frame, this.unit, part), false));
    this.layer = element("select", { class: "px-select", "aria-label": "Layer", onchange: () => this._go({ ...this.unit, layer: Number(this.layer.value) }, false) });
    this.channel = element("select", { class: "px-select", "aria-label": "Map or unit", onchange: () => this._go({ ...this.unit, channel: Number(this.channel.value) }, false) });
    this.input = element("select", { class: "px-select", "aria-label": "Input map whose products are shown", onchange: () => { this.shownInput = Number(this.input.value); this.surface.resize(true); } });
    this.slide = button("▶ Slide", () => this._slide(!this.sliding), { class: "px-button px-arithmetic-slide" });
    this.back = button("◀ Step back", () => this._step(-1));
    this.next = button("Step ▶", () => this._step(1));
    this.place = element("span", { class: "px-arithmetic-place", "aria-live": "polite" });
    head.append(this.tabs.element);
    const bar = element("div", { class: "px-row px-arithmetic-bar" }, this.layer, this.channel, this.back, this.slide, this.next, this.place);
    this.surface = new Surface(this.context, {
      label: "The arithmetic of one unit",
      height: (width, projector) => gridBoxes(this._items().length || 5, width, { projector, text: projector ? 18 : 12 }).height,
      render: (pen, view) => this._render(pen, view),
    });
    this.stage = element("div", { class: "px-arithmetic-stage", tabindex: 0, role: "group", "aria-label": "The kernel's place. Arrow keys move it by a pixel." }, this.surface.canvas);
    this.stage.addEventListener("keydown", (event) => this._key(event));
    this.stage.addEventListener("click", (event) => this._click(event));
    this.worked = new Worked();
    this.status = element("p", { class: "px-status", role: "status" });
    this.inputs = element("label", { class: "px-label px-arithmetic-input" }, element("span", { text: "products of" }), this.input);
    root.append(bar, this.inputs, this.stage, this.worked.element, this.status);
    this.element = root;
  }

  /** A unit was pressed in the picture above. */
  _opened(unit) {
    this._slide(false);
    this._go(unit, false);
    const box = this.element.getBoundingClientRect();
    if (box.top > innerHeight - 160 || box.bottom < 120) this.element.scrollIntoView({ block: "center", behavior: this.context.reducedMotion?.() ? "auto" : "smooth" });
  }

  /** `filling`: the output's later pixels are not reckoned yet. */
  _go(unit, filling) {
    const before = this.unit;
    this.unit = fitting(this.context, unit);
    this.filling = filling;
    if (["part", "layer", "channel"].some((name) => this.unit[name] !== before[name])) this.answer = this.filling ? this.answer : null;
    if (this.unit.layer !== before.layer) this.shownInput = 0;
    this._describe();
    this._tell();
    this.surface.resize(true);
    this.want();
  }

  want() {
    this.ask.want(parameters(this.unit));
  }

  _step(by) {
    this._slide(false);
    this._go(moved(this.context, this.unit, by), true);
  }

  _slide(on) {
    clearInterval(this.sliding);
    this.sliding = on ? setInterval(() => this.element.isConnected && this._go(moved(this.context, this.unit, 1), true), SLIDE_GAP) : null;
    say(this.slide, on ? "❚❚ Halt" : "▶ Slide");
  }

  _key(event) {
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    if (!moves[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    if (!extent(this.context, this.unit)) return this._step(event.key === "ArrowUp" || event.key === "ArrowLeft" ? -1 : 1);
    const [down, across] = moves[event.key];
    this._slide(false);
    this._go({ ...this.unit, row: this.unit.row + down, column: this.unit.column + across }, this.filling);
  }

  /** A press on the output map chooses that pixel. */
  _click(event) {
    const place = this.items?.findIndex(({ output }) => output) ?? -1;
    if (place < 0 || event.target !== this.surface.canvas) return;
    const canvas = this.surface.canvas.getBoundingClientRect();
    const box = this.boxes[place];
    const item = this.items[place];
    const cell = Math.min(box.side / item.width, box.side / item.height);
    const [column, row] = [Math.floor((event.clientX - canvas.left - box.x) / cell), Math.floor((event.clientY - canvas.top - box.y) / cell)];
    if (row >= 0 && column >= 0 && row < item.height && column < item.width) this._go({ ...this.unit, row, column }, this.filling);
  }

  draw(frame) {
    this.frame = frame;
    const moved = frame !== this.asked && (frame.meta.step !== this.step || frame.meta.settings?.shown !== this.shown || !this.answer);
    this.asked = frame;
    [this.step, this.shown] = [frame.meta.step, frame.meta.settings?.shown];
    if (moved) this.want();
    // Maps may come with a later frame than the answer: their grids need a row of their own.
    if (this.items && this.items.length !== this._items().length) this.surface.resize(true);
    else this.surface.draw();
  }

  _take(answer, asked) {
    const same = Object.entries(parameters(this.unit)).every(([name, value]) => asked[name] === value);
    if (!same && !this.sliding) return;
    const first = !this.answer;
    this.answer = answer;
    this.answered = asked;
    say(this.status, "");
    this.worked.show(this.context, asked, answer);
    if (first) this.surface.resize(true);
    else this.surface.draw();
    this.surface.describe(() => this.worked.sentence);
  }

  _items() {
    if (!this.answer || this.answered?.part !== this.unit.part || this.answered.layer !== this.unit.layer) return [];
    return pictured(this.context, this.frame, this.unit, this.answer, { filling: this.filling, input: this.shownInput ?? 0 });
  }

  _render(pen, view) {
    this.items = this._items();
    const { boxes } = gridBoxes(this.items.length, view.width, view);
    this.boxes = boxes;
    this.items.forEach((item, i) => paintGrid(pen, view, boxes[i], item));
  }

  /** The controls, brought up to what is chosen. */
  _describe() {
    const { context, unit } = this;
    const layers = layersOf(context);
    this.tabs.set(unit.part);
    options(this.layer, layersFor(context, unit.part).map((k) => [k, layerTitle(layers, k)]), unit.layer);
    const { out, in: inputs } = layers[unit.layer - 1];
    const kind = unit.layer === layers.length ? (i) => `“${className(context, i)}”` : layers[unit.layer - 1].kind === "convolution" ? (i) => `map ${i + 1}` : (i) => `unit ${i + 1}`;
    options(this.channel, Array.from({ length: out }, (_, i) => [i, kind(i)]), unit.channel);
    options(this.input, Array.from({ length: inputs }, (_, i) => [i, unit.layer === 1 ? ["red", "green", "blue"][i] ?? `channel ${i + 1}` : `input map ${i + 1}`]), this.shownInput ?? 0);
    show(this.inputs, unit.part === "convolution" && inputs > 1);
    show(this.stage, unit.part !== "softmax");
    show(this.slide, extent(context, unit) !== null);
    say(this.place, unit.row === null ? "" : `row ${unit.row + 1}, column ${unit.column + 1}`);
  }

  resize() {
    this.surface.resize();
  }

  destroy() {
    this._slide(false);
    this.ask.drop();
    this.stopUnit();
    super.destroy();
  }
}

function options(select, entries, value) {
  const key = JSON.stringify(entries);
  if (select.pxKey !== key) select.replaceChildren(...entries.map(([name, text]) => element("option", { value: name, text })));
  select.pxKey = key;
  select.value = String(value);
}

export function create(context) {
  return layersOf(context).length ? new ArithmeticPanel(context) : null;
}
