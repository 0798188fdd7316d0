// The label before and after a distortion: bars of the five most probable, each with a tick where it stood undistorted.

import { element, say } from "../panels/markup.js";
import { percent } from "./level_chart.js";

export class Labels {
  constructor() {
    this.sentence = element("p", { class: "pxr-said", "aria-live": "polite" });
    this.rows = element("ol", { class: "pxr-labels", "aria-label": "Most probable labels of the distorted photograph" });
    this.element = element("div", { class: "pxr-naming" }, this.sentence, this.rows);
  }

  show({ labels, undistorted, rank, kept }) {
    const { name, probability, now } = undistorted;
    const after = kept ? `still first, with ${percent(now)}` : `now ${percent(now)}, place ${rank.toLocaleString("en-GB")} of 1,000`;
    say(this.sentence, `Undistorted: “${name}” with ${percent(probability)}; ${after}.`);
    this.rows.replaceChildren(...labels.map((label) => this._row(label)));
  }

  _row({ name, probability, before }) {
    const bar = element("span", { class: "pxr-bar", "aria-hidden": "true" }, element("i"), element("b"));
    bar.firstChild.style.width = `${100 * probability}%`;
    bar.lastChild.style.left = `${100 * before}%`;
    bar.title = `${percent(before)} undistorted`;
    return element("li", {}, element("span", { class: "pxr-name", text: name }), bar, element("span", { class: "pxr-number", text: percent(probability) }));
  }
}
