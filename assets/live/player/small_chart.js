// What the small charts of pages of moments share: a canvas of a set height, its box, its words, and the line where the player stands.

import { polyline } from "../panels/polyline.js";
import { Surface } from "../panels/surface.js";

export class SmallChart {
  /** `edge` {left, right, top, bottom} in px around the box. A subclass draws in `_render(pen, view)`. */
  constructor(context, label, height, edge) {
    Object.assign(this, { label, edge, at: null });
    this.surface = new Surface(context, { label, height: (width, projector) => (projector ? 1.4 * height : height), render: (pen, view) => this._render(pen, view) });
    this.element = this.surface.canvas;
  }

  words(sentence) {
    this.surface.describe(() => `${this.label}: ${sentence}`);
  }

  _box(view) {
    const grow = view.projector ? 1.5 : 1;
    return { left: this.edge.left * grow, top: this.edge.top * grow, right: view.width - this.edge.right, bottom: view.height - this.edge.bottom * grow };
  }

  /** The line at `at` of the horizontal axis; `place(x, y)` → [px, px]. */
  _standing(pen, view, box, place) {
    const [x] = place(this.at, this.axes.y.low);
    pen.strokeStyle = view.colours.primary;
    pen.lineWidth = view.projector ? 3 : 1.5;
    polyline(pen, [[x, box.top], [x, box.bottom]]);
  }

  image() {
    return this.surface.image();
  }

  svg() {
    return this.surface.svg();
  }

  destroy() {
    this.surface.destroy();
  }
}
