// How alike two photographs are to every rung, under the ladders and in their columns: Pearson's r of the rung's responses.

import { similarity } from "./format.js";
import { element, say, show } from "../panels/markup.js";
import { Surface, font } from "../panels/surface.js";
import { MOMENTS, SIDES, short, span } from "./moments.js";

const DASHES = { brain: [], network: [7, 4] };

export class Alike {
  constructor(context) {
    this.context = context;
    this.surface = new Surface(context, { label: "How alike the two photographs are on every rung", height: (_, projector) => (projector ? 190 : 118), render: (pen, view) => this._render(pen, view), className: "pxh-alike" });
    this.said = element("p", { class: "pxh-caption" });
    this.canvas = this.surface.canvas;
    this.element = element("div", { class: "pxh-alikes", hidden: true }, this.canvas);
    this.name = "alike";
    this.title = "How alike two photographs are on every rung";
    this.index = 0;
  }

  /** `rungs` by name; without a second photograph nothing is shown. */
  show(rungs) {
    this.points = Object.fromEntries(SIDES.map((side) => [side, points(side, rungs)]));
    const some = SIDES.some((side) => this.points[side].length);
    show(this.element, some);
    show(this.said, some);
    if (!some) return;
    this.surface.resize(true);
    this._say();
  }

  mark(index) {
    this.index = index;
    if (!this.element.hidden) {
      this.surface.draw();
      this._say();
    }
  }

  _say() {
    const here = SIDES.map((side) => this.points[side].find(({ name }) => name === MOMENTS[this.index][side])).filter(Boolean);
    const texts = here.map(({ title, r }) => `${title} ${r === null ? "(does not vary)" : similarity(r)}`);
    say(this.said, `Curves: how alike the two photographs are to every rung, as Pearson’s r over all of its units, each at its place (solid: brain’s models; dashed: network). ${texts.length ? `Here: ${texts.join(", ")}.` : ""}`);
    this.surface.describe(() => this.said.textContent);
  }

  _render(pen, view) {
    if (!this.points) return;
    const { colours } = view;
    const low = Math.min(0, ...SIDES.flatMap((side) => this.points[side].map(({ r }) => r ?? 0))) < 0 ? -0.25 : 0;
    const [top, bottom] = [1.4 * view.text, view.height - view.text];
    const x = (place) => (place / MOMENTS.length) * view.width;
    const y = (r) => bottom - ((r - low) / (1 - low)) * (bottom - top);
    pen.font = font(view);
    pen.textBaseline = "middle";
    pen.lineWidth = view.projector ? 3 : 1;
    for (const r of [0, 0.5, 1]) {
      pen.strokeStyle = colours.border;
      line(pen, [[0, y(r)], [view.width, y(r)]]);
      pen.fillStyle = colours.faint;
      pen.textAlign = "right";
      pen.fillText(`r = ${r}`, view.width - 2, y(r) - view.text * 0.65);
    }
    for (const side of SIDES) this._curve(pen, view, this.points[side].filter(({ r }) => r !== null), x, y, side);
  }

  _curve(pen, view, found, x, y, side) {
    pen.strokeStyle = pen.fillStyle = view.colours[side];
    pen.lineWidth = view.projector ? 4 : 2;
    pen.setLineDash(DASHES[side]);
    line(pen, found.map(({ place, r }) => [x(place), y(r)]));
    pen.setLineDash([]);
    for (const { name, place, r } of found) {
      const open = name === MOMENTS[this.index][side];
      pen.beginPath();
      pen.arc(x(place), y(r), open ? view.text * 0.5 : view.text * 0.27, 0, 2 * Math.PI);
      pen.fill();
    }
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

function points(side, rungs) {
  const names = [...new Set(MOMENTS.map((moment) => moment[side]))].filter((name) => rungs[name]?.stage.compared);
  return names.map((name) => {
    const [first, count] = span(side, name);
    const { stage } = rungs[name];
    return { name, title: short(stage), place: first + count / 2, r: stage.compared.units };
  });
}

function line(pen, corners) {
  pen.beginPath();
  corners.forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.stroke();
}
