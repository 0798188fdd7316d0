// The patches of the packaged pictures that drive a unit most, best first, with their values.

import { number } from "../../panels/format.js";
import { element, say } from "../../panels/markup.js";
import { paintPicture, picture } from "./pictures.js";

export class Patches {
  constructor() {
    this.list = element("ol", { class: "pxm-patches" });
    this.element = element("figure", { class: "pxm-natural" }, element("h4", { text: "Patches of photographs that drive it most" }), this.list);
    this.cells = [];
  }

  /** `bytes` u1 (n, side, side, 3); `described` [{title, value}] or null while values are not told yet. */
  show(bytes, described) {
    const [count] = bytes.shape;
    while (this.cells.length < count) this.cells.push(this._cell());
    this.list.replaceChildren(...this.cells.slice(0, count).map(({ item }) => item));
    for (let i = 0; i < count; i++) {
      const { canvas, value } = this.cells[i];
      const told = described?.[i];
      paintPicture(canvas, bytes, i);
      say(value, told ? number(told.value) : "");
      canvas.setAttribute("aria-label", told ? `${told.title}: ${number(told.value)}` : `patch ${i + 1}`);
      canvas.title = told ? `${told.title} (${told.credit})` : "";
    }
  }

  _cell() {
    const canvas = picture("");
    const value = element("span", {});
    return { canvas, value, item: element("li", {}, canvas, value) };
  }
}
