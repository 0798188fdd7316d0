// Which copies a run has further on: after a reset its frames have one lane again until Play comes to where they were made.

// By view, since panels are made anew: {run, branches: Map branch → Map lane → the update at which its copy was made}.
const known = new WeakMap();

/** The update at which the next copy joins a run that stands before it; null where none is ahead, or where lanes race already. */
export function joining(context, meta, lanes) {
  const copies = copiesOf(context, meta);
  const { step = 0, head = step } = meta;
  // A copy that is not there although its update is past was put away or undone.
  for (const [lane, from] of copies) if (from <= step && !lanes.some((open) => open.lane === lane)) copies.delete(lane);
  for (const { lane, from_step: from } of lanes) if (from > 0) copies.set(lane, from);
  const ahead = [...copies.values()].filter((from) => from > step && from <= head);
  return lanes.length < 2 && ahead.length ? Math.min(...ahead) : null;
}

function copiesOf({ select, run }, { branch = 0 }) {
  if (known.get(select)?.run !== run?.id) known.delete(select);
  if (!known.has(select)) known.set(select, { run: run?.id, branches: new Map() });
  const { branches } = known.get(select);
  if (!branches.has(branch)) branches.set(branch, new Map());
  return branches.get(branch);
}
