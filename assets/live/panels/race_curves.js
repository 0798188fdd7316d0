// Two charts of the same test losses: over updates, and over the seconds that each lane itself has computed.

import { Decades } from "./decades.js";
import { number, power } from "./format.js";
import { element } from "./markup.js";
import { openLanes } from "./race_lanes.js";
import { plain } from "./race_words.js";
import { reading } from "./reading.js";
import { Surface, font, themed } from "./surface.js";

const READ = ["step", "seconds", "test_loss"];
const ALONG = { updates: { reading: "step", title: "updates", decades: [0, 3, 0, 12] }, seconds: { reading: "seconds", title: "seconds of compute", decades: [-3, 0, -6, 9] } };

function tick(exponent) {
  return exponent >= -4 && exponent <= 4 ? (10 ** exponent).toLocaleString("en-GB", { maximumSignificantDigits: 1 }) : power(exponent);
}

/** One chart; both axes are logarithmic and grow by whole decades. */
class CurveChart {
  constructor(context, styles, by) {
    Object.assign(this, { context, styles, by, ...ALONG[by] });
    this.across = new Decades(...this.decades);
    this.up = new Decades(-2, 0, -8, 2);
    this.surface = new Surface(context, { label: `Test loss over ${this.title}`, height: (_, projector) => (projector ? 270 : 178), render: (pen, view) => this.frame && this._render(pen, view) });
    this.element = this.surface.canvas;
  }

  draw(frame) {
    this.frame = frame;
    this.lanes = openLanes(frame.meta).map(({ lane }) => this._curve(frame, lane)).filter(Boolean);
    this._fit();
    this.surface.draw();
    this.surface.describe(() => `Test loss over ${this.title}: ${this.lanes.map(({ lane, losses }) => `lane ${lane} ${number(losses.at(-1))}`).join(", ")}.`);
  }

  _curve(frame, lane) {
    const prefix = lane === 1 ? "" : `${lane}:`;
    const [along, losses] = [this.reading, "test_loss"].map((name) => reading(frame, `${prefix}curves/${name}`));
    return along?.length && losses?.length ? { lane, along, losses, length: Math.min(along.length, losses.length) } : null;
  }

  // Losses above the chart's ceiling run along its upper edge.
  _fit() {
    for (const { along, losses, length } of this.lanes) {
      for (let i = 0; i < length; i++) {
        if (!(along[i] > 0)) continue;
        this.across.include(along[i]);
        this.up.include(losses[i]);
      }
    }
    const { race_rule: rule, race_goal: goal } = this.frame.meta.settings ?? {};
    if (rule !== "lowest") this.up.include(goal);
  }

  _render(pen, view) {
    const unit = view.projector ? 1.5 : 1;
    const box = { left: 50 * unit, top: 20 * unit, right: view.width - 26 * unit, bottom: view.height - 36 * unit };
    const x = (value) => box.left + this.across.share(value) * (box.right - box.left);
    const y = (value) => box.bottom - this.up.share(value) * (box.bottom - box.top);
    this._axes(pen, view, box, x, y);
    this._rule(pen, view, box, x, y);
    const ends = this.lanes.map((curve) => this._line(pen, view, curve, x, y)).filter(Boolean);
    this._number(pen, view, box, ends);
  }

  _axes(pen, view, box, x, y) {
    pen.font = font(view);
    pen.fillStyle = view.colours.faint;
    pen.strokeStyle = view.colours.zero;
    pen.lineWidth = view.projector ? 3 : 1;
    pen.textBaseline = "middle";
    pen.textAlign = "right";
    for (const exponent of this.up.ticks()) {
      this._segment(pen, box.left, y(10 ** exponent), box.right, y(10 ** exponent));
      pen.fillText(tick(exponent), box.left - 6, y(10 ** exponent));
    }
    pen.textBaseline = "top";
    pen.textAlign = "center";
    for (const exponent of this.across.ticks()) {
      pen.textAlign = exponent === this.across.low ? "left" : "center";
      this._segment(pen, x(10 ** exponent), box.top, x(10 ** exponent), box.bottom);
      pen.fillText(tick(exponent), x(10 ** exponent), box.bottom + 4);
    }
    pen.textAlign = "center";
    pen.fillStyle = view.colours.ink;
    pen.fillText(this.title, (box.left + box.right) / 2, box.bottom + 4 + view.text * 1.3);
    pen.textAlign = "left";
    pen.textBaseline = "bottom";
    pen.fillText("test loss", 0, box.top - 5);
  }

  _segment(pen, x1, y1, x2, y2) {
    pen.beginPath();
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
    pen.stroke();
  }

  /** The goal lies across both charts; a limit only on the one it is counted in. */
  _rule(pen, view, box, x, y) {
    const { race_rule: rule, race_by: by, race_goal: goal, race_limit: limit } = this.frame.meta.settings ?? {};
    pen.strokeStyle = pen.fillStyle = view.colours.ink;
    pen.lineWidth = view.projector ? 3 : 1.25;
    pen.font = font(view, 600);
    pen.setLineDash([2, 3]);
    if (rule !== "lowest" && goal > 0) {
      this._segment(pen, box.left, y(goal), box.right, y(goal));
      pen.textAlign = "left";
      pen.textBaseline = "bottom";
      pen.fillText(`goal ${plain(goal)}`, box.left + 5, y(goal) - 2);
    } else if (by === this.by && this.across.share(limit) < 1) {
      this._segment(pen, x(limit), box.top, x(limit), box.bottom);
      pen.textAlign = "right";
      pen.textBaseline = "top";
      pen.fillText("time is up", x(limit) - 5, box.top);
    }
    pen.setLineDash([]);
  }

  _line(pen, view, { lane, along, losses, length }, x, y) {
    let end = null;
    const width = view.line * 1.15;
    pen.strokeStyle = this.styles.colour(lane);
    pen.lineWidth = width;
    pen.setLineDash(this.styles.dash(lane, width));
    pen.beginPath();
    for (let i = 0; i < length; i++) {
      if (!(along[i] > 0) || Number.isNaN(losses[i])) continue;
      const [px, py] = [x(along[i]), y(losses[i])];
      // What is less than half a pixel further on is the same point on screen.
      if (end && i < length - 1 && px - end.x < 0.5) continue;
      if (end) pen.lineTo(px, py);
      else pen.moveTo(px, py);
      end = { lane, x: px, y: py };
    }
    pen.stroke();
    pen.setLineDash([]);
    return end;
  }

  /** Lane numbers at the ends of their curves, moved apart where ends lie together. */
  _number(pen, view, box, ends) {
    const apart = view.text + 2;
    ends.sort((a, b) => a.y - b.y);
    let before = -Infinity;
    pen.font = font(view, 700);
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    const lowest = box.bottom + view.text / 2;
    ends.forEach((end, i) => {
      const room = lowest - (ends.length - 1 - i) * apart;
      before = Math.min(room, Math.max(end.y, before + apart));
      pen.fillStyle = this.styles.colour(end.lane);
      pen.fillText(String(end.lane), end.x + 6, before);
    });
  }
}

export class RaceCurves {
  constructor(context, styles) {
    Object.assign(this, { name: "race_curves", title: "Test loss of every lane", every: 200 });
    this.readings = READ.flatMap((name) => [`curves/${name}`, `*:curves/${name}`]);
    this.charts = Object.keys(ALONG).map((by) => new CurveChart(context, styles, by));
    this.element = element("section", { class: "px-panel px-race-curves", "aria-label": this.title }, ...this.charts.map((chart) => chart.element));
    this.element.hidden = true;
    this.stopTheme = themed(context, this.element);
  }

  draw(frame) {
    for (const chart of this.charts) chart.draw(frame);
  }

  resize() {}

  /** Both charts, one above the other. */
  image() {
    const canvases = this.charts.map((chart) => chart.element);
    const made = element("canvas", { width: canvases[0].width, height: canvases[0].height + canvases[1].height });
    const pen = made.getContext("2d");
    pen.fillStyle = this.charts[0].surface.view.colours.background;
    pen.fillRect(0, 0, made.width, made.height);
    canvases.forEach((canvas, i) => pen.drawImage(canvas, 0, i * canvases[0].height));
    return made;
  }

  destroy() {
    this.stopTheme();
    for (const chart of this.charts) chart.surface.destroy();
  }
}
