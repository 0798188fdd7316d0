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

const ROOM = 1.1; // around what a new frame has to hold
const LEAST = 0.7; // of the frame, below which it is drawn in
const EASE = 0.25; // of the way to a new frame at each drawing

/** The square {x, y, half} that a picture shows. It changes seldom and then smoothly, so that the picture does not breathe. */
export class Frame {
  fit(space) {
    const content = contentOf(space);
    const { goal } = this;
    const outside = !goal || Math.max(Math.abs(content.x - goal.x), Math.abs(content.y - goal.y)) + content.half > goal.half;
    if (outside || content.half < LEAST * goal.half) this.goal = { ...content, half: content.half * ROOM };
    this.now = this.now ? between(this.now, this.goal) : { ...this.goal };
    return this.now;
  }
}

function between(from, to) {
  return Object.fromEntries(Object.keys(to).map((key) => [key, from[key] + EASE * (to[key] - from[key])]));
}

/** All examples, and the grid as far as it does not make them small. */
function contentOf({ places, count, grid }) {
  const points = bounds(places, 0, count);
  if (!grid) return square(points);
  const { x, y, half } = square(points);
  const reach = 1.6 * half;
  const limit = { left: x - reach, right: x + reach, low: y - reach, high: y + reach };
  const all = bounds(places, count, places.length / 2);
  return square({
    left: Math.min(points.left, Math.max(all.left, limit.left)), right: Math.max(points.right, Math.min(all.right, limit.right)),
    low: Math.min(points.low, Math.max(all.low, limit.low)), high: Math.max(points.high, Math.min(all.high, limit.high)),
  });
}

function square({ left, right, low, high }) {
  return { x: (left + right) / 2, y: (low + high) / 2, half: Math.max(right - left, high - low, 1e-6) / 2 };
}

function bounds(places, from, to) {
  const found = { left: Infinity, right: -Infinity, low: Infinity, high: -Infinity };
  for (let i = from; i < to; i++) {
    const [x, y] = [places[2 * i], places[2 * i + 1]];
    if (x < found.left) found.left = x;
    if (x > found.right) found.right = x;
    if (y < found.low) found.low = y;
    if (y > found.high) found.high = y;
  }
  return found;
}
