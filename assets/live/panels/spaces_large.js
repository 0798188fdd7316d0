// One layer's space enlarged: what is pointed at, by pointer or keys, and which examples the layer holds for its like.

import { button, element, say, show } from "./markup.js";
import { COUNT, sentenceOf } from "./neighbours.js";
import { NewestAsk } from "./newest_ask.js";
import { spaceOf } from "./spaces_data.js";
import { meaningOf } from "./spaces_words.js";
import { SpacePicture } from "./spaces_picture.js";
import { Surface } from "./surface.js";

const ASK_EVERY = 120; // ms
const RENEW = 600; // ms, while the network learns under a pointer that stands still
const STEPS = 40; // of the keys' cross-hair, across the picture
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const HINT = "Point into the picture, or focus it and use the arrows: the training example nearest to the pointer is asked for its five neighbours in this layer.";

export class LargeSpace {
  /** `ring(examples)` is called with the example and its neighbours; `close()` when a person is done. */
  constructor(context, ring, close) {
    Object.assign(this, { context, ring, layer: null, example: -1, ringed: [], cursor: null });
    this.asker = new NewestAsk(context, "nearest", ASK_EVERY, (answer, given) => this._took(answer, given), (sentence) => say(this.sentence, sentence));
    const height = (width, projector) => Math.min(width, projector ? 860 : 460);
    this.surface = new Surface(context, { label: "A layer's space, enlarged", height, render: (pen, view) => this._render(pen, view) });
    this.stage = element("div", { class: "px-space-stage", tabindex: "0", role: "application" }, this.surface.canvas);
    this.sentence = element("p", { class: "px-nearest", role: "status", text: HINT });
    this.title = element("h4", { class: "px-title" });
    this.meaning = element("p", { class: "px-note" });
    const head = element("div", { class: "px-space-head" }, this.title, button("Close", close));
    this.element = element("div", { class: "px-space-large" }, head, this.sentence, this.stage, this.meaning);
    for (const type of ["pointermove", "pointerdown"]) this.surface.canvas.addEventListener(type, ({ offsetX, offsetY }) => this._point(offsetX, offsetY, null));
    this.stage.addEventListener("keydown", (event) => this._key(event));
    this.stage.addEventListener("blur", () => { this.cursor = null; this.surface.draw(); });
    show(this.element, false);
  }

  /** `layer` null closes it. */
  open(layer, name) {
    this.layer = layer;
    this.picture = new SpacePicture(this.context);
    this._leave();
    show(this.element, layer !== null);
    if (layer === null) return;
    say(this.title, `${name[0].toUpperCase()}${name.slice(1)}, enlarged`);
    say(this.meaning, meaningOf(this.context));
    this.stage.setAttribute("aria-label", `${name} enlarged: arrows move among the training examples`);
    this.surface.canvas.setAttribute("aria-label", `Where ${name} puts the training examples`);
    this.surface.resize();
    this.surface.draw();
  }

  _leave() {
    if (this.example >= 0) this.ring([]);
    this.asker.drop();
    this.example = -1;
    this.cursor = null;
    say(this.sentence, HINT);
  }

  draw(frame) {
    this.frame = frame;
    if (this.layer === null) return;
    this.surface.draw();
    if (this.example >= 0 && frame.meta.step !== this.step && performance.now() - this.asker.asked > RENEW) this._ask();
  }

  _render(pen, view) {
    if (this.layer !== null && this.frame) this.picture.render(pen, view, this.frame, spaceOf(this.context, this.frame, this.layer), this.ringed, this.cursor);
  }

  /** Arrows are the picture's; Escape and Tab go on as everywhere. */
  _key(event) {
    if (event.key === "Escape" || event.key === "Tab" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation();
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    const { width, height } = this.surface.view;
    const [x, y] = this.cursor ?? [width / 2, height / 2];
    const step = (Math.min(width, height) / STEPS) * (event.shiftKey ? 4 : 1);
    const next = [Math.max(0, Math.min(width, x + arrow[0] * step)), Math.max(0, Math.min(height, y + arrow[1] * step))];
    this._point(...next, next);
  }

  _point(x, y, cursor) {
    this.cursor = cursor;
    const example = this.picture.nearest(x, y);
    if (example >= 0 && example !== this.example) {
      this.example = example;
      this.ring([example]);
      this._ask();
    }
    this.surface.draw();
  }

  _ask() {
    this.step = this.frame?.meta.step;
    this.asker.want({ layer: this.layer, example: this.example, count: COUNT, among: this.picture.space?.count });
  }

  _took(answer, { layer, example, among }) {
    if (layer !== this.layer || example !== this.example) return;
    say(this.sentence, sentenceOf(this.context, example, answer, among));
    this.ring([example, ...answer.neighbours.map((one) => one.example)]);
  }

  destroy() {
    this.asker.drop();
    this.surface.destroy();
  }
}
