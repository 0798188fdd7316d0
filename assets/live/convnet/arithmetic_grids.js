// Grids of coloured numbers, side by side: what is multiplied with what, and what becomes of it.

import { minus } from "../panels/format.js";
import { font } from "../panels/surface.js";
import { luminance } from "../colour.js";
import { largest } from "./described.js";
import { Tiles } from "./tiles.js";

const GAP = 26; // px between two grids, with the sign that joins them
const NARROW = 560;

/** Boxes for `count` grids in a canvas of this width: rows of three, or of two where it is narrow. */
export function gridBoxes(count, width, view) {
  const across = Math.min(count, width < NARROW ? 2 : 3);
  const side = Math.min((width - 2 - GAP * (across - 1)) / across, view.projector ? 300 : 216);
  const head = view.text * 1.7;
  const boxes = Array.from({ length: count }, (_, i) => ({ x: 1 + (i % across) * (side + GAP), y: Math.floor(i / across) * (side + head + 12) + head, side }));
  return { boxes, side, height: Math.ceil(count / across) * (side + head + 12) + 4 };
}

/** `item`: {title, sign, values, height, width, scale, outline: {row, column, rows, columns}, hollow(i), blank(i), numbers}. */
export function paintGrid(pen, view, box, item) {
  const cell = Math.min(box.side / item.width, box.side / item.height);
  const [width, height] = [cell * item.width, cell * item.height];
  heading(pen, view, box, item);
  const scale = item.scale ?? (largest(item.values) || 1);
  const digits = item.numbers === false ? 0 : room(cell, view);
  if (digits) cells(pen, view, box, item, cell, scale, digits);
  else picture(pen, view, box, item, scale, width, height);
  pen.strokeStyle = view.colours.faint;
  pen.lineWidth = 1;
  pen.strokeRect(box.x - 0.5, box.y - 0.5, width + 1, height + 1);
  if (item.margin) padding(pen, view, box, cell, item);
  if (item.outline) outline(pen, view, box, cell, item.outline);
}

/** Cells with their numbers in them. */
function cells(pen, view, box, item, cell, scale, digits) {
  for (let i = 0; i < item.values.length; i++) {
    const [column, row] = [i % item.width, Math.floor(i / item.width)];
    // Whole pixels: cells that share one would show as lines.
    const [x, y, right, bottom] = [box.x + column * cell, box.y + row * cell, box.x + (column + 1) * cell, box.y + (row + 1) * cell].map(Math.round);
    const colour = view.colours.css(item.values[i] / scale);
    pen.fillStyle = colour;
    pen.fillRect(x, y, right - x - 1, bottom - y - 1);
    if (item.hollow?.(i)) hatch(pen, view, x, y, cell);
    numeral(pen, view, short(item.values[i], digits), x + cell / 2, y + cell / 2, colour);
  }
}

const sheet = new Tiles();

/** Too many for numbers: one small picture, enlarged with hard pixels. */
function picture(pen, view, box, item, scale, width, height) {
  sheet.maps(1, item.width, item.height);
  sheet.coloured(item.values.length, (i) => {
    if (item.blank?.(i)) return 0;
    const byte = item.grey ? item.values[i] * 255 : (item.values[i] / scale + 1) * 127.5;
    const bounded = Math.max(0, Math.min(255, Math.round(byte)));
    return item.grey ? (0xff000000 | (bounded * 0x010101)) >>> 0 : view.colours.lut[bounded];
  });
  pen.imageSmoothingEnabled = false;
  sheet.draw(pen, 0, box.x, box.y, width, height);
}

function heading(pen, view, box, { title, sign }) {
  pen.fillStyle = view.colours.ink;
  pen.font = font(view, 600);
  pen.textAlign = "left";
  pen.textBaseline = "bottom";
  pen.fillText(title, box.x, box.y - 4);
  if (!sign) return;
  pen.font = font(view, 650, 1.6);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(sign, box.x - GAP / 2, box.y + box.side / 2);
}

/** How many characters a number may have in a cell. */
function room(cell, view) {
  const characters = Math.floor((cell - 4) / (view.text * 0.56));
  return characters >= 3 ? Math.min(6, characters) : 0;
}

function short(value, characters) {
  const whole = characters < 5 ? 1 : 2; // "." or "0."
  const decimals = Math.max(0, Math.min(3, characters - whole - (value < 0 ? 1 : 0)));
  const text = value.toFixed(decimals);
  if (Number(text) === 0) return "0";
  return minus(characters < 5 ? text.replace(/^(-?)0\./, "$1.") : text);
}

function numeral(pen, view, text, x, y, colour) {
  pen.fillStyle = luminance(colour) > 0.3 ? "#000" : "#fff";
  pen.font = font(view, 400, 0.95);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(text, x, y);
}

/** Zeros that padding put there. */
function hatch(pen, view, x, y, cell) {
  pen.strokeStyle = view.colours.neutral;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(x + 1, y + cell - 2);
  pen.lineTo(x + cell - 2, y + 1);
  pen.stroke();
}

/** The margin of zeros around a map: hatched, each of its cells as a padded cell of the patch is. */
function padding(pen, view, box, cell, { height, width, margin }) {
  for (let row = 0; row < height; row++) for (let column = 0; column < width; column++) {
    const inside = row >= margin && column >= margin && row < height - margin && column < width - margin;
    if (!inside) hatch(pen, view, box.x + column * cell, box.y + row * cell, cell);
  }
  pen.strokeRect(box.x + margin * cell, box.y + margin * cell, (width - 2 * margin) * cell, (height - 2 * margin) * cell);
}

function outline(pen, view, box, cell, { row, column, rows, columns }) {
  const line = view.projector ? 4 : 2.5;
  for (const [colour, width] of [[view.colours.background, line + 2], [view.colours.network, line]]) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.strokeRect(box.x + column * cell, box.y + row * cell, columns * cell, rows * cell);
  }
}
