// A canvas that is sharp on every screen, follows its box, and draws again when the theme or the box changes.

import { element } from "./markup.js";
import { isProjector, paint, watchColours } from "./palette.js";
import { SvgPen } from "./svg_pen.js";

/**
 * `render(pen, view)` draws into a CSS-pixel space of view.width × view.height; the same function writes the SVG.
 * `view.text` is the size of ordinary text, `view.line` the width of a curve.
 */
export class Surface {
  constructor(context, { label, render, height, className = "", prepare = () => {} }) {
    this.context = context;
    this.render = render;
    this.prepare = prepare;
    this.height = height;
    this.canvas = element("canvas", { class: `px-canvas ${className}`, role: "img", "aria-label": label });
    this.pen = this.canvas.getContext("2d");
    this.view = { width: 0, height: 0, ratio: 1, text: 12, line: 1.75, projector: false, font: "sans-serif", colours: context.colours };
    this.described = -Infinity;
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.canvas);
    this.stop = watchColours(context, () => this.resize(true));
  }

  /** Reads the box; sets up the backing store only when something changed, as that clears it. */
  resize(force = false) {
    const width = this.canvas.clientWidth;
    const projector = isProjector(this.canvas);
    const height = typeof this.height === "function" ? this.height(width, projector) : this.height;
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const view = this.view;
    const same = view.width === width && view.height === height && view.ratio === ratio && view.projector === projector;
    if (width === 0 || (same && !force)) return;
    Object.assign(view, { width, height, ratio, projector, text: projector ? 18 : 12, line: projector ? 3.5 : 1.75 });
    view.font = getComputedStyle(this.canvas).fontFamily || "sans-serif";
    this.canvas.style.height = `${height}px`;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.prepare(view);
    this.draw();
  }

  draw() {
    const { view, pen } = this;
    if (view.width === 0 || view.projector !== isProjector(this.canvas)) this.resize();
    if (view.width === 0) return;
    pen.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    pen.clearRect(0, 0, view.width, view.height);
    this.render(pen, view);
  }

  /** The text alternative, at most every 5 s: a screen reader is not a ticker. */
  describe(sentence) {
    const now = performance.now();
    if (now - this.described < 5000) return;
    this.described = now;
    this.canvas.setAttribute("aria-label", sentence());
  }

  image() {
    const { view } = this;
    const copy = element("canvas", { width: this.canvas.width, height: this.canvas.height });
    const pen = copy.getContext("2d");
    pen.fillStyle = view.colours.background;
    pen.fillRect(0, 0, copy.width, copy.height);
    pen.drawImage(this.canvas, 0, 0);
    return new Promise((resolve) => copy.toBlob(resolve, "image/png"));
  }

  /** `render` stands in where several surfaces make one picture. */
  svg(render = this.render) {
    const pen = new SvgPen(this.view.width, this.view.height, this.view.colours.background);
    render(pen, this.view);
    return pen.toString();
  }

  destroy() {
    this.observer.disconnect();
    this.stop();
  }
}

/** A panel whose picture is one `surface`, in the theme's colours until `stopTheme`: how it is exported, and its end. */
export class SurfacePanel {
  image() {
    return this.surface.image();
  }

  svg() {
    return this.surface.svg();
  }

  destroy() {
    this.stopTheme();
    this.surface.destroy();
  }
}

/** Keeps a panel's root in the theme's colours. */
export function themed(context, root) {
  return watchColours(context, () => paint(root, context.colours));
}

export function font(view, weight = 400, scale = 1) {
  const size = view.projector ? Math.max(18, view.text * scale) : view.text * scale;
  return `${weight} ${size}px ${view.font}`;
}
