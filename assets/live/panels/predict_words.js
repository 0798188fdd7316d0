// The sentences of a prediction, with the live run's numbers in them.

import { number, percent, whole } from "./format.js";
import { LETTERS } from "./predict_choices.js";
import { unit } from "./predict_measures.js";

const SHOWN = { percent, whole, number };
const NOUNS = {
  step: "update", train_loss: "train loss", test_loss: "test loss", train_accuracy: "train points right", test_accuracy: "unseen points right", test_r2: "R²",
  error_shrink: "error in layer 1 smaller by a factor of", silent: "units silent", near_zero: "weights within 0.01 of zero", rises: "measured steps that raised the loss",
};

function shown(prediction, name, value) {
  if (value === Infinity) return prediction.measures[name]?.of === "updates_to" ? "none so far" : "∞";
  return Number.isNaN(value) || value === null ? "no number" : SHOWN[unit(prediction, name)](value);
}

/** A text with `{name}` filled in. */
export function filled(prediction, text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? shown(prediction, name, values[name]) : whole));
}

/** What the run shows at its reveal, and why, if the choice that holds says so. */
export function found(prediction, values, right) {
  return [prediction.found, prediction.choices[right]?.because].filter(Boolean).map((text) => filled(prediction, text, values)).join(" ");
}

/** What no curve keeps stands as a later frame had it: then it is said of which update. */
export function lateness(step, moment) {
  return ` The losses and scores are those of update ${whole(moment)}; the rest was read at update ${whole(step)}.`;
}

/** Why the answer is of another update than was asked about: losses and scores are measured now and then. */
export function measuredPast({ after, settled }, step) {
  return settled || after === null || step <= after ? "" : ` Update ${whole(step)} is the first measured one past ${whole(after)}.`;
}

/** "Now, at update 12,400: test loss 0.012, unseen points right 99%." `things`: points | images. */
export function now(prediction, values, step, lanes, things = "points") {
  const parts = prediction.follows.map((name) => `${noun(prediction, name, lanes).replace("points", things)} ${shown(prediction, name, values[name])}`);
  return `Now, at update ${whole(step)}: ${parts.join(", ")}.`;
}

function noun(prediction, name, lanes) {
  const wanted = prediction.measures[name] ?? { of: name };
  if (wanted.of !== "lane_loss") return NOUNS[wanted.of] ?? wanted.of.replaceAll("_", " ");
  return `lane ${wanted.lane}${wanted.lane === 1 ? "" : ` (${lanes?.[wanted.lane - 1]?.name ?? "…"})`} at`;
}

function quoted(prediction, index) {
  return index === null ? "none of these" : `${LETTERS[index]}: “${prediction.choices[index].text}”`;
}

export function verdict(prediction, { chosen, revealed }) {
  const right = quoted(prediction, revealed.right);
  if (chosen === null) return `It was ${right}.`;
  if (chosen === revealed.right) return `You said ${LETTERS[chosen]}, and so it was: “${prediction.choices[chosen].text}”.`;
  return `You said ${LETTERS[chosen]}; it was ${right}.`;
}

export function waiting({ after, settled }, chosen, playing) {
  if (!playing) return `You said ${LETTERS[chosen]}. Press Play.`;
  const moment = settled ? "once the race is decided" : `just past update ${whole(after)}`;
  return `You said ${LETTERS[chosen]}. The answer comes ${moment}.`;
}

export function tallied({ right, asked }) {
  return asked ? `${right} of ${asked} right, kept in this browser only` : "";
}
