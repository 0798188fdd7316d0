// Twenty test digits with what the network makes of each: probability of every class, and right or wrong.

import { number, percent } from "./format.js";
import { section } from "./markup.js";
import { isDigits, reading, statics } from "./reading.js";
import { Surface, SurfacePanel, font, themed } from "./surface.js";

const SIDE = 8;
const CLASSES = 10;

class DigitsPanel extends SurfacePanel {
  constructor(context) {
    super();
    this.context = context;
    this.every = 0;
    this.readings = ["output/prediction"];
    const { root } = section("digits", "Twenty test digits", "Bars: the probability of each class, 0 to 9. The true class has the thick outline.");
    this.surface = new Surface(context, {
      label: "Twenty test digits, not yet read",
      height: (width, projector) => this._grid(width, projector).height,
      render: (pen, view) => this._render(pen, view),
    });
    root.append(this.surface.canvas);
    this.element = root;
    this.stopTheme = themed(context, root);
  }

  _grid(width, projector) {
    const least = projector ? 150 : 88;
    const columns = Math.max(2, Math.min(5, Math.floor(width / least)));
    const cell = { width: width / columns, height: projector ? 132 : 76 };
    return { columns, cell, height: Math.ceil(20 / columns) * cell.height + 4 };
  }

  draw(frame) {
    this.frame = frame;
    this.surface.draw();
    this.surface.describe(() => this._sentence());
  }

  _sentence() {
    const guesses = this._guesses();
    const labels = reading(statics(this.context), "data/sample_labels");
    const right = guesses.filter((guess, i) => guess === labels?.[i]).length;
    return `${right} of ${guesses.length} sample digits read right; test accuracy ${percent(this.frame.meta.test_accuracy)}, test loss ${number(this.frame.meta.test_loss)}.`;
  }

  _guesses() {
    const shares = reading(this.frame, "output/prediction");
    if (!shares) return [];
    return Array.from({ length: shares.length / CLASSES }, (_, i) => likeliest(shares, i * CLASSES));
  }

  _render(pen, view) {
    const given = statics(this.context);
    const shares = reading(this.frame, "output/prediction");
    const images = reading(given, "data/sample_images");
    const labels = reading(given, "data/sample_labels");
    if (!images || !labels) return;
    const { columns, cell } = this._grid(view.width, view.projector);
    for (let i = 0; i < labels.length; i++) {
      const place = { x: (i % columns) * cell.width + 4, y: Math.floor(i / columns) * cell.height + 4, width: cell.width - 12, height: cell.height - 12 };
      this._digit(pen, view, place, images.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE));
      if (shares) this._answer(pen, view, place, shares, i * CLASSES, labels[i]);
    }
  }

  _digit(pen, view, { x, y }, pixels) {
    const step = view.projector ? 7 : 4.5;
    pen.fillStyle = view.colours.ink;
    for (let i = 0; i < pixels.length; i++) {
      pen.globalAlpha = 0.05 + (0.95 * pixels[i]) / 255;
      pen.fillRect(x + (i % SIDE) * step, y + Math.floor(i / SIDE) * step, step, step);
    }
    pen.globalAlpha = 1;
  }

  _answer(pen, view, place, shares, start, label) {
    const guess = likeliest(shares, start);
    const right = guess === label;
    const image = (view.projector ? 7 : 4.5) * SIDE;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.font = font(view, 700, 1.35);
    pen.fillStyle = view.colours.ink;
    pen.fillText(`${guess} ${right ? "✓" : "✗"}`, place.x + image + 8, place.y + image / 2);
    this._bars(pen, view, { ...place, y: place.y + image + 6, height: place.height - image - 6 }, shares, start, { guess, label });
  }

  _bars(pen, view, { x, y, width, height }, shares, start, { guess, label }) {
    const step = width / CLASSES;
    for (let c = 0; c < CLASSES; c++) {
      const tall = Math.max(1, shares[start + c] * height);
      pen.fillStyle = c === guess ? view.colours.network : view.colours.neutral;
      pen.fillRect(x + c * step, y + height - tall, step - 2, tall);
    }
    pen.strokeStyle = view.colours.ink;
    pen.lineWidth = view.projector ? 3 : 1.5;
    pen.strokeRect(x + label * step - 1, y, step, height);
  }

  resize() {
    this.surface.resize();
  }
}

function likeliest(shares, start) {
  let best = 0;
  for (let c = 1; c < CLASSES; c++) if (shares[start + c] > shares[start + best]) best = c;
  return best;
}

export function create(context) {
  return isDigits(context) ? new DigitsPanel(context) : null;
}
