// What colour and width mean in the network's picture. The curve from weight to width is fixed, so this never changes.

import { element } from "./markup.js";

function swatch(kind, label) {
  return element("span", { class: "px-key" }, element("i", { class: `px-swatch px-${kind}`, "aria-hidden": "true" }), element("span", { text: label }));
}

export function legend() {
  return element(
    "div",
    { class: "px-legend" },
    swatch("line-negative", "weight below 0"),
    swatch("line-positive", "above 0"),
    swatch("square", "bias"),
    swatch("line-brain", "drives the synapse"),
    swatch("line-frozen", "frozen"),
  );
}
