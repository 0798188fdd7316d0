// What a branch is called, what opened it, and how two of them compare, in words.

import { minus, number, percent, whole } from "./format.js";
import { focusName, layerName, neuronName, sizes } from "./reading.js";

/** The person's name, or which it is and where it came from. `place` counts from 0. */
export function branchName(branch, place) {
  if (branch.name) return branch.name;
  return branch.parent === null || branch.parent === undefined ? "First branch" : `Branch ${place + 1}, from step ${whole(branch.fork_step ?? 0)}`;
}

/** Map(id → name) of all. */
export function branchNames(branches) {
  return new Map(branches.map((branch, i) => [branch.id, branchName(branch, i)]));
}

/** What opened a branch: "learning rate 0.1"; "" for the first, which nothing opened. */
export function changeWords(change, context) {
  if (!change) return "";
  const words = WORDS[change.command]?.(change, context) ?? change.command.replaceAll("_", " ");
  return change.undoes ? `undone: ${words}` : words;
}

const WORDS = {
  set: ({ values }, context) => valueWords(values, context),
  edit: (change, context) => `${focusName(context, change)} set to ${asSet(change.value)}`,
  freeze: (change, context) => `${frozenName(context, change)} ${change.frozen ? "frozen" : "free again"}`,
  lesion: ({ layer, neuron, lesioned }, context) => `${neuronName(context, layer, neuron)} of ${layerName(layer, lastLayer(context))} ${lesioned ? "lesioned" : "restored"}`,
  choose: (change, context) => `synapse driven by ${focusName(context, change)}`,
  fork: ({ values }, context) => ["copy raced", valueWords(values, context)].filter(Boolean).join(": "),
  close_lane: ({ lane, closed }) => `lane ${lane} ${closed ? "put aside" : "back in the race"}`,
};

const lastLayer = (context) => (sizes(context)?.length ?? 1) - 1;

function frozenName(context, change) {
  return change.to === null ? layerName(change.layer, lastLayer(context)) : focusName(context, change);
}

function valueWords(values, context) {
  return Object.entries(values ?? {}).map(([field, value]) => valueWord(field, value, context)).join(", ");
}

// A choice speaks for itself; a number needs its name.
function valueWord(field, value, context) {
  if (typeof value === "string" && value !== "none") return CHOICES[value] ?? value.replaceAll("_", " ");
  const control = (context.data?.controls ?? []).find((one) => one.field === field);
  const label = control ? control.label[0].toLowerCase() + control.label.slice(1) : field.replaceAll("_", " ");
  return value === "none" || value === null ? `no ${label}` : `${label} ${typeof value === "number" ? asSet(value) : value}`;
}

const CHOICES = {
  sgd: "plain descent", momentum: "momentum", adam: "Adam", relu: "ReLU", l1: "L1", l2: "L2",
  reach: "race to a test loss", lowest: "race for the lowest test loss", updates: "race counted in updates", seconds: "race counted in seconds of compute",
};

/** A number as a person set it: 0.1, not 0.100. */
function asSet(value) {
  return Math.abs(value) >= 1e-4 || value === 0 ? minus(String(Number(value.toPrecision(4)))) : number(value);
}

/** "test loss 0.031, accuracy 97%", as far as it is known. */
export function measuredWords(metrics) {
  if (!metrics || metrics.test_loss === undefined) return "";
  const parts = [`test loss ${metrics.test_loss === null ? "not a number" : number(metrics.test_loss)}`];
  if (typeof metrics.test_accuracy === "number") parts.push(`accuracy ${percent(metrics.test_accuracy)}`);
  if (typeof metrics.test_r2 === "number") parts.push(`R² ${number(metrics.test_r2)}`);
  return parts.join(", ");
}

/** Curves [{name, step, test_loss}] at the last step that all have: which has how much. `fork`: where the first of them part. */
export function comparison(curves, fork) {
  const [first, ...others] = curves.map(({ step }) => step);
  const sets = others.map((steps) => new Set(steps));
  const common = first.findLast((step) => sets.every((steps) => steps.has(step)));
  if (common === undefined) return "";
  const at = curves.map(({ name, step, test_loss: loss }) => ({ name, loss: loss[step.lastIndexOf(common)] }));
  const who = curves.length === 2 ? "both" : "all";
  if (common <= fork) return `At step ${whole(common)}, the last that ${who} have, nothing parts them yet: let each learn on from there.`;
  at.sort((a, b) => (a.loss ?? Infinity) - (b.loss ?? Infinity));
  const told = at.map(({ name, loss }, i) => `“${name}” ${i ? "" : "has test loss "}${loss === null ? "that is no number any more" : number(loss)}`);
  return `At step ${whole(common)}, the last that ${who} have, branch ${told.join(", ")}.`;
}
