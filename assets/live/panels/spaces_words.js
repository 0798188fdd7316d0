// What the colours and marks of a layer's picture stand for, in a sentence or two.

import { className } from "./answer_field.js";
import { ownUnits } from "./class_marks.js";
import { number } from "./format.js";
import { isNumber, isPlane, sizes, statics } from "./reading.js";

export function meaningOf(context) {
  const { meta } = statics(context);
  return isPlane(context) ? `${cells(context, meta)} ${marks(context, meta)}` : marks(context, meta);
}

/** A cell is a piece of the plane, wherever the layer has moved it. */
function cells(context, meta) {
  if (isNumber(context)) {
    const [low, high] = [-1, 1].map((end) => number(ownUnits(meta, end)));
    return `A cell of the grid has the colour of the network's answer at that piece of the plane: orange down to ${low}, blue up to ${high}.`;
  }
  const named = sizes(context).at(-1) > 1 ? "the class that it answers most" : sides(meta);
  return `A cell of the grid has the colour of the network's answer at that piece of the plane: ${named}, paler where it is less certain.`;
}

/** Classes that are called by their colours need no translation. */
function sides(meta) {
  const [first, second] = [className(meta, 0), className(meta, 1)];
  if (first === "orange" && second === "blue") return "orange or blue";
  return `orange for ${first}, blue for ${second}`;
}

function marks(context, meta) {
  if (isNumber(context)) return "The marks are the training examples in the colour of their value.";
  return meta.classes > 5 ? "The numerals are the training examples, each its class." : "The marks are the training examples, shaped and coloured by class.";
}
