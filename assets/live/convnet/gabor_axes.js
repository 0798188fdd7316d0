// The plane of nx and ny on logarithmic axes, with Ringach's counts of macaque cells as its ground.

import { number } from "../panels/format.js";
import { fade } from "../panels/palette.js";
import { font } from "../panels/surface.js";

const BELOW = 0.06; // fits beyond these stand on the rim
const ABOVE = 3.2;
const TICKS = [0.1, 0.3, 1];

export class GaborAxes {
  constructor(ringach) {
    this.ringach = ringach;
    this.most = Math.max(...ringach.counts.flat());
  }

  /** Takes the room; `x(nx)` and `y(ny)` are px from then on. */
  fit({ width, height, text }) {
    this.box = { left: text * 3.4, right: width - text * 0.7, top: text * 0.7, bottom: height - text * 2.9 };
    const { left, right, top, bottom } = this.box;
    const share = (value) => Math.max(0, Math.min(1, Math.log(value / BELOW) / Math.log(ABOVE / BELOW) || 0));
    this.x = (nx) => left + share(nx) * (right - left);
    this.y = (ny) => bottom - share(ny) * (bottom - top);
  }

  draw(pen, view) {
    this.fit(view);
    this._cells((count, left, right, top, bottom) => {
      pen.fillStyle = fade(view.colours.ink, count ? 0.1 + (0.34 * count) / this.most : 0.035);
      pen.fillRect(left + 0.5, top + 0.5, right - left - 1, bottom - top - 1);
    });
    this._blobs(pen, view);
    this._scales(pen, view);
  }

  /** Calls `each` with a field's count and its sides, px. */
  _cells(each) {
    const { counts, edges } = this.ringach;
    counts.forEach((row, i) => row.forEach((count, j) => each(count, this.x(edges[i]), this.x(edges[i + 1]), this.y(edges[j + 1]), this.y(edges[j]))));
  }

  /** How many cells lie in each field; above a crowd of marks, so that they can be read. */
  numerals(pen, view) {
    pen.font = font(view, 650, 0.92);
    pen.textAlign = "right";
    pen.textBaseline = "top";
    pen.fillStyle = view.colours.ink;
    this._cells((count, left, right, top) => count && pen.fillText(String(count), right - view.text * 0.3, top + view.text * 0.25));
  }

  /** Left of and below this line lie blobs. */
  _blobs(pen, view) {
    const { left, bottom } = this.box;
    const [x, y] = [this.x(this.ringach.blob), this.y(this.ringach.blob)];
    pen.strokeStyle = view.colours.ink;
    pen.lineWidth = view.projector ? 3 : 1.25;
    pen.setLineDash([view.text * 0.4, view.text * 0.3]);
    pen.beginPath();
    pen.moveTo(left, y);
    pen.lineTo(x, y);
    pen.lineTo(x, bottom);
    pen.stroke();
    pen.setLineDash([]);
    pen.fillStyle = view.colours.ink;
    pen.font = font(view, 600, 0.96);
    pen.textAlign = "left";
    pen.textBaseline = "top";
    pen.fillText("blobs", left + view.text * 0.5, y + view.text * 0.4);
  }

  _scales(pen, view) {
    const { left, right, top, bottom } = this.box;
    pen.fillStyle = view.colours.faint;
    pen.fillRect(left, top, 1, bottom - top);
    pen.fillRect(left, bottom, right - left, 1);
    pen.fillStyle = view.colours.ink;
    pen.font = font(view, 400, 0.96);
    for (const tick of TICKS) {
      pen.textAlign = "center";
      pen.textBaseline = "top";
      pen.fillText(number(tick, 1), this.x(tick), bottom + view.text * 0.3);
      pen.textAlign = "right";
      pen.textBaseline = "middle";
      pen.fillText(number(tick, 1), left - view.text * 0.4, this.y(tick));
    }
    pen.textAlign = "right";
    pen.textBaseline = "top";
    pen.fillText("nx: width in periods", right, bottom + view.text * 1.55);
    pen.textAlign = "left";
    pen.fillText("ny", 2, top);
  }
}
