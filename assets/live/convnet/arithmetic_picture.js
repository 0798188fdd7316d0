// The grids of one worked unit: what goes in, what it is multiplied with, the products, and where all this lies.

import { grid } from "./arithmetic_answer.js";
import { imageOf, layersOf, sample, shownIn } from "./described.js";

/** Grids for `paintGrid`, from a run's answer and the frame's maps. */
export function pictured(context, frame, unit, answer, { filling, input }) {
  if (unit.part === "convolution") return convolution(context, frame, unit, answer, filling, input);
  if (unit.part === "pooling") return pooling(context, frame, unit, answer, filling);
  return unit.part === "dense" ? dense(context, unit, answer) : [];
}

function convolution(context, frame, unit, answer, filling, input) {
  const layer = layersOf(context)[unit.layer - 1];
  const [patch, kernel, products] = [answer.patch, answer.kernel, answer.products].map((all) => grid(all[input]));
  const outside = grid(answer.padded);
  const hollow = (i) => Boolean(outside?.values[i]);
  const outline = { row: unit.row * layer.stride, column: unit.column * layer.stride, rows: layer.size, columns: layer.size };
  return [
    { title: "input patch", ...patch, hollow },
    { title: "kernel", sign: "×", ...kernel },
    { title: "products", sign: "=", ...products, hollow },
    ...whole("the patch on its input", padded(below(context, frame, unit.layer, input), layer.padding), outline),
    ...whole("the map it fills", mapOf(frame, unit.layer, "map", unit.channel, layer.width, layer.height), { row: unit.row, column: unit.column, rows: 1, columns: 1 }, filling && after(unit, layer.width), true),
  ];
}

function pooling(context, frame, unit, answer, filling) {
  const layer = layersOf(context)[unit.layer - 1];
  const window = grid(answer.window);
  const [row, column] = answer.winner;
  return [
    { title: "window, largest framed", ...window, outline: { row, column, rows: 1, columns: 1 } },
    ...whole("the window on its map", mapOf(frame, unit.layer, "map", unit.channel, layer.width, layer.height), { row: unit.row * layer.pool, column: unit.column * layer.pool, rows: layer.pool, columns: layer.pool }),
    ...whole("the pooled map it fills", mapOf(frame, unit.layer, "pooled", unit.channel, layer.pooled_width, layer.pooled_height), { row: unit.row, column: unit.column, rows: 1, columns: 1 }, filling && after(unit, layer.pooled_width), true),
  ];
}

/** Inputs of a dense unit lie as the maps below them do, side by side. */
function dense(context, unit, answer) {
  const source = layersOf(context)[unit.layer - 2];
  const shape = source?.kind === "convolution" ? { count: source.out, height: source.pooled_height, width: source.pooled_width } : { count: answer.inputs.length, height: 1, width: 1 };
  const laid = (values) => mosaic(values, shape);
  return [
    { title: `${answer.inputs.length} inputs`, ...laid(answer.inputs), numbers: false },
    { title: "weights", sign: "×", ...laid(answer.weights), numbers: false },
    { title: "products", sign: "=", ...laid(answer.products), numbers: false },
  ];
}

function mosaic(values, { count, height, width }) {
  const across = Math.ceil(Math.sqrt(count));
  const down = Math.ceil(count / across);
  const laid = new Float32Array(across * width * down * height);
  for (let i = 0; i < values.length; i++) {
    const [map, place] = [Math.floor(i / (height * width)), i % (height * width)];
    const [row, column] = [Math.floor(map / across) * height + Math.floor(place / width), (map % across) * width + (place % width)];
    laid[row * across * width + column] = values[i];
  }
  return { values: laid, height: down * height, width: across * width };
}

function whole(title, map, outline, blank = null, output = false) {
  return map ? [{ title, ...map, outline, numbers: false, blank: blank || map.blank, output }] : [];
}

/** The map with the zeros that padding puts around it: a margin that is left blank, so that a patch never leaves its picture. */
function padded(map, margin) {
  if (!map || !margin) return map;
  const [height, width] = [map.height + 2 * margin, map.width + 2 * margin];
  const values = new Float32Array(height * width);
  for (let row = 0; row < map.height; row++) for (let column = 0; column < map.width; column++) {
    values[(row + margin) * width + column + margin] = map.values[row * map.width + column];
  }
  const blank = (i) => {
    const [row, column] = [Math.floor(i / width) - margin, (i % width) - margin];
    return row < 0 || column < 0 || row >= map.height || column >= map.width;
  };
  return { ...map, values, height, width, blank, margin };
}

/** Pixels that a sliding kernel has not come to. */
const after = ({ row, column }, width) => (i) => i > row * width + column;

/** Channel `input` of what layer k reads: the shown image, or the maps below. */
function below(context, frame, k, input) {
  if (k > 1) {
    const layer = layersOf(context)[k - 2];
    const part = frame?.arrays[`${k - 1}/pooled`] ? "pooled" : "map";
    const [width, height] = part === "pooled" ? [layer.pooled_width, layer.pooled_height] : [layer.width, layer.height];
    return mapOf(frame, k - 1, part, input, width, height);
  }
  const { height, width, channels } = imageOf(context);
  const found = sample(context, shownIn(frame));
  if (!found) return null;
  return { values: Array.from({ length: height * width }, (_, i) => found.pixels[i * channels + input] / 255), height, width, grey: true };
}

function mapOf(frame, k, part, channel, width, height) {
  const bytes = frame?.arrays[`${k}/${part}`];
  const [low, high] = frame?.arrays[`${k}/map_range`] ?? [0, 1];
  if (!bytes) return null;
  const own = bytes.subarray(channel * width * height, (channel + 1) * width * height);
  const scale = Math.max(Math.abs(low), Math.abs(high)) || 1;
  return { values: Float32Array.from(own, (byte) => low + ((high - low) * byte) / 255), height, width, scale };
}
