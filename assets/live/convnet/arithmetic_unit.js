// Which unit is worked out: part, layer, channel, place; and how one goes on to the next.

import { layersOf, likeliest } from "./described.js";

export const PARTS = [["convolution", "Convolution"], ["pooling", "Pooling"], ["dense", "Dense"], ["softmax", "Softmax"]];

/** Parts that this network has. */
export function partsOf(context) {
  const layers = layersOf(context);
  const there = {
    convolution: layers.some(({ kind }) => kind === "convolution"),
    pooling: layers.some(({ pool, kind }) => kind === "convolution" && pool > 1),
    dense: layers.length > 0,
    softmax: layers.length > 0,
  };
  return PARTS.filter(([part]) => there[part]);
}

/** Numbers of the layers that a part can be asked of. The softmax layer's drives are a dense layer's. */
export function layersFor(context, part) {
  const layers = layersOf(context);
  const fits = { convolution: ({ kind }) => kind === "convolution", pooling: ({ kind, pool }) => kind === "convolution" && pool > 1, dense: ({ kind }) => kind === "dense", softmax: (_, i) => i === layers.length - 1 };
  return layers.map((layer, i) => [layer, i]).filter(([layer, i]) => fits[part](layer, i)).map(([, i]) => i + 1);
}

/** Rows and columns of what the unit is a pixel of; null where it has no place. */
export function extent(context, { part, layer }) {
  const described = layersOf(context)[layer - 1];
  if (part === "convolution") return { height: described.height, width: described.width };
  if (part === "pooling") return { height: described.pooled_height, width: described.pooled_width };
  return null;
}

/** The same unit, with all that does not fit this network moved into it. */
export function fitting(context, unit) {
  const parts = partsOf(context).map(([part]) => part);
  const part = parts.includes(unit.part) ? unit.part : parts[0];
  const possible = layersFor(context, part);
  const layer = possible.includes(unit.layer) ? unit.layer : possible.find((k) => k >= unit.layer) ?? possible.at(-1);
  const channel = Math.min(Math.max(0, unit.channel ?? 0), layersOf(context)[layer - 1].out - 1);
  const room = extent(context, { part, layer });
  const within = (value, size) => Math.min(Math.max(0, value ?? Math.floor(size / 2)), size - 1);
  return { part, layer, channel, row: room ? within(unit.row, room.height) : null, column: room ? within(unit.column, room.width) : null };
}

/** The next or the one before: through a map row by row, else from unit to unit; round again at the end. */
export function moved(context, unit, by) {
  const room = extent(context, unit);
  if (!room) {
    const { out } = layersOf(context)[unit.layer - 1];
    return { ...unit, channel: (unit.channel + by + out) % out };
  }
  const size = room.height * room.width;
  const place = (unit.row * room.width + unit.column + by + size) % size;
  return { ...unit, row: Math.floor(place / room.width), column: place % room.width };
}

/** The same place, seen as another part: a pixel of the map and its pooled pixel; of the classes, the one that the network names. */
export function turned(context, frame, unit, part) {
  const pool = layersOf(context)[unit.layer - 1].pool ?? 1;
  const shares = frame?.arrays["output/probabilities"];
  const was = { ...unit, part };
  if (part === "pooling" && unit.part === "convolution") return { ...was, row: Math.floor(unit.row / pool), column: Math.floor(unit.column / pool) };
  if (part === "convolution" && unit.part === "pooling") return { ...was, row: unit.row * pool, column: unit.column * pool };
  if (shares && (part === "dense" || part === "softmax") && unit.row !== null) return { ...was, layer: layersOf(context).length, channel: likeliest(shares) };
  return was;
}

export function parameters({ part, layer, channel, row, column }) {
  return { part, layer, channel, row: row ?? 0, column: column ?? 0 };
}
