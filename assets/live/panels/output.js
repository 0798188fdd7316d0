// The answer over the whole plane, smoothed between its 64×64 points, under the training and test points.

import { AnswerField } from "./answer_field.js";
import { number } from "./format.js";
import { element, say, section, toggle } from "./markup.js";
import { watchColours } from "./palette.js";
import { OutputPoints } from "./output_points.js";
import { OutputLegend, answerAt, exampleAt } from "./output_words.js";
import { pinsOf } from "./pins.js";
import { isNumber, isPlane, reading, sizes } from "./reading.js";
import { Surface, font, themed } from "./surface.js";

const STEP = 0.25; // of the plane, for one press of an arrow; four times as far with Shift
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const EDGE = 5.99;
const HINT = "Point at the field, or focus it and use the arrows, to read every neuron there. Click or Enter pins the place.";

class OutputPanel {
  constructor(context) {
    this.context = context;
    this.every = 0;
    this.readings = ["*/field"];
    this.discretise = false;
    this.field = new AnswerField(context.colours);
    this.pins = pinsOf(context);
    this.marks = new OutputPoints(context, this.pins);
    this._build(context);
    this.stopTheme = themed(context, this.element);
    this.stopBar = watchColours(context, () => this.legend.paint());
    this.stopPins = this.pins.watch(() => this.points.draw());
    this.stopHighlight = context.on?.("highlight", ({ examples }) => { this.marks.ringed = examples; this.points.draw(); });
  }

  _build(context) {
    const { root } = section("output", "Output");
    const height = (width, projector) => Math.min(width, projector ? 460 : 290);
    this.base = new Surface(context, { label: "Output field, not yet started", height, render: (pen, view) => this._field(pen, view) });
    this.points = new Surface(context, { label: "", height, className: "px-over", render: (pen, view) => this.marks.render(pen, view, this._box(view)) });
    this.points.canvas.setAttribute("aria-hidden", "true");
    this.here = element("p", { class: "px-note px-here", text: HINT });
    this.legend = new OutputLegend(context);
    const controls = element("div", { class: "px-row" },
      toggle("Discretise", false, (on) => { this.discretise = on; this._again(); }),
      toggle("Show test points", false, (on) => { this.marks.tests = on; this.points.draw(); }));
    this.stage = element("div", { class: "px-stack px-field-stage", tabindex: "0", role: "application", "aria-label": "Place in the output field: arrows move it, Enter pins it" }, this.base.canvas, this.points.canvas);
    root.append(this.stage, this.legend.element, controls, this.here);
    this._listen();
    this.element = root;
  }

  _listen() {
    const { canvas } = this.points;
    canvas.addEventListener("pointermove", (event) => this._read(this._under(event)));
    canvas.addEventListener("pointerleave", () => this._read(null));
    canvas.addEventListener("click", (event) => this._pin(this._under(event)));
    canvas.style.cursor = "crosshair";
    this.stage.addEventListener("keydown", (event) => this._key(event));
    this.stage.addEventListener("blur", () => this._cursor(null));
  }

  /** Arrows and Enter are the field's; Escape and Tab go on as everywhere. */
  _key(event) {
    if (event.key === "Escape" || event.key === "Tab" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation();
    const arrow = ARROWS[event.key];
    if (!arrow && event.key !== "Enter") return;
    event.preventDefault();
    const from = this.marks.cursor ?? { x: 0, y: 0 };
    if (!arrow) return this._pin(this._place(from.x, from.y));
    const by = STEP * (event.shiftKey ? 4 : 1);
    const within = (value) => Math.max(-EDGE, Math.min(EDGE, value));
    this._cursor(this.marks.cursor ? { x: within(from.x + by * arrow[0]), y: within(from.y + by * arrow[1]) } : from);
  }

  _cursor(place) {
    if (!place && !this.marks.cursor) return;
    this.here.setAttribute("aria-live", place ? "polite" : "off");
    this.marks.cursor = place;
    this.points.draw();
    this._read(place && this._place(place.x, place.y));
  }

  draw(frame) {
    const renewed = this.known !== this.context.statics;
    this.frame = frame;
    this.known = this.context.statics;
    this.base.draw();
    if (renewed) this.points.draw();
    // Read by eye several times a second; read aloud, only as often as it can be said.
    if (this.place && performance.now() - this.writtenAt > (this.marks.cursor ? 2500 : 150)) this._write();
    this.base.describe(() => `Output field over the plane; ${isNumber(this.context) ? `test R² ${number(frame.meta.test_r2)}` : `test accuracy ${number((frame.meta.test_accuracy ?? NaN) * 100)} per cent`}, test loss ${number(frame.meta.test_loss)}.`);
  }

  _again() {
    if (this.frame) this.draw(this.frame);
  }

  _box({ width, height, projector }) {
    const [left, bottom] = projector ? [46, 52] : [30, 34];
    const side = Math.min(width - left - 8, height - bottom - 6);
    return { x: left + (width - left - 8 - side) / 2, y: 6, side };
  }

  _bytes(frame) {
    const all = sizes(this.context);
    return all && frame ? reading(frame, `${all.length - 1}/field`) : null;
  }

  _field(pen, view) {
    const bytes = this._bytes(this.frame);
    if (!bytes) return;
    const { x, y, side } = this._box(view);
    const { canvas } = this.field;
    this.field.fill(bytes, this._outputs(), this.discretise);
    pen.imageSmoothingEnabled = !this.discretise;
    pen.drawImage(canvas, 0, 0, canvas.width, canvas.width, x, y, side, side);
    pen.strokeStyle = view.colours.faint;
    pen.lineWidth = view.projector ? 3 : 1;
    pen.strokeRect(x, y, side, side);
    this._axes(pen, view, x, y, side);
  }

  _outputs() {
    return sizes(this.context)?.at(-1) ?? 1;
  }

  _axes(pen, view, x, y, side) {
    const low = y + side;
    pen.fillStyle = view.colours.ink;
    pen.font = font(view);
    pen.textBaseline = "top";
    for (const [share, text, align] of [[0, "−6", "left"], [0.5, "x", "center"], [1, "6", "right"]]) {
      pen.textAlign = align;
      pen.fillText(text, x + share * side, low + 6);
    }
    pen.textAlign = "right";
    for (const [share, text, base] of [[0, "6", "top"], [0.5, "y", "middle"], [1, "−6", "bottom"]]) {
      pen.textBaseline = base;
      pen.fillText(text, x - 6, y + share * side);
    }
  }

  /** A place of the plane, and which share of the field's sides it lies at. */
  _place(x, y) {
    return { x, y, u: (x / 6 + 1) / 2, v: (1 - y / 6) / 2 };
  }

  /** The place under the pointer; null outside. */
  _under({ offsetX, offsetY }) {
    const { x, y, side } = this._box(this.base.view);
    const [u, v] = [(offsetX - x) / side, (offsetY - y) / side];
    if (u < 0 || u >= 1 || v < 0 || v >= 1) return null;
    return this._place((2 * u - 1) * 6, (1 - 2 * v) * 6);
  }

  _read(here) {
    this.place = this._bytes(this.frame) ? here : null;
    this.context.emit?.("point", this.place && { x: here.x, y: here.y, pinned: false });
    this._write();
  }

  /** The answer at the place that is pointed at, as of the frame that is drawn. */
  _write() {
    this.writtenAt = performance.now();
    const bytes = this._bytes(this.frame);
    if (!this.place || !bytes) return say(this.here, HINT);
    const { x, y } = this.place;
    const reach = (12 / this._box(this.base.view).side) * 7;
    say(this.here, `At x ${number(x, 2)}, y ${number(y, 2)} the answer is ${answerAt(this.context, bytes, this._outputs(), this.place)}.${exampleAt(this.context, this.place, reach)}`);
  }

  _pin(here) {
    if (!here) return;
    this.pins.add({ x: Number(here.x.toFixed(2)), y: Number(here.y.toFixed(2)) });
    this.context.emit?.("point", { x: here.x, y: here.y, pinned: true });
  }

  resize() {
    this.base.resize();
    this.points.resize();
  }

  image() {
    const pen = this.base.pen;
    this.base.draw();
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(this.points.canvas, 0, 0);
    const made = this.base.image();
    this.base.draw();
    return made;
  }

  svg() {
    return this.base.svg((pen, view) => {
      this._field(pen, view);
      this.points.render(pen, view);
    });
  }

  destroy() {
    this.context.emit?.("point", null);
    this.stopTheme();
    this.stopBar();
    this.stopPins();
    this.stopHighlight?.();
    this.base.destroy();
    this.points.destroy();
  }
}

export function create(context) {
  return isPlane(context) ? new OutputPanel(context) : null;
}
