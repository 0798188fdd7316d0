// The live values of a run: those that a person chose in this view, those that the run has, and the address that shows them.

import { writeAddress } from "./address.js";

const REST = 300; // ms; browsers refuse to rewrite the address many times a second

/** Follows the frames as text does (see Painter): at most ten times a second. */
export class LiveSettings {
  constructor(view) {
    this.view = view;
    this.every = 100;
    /** {field: value}: lie over the page's spec, and outlive a new structure. */
    this.chosen = {};
    this.present = null;
  }

  choose(values) {
    Object.assign(this.chosen, values);
    this.write();
  }

  forget() {
    this.chosen = {};
  }

  /** Another run is in sight. */
  begin() {
    this.present = null;
  }

  // Settings move by undo, by seeking and by other viewers too: the frames know.
  draw({ meta }) {
    const before = this.present;
    if (!meta.settings) return;
    this.present = meta.settings;
    if (before === null) return this._agree(meta.settings);
    const moved = Object.entries(meta.settings).filter(([field, value]) => value !== before[field]);
    if (moved.length) this.choose(Object.fromEntries(moved));
  }

  // A run that was found again may have other live values than the address, which is what a person sees and shares.
  _agree(settings) {
    const { data, attachment } = this.view;
    const wanted = { ...data.spec, ...this.chosen };
    const other = data.controls.map(({ field }) => field).filter((field) => field in wanted && field in settings && wanted[field] !== settings[field]);
    if (attachment.run.found && other.length) {
      this.view.set(Object.fromEntries(other.map((field) => [field, wanted[field]]))).catch((error) => this.view.stage.say(error.message));
    }
    this.write();
  }

  write() {
    clearTimeout(this.writing);
    this.writing = setTimeout(() => writeAddress(this.view.data, { ...this.present, ...this.chosen }), REST);
  }

  destroy() {
    clearTimeout(this.writing);
  }
}
