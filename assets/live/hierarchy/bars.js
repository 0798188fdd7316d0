// Values without places, as bars: strongest first, on one scale from zero.

import { element } from "../panels/markup.js";

const [WIDTH, HEIGHT] = [96, 96];

/** A small picture of them, for a rung. */
export function bars(canvas, maps, palette) {
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext("2d");
  const largest = Math.max(...maps.map(({ described }) => Math.abs(described.maximum)), 1e-9);
  const step = WIDTH / maps.length;
  pen.fillStyle = palette.positive;
  maps.forEach(({ described }, i) => {
    const height = (HEIGHT - 4) * Math.abs(described.maximum) / largest;
    pen.fillRect(i * step + 1, HEIGHT - height, Math.max(1, step - 2), height);
  });
}

/** One bar as an element: `share` of the scale, 0…1; `second` of another photograph under it. */
export function bar(share, second = null) {
  const made = element("i", { class: "pxh-bar", "aria-hidden": "true" });
  made.style.setProperty("--share", Math.max(0, Math.min(1, share)).toFixed(4));
  if (second === null) return [made];
  const other = element("i", { class: "pxh-bar pxh-bar-second", "aria-hidden": "true" });
  other.style.setProperty("--share", Math.max(0, Math.min(1, second)).toFixed(4));
  return [made, other];
}
