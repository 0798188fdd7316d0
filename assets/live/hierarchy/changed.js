// The changed photograph as both sides see it, and the chosen unit's map before and after, on one scale.

import { number } from "../panels/format.js";
import { element, say, show } from "../panels/markup.js";
import { FeatureMap } from "./feature_map.js";

export class Changed {
  constructor(context) {
    this.context = context;
    this.canvas = element("canvas", { class: "pxh-input", role: "img", "aria-label": "The changed photograph, 224 by 224 pixels", width: 224, height: 224 });
    this.maps = ["before", "now"].map((word) => ({ word, canvas: element("canvas", { class: "pxh-pixels", "aria-hidden": "true" }) }));
    this.unit = element("div", { class: "pxh-before", hidden: true }, ...this.maps.map(({ word, canvas }) => element("figure", {}, canvas, element("figcaption", { text: word }))));
    this.said = element("p", { class: "pxh-caption" });
    this.element = element("div", { class: "pxh-changed" }, this.canvas, element("div", {}, this.unit, this.said));
  }

  show({ result, arrays }, map) {
    this._paint(arrays.image);
    const found = result.unit;
    const drawn = Boolean(found && arrays["unit/map"] && map && found.channel === map.described.channel);
    show(this.unit, drawn);
    say(this.said, found && map ? `${map.stage.title}, ${map.name}: largest response ${number(found.largest[0])} before, ${number(found.largest[1])} now; mean ${number(found.mean[0])} before, ${number(found.mean[1])} now.` : "Choose a map above to follow its unit here.");
    if (!drawn) return;
    const stage = { ...map.stage, shape: arrays["unit/map"].shape.length === 2 ? [1, ...arrays["unit/map"].shape] : arrays["unit/map"].shape };
    const described = { ...map.described, minimum: found.minimum, maximum: found.maximum };
    [arrays["unit/before"], arrays["unit/map"]].forEach((bytes, i) => new FeatureMap(stage, described, bytes).paint(this.maps[i].canvas, this.context.palette));
  }

  _paint(rgb) {
    const pen = this.canvas.getContext("2d");
    const image = pen.createImageData(rgb.shape[1], rgb.shape[0]);
    for (let i = 0, j = 0; i < rgb.length; i += 3, j += 4) {
      image.data[j] = rgb[i];
      image.data[j + 1] = rgb[i + 1];
      image.data[j + 2] = rgb[i + 2];
      image.data[j + 3] = 255;
    }
    pen.putImageData(image, 0, 0);
  }
}
