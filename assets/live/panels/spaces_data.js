// A layer's picture as numbers: places of the training examples, and of the plane's grid where there is a plane.

import { isPlane, reading, sizes, statics } from "./reading.js";

export const GRID = 21;
const MOST = 300;

/** The layers that have a picture: hidden ones, and the inputs. */
export function pictured(context) {
  const layers = sizes(context)?.length ?? 1;
  return Array.from({ length: Math.max(1, layers - 1) }, (_, k) => k);
}

/** On the plane the inputs' picture is the plane itself, which needs no reading. */
export function needs(context) {
  const layers = pictured(context).filter((k) => k > 0 || !isPlane(context));
  const field = isPlane(context) ? [`${sizes(context).length - 1}/field`] : [];
  return [...layers.flatMap((k) => [`${k}/space`, `${k}/space_share`]), ...field];
}

/** {places: x, y of n examples and then of the grid; count: n; grid: is there one; share: of the variance, or null} or null. */
export function spaceOf(context, frame, layer) {
  if (layer === 0 && isPlane(context)) return planeItself(context);
  const places = reading(frame, `${layer}/space`);
  if (!places) return null;
  const grid = isPlane(context);
  const share = reading(frame, `${layer}/space_share`);
  return { places, count: places.length / 2 - (grid ? GRID * GRID : 0), grid, share: share ? Math.min(1, share[0] + share[1]) : null };
}

const planes = new WeakMap();

function planeItself(context) {
  const given = statics(context);
  if (!given) return null;
  if (!planes.has(given)) planes.set(given, asPlaces(reading(given, "data/train_points"), given.meta.extent ?? 6));
  return planes.get(given);
}

function asPlaces(points, extent) {
  const count = Math.min(MOST, points.length / 2);
  const places = new Float32Array(2 * (count + GRID * GRID));
  places.set(points.subarray(0, 2 * count));
  for (let i = 0; i < GRID * GRID; i++) {
    places[2 * (count + i)] = (((i % GRID) + 0.5) / GRID) * 2 * extent - extent;
    places[2 * (count + i) + 1] = extent - ((Math.floor(i / GRID) + 0.5) / GRID) * 2 * extent;
  }
  return { places, count, grid: true, share: null };
}

/** Half the side of the square that a picture shows. It changes in steps, so that the picture does not breathe. */
export class Reach {
  constructor() {
    this.value = 0;
  }

  fit({ places, count, grid }) {
    const points = largest(places, 0, count) * 1.06;
    const wanted = Math.max(1e-6, grid ? Math.max(points, Math.min(largest(places, count, places.length / 2), 1.5 * points)) : points);
    if (wanted > this.value || wanted < 0.72 * this.value) this.value = 2 ** (Math.ceil(5 * Math.log2(wanted)) / 5);
    return this.value;
  }
}

function largest(places, from, to) {
  let most = 0;
  for (let i = 2 * from; i < 2 * to; i++) most = Math.max(most, Math.abs(places[i]));
  return most;
}
