// Draws the network: image, kernels, their last change, maps, pooled maps, units, answer. Positive blue, negative orange, zero grey.

import { number, percent } from "../panels/format.js";
import { font } from "../panels/surface.js";
import { classNames, layerTitle, likeliest } from "./described.js";
import { HEADS } from "./stack_layout.js";

/** `state`: {layers, image, plan, sheets, frame, label, options, pointed, unit, known}. */
export function paintStack(pen, view, state) {
  const { plan, sheets } = state;
  pen.imageSmoothingEnabled = false;
  arrows(pen, view, plan);
  photograph(pen, view, state);
  plan.blocks.forEach((block, i) => {
    head(pen, view, state, block, i);
    if (block.parts) maps(pen, view, state, block, sheets.layers[i]);
    else if (block.name) answer(pen, view, state, block);
    else units(pen, view, state, block);
  });
  if (state.pointed) marks(pen, view, state, state.pointed);
  if (state.unit) chosen(pen, view, state);
}

function arrows(pen, view, { blocks, photograph, middle, between }) {
  pen.strokeStyle = pen.fillStyle = view.colours.neutral;
  pen.lineWidth = view.projector ? 3.5 : 2;
  let from = photograph.width;
  for (const block of blocks) {
    const [left, right, half] = [from + 6, block.x - 7, view.projector ? 8 : 5];
    pen.beginPath();
    pen.moveTo(left, middle);
    pen.lineTo(right, middle);
    pen.moveTo(right - half, middle - half);
    pen.lineTo(right, middle);
    pen.lineTo(right - half, middle + half);
    pen.stroke();
    from = block.x + block.width;
  }
}

function words(pen, view, text, x, y, { weight = 400, align = "left", colour = view.colours.ink, scale = 1 } = {}) {
  pen.font = font(view, weight, scale);
  pen.fillStyle = colour;
  pen.textAlign = align;
  pen.fillText(text, x, y);
}

function photograph(pen, view, { plan, sheets, label, frame }) {
  const box = plan.photograph;
  pen.textBaseline = "bottom";
  words(pen, view, "image", box.x, box.y - 5, { weight: 650 });
  if (sheets.photograph.count) sheets.photograph.draw(pen, 0, box.x, box.y, box.width, box.height);
  frameBox(pen, box, view.colours.faint, 1);
  pen.textBaseline = "top";
  if (label !== null && frame) words(pen, view, fitted(pen, `true: ${label}`, box.width + plan.between * 0.8), box.x, box.y + box.height + 5);
}

function head(pen, view, { layers, options, plan, sheets, frame }, block, i) {
  pen.textBaseline = "alphabetic";
  words(pen, view, layerTitle(layers, block.k), block.x, view.text * 1.05, { weight: 650 });
  if (!block.parts) return;
  const used = sheets.layers[i].used ?? {};
  const foot = plan.head + plan.tall + view.text * 1.4;
  Object.entries(block.parts).forEach(([part, { x }], at) => {
    const lower = plan.tight && at % 2 ? view.text : 0; // headings that take turns on two lines
    const room = block.room(part) * (plan.tight ? 1.8 : 1);
    const name = part === "change" ? options.change : part === "map" ? options.maps : part;
    words(pen, view, HEADS[name], block.x + x, view.text * 2.45 + lower, { colour: view.colours.faint, scale: 0.95 });
    if (used[part] && frame) words(pen, view, reach(pen, view, used[part], room), block.x + x, foot + lower, { colour: view.colours.faint, scale: 0.9 });
  });
}

/** What the strongest colour stands for, in as many digits as there is room for. */
function reach(pen, view, value, room) {
  pen.font = font(view, 400, 0.9);
  const exact = `±${number(value, 2)}`;
  return pen.measureText(exact).width < room - 8 ? exact : `±${number(value, 1)}`;
}

function maps(pen, view, { plan }, block, sheets) {
  for (const part of Object.keys(block.parts)) {
    if (!sheets.there[part]) continue;
    for (let channel = 0; channel < block.layer.out; channel++) {
      const box = block.box(part, channel);
      sheets.tiles[part].draw(pen, channel, box.x, box.y, box.width, box.height);
    }
  }
  pen.strokeStyle = view.colours.neutral;
  pen.lineWidth = 1;
  // A zero map and the paper are much the same grey: an outline says that something stands there.
  pen.beginPath();
  for (const part of ["map", "pooled"]) {
    if (!block.parts[part] || !sheets.there[part]) continue;
    for (let channel = 0; channel < block.layer.out; channel++) {
      const { x, y, width, height } = block.box(part, channel);
      pen.rect(Math.round(x) - 0.5, Math.round(y) - 0.5, Math.round(width) + 1, Math.round(height) + 1);
    }
  }
  pen.stroke();
}

function units(pen, view, { frame, sheets }, block) {
  const values = frame?.arrays[`${block.k}/unit`];
  if (!values) return;
  const scale = sheets.unitScale(block.k, values);
  for (let j = 0; j < block.layer.out; j++) {
    const { x, y, width, height } = block.box("unit", j);
    pen.fillStyle = view.colours.css(values[j] / scale);
    pen.fillRect(x, y, width, height);
  }
  frameBox(pen, { x: block.x, y: block.y, width: block.columns * (block.pitch + 1), height: block.height }, view.colours.neutral, 1);
}

function answer(pen, view, state, block) {
  const shares = state.frame?.arrays["output/probabilities"];
  const names = classNames(state);
  const guess = likeliest(shares);
  const left = block.x + block.name;
  const room = Math.max(20, block.width - block.name - view.text * 3.4);
  const tall = Math.min(block.pitch - 4, view.projector ? 30 : 18);
  pen.textBaseline = "middle";
  for (let c = 0; c < block.layer.out; c++) {
    const y = block.y + c * block.pitch + block.pitch / 2;
    const bold = c === guess && shares ? 650 : 400;
    words(pen, view, fitted(pen, String(names[c] ?? c), block.name - 4), block.x, y, { weight: bold });
    pen.fillStyle = view.colours.surface ?? view.colours.zero;
    pen.fillRect(left, y - tall / 2, room, tall);
    if (shares) {
      pen.fillStyle = c === guess ? view.colours.network : view.colours.neutral;
      pen.fillRect(left, y - tall / 2, Math.max(1, room * shares[c]), tall);
      if (shares[c] >= 0.005) words(pen, view, percent(shares[c]), left + room + 5, y, { weight: bold });
    }
    if (c === state.trueClass) frameBox(pen, { x: left, y: y - tall / 2, width: room, height: tall }, view.colours.ink, view.projector ? 3 : 2);
  }
}

function frameBox(pen, { x, y, width, height }, colour, line) {
  pen.strokeStyle = colour;
  pen.lineWidth = line;
  pen.strokeRect(x - line / 2, y - line / 2, width + line, height + line);
}

/** The row that the pointer or the keyboard is at, and what comes into it. */
function marks(pen, view, { plan, layers, frame }, { layer, channel }) {
  const block = plan.blocks[layer - 1];
  const line = view.projector ? 4 : 2.5;
  if (!block) return;
  if (!block.parts) return frameBox(pen, block.box("unit", channel), view.colours.network, line);
  for (const part of Object.keys(block.parts)) frameBox(pen, block.box(part, channel), view.colours.network, line);
  incoming(pen, view, plan, layers, frame, layer, channel);
}

/** Lines from each map below, as thick as its kernel is long. */
function incoming(pen, view, plan, layers, frame, k, channel) {
  const block = plan.blocks[k - 1];
  const kernels = frame?.arrays[`${k}/filter`];
  const to = block.box("kernel", channel);
  const { in: inputs, size } = layers[k - 1];
  const below = plan.blocks[k - 2];
  const lengths = Array.from({ length: inputs }, (_, i) => (kernels ? length(kernels, (channel * inputs + i) * size * size, size * size) : 1));
  const most = Math.max(...lengths, 1e-12);
  pen.strokeStyle = view.colours.network;
  lengths.forEach((each, i) => {
    const from = below?.parts ? below.box(below.parts.pooled ? "pooled" : "map", i) : plan.photograph;
    pen.globalAlpha = 0.25 + (0.65 * each) / most;
    pen.lineWidth = 1 + ((view.projector ? 5 : 3.5) * each) / most;
    pen.beginPath();
    pen.moveTo(from.x + from.width, from.y + from.height / 2);
    const middle = (from.x + from.width + to.x) / 2;
    pen.bezierCurveTo(middle, from.y + from.height / 2, middle, to.y + to.height / 2, to.x, to.y + to.height / 2);
    pen.stroke();
    if (below) frameBox(pen, from, view.colours.network, 1.5);
  });
  pen.globalAlpha = 1;
}

function length(values, start, count) {
  let sum = 0;
  for (let i = start; i < start + count; i++) sum += values[i] * values[i];
  return Math.sqrt(sum);
}

/** The unit whose arithmetic is open: its pixel, and the patch that it reads. */
function chosen(pen, view, { plan, layers, image, unit }) {
  const block = plan.blocks[unit.layer - 1];
  const layer = layers[unit.layer - 1];
  if (!block?.parts || unit.part === "softmax" || unit.part === "dense" || unit.row === null) return;
  const pooling = unit.part === "pooling";
  const line = view.projector ? 3 : 2;
  const own = block.box(pooling && block.parts.pooled ? "pooled" : "map", unit.channel);
  const [wide, high] = pooling ? [layer.pooled_width, layer.pooled_height] : [layer.width, layer.height];
  // Where gradients of the maps are shown, no pooled map stands there.
  if (!pooling || block.parts.pooled) spot(pen, view, own, { row: unit.row, column: unit.column, rows: 1, columns: 1 }, wide, high, line);
  const patch = pooling
    ? { row: unit.row * layer.pool, column: unit.column * layer.pool, rows: layer.pool, columns: layer.pool }
    : { row: unit.row * layer.stride - layer.padding, column: unit.column * layer.stride - layer.padding, rows: layer.size, columns: layer.size };
  if (pooling) return spot(pen, view, block.box("map", unit.channel), patch, layer.width, layer.height, line);
  const below = plan.blocks[unit.layer - 2];
  if (!below) return spot(pen, view, plan.photograph, patch, image.width, image.height, line);
  for (let i = 0; i < layer.in; i++) {
    const pooled = below.parts.pooled || below.layer.pool <= 1;
    const source = below.layer;
    // Without its pooled map the patch lies on the map itself, each pooled pixel as the window that it was.
    const [width, height] = pooled ? [source.pooled_width, source.pooled_height] : [source.width / source.pool, source.height / source.pool];
    spot(pen, view, below.box(below.parts.pooled ? "pooled" : "map", i), patch, width, height, line);
  }
}

/** A rectangle of a map's pixels; what of it lies in the padding is cut off. */
function spot(pen, view, box, { row, column, rows, columns }, width, height, line) {
  const [across, down] = [box.width / width, box.height / height];
  const [left, top] = [Math.max(0, column), Math.max(0, row)];
  const [right, bottom] = [Math.min(width, column + columns), Math.min(height, row + rows)];
  if (right <= left || bottom <= top) return;
  const inner = { x: box.x + left * across, y: box.y + top * down, width: (right - left) * across, height: (bottom - top) * down };
  frameBox(pen, inner, view.colours.background, line + 2);
  frameBox(pen, inner, view.colours.network, line);
}

/** As much of the text as fits. */
function fitted(pen, text, room) {
  if (pen.measureText(text).width <= room) return text;
  let cut = text;
  while (cut.length > 1 && pen.measureText(`${cut}…`).width > room) cut = cut.slice(0, -1);
  return `${cut}…`;
}
