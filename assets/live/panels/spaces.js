// Each layer's space as a plane: where the layer puts the training examples, and how it bends the plane to do so.

import { className } from "./answer_field.js";
import { isNamed } from "./class_marks.js";
import { percent } from "./format.js";
import { element, say, section } from "./markup.js";
import { isPlane, layerName, sizes, statics } from "./reading.js";
import { needs, pictured, spaceOf } from "./spaces_data.js";
import { LargeSpace } from "./spaces_large.js";
import { SpacePicture } from "./spaces_picture.js";
import { Surface, themed } from "./surface.js";

const EVERY = 120; // ms; a person sees it flow, and the service works a layer's components out ten times a second
const ME = "spaces";

class SpacesPanel {
  constructor(context) {
    this.context = context;
    this.title = "Each layer's space";
    this.every = EVERY;
    this.readings = needs(context);
    this.ringed = [];
    this._build(context);
    this.stopTheme = themed(context, this.element);
    this.stopHighlight = context.on?.("highlight", ({ examples }) => this._ring(examples));
  }

  _build(context) {
    const { root } = section("spaces", this.title);
    this.smalls = pictured(context).map((layer) => this._small(layer));
    this.large = new LargeSpace(context, (examples) => this._tell(examples), () => this._enlarge(null));
    this.note = element("p", { class: "px-note" });
    root.append(element("p", { class: "px-note", text: this._what() }), element("div", { class: "px-space-row" }, this.smalls.map(({ control }) => control)), this.large.element, this.note);
    if (isNamed(statics(context)?.meta) && statics(context).meta.task !== "digits") root.append(this._names());
    this.element = root;
  }

  _small(layer) {
    const name = layer === 0 ? (isPlane(this.context) ? "the plane" : "input") : layerName(layer, sizes(this.context).length - 1);
    const picture = new SpacePicture(this.context);
    const small = { layer, name, picture };
    small.surface = new Surface(this.context, {
      label: `${name}, not yet started`, height: (width) => width,
      render: (pen, view) => this.frame && picture.render(pen, view, this.frame, spaceOf(this.context, this.frame, layer), this.ringed),
    });
    small.share = element("span", { class: "px-share", text: "\u00a0" });
    small.control = element("button", { type: "button", class: "px-space", "aria-pressed": "false", onclick: () => this._enlarge(layer) }, element("b", { text: name }), small.share, small.surface.canvas);
    return small;
  }

  _what() {
    const before = "Each picture shows where a layer puts the training examples: its activations on the plane of their two largest components";
    return isPlane(this.context) ? `${before}, with the plane's grid bent as the layer bends it. What lies apart here the next layer can part.` : `${before}. What lies apart here the next layer can part.`;
  }

  _names() {
    const { meta } = statics(this.context);
    return element("p", { class: "px-note", text: meta.class_names.map((_, label) => `${label + 1}: ${className(meta, label)}`).join(", ") });
  }

  /** The same layer again closes it. */
  _enlarge(layer) {
    const before = this.large.layer;
    const next = layer === before ? null : layer;
    for (const small of this.smalls) small.control.setAttribute("aria-pressed", String(small.layer === next));
    this.large.open(next, this.smalls.find((small) => small.layer === next)?.name);
    if (next === null) this.smalls.find((small) => small.layer === before)?.control.focus();
    else if (this.frame) this.large.draw(this.frame);
  }

  draw(frame) {
    this.frame = frame;
    for (const small of this.smalls) {
      small.surface.draw();
      say(small.share, this._share(small));
      small.surface.describe(() => `Where ${small.name} puts the training examples; ${small.share.textContent}`);
    }
    this.large.draw(frame);
    say(this.note, this._caution());
  }

  _share({ layer, picture: { space } }) {
    if (!space) return "not recorded at this step";
    if (layer === 0 && isPlane(this.context)) return "as the data are";
    return space.share === null ? "" : `${percent(space.share)} of the variance`;
  }

  /** Where the pictures mislead, by the layer that they show least of. */
  _caution() {
    const shares = this.smalls.filter(({ picture }) => picture.space?.share > 0).map(({ name, picture }) => ({ name, share: picture.space.share }));
    const whole = "Distances in the sentence about neighbours are those of the whole layer.";
    if (sizes(this.context).length === 2) return `This network has no hidden layer: what it parts it has to part as the inputs lie. ${whole}`;
    if (shares.length === 0) return whole;
    const worst = shares.reduce((a, b) => (b.share < a.share ? b : a));
    if (worst.share > 0.995) return `These planes hold practically all of the variance and hide next to nothing. ${whole}`;
    return `A projection hides the other components, ${percent(1 - worst.share)} of the variance in ${worst.name}: points that touch here may lie far apart. ${whole}`;
  }

  _tell(examples) {
    if (!this.context.emit) return this._ring(examples);
    this.context.emit("highlight", { examples, by: ME });
  }

  _ring(examples) {
    this.ringed = this.large.ringed = examples;
    if (!this.frame) return;
    for (const { surface } of this.smalls) surface.draw();
    this.large.surface.draw();
  }

  resize() {
    for (const { surface } of this.smalls) surface.resize();
    this.large.surface.resize();
  }

  _shown() {
    return this.large.layer === null ? this.smalls.at(-1).surface : this.large.surface;
  }

  image() {
    return this._shown().image();
  }

  svg() {
    return this._shown().svg();
  }

  destroy() {
    this.stopTheme();
    this.stopHighlight?.();
    this.large.destroy();
    for (const { surface } of this.smalls) surface.destroy();
  }
}

export function create(context) {
  return sizes(context) ? new SpacesPanel(context) : null;
}
