// The chosen rung's matrix, large: a press or the arrow keys choose a cell, and the two pictures behind it are shown.

import { number, percent } from "../../panels/format.js";
import { element, say } from "../../panels/markup.js";
import { ranks } from "./matrices.js";
import { title } from "./naming.js";
import { inkwell, paintInk, paintPicture, picture } from "./pictures.js";

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export class Pairs {
  constructor(context) {
    this.context = context;
    this.at = [0, 1];
    this.heading = element("h4", {});
    this.canvas = element("canvas", { class: "pxm-picture pxm-large", role: "application", "aria-label": "Dissimilarity matrix, not computed yet", tabindex: 0, "aria-describedby": "pxm-pair" });
    this.cursor = element("i", { class: "pxh-cursor", "aria-hidden": "true" });
    this.pictures = ["First", "Second"].map((which) => picture(`${which} picture of the chosen cell`, "pxm-thumb"));
    this.names = this.pictures.map(() => element("p", { class: "px-caption" }));
    this.reading = element("p", { class: "pxm-reading", id: "pxm-pair", role: "status" });
    this.scale = element("p", { class: "px-caption", text: "A cell is two pictures; the more it stands out from the page, the more differently the rung answers to them (rank of 1 − r among all pairs). Pictures of one photograph stand side by side." });
    const pair = element("div", { class: "pxm-pair" }, ...this.pictures.map((canvas, i) => element("div", {}, canvas, this.names[i])));
    this.element = element("div", { class: "pxm-pairs" }, element("figure", {}, this.heading, element("div", { class: "pxh-stack" }, this.canvas, this.cursor), this.scale), element("div", {}, pair, this.reading));
    this._listen();
  }

  show({ result, arrays }, rung) {
    Object.assign(this, { result, arrays, rung });
    this.count = arrays.matrices.shape[1];
    this.shares = ranks(arrays.matrices, rung);
    paintInk(this.canvas, this.shares, this.count, inkwell(this.context.palette));
    const { side, name, units, size } = result.rungs[rung];
    say(this.heading, `${title(name)}${side === "random" ? ", random weights" : ""}`);
    this.canvas.setAttribute("aria-label", `Dissimilarity matrix of ${title(name)}: ${this.count} pictures. Arrow keys go from cell to cell.`);
    this.canvas.title = units < size ? `${units.toLocaleString("en-GB")} of ${size.toLocaleString("en-GB")} units, drawn once` : "";
    this._look(this.at.map((at) => Math.min(at, this.count - 1)));
  }

  _look([row, column]) {
    this.at = [row, column];
    const { count, arrays, result } = this;
    [row, column].forEach((at, i) => {
      paintPicture(this.pictures[i], arrays.thumbnails, at);
      const { title: name, credit } = result.pictures[at];
      say(this.names[i], name);
      this.pictures[i].setAttribute("aria-label", name);
      this.pictures[i].title = credit;
    });
    const value = arrays.matrices[(this.rung * count + row) * count + column];
    const share = this.shares[row * count + column];
    say(this.reading, row === column ? "The same picture: 0." : `Dissimilarity ${number(value)} (1 − r); ${percent(share)} of all pairs are as alike or more so.`);
    Object.assign(this.cursor.style, { left: `${(100 * column) / count}%`, top: `${(100 * row) / count}%`, width: `${100 / count}%`, height: `${100 / count}%` });
  }

  _listen() {
    const point = (event) => {
      const { left, top, width, height } = this.canvas.getBoundingClientRect();
      const cell = (share) => Math.max(0, Math.min(this.count - 1, Math.floor(share * this.count)));
      if (this.count) this._look([cell((event.clientY - top) / height), cell((event.clientX - left) / width)]);
    };
    this.canvas.addEventListener("click", point);
    this.canvas.addEventListener("pointermove", (event) => event.buttons === 1 && point(event));
    this.canvas.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (!step || !this.count) return;
      event.preventDefault();
      event.stopPropagation();
      this._look(this.at.map((at, i) => Math.max(0, Math.min(this.count - 1, at + step[i]))));
    });
  }
}
