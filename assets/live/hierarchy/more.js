// What follows below the two ladders: what a chosen unit prefers, why the label, and how alike the stages group pictures.

import { element } from "../panels/markup.js";
import { Attribution } from "./more/attribution.js";
import { Preference } from "./more/preference.js";
import { Similarity } from "./more/similarity.js";

/** `context` = {api, palette, colours, data, plotly, say}. Told of every chosen unit and every answered photograph. */
export function more(context) {
  const parts = [new Preference(context), new Attribution(context), new Similarity(context)];
  const [preference, attribution] = parts;
  return {
    element: element("div", { class: "pxm" }, ...parts.map((part) => part.element)),
    charts: parts.flatMap((part) => part.charts),
    chosen: (unit) => preference.chosen(unit),
    analysed: (photograph) => attribution.analysed(photograph),
    theme() { for (const part of parts) part.theme(); },
    destroy() { for (const part of parts) part.destroy(); },
  };
}
