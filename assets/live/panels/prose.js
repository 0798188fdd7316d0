// "What you are seeing": two or three sentences; every number in them comes from the frame that is drawn.

import { number, percent, whole } from "./format.js";
import { element, say, section } from "./markup.js";
import { layerName, reading, sizes } from "./reading.js";
import { ruleOf, withoutError } from "./rule_words.js";
import { themed } from "./surface.js";

class ProsePanel {
  constructor(context) {
    this.context = context;
    this.every = 500;
    this.readings = ["layers/update_ratio", "layers/delta_magnitude"];
    const { root } = section("prose", "What you are seeing");
    this.sentences = [0, 1, 2].map(() => element("span"));
    this.text = element("p", { class: "px-sentences" }, this.sentences.flatMap((sentence) => [sentence, " "]));
    root.append(this.text);
    this.element = root;
    this.stopTheme = themed(context, root);
  }

  draw(frame) {
    const layers = (sizes(this.context)?.length ?? 2) - 1;
    say(this.sentences[0], progress(frame.meta));
    // Before the first update nothing has moved and no error has been sent: there is nothing to say of either.
    const begun = frame.meta.step > 0;
    say(this.sentences[1], begun ? movement(reading(frame, "layers/update_ratio"), layers) : "");
    say(this.sentences[2], begun ? descent(reading(frame, "layers/delta_magnitude"), layers, ruleOf(this.context)) : "");
  }

  resize() {}

  destroy() {
    this.stopTheme();
  }
}

export function progress({ step, train_loss: train, test_loss: test, test_accuracy: accuracy, test_r2: explained }) {
  if (!step) return `Before the first update the loss is ${number(train)} on the training data: press Play, or Step for one update.`;
  const when = `After ${whole(step)} ${step === 1 ? "update" : "updates"}`;
  if (!Number.isFinite(train)) return `${when} the loss is no longer a number.`;
  const gap = test > 1.5 * train && test - train > 0.02 ? ", well above it: the network has learned its examples better than their rule" : "";
  const right = Number.isFinite(accuracy)
    ? ` and gets ${percent(accuracy)} of unseen examples right`
    : Number.isFinite(explained) ? spread(explained) : "";
  return `${when} the network's loss is ${number(train)} on the examples it trains on and ${number(test)} on those it has not seen${gap}${right}.`;
}

function spread(explained) {
  if (explained < 0) return `; on unseen values it is worse than answering the mean every time (R² ${number(explained)})`;
  return `; its answers explain ${percent(explained)} of the unseen values' variance (R² ${number(explained)})`;
}

/** Which layer the last update moved most, in proportion to its length. */
export function movement(ratio, layers) {
  if (!ratio || ![...ratio].every(Number.isFinite)) return "";
  const [most, least] = [ratio.indexOf(Math.max(...ratio)), ratio.indexOf(Math.min(...ratio))];
  if (ratio[most] === 0) return "The last update moved no weight.";
  const first = `The last update moved the weights of ${named(most + 1, layers)} by ${percent(ratio[most])} of their length`;
  if (most === least) return `${first}.`;
  if (ratio[least] === 0) return `${first} and those of ${named(least + 1, layers)} not at all.`;
  return `${first}, those of ${named(least + 1, layers)} by ${percent(ratio[least])}.`;
}

/** What becomes of the error between the output and layer 1, where the rule sends one. */
export function descent(delta, layers, rule = { signal: "gradient" }) {
  if (!delta || layers < 2 || ![...delta].every(Number.isFinite)) return "";
  const without = withoutError(rule);
  if (without) return without;
  const [first, output] = [delta[0], delta[layers - 1]];
  if (rule.signal === "difference") return difference(first, output, rule.title);
  if (output === 0) return "There is no error left at the output to send back.";
  if (first === 0) return "None of the output's error reaches layer 1.";
  const share = first / output;
  if (share > 0.5 && share < 2) return `The error reaches layer 1 at much the size it has at the output (${number(share, 2)} times).`;
  if (share >= 2) return `On its way back to layer 1 the error grows ${number(share, 2)} times.`;
  return `On its way back to layer 1 the error shrinks ${number(1 / share, 2)} times, so layer 1 hears a neuron's error at ${number(first)} where the output hears ${number(output)}.`;
}

/** Nothing travels here but activity, which the answer has pushed a little: sizes, and no verdict. */
function difference(first, output, title) {
  return `In ${title.toLowerCase()} a difference of activity tells each neuron to change: on average ${number(first)} in layer 1 and ${number(output)} at the output.`;
}

function named(layer, layers) {
  return layer === layers ? "the output" : layerName(layer, layers);
}

export function create(context) {
  return new ProsePanel(context);
}
