// Fits as marks on the plane: discs of the network, crosses of its random start, diamonds of the sparse code.

import { NX, NY, R2, rows } from "./gabor_fits.js";

const CLOSER = 0.4; // of the way to its new place that a mark goes in one drawing

/** One kind of filter: `trace(pen, x, y, radius)` is its outline. */
export class Marks {
  constructor({ name, title, reading, colour, trace, size, lines = false, alpha = 1 }) {
    Object.assign(this, { name, title, reading, colour, trace, size, lines, alpha });
    this.shown = true;
    this.fits = [];
    this.places = [];
  }

  take(fits) {
    if (fits) this.fits = rows(fits);
  }

  /** Where each mark is now; `still`: at its place at once, instead of on the way there. */
  move(axes, still) {
    const kept = this.places.length === this.fits.length && !still;
    this.places = this.fits.map((fit, i) => {
      const [x, y] = [axes.x(fit[NX]), axes.y(fit[NY])];
      const from = kept ? this.places[i] : null;
      return from ? [from[0] + (x - from[0]) * CLOSER, from[1] + (y - from[1]) * CLOSER] : [x, y];
    });
  }

  draw(pen, view, enough) {
    if (!this.shown) return;
    const colour = this.colour(view.colours);
    const large = view.projector ? 1.35 : 1;
    pen.globalAlpha = this.alpha;
    this.places.forEach(([x, y], i) => {
      const r2 = this.fits[i][R2];
      if (r2 <= 0) return;
      pen.beginPath();
      this.trace(pen, x, y, this.size * large * (0.55 + 0.6 * Math.max(0, r2)));
      pen.strokeStyle = view.colours.background;
      pen.lineWidth = view.projector ? 6 : 3.2;
      if (!this.lines && this.alpha === 1) pen.stroke();
      pen.strokeStyle = pen.fillStyle = colour;
      pen.lineWidth = view.projector ? 3 : 1.6;
      if (!this.lines && r2 >= enough) pen.fill();
      pen.stroke();
    });
    pen.globalAlpha = 1;
  }

  /** The nearest mark to a place: [squared distance, number]. */
  nearest(x, y) {
    let found = [Infinity, -1];
    if (!this.shown) return found;
    this.places.forEach(([u, v], i) => {
      const away = (u - x) ** 2 + (v - y) ** 2;
      if (away < found[0] && this.fits[i][R2] > 0) found = [away, i];
    });
    return found;
  }
}

export const disc = (pen, x, y, r) => pen.arc(x, y, r, 0, 2 * Math.PI);

export function diamond(pen, x, y, r) {
  pen.moveTo(x, y - r);
  pen.lineTo(x + r, y);
  pen.lineTo(x, y + r);
  pen.lineTo(x - r, y);
  pen.closePath();
}

export function cross(pen, x, y, r) {
  pen.moveTo(x - r, y - r);
  pen.lineTo(x + r, y + r);
  pen.moveTo(x + r, y - r);
  pen.lineTo(x - r, y + r);
}
