// What an S2 or C2 unit compares C1 with: four planes, one for each orientation of bars.

import { element, show } from "../../panels/markup.js";
import { inkwell, largest, paintInk, picture } from "./pictures.js";

const BARS = ["upright bars", "bars rising to the left", "lying bars", "bars rising to the right"];

export class StoredPatch {
  constructor(context) {
    this.context = context;
    this.planes = BARS.map((name) => ({ name, canvas: picture(`Stored patch, ${name}`) }));
    this.element = element("figure", { class: "pxm-stored", hidden: true }, element("h4", { text: "Stored patch of C1" }),
      element("div", { class: "pxm-planes" }, ...this.planes.map(({ name, canvas }) => element("div", {}, canvas, element("p", { class: "px-caption", text: name })))),
      element("p", { class: "px-caption", text: "What stands out from the page is stronger. The patch was cut from a photograph of a motorcycle that no page shows." }));
  }

  /** f4 (4, side, side), or null. */
  show(values) {
    show(this.element, values !== null);
    if (!values) return;
    const side = values.shape[1];
    const most = largest(values) || 1;
    const ink = inkwell(this.context.palette);
    this.planes.forEach(({ canvas }, i) => paintInk(canvas, Array.from(values.subarray(i * side * side, (i + 1) * side * side), (value) => value / most), side, ink));
  }
}
