// Frames that were received, kept within bounds so that scrubbing to a near step costs the server nothing.

import { parting } from "./panels/branches_tree.js";

const MOST_FRAMES = 600;
const MOST_BYTES = 24 * 1024 * 1024;

export class Timeline {
  constructor() {
    this.branches = [];
    this.clear();
  }

  clear() {
    this.frames = [];
    this.bytes = 0;
    this.branch = null;
  }

  /** Takes a frame. On another branch, frames from the fork on belong to a path that was left: they go. */
  add(frame) {
    const { step, branch } = frame.meta;
    if (this.branch !== null && branch !== this.branch) this._drop(this.fork(this.branch, branch, step));
    this.branch = branch;
    const place = this._place(step);
    if (this.frames[place]?.meta.step === step) {
      this.bytes += frame.bytes - this.frames[place].bytes;
      this.frames[place] = frame;
      return;
    }
    if (place === this.frames.length) this.frames.push(frame);
    else this.frames.splice(place, 0, frame);
    this.bytes += frame.bytes;
    if (this.frames.length > MOST_FRAMES || this.bytes > MOST_BYTES) this._thin();
  }

  /** The kept frame nearest to `step`, if it lies within `tolerance` steps. */
  near(step, tolerance) {
    const after = this._place(step);
    const [left, right] = [this.frames[after - 1], this.frames[after]];
    const away = (frame) => (frame ? Math.abs(frame.meta.step - step) : Infinity);
    const best = away(left) < away(right) ? left : right;
    return away(best) <= tolerance ? best : null;
  }

  /** The last step that two branches share: at the fork's own step they differ by the change. `fallback` where they are not described yet. */
  fork(one, other, fallback = 0) {
    return (parting(this.branches, one, other) ?? fallback) - 1;
  }

  _place(step) {
    const { frames } = this;
    let [low, high] = [0, frames.length];
    if (high && frames[high - 1].meta.step < step) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (frames[middle].meta.step < step) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  _drop(last) {
    this._keep(this.frames.filter((frame) => frame.meta.step <= last));
  }

  // The older half loses every second frame, so that the past grows coarser with distance; large frames, as often as needed.
  _thin() {
    do {
      const half = Math.max(2, this.frames.length >> 1);
      this._keep(this.frames.filter((_, i) => i >= half || i % 2 === 0));
    } while (this.bytes > MOST_BYTES && this.frames.length > 2);
  }

  _keep(frames) {
    this.frames = frames;
    this.bytes = frames.reduce((sum, frame) => sum + frame.bytes, 0);
  }
}
