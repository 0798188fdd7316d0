// Colours for canvases: mixes of the theme's few, made once per theme.

const probe = () => document.createElement("canvas").getContext("2d", { willReadFrequently: true });
let scratch = null;

/** Any CSS colour as [red, green, blue]. */
export function rgb(colour) {
  scratch ??= probe();
  scratch.clearRect(0, 0, 1, 1);
  scratch.fillStyle = colour;
  scratch.fillRect(0, 0, 1, 1);
  return [...scratch.getImageData(0, 0, 1, 1).data.subarray(0, 3)];
}

const mixed = new Map();

/** Between two colours; remembered, since panels ask for the same few in every frame. */
export function mix(from, to, share) {
  const key = `${from} ${to} ${share}`;
  if (!mixed.has(key)) {
    const [a, b] = [rgb(from), rgb(to)];
    mixed.set(key, `rgb(${a.map((value, i) => Math.round(value + (b[i] - value) * share)).join(",")})`);
  }
  return mixed.get(key);
}

export function fade(colour, alpha) {
  return `rgba(${rgb(colour).join(",")},${alpha})`;
}

/** How strongly a signed value is drawn, 0…1. A fixed curve: the same weight looks the same in every run. */
export function strength(value, half) {
  const size = Math.abs(value);
  return size === Infinity ? 1 : size / (size + half);
}

/** `steps` colours from neutral to the sign's own colour, for binned drawing; index 0 is the faintest. */
export function ramp(neutral, colour, steps) {
  return Array.from({ length: steps }, (_, i) => mix(neutral, colour, Math.min(1, 0.25 + (1.1 * (i + 0.5)) / steps)));
}

/** Calls `handler` now and whenever the theme changes; returns how to stop. */
export function watchColours(context, handler) {
  const colours = context.colours;
  handler();
  if (typeof colours.onchange === "function") {
    const stop = colours.onchange(handler);
    return typeof stop === "function" ? stop : () => {};
  }
  return () => {};
}

export function isProjector(node) {
  return node.closest(".px-projector") !== null;
}

export function stillMotion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

const TOKENS = ["positive", "negative", "neutral", "brain", "network", "ink", "faint", "background"];

/** The theme's colours as custom properties, so that panels.css needs no knowledge of the theme. */
export function paint(root, colours) {
  for (const name of TOKENS) root.style.setProperty(`--px-${name}`, colours[name]);
}
