// What the held-out accuracies say of each lane: its place among those that learn, and how far it is from the control to the best.

/** Lane → {place, of, share}; `place` null for a lane that has halted, `share` NaN where no lane is above the control. */
export function standing({ lanes = [], control }) {
  const running = lanes.filter((lane) => !lane.halted && isMeasured(lane));
  const floor = lanes.find(({ lane }) => lane === control)?.test_accuracy ?? NaN;
  const best = Math.max(...running.map(({ test_accuracy: accuracy }) => accuracy));
  return new Map(lanes.map((lane) => {
    const ahead = running.filter(({ test_accuracy: accuracy }) => accuracy > lane.test_accuracy).length;
    const place = running.includes(lane) ? ahead + 1 : null;
    return [lane.lane, { place, of: running.length, share: best > floor ? (lane.test_accuracy - floor) / (best - floor) : NaN, above: lane.test_accuracy - floor }];
  }));
}

export function isMeasured({ test_accuracy: accuracy }) {
  return Number.isFinite(accuracy);
}

/** "97.2%": a tenth of a percent is what a few hundred examples can tell. */
export function accuracyText(accuracy) {
  if (accuracy === 1) return "100%";
  return Number.isFinite(accuracy) ? `${(100 * accuracy).toFixed(1)}%` : "–";
}

/** "1st", "2nd", "3rd", "4th" … of at most eight. */
export function ordinal(place) {
  return `${place}${["st", "nd", "rd"][place - 1] ?? "th"}`;
}

/** Points of accuracy above the control, "+2.9 points"; nothing for the control itself. */
export function pointsText({ above }) {
  if (!Number.isFinite(above)) return "–";
  return `${above < 0 ? "−" : "+"}${points(Math.abs(above))}`;
}

/** "73%": how much of the way from the control to the best lane has been made. */
export function wayText({ share, place }) {
  if (place === null || !Number.isFinite(share) || share < 0) return "";
  return `${Math.round(100 * share)}%`;
}

/** The same in words. */
export function standingWords({ share, above, place }, isControl) {
  if (isControl) return "the control, with which the others are compared";
  if (place === null || !Number.isFinite(above)) return "no longer compared";
  if (above === 0) return "level with the control";
  if (above < 0) return `${points(-above)} below the control`;
  return share >= 1 ? `${points(above)} above the control, the best so far` : `${points(above)} above the control, ${Math.round(100 * share)}% of the way to the best`;
}

function points(share) {
  const value = (100 * share).toFixed(1);
  return `${value} ${value === "1.0" ? "point" : "points"}`;
}

/** "hidden layers at 1/10,000 of it", of the lane's rate; null where they learn at all of it. */
export function hiddenText({ hidden_share: share = 1 }) {
  return share > 0 && share < 1 ? `hidden layers at 1/${Math.round(1 / share).toLocaleString("en-GB")} of it` : null;
}

/** Whether the lane answers by another forward pass than the control's; where one hidden layer settles alone, there is nothing to settle with. */
export function isOtherPass({ network = "dense" }, hiddenLayers) {
  return network === "normalised" || (network === "relaxing" && hiddenLayers > 1);
}
