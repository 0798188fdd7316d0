// The illusion itself, with its two equal places marked and the line that the profiles follow; the line is dragged.

import { number } from "../panels/format.js";
import { element, say } from "../panels/markup.js";
import { Picture } from "./picture.js";

const COVERED = 0.18; // the luminance that stands for everything but the targets

export class Stage {
  /** `moved(share)`: a hand put the line at this share of the height. */
  constructor(moved) {
    this.picture = new Picture("The illusion");
    this.handle = element("i", { class: "pxp-line", "aria-hidden": "true" });
    this.marks = ["A", "B"].map((name) => element("i", { class: "pxp-target", "aria-hidden": "true" }, element("b", { text: name })));
    this.frame = element("div", { class: "pxp-stage" }, this.picture.element, ...this.marks, this.handle);
    this.note = element("p", { class: "px-note" });
    this.element = element("div", { class: "pxp-seen" }, element("div", { class: "pxp-ground" }, this.frame), this.note);
    this._drag(moved);
  }

  _drag(moved) {
    const move = (event) => {
      const box = this.frame.getBoundingClientRect();
      moved((event.clientY - box.top) / box.height);
    };
    this.frame.addEventListener("pointerdown", (event) => { this.frame.setPointerCapture(event.pointerId); move(event); });
    this.frame.addEventListener("pointermove", (event) => this.frame.hasPointerCapture(event.pointerId) && move(event));
  }

  /** `places`: the pair that is compared; `covered`: even grey everywhere else. */
  show(values, places, degrees, covered) {
    const [height, width] = values.shape;
    const inside = (x, y) => places.some(({ left, right, top, bottom }) => x >= left && x < right && y >= top && y < bottom);
    this.picture.luminance(values, covered ? (x, y) => !inside(x, y) : null, COVERED);
    places.forEach(({ left, right, top, bottom }, i) => Object.assign(this.marks[i].style, {
      left: `${(100 * left) / width}%`, width: `${(100 * (right - left)) / width}%`, top: `${(100 * top) / height}%`, height: `${(100 * (bottom - top)) / height}%`,
    }));
    const [first, second] = places.map((place) => number(mean(values, place)));
    say(this.note, `A gives ${first} of the largest light and B gives ${second}. The picture spans ${degrees} degrees, on mid-grey, to which filters answer along its edges.`);
  }

  line(share) {
    this.handle.style.top = `${100 * share}%`;
  }
}

function mean(values, { left, right, top, bottom }) {
  const side = values.shape[1];
  let sum = 0;
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += values[y * side + x];
  return sum / ((right - left) * (bottom - top));
}
