// What does this unit prefer? An image that climbs the unit's slope while one watches, and the packaged pictures' patches that
// drive it most.

import { number, whole } from "../../panels/format.js";
import { element, say, section, show, toggle } from "../../panels/markup.js";
import { themed } from "../../panels/surface.js";
import { Asked } from "./asked.js";
import { LineChart } from "./line_chart.js";
import { paintPicture, picture } from "./pictures.js";
import { Patches } from "./patches.js";
import { StoredPatch } from "./stored_patch.js";

const INVITES = "Press the button: an image grows out of noise by small steps that raise this unit’s response, and the packaged pictures are searched for what drives it most.";

export class Preference {
  constructor(context) {
    this.context = context;
    this.smooth = true;
    const { root, aside } = section("preference", "What does this unit prefer?", "Choose a unit above.");
    Object.assign(this, { element: root, aside });
    this.unthemed = themed(context, root);
    this.asked = new Asked(context, "unit-preference", "Find what drives it most", {
      question: () => this._question(),
      began: () => this._began(),
      preview: (arrays) => this._grown(arrays),
      answered: (answer) => this._answered(answer),
    });
    this.detail = toggle("photograph-like detail", true, (on) => { this.smooth = on; });
    this.detail.title = "Fine detail is as costly as in photographs (a 1/f spectrum). Without it every pixel is free, and the image becomes noise that no photograph has.";
    this.curve = new LineChart(context, "preference-drive", "Drive over steps", { label: "drive", across: "steps up the slope" });
    this.charts = [this.curve];
    this._build();
  }

  _build() {
    this.image = picture("The image that drives the unit most", "pxm-large");
    this.noise = picture("The noise that the search began with");
    this.reached = element("p", { class: "px-caption" });
    this.began = element("p", { class: "px-caption" });
    this.stored = new StoredPatch(this.context);
    this.patches = new Patches(this.context);
    this.sentence = element("p", { class: "px-sentences", role: "status" });
    this.invitation = element("p", { class: "pxm-invitation", text: INVITES });
    this.grown = element("figure", { class: "pxm-grown" }, (this.sought = element("h4", { text: "Image sought" })), this.image, this.reached);
    this.start = element("figure", { class: "pxm-start" }, element("h4", { text: "Noise" }), this.noise, this.began);
    this.drive = element("figure", { class: "pxm-drive" }, element("h4", { text: "Drive" }), this.curve.element);
    this.body = element("div", { class: "pxm-preference", hidden: true }, this.grown, this.start, this.drive, this.stored.element, this.patches.element);
    this.element.append(element("div", { class: "pxm-controls" }, this.asked.element, this.detail), this.invitation, this.body, this.sentence);
  }

  /** A unit was chosen on one of the ladders. */
  chosen(unit) {
    if (this.unit?.side === unit.side && this.unit.rung === unit.rung && this.unit.channel === unit.channel) return;
    this.unit = unit;
    say(this.aside, unit.title);
    show(this.aside, true);
    show(this.detail, unit.side === "network");
    if (this.asked.busy) this.asked.cancel();
    if (this.answer && this._of(this.answer.result.unit)) this._answered(this.answer);
    else if (this.answer || !this.invitation.hidden) this._rest();
  }

  _of({ side, rung, channel }) {
    return this.unit.side === side && this.unit.rung === rung && this.unit.channel === channel;
  }

  _rest() {
    show(this.body, false);
    show(this.invitation, true);
    say(this.sentence, "");
  }

  _question() {
    if (!this.unit) return null;
    const { side, rung, channel } = this.unit;
    return { side, rung, channel, smooth: this.smooth };
  }

  _began() {
    const { side, ceiling } = this.unit;
    this.curve.label = driven(ceiling);
    this.element.dataset.side = side;
    this.curve.clear();
    say(this.sentence, "");
  }

  // While it grows: image, curve, and the patches, which are known first.
  _grown(arrays) {
    show(this.body, true);
    show(this.invitation, false);
    show(this.grown, true);
    say(this.sought, "Image sought");
    show(this.drive, true);
    show(this.start, false);
    this.stored.show(null);
    paintPicture(this.image, arrays.image);
    this._climbed(arrays.drive, []);
    this.patches.show(arrays.patches, null);
  }

  _climbed(drive, levels) {
    const points = Array.from({ length: drive.shape[0] }, (_, i) => [drive[2 * i], drive[2 * i + 1]]);
    const [end, value] = points.at(-1);
    say(this.reached, `${driven(this.unit.ceiling)} ${number(value)} after ${whole(end)} steps`);
    this.curve.show({ line: points, levels, ticks: [[0, "0"], [Math.max(end, 1), whole(end)]], end: Math.max(end, 1), colour: "network", words: `Drive over steps: from ${number(points[0][1])} to ${number(value)}.` });
  }

  _answered(answer) {
    this.answer = answer;
    const { result, arrays } = answer;
    show(this.body, true);
    show(this.invitation, false);
    const { climb, known } = result;
    show(this.grown, Boolean(climb || known));
    show(this.start, Boolean(climb || known));
    show(this.drive, Boolean(climb));
    say(this.sought, known ? "Known optimum" : "Image sought");
    if (climb || known) {
      paintPicture(this.image, arrays.image);
      paintPicture(this.noise, arrays.noise);
      say(this.reached, `${driven(this.unit.ceiling)} ${number((climb ?? known).reached)}`);
      say(this.began, `${driven(this.unit.ceiling)} ${number((climb ?? known).noise)}`);
    }
    if (climb) this._climbed(arrays.drive, [{ y: result.pictures.largest, name: "best patch" }, { y: climb.noise, name: "noise" }, ...(this.unit.ceiling ? [{ y: this.unit.ceiling, name: `cut at ${this.unit.ceiling}` }] : [])]);
    this.stored.show(arrays.stored ?? null);
    this.patches.show(arrays.patches, result.patches);
    say(this.sentence, words(result, this.unit.ceiling));
  }

  theme() {
    if (this.answer && !this.body.hidden && !this.asked.busy) this._answered(this.answer);
  }

  destroy() {
    this.unthemed();
    this.asked.destroy();
    this.curve.destroy();
  }
}

/** A rectified stage's response is its drive cut to 0…ceiling; a climb follows the drive, which knows no end. */
const driven = (ceiling) => (ceiling ? `drive (before the cut at ${ceiling})` : "drive");

/** What was found, in sentences with its numbers. */
function words({ unit, climb, known, pictures, field }, ceiling) {
  const natural = `Of ${whole(pictures.searched)} packaged pictures the best patch has ${number(pictures.largest)}, half of the pictures stay below ${number(pictures.median)}.`;
  if (climb) {
    const moved = climb.jitter ? `moved by up to ${climb.jitter} px before each of them` : "kept in place";
    const cut = ceiling ? ` All of these are drives, before the cut: the response that the maps above show ends at ${number(ceiling)}.` : "";
    const kind = climb.smooth ? "fine detail as costly as in photographs" : "every pixel free";
    return `The image of ${field.shown.right - field.shown.left} × ${field.shown.bottom - field.shown.top} pixels went ${whole(climb.steps)} steps up the unit’s slope (${kind}, ${moved}): drive ${number(climb.reached)}, ${number(climb.noise)} for the noise it began with. ${natural}${cut} It is the end of a search from one seed, and it is no photograph: what maximises a unit is not what the unit detects in nature.`;
  }
  if (known && unit.rung === "retina") return `For a weighted sum of light the pattern of its own weights is the best of all patterns of equal contrast energy: no search is needed. Drive ${number(known.reached)} against ${number(known.noise)} for noise of the same energy. The patches’ numbers are in units of each picture’s mean light, so dark pictures with single bright points lead: half of ${whole(pictures.searched)} pictures stay below ${number(pictures.median)}.`;
  if (known) return `A cell that sums light under a Gabor is driven most by that Gabor, among all patterns of equal contrast energy: no search is needed${unit.rung === "v1_complex" ? "; a complex cell answers alike to the same Gabor at any phase" : ""}. Drive ${number(known.reached)} against ${number(known.noise)} for noise of the same energy. ${natural} A patch may have more, because it may have more contrast. This is the optimum of a model, not of a recorded cell.`;
  const kind = unit.rung === "c1" ? "A maximum over places and sizes has many best stimuli, so only patches are shown." : "The unit compares what it sees with one stored patch, shown above: the closer, the larger its response, at most 1.";
  return `${kind} ${natural}`;
}
