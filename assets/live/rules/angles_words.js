// What an angle between a rule's direction and the gradient says, in sentences, and whose gradient it is.

export function angleText(degrees) {
  return Number.isFinite(degrees) ? `${Math.round(degrees)}°` : "does not move";
}

export const MEANING = "0°: the rule's step lies along the steepest descent of the batch's loss. 90°: it has nothing to do with it, as a step in a random direction. Above 90° a small step would raise the batch's loss. A rule may learn at a large angle all the same: below 90°, a small enough step lowers its batch's loss, if only a little.";

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
