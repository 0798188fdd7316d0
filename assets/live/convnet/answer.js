// What the network says of the shown image, and whether that is right, in words.

import { percent, whole } from "../panels/format.js";
import { element, say, section } from "../panels/markup.js";
import { themed } from "../panels/surface.js";
import { Bars } from "./bars.js";
import { className, classNames, layersOf, likeliest, sample, shownIn } from "./described.js";

class AnswerPanel {
  constructor(context) {
    this.context = context;
    this.every = 110;
    this.readings = ["output/probabilities"];
    const { root } = section("answer", "The answer for this image");
    this.words = element("p", { class: "px-answer-words" });
    this.bars = new Bars(classNames(context).map(String), "Probability of each class for the shown image");
    root.append(this.words, this.bars.element);
    this.element = root;
    this.stopTheme = themed(context, root);
  }

  draw(frame) {
    const shares = frame.arrays["output/probabilities"];
    const found = sample(this.context, shownIn(frame));
    if (!shares || !found) return;
    this.bars.show(shares, found.label);
    say(this.words, this._sentence(shares, found.label, shownIn(frame), frame.meta.step));
  }

  _sentence(shares, truth, index, step) {
    const name = (c) => `“${className(this.context, c)}”`;
    const guess = likeliest(shares);
    if (![...shares].every(Number.isFinite)) return "The answer is no longer a number.";
    const start = step ? "" : "Untrained, ";
    const right = guess === truth ? "✓ Right" : `✗ Wrong: it is ${name(truth)}, which has ${percent(shares[truth])}`;
    return `${start ? `${start}the` : "The"} network calls image ${whole(index + 1)} ${name(guess)} with ${percent(shares[guess])}. ${right}.`;
  }

  resize() {}

  destroy() {
    this.stopTheme();
  }
}

export function create(context) {
  return layersOf(context).length ? new AnswerPanel(context) : null;
}
