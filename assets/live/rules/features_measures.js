// How far weights have moved: the length of the difference in shares of the length at the start, for a layer or for one unit of it.

/** {layer, units (n,)}: ‖to − from‖ / ‖from‖ over `inputs` weights a unit; NaN where a length is zero or no number. */
export function moved(from, to, inputs) {
  const units = new Float32Array(from.length / inputs);
  let [all, first] = [0, 0];
  for (let unit = 0; unit < units.length; unit++) {
    let [far, long] = [0, 0];
    for (let i = unit * inputs; i < (unit + 1) * inputs; i++) {
      far += (to[i] - from[i]) ** 2;
      long += from[i] ** 2;
    }
    units[unit] = share(far, long);
    all += far;
    first += long;
  }
  return { layer: share(all, first), units };
}

/** How long a step is in shares of what it changes. */
export function stepShare(update, weights) {
  let [step, long] = [0, 0];
  for (let i = 0; i < update.length; i++) {
    step += update[i] ** 2;
    long += weights[i] ** 2;
  }
  return share(step, long);
}

function share(far, long) {
  return long > 0 && Number.isFinite(far) ? Math.sqrt(far / long) : NaN;
}

/** "12%", "0.04%", "does not move". */
export function shareText(value) {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "does not move";
  const percent = 100 * value;
  return `${percent >= 9.95 ? Math.round(percent).toLocaleString("en-GB") : percent >= 0.00095 ? percent.toPrecision(2) : "under 0.001"}%`;
}
