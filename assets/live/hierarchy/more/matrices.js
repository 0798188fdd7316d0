// A small dissimilarity matrix for each rung, side by side as the ladders stand; a press chooses one.

import { element, say } from "../../panels/markup.js";
import { inkwell, paintInk, picture } from "./pictures.js";
import { title } from "./naming.js";

export const ROWS = [
  { side: "pixels", name: "Pixels" },
  { side: "brain", name: "Brain (models)" },
  { side: "network", name: "Network" },
  { side: "random", name: "Random weights" },
  { side: "people", name: "People" },
];

export class Matrices {
  constructor(context, choose) {
    Object.assign(this, { context, choose });
    this.element = element("div", { class: "pxm-matrices" });
  }

  show({ result, arrays }, chosen) {
    if (this.shown !== arrays.matrices || this.dark !== this.context.palette.key) this._build(result, arrays);
    for (const [rung, made] of this.buttons.entries()) made.setAttribute("aria-pressed", String(rung === chosen));
  }

  _build({ rungs }, { matrices }) {
    this.shown = matrices;
    this.dark = this.context.palette.key;
    const ink = inkwell(this.context.palette);
    this.buttons = rungs.map((rung, i) => this._button(rung, i, matrices, ink));
    const rows = ROWS.map(({ side, name }) => ({ name, side, made: this.buttons.filter((_, i) => rungs[i].side === side) })).filter(({ made }) => made.length);
    this.element.replaceChildren(...rows.map(({ name, side, made }) => element("div", { class: `pxm-row pxm-${side}`, role: "group", "aria-label": name }, element("h4", { text: name }), element("div", {}, ...made))));
  }

  _button({ side, name }, i, matrices, ink) {
    const canvas = picture("");
    canvas.setAttribute("aria-hidden", "true");
    paintInk(canvas, ranks(matrices, i), matrices.shape[1], ink);
    const made = element("button", { type: "button", class: "pxm-matrix", "aria-pressed": "false", onclick: () => this.choose(i) }, canvas, element("span", {}));
    say(made.lastChild, title(name));
    made.setAttribute("aria-label", `Dissimilarity matrix of ${title(name)}${side === "random" ? ", random weights" : ""}`);
    return made;
  }
}

/** Matrix i with each dissimilarity replaced by its rank among the pairs, 0…1: matrices of different scales become comparable. */
export function ranks(matrices, i) {
  const n = matrices.shape[1];
  const own = matrices.subarray(i * n * n, (i + 1) * n * n);
  const pairs = [];
  for (let a = 0; a < n; a++) for (let b = a + 1; b < n; b++) if (Number.isFinite(own[a * n + b])) pairs.push(a * n + b);
  pairs.sort((one, other) => own[one] - own[other]);
  const shares = new Float32Array(n * n);
  pairs.forEach((at, rank) => {
    const [a, b] = [Math.floor(at / n), at % n];
    shares[at] = shares[b * n + a] = (rank + 1) / pairs.length;
  });
  return shares;
}
