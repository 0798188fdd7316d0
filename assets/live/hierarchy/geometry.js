// Receptive fields: which pixels of the network's input can change a unit, and where they lie on the photograph.
// Boxes are {left, top, right, bottom} with left ≤ x < right.

import { number } from "../panels/format.js";
import { PER_DEGREE } from "./moments.js";

/** The field of a map's unit at (row, column), in input pixels; it may reach beyond the input. Where a rung has values without
    places (a best match anywhere), it is where the match was found. */
export function fieldOf(map, row, column) {
  if (map.stage.shape.length === 1) return map.described.field;
  const { size, stride, start } = map.field;
  const left = start + stride * column;
  const top = start + stride * row;
  return { left, top, right: left + size, bottom: top + size };
}

export function clipped(box, side) {
  return { left: Math.max(0, box.left), top: Math.max(0, box.top), right: Math.min(side, box.right), bottom: Math.min(side, box.bottom) };
}

export function coversAll(box, side) {
  return box.left <= 0 && box.top <= 0 && box.right >= side && box.bottom >= side;
}

export function isClipped(box, side) {
  return box.left < 0 || box.top < 0 || box.right > side || box.bottom > side;
}

/** From input pixels to shares of the photograph's width and height; `crop` is the part that the network saw. */
export function onPhotograph(box, crop, side) {
  const across = (crop.right - crop.left) / side;
  const down = (crop.bottom - crop.top) / side;
  return {
    left: crop.left + box.left * across, top: crop.top + box.top * down,
    right: crop.left + box.right * across, bottom: crop.top + box.bottom * down,
  };
}

/** "columns 54 to 120, rows 70 to 136", counted from 0. */
export function inWords(box) {
  return `columns ${box.left} to ${box.right - 1}, rows ${box.top} to ${box.bottom - 1}`;
}

/** "35 × 35 pixels (1.25°)": 28 pixels are taken to be a degree. */
export function extent(size) {
  return `${size} × ${size} pixels (${number(size / PER_DEGREE)}°)`;
}

/** What a unit can see, in a sentence. */
export function reach(map, row, column, side) {
  const box = fieldOf(map, row, column);
  if (map.stage.shape.length === 1) return `Its best match stood at ${inWords(box)} of the input; the unit itself does not tell where.`;
  const { size } = map.field;
  if (coversAll(box, side)) return `Its field of ${extent(size)} is larger than the input: it can see all ${side} × ${side}.`;
  const seen = `It can see ${inWords(clipped(box, side))} of the input: ${extent(size)}.`;
  return isClipped(box, side) ? `${seen} Its field reaches beyond the edge${map.stage.side === "network" ? ", into padding" : ""}.` : seen;
}
