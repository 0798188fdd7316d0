// The stimulus as the unit was given it: gratings from their parameters by the service's own equation, pixel by pixel; noise and
// patches from the pixels themselves. Around a small field more of an endless grating is drawn than the unit can see.

import { element, say } from "../panels/markup.js";
import { Bar } from "./bars.js";
import { number } from "../panels/format.js";
import { stillMotion } from "../panels/palette.js";

const LEAST = 24; // pixels that are shown at least
const SLOW = 4; // moments a second up to which each moment shows all phases of its drift
const radians = (degrees) => (degrees * Math.PI) / 180;

/** Luminance 0…1 of one pixel, x and y in degrees from the stimulus' centre, y upwards (models/tasks/stimuli.py). */
export function luminance(moment, phase, maskPhase, x, y, pixelsPerDegree) {
  const wave = (orientation, shift) => Math.cos(2 * Math.PI * moment.frequency * (x * Math.cos(radians(orientation)) + y * Math.sin(radians(orientation))) + radians(shift));
  let value = moment.contrast * wave(moment.orientation, phase);
  if (moment.mask_contrast) value += moment.mask_contrast * wave(moment.mask_orientation, maskPhase);
  if (moment.diameter) value *= Math.min(1, Math.max(0, (moment.diameter / 2 - Math.hypot(x, y)) * pixelsPerDegree + 0.5));
  return 0.5 + 0.5 * value;
}

export class Stimulus {
  constructor(side) {
    this.canvas = element("canvas", { class: "pxp-pixels", role: "img", "aria-label": `Stimulus for the ${side} unit` });
    this.mark = element("i", { class: "pxp-field", "aria-hidden": "true" });
    this.words = element("span");
    this.bar = new Bar();
    const said = element("p", { class: "pxp-caption pxp-said" }, this.words, this.bar.element);
    this.scale = element("p", { class: "pxp-caption" });
    this.element = element("figure", { class: "pxp-stimulus" }, element("div", { class: "pxp-stack" }, this.canvas, this.mark), said, this.scale);
    this.pen = this.canvas.getContext("2d");
  }

  load(record) {
    this.record = record;
    const { window: seen, patch_box: patchBox, box } = record.result;
    const side = patchBox ? record.arrays.patch.shape[1] : record.result.frames ? record.result.squares : Math.max(LEAST, seen.side);
    this.origin = patchBox || record.result.frames ? [0, 0] : seen.centre.map((middle) => Math.round(middle - side / 2));
    this._size(side);
    const shown = patchBox ?? (record.result.frames ? box.map((edge) => (edge * side) / seen.side) : box.map((edge, k) => edge - this.origin[k % 2]));
    this._mark(shown, side);
    const degrees = record.result.frames ? seen.side / seen.pixels_per_degree : side / seen.pixels_per_degree * (record.result.step ?? 1);
    const grain = record.result.frames ? `${side} × ${side} squares` : `${side} × ${side} pixels${record.result.step === 2 ? ", every second one drawn" : ""}`;
    say(this.scale, `${number(degrees)}° across, ${grain}. Outlined: the unit’s field, ${number(record.result.unit.field_degrees)}°.`);
  }

  /** A layer's unit: its preferred grating, two degrees across. */
  loadLayer() {
    this.record = { result: { window: { side: 56, pixels_per_degree: 28, centre: [28, 28] } } };
    this.origin = [0, 0];
    this._size(56);
    this.mark.hidden = true;
    say(this.scale, "2° across: the preferred grating of the unit that is being counted.");
  }

  _size(side) {
    Object.assign(this.canvas, { width: side, height: side });
    this.image = this.pen.createImageData(side, side);
    this.image.data.fill(255);
  }

  _mark([left, top, right, bottom], side) {
    const part = (value) => `${(100 * value) / side}%`;
    const fits = left >= -0.5 && top >= -0.5 && right <= side + 0.5 && bottom <= side + 0.5 && right - left < side * 0.98;
    this.mark.hidden = !fits;
    Object.assign(this.mark.style, { left: part(left), top: part(top), width: part(right - left), height: part(bottom - top) });
  }

  /** One moment; while the player runs slowly, all phases of its drift one after the other. */
  grating(moment, rate, playing, turn) {
    cancelAnimationFrame(this.tick);
    const { phases } = moment;
    if (!playing || rate > SLOW || phases.length === 1 || stillMotion()) return this._paint(moment, phases[turn % phases.length]);
    const began = performance.now();
    const beat = (now) => {
      const share = ((now - began) * rate) / 1000;
      this._paint(moment, phases[Math.max(0, Math.min(phases.length - 1, Math.floor(share * phases.length)))]);
      if (share < 1) this.tick = requestAnimationFrame(beat);
    };
    beat(began);
  }

  _paint(moment, [phase, maskPhase]) {
    const { side, pixels_per_degree: density, centre } = this.record.result.window;
    const across = this.canvas.width;
    for (let row = 0; row < across; row++) {
      const y = (centre[1] - (row + this.origin[1] + 0.5)) / density;
      for (let column = 0; column < across; column++) {
        const x = (column + this.origin[0] + 0.5 - centre[0]) / density;
        this._put(row * across + column, 255 * luminance(moment, phase, maskPhase, x, y, density));
      }
    }
    this.pen.putImageData(this.image, 0, 0);
    this.canvas.dataset.side = String(side);
  }

  noise(index) {
    const { frame } = this.record.arrays;
    const pixels = frame.shape[1] * frame.shape[2];
    for (let k = 0; k < pixels; k++) this._put(k, frame[index * pixels + k] > 0 ? 255 : 0);
    this.pen.putImageData(this.image, 0, 0);
  }

  patch(index) {
    patchPixels(this.record.arrays.patch, index, this.image);
    this.pen.putImageData(this.image, 0, 0);
  }

  _put(k, level) {
    const { data } = this.image;
    data[4 * k] = data[4 * k + 1] = data[4 * k + 2] = Math.round(level);
  }

  /** `orientation` where a preferred one is named: its bars are drawn beside the words. */
  say(text, orientation = NaN) {
    say(this.words, text);
    this.bar.show(orientation);
    this.canvas.setAttribute("aria-label", `Stimulus: ${text}`);
  }

  destroy() {
    cancelAnimationFrame(this.tick);
  }
}

/** Copies patch `index` of (patches, side, side, 3) bytes into an ImageData of that side. */
export function patchPixels(patches, index, image) {
  const pixels = patches.shape[1] * patches.shape[2];
  for (let k = 0; k < pixels; k++) {
    for (let c = 0; c < 3; c++) image.data[4 * k + c] = patches[3 * (index * pixels + k) + c];
    image.data[4 * k + 3] = 255;
  }
}
