// What is taken away of the tab on active circuits: its numbers as CSV, its pictures.

import { csv, exported } from "../perception/fields.js";

const KINDS = ["within", "between", "active and silent", "both silent"];

/** Learning, recall, damage and capacity, one after the other. */
export function table({ arrays }, capacity) {
  const total = arrays.order.length;
  const learning = Array.from({ length: total + 1 }, (_, t) => {
    const means = [0, 1].flatMap((side) => KINDS.map((_kind, kind) => arrays.means[(side * (total + 1) + t) * KINDS.length + kind]));
    const before = t === 0 ? ["", "", ""] : [arrays.order[t - 1] + 1, arrays.change[t - 1], arrays.change[total + t - 1]];
    return [t, ...before, ...means, arrays.after[t], arrays.after[total + 1 + t]];
  });
  const head = ["presentation", "pattern", "circuit change", "network change", ...["circuit", "network"].flatMap((side) => KINDS.map((kind) => `${side} ${kind}`)), "circuit overlap of the cue", "network overlap of the cue"];
  const recall = Array.from(arrays.recall_updates, (updates, r) => [updates, arrays.recall_overlap[2 * r], arrays.recall_overlap[2 * r + 1], arrays.recall_energy[r]]);
  const levels = arrays.levels.length;
  const damage = Array.from(arrays.levels, (level, i) => [level, ...[0, 1].flatMap((side) => [0, 1, 2].map((column) => arrays.curve[(side * levels + i) * 3 + column]))]);
  return csv([
    head, ...learning, [], ["updates", "circuit overlap", "network overlap", "energy"], ...recall, [],
    ["damage", "circuit", "low", "high", "network", "low", "high"], ...damage,
    ...(capacity.length ? [[], ["capacity", "patterns per unit", "overlap", "low", "high"], ...capacity] : []),
  ]);
}

/** [{panel, host}] as Export takes them. */
export function panels(part) {
  const sides = ["circuit", "network"];
  return [
    ...sides.flatMap((name, side) => [exported(`${name}-units`, `Units of the ${name}`, drawn(part.maps[side])), exported(`${name}-connections`, `Connections of the ${name}`, drawn(part.matrices[side])), exported(`${name}-growth`, `Growth in the ${name}`, part.grown[side].chart)]),
    exported("threshold", "Threshold", part.gate.left), exported("slope", "Slope", part.gate.right),
    exported("change", "Size of each change", part.both.change), exported("completion", "Completion of the cue", part.both.after),
    exported("damage", "Recall against damage", part.both.curve), exported("capacity", "Capacity", part.capacity.chart),
  ];
}

function drawn({ element, surface }) {
  return { element, image: () => surface.image(), svg: () => surface.svg() };
}
