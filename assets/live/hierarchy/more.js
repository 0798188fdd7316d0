// What follows below the two ladders.

/** `context` = {api, palette, data, plotly, say}. Told of every chosen unit and every answered photograph. */
export function more() {
  return { element: document.createElement("div"), chosen() {}, analysed() {}, theme() {}, destroy() {} };
}
