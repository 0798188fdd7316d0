// What the network calls the photograph: its labels, best first, with their probabilities.

import { percent } from "../panels/format.js";
import { element, say, show } from "../panels/markup.js";

/** Ten times an even share among a thousand labels: a best label below it stands for nothing. */
const STANDS_OUT = 0.01;

export const standsOut = ({ probability }) => probability >= STANDS_OUT;

export class Labels {
  constructor(title) {
    this.none = element("p", { class: "pxh-caption", hidden: true });
    this.list = element("ol", { class: "pxh-labels" });
    this.element = element("section", { class: "pxh-named", "aria-label": `${title}, with probabilities` }, element("h3", { text: title }), this.none, this.list);
  }

  show(labels) {
    show(this.none, !standsOut(labels[0]));
    say(this.none, `No label stands out: the best of a thousand has ${percent(labels[0].probability)}, and an even share would be 0.1%.`);
    this.list.replaceChildren(...labels.map(row));
  }
}

function row({ name, also, probability }) {
  const bar = element("i", { class: "pxh-bar", "aria-hidden": "true" });
  bar.style.setProperty("--share", probability.toFixed(4));
  return element("li", { title: also ? `also: ${also}` : null }, element("span", { class: "pxh-name", text: name }), element("b", { text: percent(probability) }), bar);
}
