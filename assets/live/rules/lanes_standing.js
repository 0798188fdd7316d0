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
  return Number.isFinite(accuracy) ? `${(100 * accuracy).toFixed(1)}%` : "–";
}

/** "62% of the way to the best", under the bar between control and best. */
export function wayText({ share, above, place }, isControl) {
  if (isControl) return "the control: where the bars begin";
  if (place === null) return "no longer measured";
  if (above < 0) return `${points(-above)} below the control`;
  if (above === 0) return "level with the control";
  if (Number.isNaN(share)) return "not above the control";
  return share >= 1 ? `${points(above)} above the control` : `${Math.round(100 * share)}% of the way to the best`;
}

function points(share) {
  const value = (100 * share).toFixed(1);
  return `${value} ${value === "1.0" ? "point" : "points"}`;
}
