// The training examples that a chosen layer puts nearest to a pinned place.

import { exampleKind } from "./class_marks.js";
import { element, say, show } from "./markup.js";
import { COUNT, away, company, placeName } from "./neighbours.js";
import { NewestAsk } from "./newest_ask.js";
import { sizes } from "./reading.js";

const ME = "point_values";
const RENEW = 600; // ms, while the network learns

export class PointNearest {
  constructor(context) {
    this.context = context;
    this.pin = null;
    this.mine = false;
    this.asker = new NewestAsk(context, "nearest", 120, (answer, given) => this._took(answer, given), (sentence) => say(this.sentence, sentence));
    const layers = sizes(context).map((_, k) => element("option", { value: String(k), text: placeName(context, k) }));
    this.layer = element("select", { class: "px-select", "aria-label": "Layer in whose space the nearest are sought", onchange: () => this._ask(true) }, layers);
    this.layer.value = String(Math.max(0, layers.length - 2));
    this.sentence = element("p", { class: "px-note", role: "status" });
    this.list = element("ol", {});
    const label = element("label", { class: "px-label" }, "Nearest training examples in ", this.layer);
    this.element = element("div", { class: "px-near" }, element("div", { class: "px-row" }, label), this.sentence, this.list);
    this.stop = context.on?.("highlight", ({ by }) => { this.mine = by === ME; });
    this.take(null, 0);
  }

  /** A pinned place and its number, or null. */
  take(pin, index) {
    const changed = pin?.x !== this.pin?.x || pin?.y !== this.pin?.y;
    this.pin = pin;
    this.index = index;
    show(this.list, Boolean(pin));
    if (!pin) {
      if (this.mine) this._ring([]);
      this.asker.drop();
      this.list.replaceChildren();
      return say(this.sentence, "Pin a place, and the training examples nearest to it in a layer are listed here and ringed on the field.");
    }
    if (changed) this._ask(true);
  }

  /** `ring`: a person asked for it, so the examples are ringed whatever was ringed before. */
  _ask(ring) {
    if (!this.pin) return;
    this.mine = this.mine || ring;
    this.asker.want({ layer: Number(this.layer.value), x: this.pin.x, y: this.pin.y, count: COUNT });
  }

  /** While the network learns, its spaces move. */
  seen({ meta }) {
    if (!this.pin || meta.step === this.step || performance.now() - this.asker.asked < RENEW) return;
    this.step = meta.step;
    this._ask(false);
  }

  _took({ layer, neighbours, scale }, { x, y }) {
    if (!this.pin || this.pin.x !== x || this.pin.y !== y || layer !== Number(this.layer.value)) return;
    const { context } = this;
    say(this.sentence, `Nearest to pin ${this.index + 1} in ${placeName(context, layer)}: ${neighbours.length ? company(context, neighbours) : "no example"}.`);
    this.list.replaceChildren(...neighbours.map(({ example, distance }) => element("li", { text: `example ${example}, ${exampleKind(context, example)}, at ${spread(distance, scale)}` })));
    if (this.mine) this._ring(neighbours.map(({ example }) => example));
  }

  _ring(examples) {
    this.context.emit?.("highlight", { examples, by: ME });
  }

  destroy() {
    this.asker.drop();
    this.stop?.();
  }
}

function spread(distance, scale) {
  const share = away(distance, scale);
  return share === null ? "no distance" : `${share} of the spread`;
}
