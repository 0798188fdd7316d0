// What stands on and around the neurons: outlines, bias squares, names, crosses over lesioned ones.

import { className } from "./answer_field.js";
import { isNamed, markColour, traceMark } from "./class_marks.js";
import { minus, number } from "./format.js";
import { fade, strength } from "./palette.js";
import { isLesioned, layerName, neuronName, reading, statics } from "./reading.js";
import { font } from "./surface.js";

export function outlines(pen, view, layout, target) {
  pen.strokeStyle = view.colours.faint;
  pen.lineWidth = view.projector ? 3 : 1;
  pen.beginPath();
  layout.nodes.forEach((nodes, k) => {
    if (k > 0 || !layout.pixels) for (const { x, y, side } of nodes) pen.rect(x - side / 2, y - side / 2, side, side);
  });
  pen.stroke();
  const node = target?.kind === "neuron" ? layout.nodes[target.layer]?.[target.index] : null;
  if (node) frameSquare(pen, view, node.x - node.side / 2, node.y - node.side / 2, node.side);
}

function frameSquare(pen, view, x, y, side) {
  pen.strokeStyle = view.colours.ink;
  pen.lineWidth = view.projector ? 5 : 3;
  pen.strokeRect(x - 1, y - 1, side + 2, side + 2);
}

/** Bias squares in the colours of the edges' bins. */
export function biases(pen, view, layout, frame, colours, target) {
  for (let k = 1; k < layout.sizes.length; k++) {
    const values = reading(frame, `${k}/bias`);
    for (let j = 0; values && j < layout.sizes[k]; j++) {
      const { x, y, side } = layout.biasSquare(k, j);
      pen.fillStyle = view.colours.background;
      pen.fillRect(x - 1, y - 1, side + 2, side + 2);
      pen.fillStyle = colours[Math.min(7, (strength(values[j], 0.5) * 8) | 0) + (values[j] > 0 ? 8 : 0)];
      pen.fillRect(x, y, side, side);
    }
  }
  if (target?.kind !== "weight" || target.from !== null || !layout.nodes[target.layer]?.[target.to]) return;
  const { x, y, side } = layout.biasSquare(target.layer, target.to);
  frameSquare(pen, view, x, y, side);
}

/** Digits: the first sample image stands for the 64 inputs. */
export function pixels(pen, view, layout, context) {
  const image = reading(statics(context), "data/sample_images");
  const step = layout.nodes[0][0].side;
  pen.fillStyle = view.colours.ink;
  for (let i = 0; image && i < layout.pixels ** 2; i++) {
    const { x, y } = layout.nodes[0][i];
    pen.globalAlpha = 0.08 + (0.6 * image[i]) / 255;
    pen.fillRect(x - step / 2, y - step / 2, step - 0.5, step - 0.5);
  }
  pen.globalAlpha = 1;
}

/** Words and crosses; they change so seldom that they have a canvas of their own. */
export function annotate(pen, view, layout, context, meta) {
  const last = layout.sizes.length - 1;
  pen.fillStyle = view.colours.ink;
  pen.textBaseline = "middle";
  pen.textAlign = "center";
  pen.font = font(view, 600);
  const narrow = last > 1 && layout.centres[1] - layout.centres[0] < (view.projector ? 78 : 52);
  layout.centres.forEach((x, k) => pen.fillText(narrow && k > 0 && k < last ? String(k) : layerName(k, last), x, layout.margin.top / 2));
  pen.font = font(view);
  pen.textAlign = "right";
  if (!layout.pixels) layout.nodes[0].forEach(({ x, y, side }, i) => pen.fillText(shortened(pen, neuronName(context, 0, i), x - side / 2 - 8), x - side / 2 - 6, y));
  if (layout.sizes[last] > 1) classes(pen, view, layout, statics(context)?.meta);
  crosses(pen, view, layout, meta);
}

/** Beside each output its class: the mark that its points have, and its name as far as there is room. */
function classes(pen, view, layout, meta) {
  const marked = !isNamed(meta);
  const radius = view.projector ? 6 : 4;
  pen.textAlign = "left";
  layout.nodes.at(-1).forEach(({ x, y, side }, i) => {
    const left = x + side / 2 + 6;
    const name = left + (marked ? 2 * radius + 7 : 0);
    if (marked) {
      pen.beginPath();
      traceMark(pen, i, left + radius, y, radius);
      pen.fillStyle = markColour(view.colours, meta, i, 0);
      pen.fill();
    }
    pen.fillStyle = view.colours.ink;
    pen.fillText(shortened(pen, className(meta, i), view.width - name - 2), name, y);
  });
}

function shortened(pen, text, room) {
  if (pen.measureText(text).width <= room) return text;
  for (let end = text.length - 1; end > 1; end--) if (pen.measureText(`${text.slice(0, end)}…`).width <= room) return `${text.slice(0, end)}…`;
  return text[0];
}

/** Room that the classes' names take to the right of the outputs. */
export function classRoom(meta, projector) {
  const names = meta?.class_names ?? [];
  if (names.length < 3) return 0;
  const longest = Math.min(12, Math.max(...names.map((name) => name.length)));
  return longest * (projector ? 11 : 7.2) + (isNamed(meta) ? 12 : projector ? 34 : 26);
}

/** Room that a table's column names take to the left of the inputs. */
export function columnRoom(meta, projector) {
  if (meta?.task !== "table") return 0;
  const longest = Math.min(16, Math.max(...meta.feature_names.map((name) => name.length)));
  return longest * (projector ? 11 : 7.2) + 16;
}

/** The value of every neuron for one place: on large neurons, beside small ones. Layer 0 has none where it is an image. */
export function values(pen, view, layout, layers) {
  pen.font = font(view, 600, 0.95);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  const tall = view.projector ? 22 : 15;
  layout.nodes.forEach((nodes, k) => {
    if (layers[k]?.length !== nodes.length || (k === 0 && layout.pixels)) return;
    const beside = nodes[0].side <= 3 * tall && layout.shapes[k].columns === 1;
    // Names stand to the right of the outputs, so their values go to the left.
    const side = !beside ? 0 : k === layout.sizes.length - 1 ? -1 : 1;
    nodes.forEach((node, j) => tag(pen, view, layers[k][j], node, side, tall));
  });
}

function tag(pen, view, value, node, side, tall) {
  const text = value === null ? "–" : Math.abs(value) < 9.995 ? minus(value.toFixed(2)) : number(value, 2);
  const wide = pen.measureText(text).width + 6;
  const x = node.x + side * ((node.side + wide) / 2 + 1);
  const y = side === 0 && node.side > 2 * tall ? node.y - node.side / 2 + tall / 2 + 2 : node.y;
  pen.fillStyle = fade(view.colours.background, 0.92);
  pen.fillRect(x - wide / 2, y - tall / 2, wide, tall);
  pen.fillStyle = value < 0 ? view.colours.negativeText : value > 0 ? view.colours.positiveText : view.colours.ink;
  pen.fillText(text, x, y + 0.5);
}

function crosses(pen, view, layout, meta) {
  pen.strokeStyle = view.colours.ink;
  pen.lineWidth = view.projector ? 4 : 2.5;
  pen.beginPath();
  layout.nodes.forEach((nodes, k) => nodes.forEach(({ x, y, side }, j) => {
    if (!isLesioned(meta, k, j)) return;
    const r = side / 2;
    pen.moveTo(x - r, y - r);
    pen.lineTo(x + r, y + r);
    pen.moveTo(x + r, y - r);
    pen.lineTo(x - r, y + r);
  }));
  pen.stroke();
}
