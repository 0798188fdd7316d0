// The measured curves of all lanes out of a frame, and their values at a place along them.

import { reading } from "../panels/reading.js";
import { prefixOf } from "./lanes_picture.js";

/** Patterns for these curves of all lanes. */
export function curveReadings(names) {
  return names.flatMap((name) => [`curves/${name}`, `*:curves/${name}`]);
}

/** [{lane, along, values, length}] of the lanes that were measured. */
export function curvesOf(frame, lanes, by, name) {
  return lanes.flatMap(({ lane }) => {
    const [along, values] = [by, name].map((curve) => reading(frame, `${prefixOf(lane)}curves/${curve}`));
    const length = Math.min(along?.length ?? 0, values?.length ?? 0);
    return length ? [{ lane, along, values, length }] : [];
  });
}

/** Index of the last point at or before `place`, or null; all of a curve lies before null. */
export function indexAt({ along, length }, place) {
  if (!length) return null;
  if (place === null) return length - 1;
  let [low, high] = [0, length - 1];
  if (along[0] > place) return null;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (along[middle] <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Mean over the last `count` numbers up to index i; NaN where none is a number. Few batches make an angle that trembles. */
export function smoothed(values, length, count) {
  const means = new Float32Array(length).fill(NaN);
  let [sum, known] = [0, 0];
  for (let i = 0; i < length; i++) {
    if (Number.isFinite(values[i])) { sum += values[i]; known++; }
    const gone = values[i - count];
    if (i >= count && Number.isFinite(gone)) { sum -= gone; known--; }
    if (known && Number.isFinite(values[i])) means[i] = sum / known;
  }
  return means;
}
