// What an angle between a rule's direction and the gradient says, in sentences, and whose gradient it is.

export function angleText(degrees) {
  return Number.isFinite(degrees) ? `${Math.round(degrees)}°` : "at rest";
}

export const MEANING = "The angle is of the rule's direction in one layer, before momentum or Adam make a step of it. 0°: along the steepest descent of the batch's loss. 90°: it has nothing to do with it, as a random direction. Above 90° a small step of this layer alone would raise the batch's loss. A rule may learn at a large angle all the same: below 90°, a small enough step of the layer lowers its batch's loss, if only a little.";

/** "halted at update 60" for a lane that has halted, else null: its last angles are of then, not of now. */
export function haltedText(lane) {
  if (!lane?.halted) return null;
  const [, at] = /update ([\d,]+)/.exec(lane.halted) ?? [null, lane.measured_at];
  return at === undefined ? "halted" : `halted at update ${at}`;
}

/** Of lanes whose network is not the plain one: the loss is theirs. */
export function whoseLoss(lanes) {
  const own = lanes.filter(({ network }) => network && network !== "dense").map(({ title }) => title);
  const plain = "The gradient is that of each lane's own loss, at its own weights and on the batch that it has just seen.";
  if (!own.length) return plain;
  return `${plain} For ${list(own)} that is the loss of ${own.length > 1 ? "their own networks" : "its own network"}, whose forward pass is another: ${own.map(forward(lanes)).join("; ")}.`;
}

const PASSES = { relaxing: "hidden layers settle with each other", normalised: "activity is normalised between layers" };

function forward(lanes) {
  return (title) => `${title}: ${PASSES[lanes.find((lane) => lane.title === title).network] ?? "its own"}`;
}

function list(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
