// What a prediction is judged by: measures of one frame, conditions on them, and texts with their numbers. Imports nothing, so that a
// test can judge a real run's frames without a page.

/** Readings that a kind of measure needs; the rest stands in the frame's metadata. */
const READINGS = {
  error_shrink: ["layers/delta_magnitude"], update_ratio: ["layers/update_ratio"], silent: ["layers/saturation"], near_zero: ["*/weight"],
  updates_to: ["curves/step", "curve"], lowest: ["curve"], lowest_at: ["curves/step", "curve"], lowest_share: ["curve"], risen: ["curve"], rises: ["curve"],
};
/** What a frame's metadata says, and the curves keep for every measured step. */
const KEPT = ["train_loss", "test_loss", "train_accuracy", "test_accuracy", "train_r2", "test_r2"];
const IN_CURVES = { gap: ["train_loss", "test_loss"], lane_loss: ["test_loss"], lowest_lane: ["test_loss"], ...Object.fromEntries(KEPT.map((name) => [name, [name]])) };
const FLEETING = new Set(["error_shrink", "update_ratio", "silent", "near_zero"]); // kept by no curve
const NEAR_ZERO = 0.01; // a weight within this of zero counts as let go
const PERCENT = new Set(["train_accuracy", "test_accuracy", "silent", "near_zero", "rises", "update_ratio"]);
const WHOLE = new Set(["step", "winner", "winner_updates", "updates_to", "lowest_at"]);

const curve = (frame, { curve: name }) => frame.arrays[`curves/${name}`] ?? [];
const told = (name) => ({ meta }) => meta[name] ?? NaN;
const lowest = (values) => values.reduce((least, value) => Math.min(least, value), Infinity);
const place = ({ meta }, lane) => meta.race?.lanes?.find((entry) => entry.lane === lane);
const winner = ({ meta }) => (meta.race?.settled ? meta.race.winner ?? NaN : NaN);

/** kind → (frame, arguments) → number. NaN: it cannot be told (yet). */
const KINDS = {
  step: told("step"), train_loss: told("train_loss"), test_loss: told("test_loss"), train_accuracy: told("train_accuracy"), test_accuracy: told("test_accuracy"), test_r2: told("test_r2"),
  gap: ({ meta }) => (meta.test_loss ?? NaN) / meta.train_loss,
  diverged: ({ meta }) => Number(hasDiverged(meta)),
  error_shrink: ({ arrays }) => ratio(arrays["layers/delta_magnitude"]),
  update_ratio: ({ arrays }, { layer }) => arrays["layers/update_ratio"]?.[layer - 1] ?? NaN,
  silent: ({ arrays }) => Math.max(...(arrays["layers/saturation"] ?? []).slice(0, -1)), // the output layer is not hidden
  near_zero: ({ arrays }) => nearZero(arrays),
  updates_to: (frame, wanted) => firstBelow(frame.arrays["curves/step"] ?? [], curve(frame, wanted), wanted.goal),
  lowest: (frame, wanted) => lowest(curve(frame, wanted)),
  lowest_at: (frame, wanted) => frame.arrays["curves/step"]?.[curve(frame, wanted).indexOf(lowest(curve(frame, wanted)))] ?? NaN,
  lowest_share: (frame, wanted) => lowest(curve(frame, wanted)) / (curve(frame, wanted)[0] ?? NaN),
  risen: (frame, wanted) => (curve(frame, wanted).at(-1) ?? NaN) / lowest(curve(frame, wanted)),
  rises: (frame, wanted) => rises(curve(frame, wanted)),
  winner,
  winner_updates: (frame) => place(frame, winner(frame))?.updates ?? NaN,
  winner_seconds: (frame) => place(frame, winner(frame))?.seconds ?? NaN,
  quickest: ({ meta }) => least(meta.race?.lanes ?? [], "seconds"),
  lowest_lane: ({ meta }) => least(meta.lanes ?? [], "test_loss"),
  lane_loss: ({ meta }, { lane }) => meta.lanes?.find((entry) => entry.lane === lane)?.test_loss ?? NaN,
};

export function hasDiverged(meta) {
  return meta.status === "diverged" || meta.health?.[0]?.code === "not_a_number";
}

function ratio(deltas) {
  return deltas?.length ? deltas.at(-1) / deltas[0] : NaN;
}

function nearZero(arrays) {
  const weights = Object.entries(arrays).filter(([name]) => /^\d+\/weight$/.test(name)).flatMap(([, array]) => [...array]);
  return weights.length ? weights.filter((weight) => Math.abs(weight) < NEAR_ZERO).length / weights.length : NaN;
}

function firstBelow(steps, values, goal) {
  const at = values.findIndex((value) => value < goal);
  return at < 0 ? Infinity : steps[at];
}

function rises(values) {
  let count = 0;
  for (let i = 1; i < values.length; i++) count += values[i] > values[i - 1];
  return values.length > 1 ? count / (values.length - 1) : NaN;
}

function least(entries, field) {
  const able = entries.filter((entry) => Number.isFinite(entry[field]));
  return able.reduce((best, entry) => (best === null || entry[field] < best[field] ? entry : best), null)?.lane ?? NaN;
}

const described = (prediction, name) => prediction.measures[name] ?? { of: name };

/** One named measure of a prediction, in this frame. */
export function measure(prediction, name, frame) {
  const wanted = described(prediction, name);
  return KINDS[wanted.of](frame, wanted);
}

export function unit(prediction, name) {
  const { of } = described(prediction, name);
  return PERCENT.has(of) ? "percent" : WHOLE.has(of) ? "whole" : "number";
}

/** Every measure that a prediction names anywhere. */
export function named(prediction) {
  const texts = [prediction.found, ...prediction.choices.map(({ because }) => because)].join(" ");
  const inTexts = [...texts.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  return [...new Set([...inTexts, ...prediction.follows, ...prediction.choices.flatMap(({ when }) => inCondition(when))])];
}

function inCondition(condition) {
  if (condition.measure) return [condition.measure];
  return (condition.all ?? condition.any ?? []).flatMap(inCondition);
}

/** Patterns of the readings that a frame must carry for the reveal: of every measure, and the curves at the moment. */
export function readingsOf(prediction) {
  const kept = named(prediction).flatMap((name) => IN_CURVES[described(prediction, name).of] ?? []).map((name) => `curves/${name}`);
  const lanes = prediction.settled ? ["*:curves/step", "*:curves/test_loss"] : [];
  return [...new Set(["curves/step", ...kept, ...lanes, ...liveReadings(prediction, named(prediction))])].sort();
}

/** Patterns of the readings that these measures need in a frame of their own time. */
export function liveReadings(prediction, names) {
  const needed = names.flatMap((name) => {
    const wanted = described(prediction, name);
    return (READINGS[wanted.of] ?? []).map((reading) => (reading === "curve" ? `curves/${wanted.curve}` : reading));
  });
  return [...new Set(needed)].sort();
}

/** Whether a condition holds for these values; `otherwise` is judged by `judge` alone. */
export function holds(condition, values) {
  if (condition.all) return condition.all.every((part) => holds(part, values));
  if (condition.any) return condition.any.some((part) => holds(part, values));
  const value = values[condition.measure];
  if (condition.below !== undefined) return value < condition.below;
  if (condition.at_least !== undefined) return value >= condition.at_least;
  if (condition.is !== undefined) return value === condition.is;
  return false;
}

/** Indices of the choices that hold for these values: one, if the choices are sound. */
export function judge(choices, values) {
  const held = choices.flatMap(({ when }, index) => (holds(when, values) ? [index] : []));
  return held.length ? held : choices.flatMap(({ when }, index) => (when.otherwise ? [index] : []));
}

/** Every measure of the prediction in this frame, by name. */
export function valuesOf(prediction, frame) {
  return Object.fromEntries(named(prediction).map((name) => [name, measure(prediction, name, frame)]));
}

/** The moment of the reveal: the first measured step from `after` on, or where the winner came to the goal. NaN: not yet, or not in sight. */
export function momentOf({ after, settled }, frame) {
  const { meta, arrays } = frame;
  // A frame that was asked for without the curves cannot tell; the next one will.
  if (settled && meta.race?.settled) return prefixes(meta).every((prefix) => arrays[`${prefix}curves/step`]) ? place(frame, meta.race.winner)?.updates ?? NaN : NaN;
  const steps = arrays["curves/step"] ?? [];
  const at = after === null ? -1 : steps.findIndex((step) => step >= after);
  if (at >= 0) return steps[at];
  return meta.step > 0 && hasDiverged(meta) ? meta.step : NaN;
}

/** Whether the moment has come. */
export function due(prediction, frame) {
  return !Number.isNaN(momentOf(prediction, frame));
}

/**
 * The frame as it was at the moment, so that a late frame tells the same: the curves end there, and what they keep is read from them.
 * What no curve keeps stays this frame's.
 */
export function atMoment(prediction, frame) {
  const moment = momentOf(prediction, frame);
  const arrays = { ...frame.arrays };
  for (const prefix of prefixes(frame.meta)) cut(arrays, prefix, moment);
  const lanes = frame.meta.lanes?.map((lane) => ({ ...lane, ...ends(arrays, prefixOf(lane)) }));
  // What broke off later was whole at the moment.
  const whole = moment < frame.meta.step ? { status: "playing", health: [] } : {};
  return { meta: { ...frame.meta, ...whole, ...ends(arrays, ""), ...(lanes && { lanes }), step: moment }, arrays };
}

const prefixOf = ({ lane }) => (lane > 1 ? `${lane}:` : "");
const prefixes = ({ lanes }) => ["", ...(lanes ?? []).map(prefixOf).filter(Boolean)];

function cut(arrays, prefix, moment) {
  const later = arrays[`${prefix}curves/step`]?.findIndex((step) => step > moment) ?? -1;
  if (later < 0) return;
  for (const name of ["step", ...KEPT].map((kept) => `${prefix}curves/${kept}`)) if (arrays[name]) arrays[name] = arrays[name].slice(0, later);
}

// A run that broke off has no measurement of where it did: there its own last frame tells.
function ends(arrays, prefix) {
  const able = KEPT.filter((name) => arrays[`${prefix}curves/${name}`]?.length);
  return Object.fromEntries(able.map((name) => [name, arrays[`${prefix}curves/${name}`].at(-1)]));
}

/** Whether all that the prediction tells is kept by the curves, so that a late frame tells the same. */
export function isKept(prediction) {
  return named(prediction).every((name) => !FLEETING.has(described(prediction, name).of));
}
