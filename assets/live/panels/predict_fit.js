// Whether a run is still the start that a question is about: its structure, the settings that matter, nothing frozen, no lane added.

// Fields that are null mean the same as fields that are not there.
const plain = (value) => JSON.stringify(value ?? null, (_, part) => (part && typeof part === "object" && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).filter(([, inner]) => inner !== null)) : part));
const same = (one, two) => plain(one) === plain(two);

/** The run in sight was started from the structure that the question is about. */
export function isAbout(prediction, spec) {
  return Boolean(spec) && Object.entries(prediction.spec).every(([field, value]) => same(spec[field], value));
}

/** Settings of the run that differ from the preset's: [[field, preset's value, value now]]. */
export function changed(prediction, spec, settings) {
  const values = { ...spec, ...settings };
  return Object.entries(prediction.settings).filter(([field, value]) => !same(values[field], value)).map(([field, value]) => [field, value, values[field]]);
}

/** Why the question no longer fits this run, as a sentence; empty where it does. */
export function misfit(prediction, context, { meta }) {
  const [first] = changed(prediction, {}, meta.settings);
  if (first) return `${label(context, first[0])} is ${value(first[2])} now; the question is about ${value(first[1])}.`;
  const [begun] = changed(prediction, context.run.spec, {});
  if (begun) return `This run began with another ${label(context, begun[0]).toLowerCase()} than the question is about. Choose the preset again to have it asked.`;
  if (meta.frozen?.length || meta.lesioned?.length) return "Parts of the network are frozen or cut out; the question is about all of it.";
  const lanes = 1 + (prediction.spec.lanes?.length ?? 0);
  if (prediction.settled && meta.lanes && meta.lanes.filter(({ closed }) => !closed).length !== lanes) return `The question is about a race of ${lanes} lanes.`;
  return "";
}

function label(context, field) {
  return context.data.controls?.find((control) => control.field === field)?.label ?? field.replaceAll("_", " ").replace(/^./, (letter) => letter.toUpperCase());
}

// A setting as it was entered, without the zeros of a measurement.
function value(shown) {
  return typeof shown === "number" ? String(Number(shown.toPrecision(3))) : String(shown ?? "none");
}
