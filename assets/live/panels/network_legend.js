// What colour and width mean in the network's picture. The curve from weight to width is fixed, so this never changes.

import { element } from "./markup.js";

function swatch(kind, label) {
  return element("span", { class: "px-key" }, element("i", { class: `px-swatch px-${kind}`, "aria-hidden": "true" }), element("span", { text: label }));
}

/** Of a table there is no plane to show a neuron over: its square has one colour. */
export function legend(task) {
  return element(
    "div",
    { class: "px-legend" },
    swatch("line-negative", "weight below 0"),
    swatch("line-positive", "above 0"),
    swatch("square", "bias"),
    swatch("line-brain", "drives the synapse"),
    swatch("line-frozen", "frozen"),
    ...(task === "table" ? [element("span", { class: "px-caption", text: "Squares: each neuron's answer to the last batch's first row; those of the inputs are left blank." })] : []),
  );
}
