// "What you are seeing": every number in the sentences comes from the frame that is drawn.

import { percent, whole } from "../panels/format.js";
import { element, say, section } from "../panels/markup.js";
import { progress } from "../panels/prose.js";
import { themed } from "../panels/surface.js";
import { className, layerTitle, layersOf, likeliest, sample, shownIn } from "./described.js";

class ProsePanel {
  constructor(context) {
    this.context = context;
    this.every = 500;
    this.readings = ["layers/update_ratio", "1/filter", "1/filter_update", "output/probabilities"];
    const { root } = section("prose", "What you are seeing");
    this.sentences = [0, 1, 2].map(() => element("span"));
    root.append(element("p", { class: "px-sentences" }, this.sentences.flatMap((sentence) => [sentence, " "])));
    this.element = root;
    this.stopTheme = themed(context, root);
  }

  draw(frame) {
    const { meta, arrays } = frame;
    say(this.sentences[0], progress(meta));
    say(this.sentences[1], meta.step > 0 ? this._moved(arrays) : "");
    say(this.sentences[2], this._image(frame));
  }

  /** Which layer, and which kernel of the first, the last update moved most. */
  _moved(arrays) {
    const layers = layersOf(this.context);
    const ratio = arrays["layers/update_ratio"];
    if (!ratio || ![...ratio].every(Number.isFinite)) return "";
    const most = ratio.indexOf(Math.max(...ratio));
    if (ratio[most] === 0) return "The last update moved no weight.";
    const kernel = busiest(arrays["1/filter_update"], layers[0]?.out);
    const first = kernel === null ? "" : ` Of the first layer's ${layers[0].out} kernels it moved kernel ${kernel + 1} furthest.`;
    return `The last update moved ${layerTitle(layers, most + 1)} most, by ${percent(ratio[most])} of its weights' length.${first}`;
  }

  _image(frame) {
    const shares = frame.arrays["output/probabilities"];
    const found = sample(this.context, shownIn(frame));
    if (!shares || !found || ![...shares].every(Number.isFinite)) return "";
    const guess = likeliest(shares);
    const name = (c) => `“${className(this.context, c)}”`;
    const chance = percent(1 / shares.length);
    return `Image ${whole(shownIn(frame) + 1)}, ${name(found.label)}, is called ${name(guess)} with ${percent(shares[guess])}; guessing among ${shares.length} classes would give ${chance}.`;
  }

  resize() {}

  destroy() {
    this.stopTheme();
  }
}

function busiest(update, count) {
  if (!update || !count) return null;
  const size = update.length / count;
  let [best, most] = [null, 0];
  for (let o = 0; o < count; o++) {
    let sum = 0;
    for (let i = o * size; i < (o + 1) * size; i++) sum += update[i] * update[i];
    if (sum > most) [best, most] = [o, sum];
  }
  return best;
}

export function create(context) {
  return layersOf(context).length ? new ProsePanel(context) : null;
}
