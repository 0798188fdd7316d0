// What the network calls the photograph: its labels, best first, with their probabilities.

import { percent } from "../panels/format.js";
import { element } from "../panels/markup.js";

export class Labels {
  constructor(title) {
    this.list = element("ol", { class: "pxh-labels" });
    this.element = element("section", { class: "pxh-named", "aria-label": `${title}, with probabilities` }, element("h3", { text: title }), this.list);
  }

  show(labels) {
    this.list.replaceChildren(...labels.map(row));
  }
}

function row({ name, also, probability }) {
  const bar = element("i", { class: "pxh-bar", "aria-hidden": "true" });
  bar.style.setProperty("--share", probability.toFixed(4));
  return element("li", { title: also ? `also: ${also}` : null }, element("span", { class: "pxh-name", text: name }), element("b", { text: percent(probability) }), bar);
}
