// The bars of an orientation: an orientation is the direction in which a grating varies, and its bars lie across that.

import { element } from "../panels/markup.js";

/** A short bar as the grating of this orientation has it, or nothing where there is none. `orientation`: degrees, counter-clockwise. */
export class Bar {
  constructor() {
    this.element = element("i", { class: "pxp-bar", "aria-hidden": "true", hidden: true });
  }

  show(orientation) {
    const known = Number.isFinite(orientation);
    if (this.element.hidden === known) this.element.hidden = !known;
    if (known) this.element.style.transform = `rotate(${-orientation}deg)`;
  }
}
