// Which training examples a layer puts near to each other, in words.

import { className } from "./answer_field.js";
import { exampleKind, ownUnits } from "./class_marks.js";
import { number } from "./format.js";
import { isNumber, layerName, sizes, statics } from "./reading.js";

export const COUNT = 5;
const WORDS = ["no", "one", "two", "three", "four", "five"];

/** "layer 2", "the inputs". */
export function placeName(context, layer) {
  return layer === 0 ? "the inputs" : layerName(layer, sizes(context).length - 1);
}

/** "0.21 of the layer's spread". */
export function away(distance, scale) {
  return scale > 0 ? number(distance / scale) : null;
}

/** "Nearest to example 17 (blue) in layer 2: four blue and one orange; the nearest at 0.21 of the layer's spread." `drawn`: of so many. */
export function sentenceOf(context, example, { layer, neighbours, scale }, drawn) {
  if (neighbours.length === 0) return "There is no other training example.";
  const some = drawn < (statics(context)?.meta.train_examples ?? drawn) ? `, of the ${drawn} drawn` : "";
  const first = `Nearest to example ${example} (${exampleKind(context, example)}) in ${placeName(context, layer)}${some}: ${company(context, neighbours)}`;
  const distance = away(neighbours[0].distance, scale);
  return distance === null ? `${first}; this layer answers the same to every example.` : `${first}; the nearest at ${distance} of the layer's spread.`;
}

/** "four blue and one orange", "three of class 2 and two of class 1", "values from 0.1 to 0.4". */
export function company(context, neighbours) {
  const meta = statics(context)?.meta;
  if (isNumber(context)) {
    const values = neighbours.map(({ label }) => ownUnits(meta, label));
    return `${WORDS[neighbours.length]} with values from ${number(Math.min(...values))} to ${number(Math.max(...values))}`;
  }
  const counts = new Map();
  for (const { label } of neighbours) counts.set(label, (counts.get(label) ?? 0) + 1);
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([label, count]) => `${WORDS[count]} ${counted(meta, label)}`);
  return parts.length < 2 ? parts[0] : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

function counted(meta, label) {
  const name = className(meta, label);
  if (meta?.task === "digits") return `of digit ${name}`;
  return /^\d+$/.test(name) ? `of class ${name}` : name;
}
