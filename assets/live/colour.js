// The view's colours: orange below zero, blue above, grey at zero, the same on every page and safe for colour-blind
// readers; one accent each for brain and network, never used for sign. Read once and again when the theme changes.

const LIGHT = {
  background: "#fcfbf9", surface: "#f1efea", text: "#23211e", border: "#dad6cd", primary: "#4b3f8f", faint: "#6a665f",
  zero: "#f0eeea", negative: "#d4650f", positive: "#1a6bb5", negativeText: "#a04500", positiveText: "#0d5a9e",
  neutral: "#b9b5ac", brain: "#a3286f", network: "#0b7468", deepNegative: "#d95f02", deepPositive: "#0868b8",
};
const DARK = {
  background: "#15161a", surface: "#212329", text: "#e8e6e1", border: "#3a3d45", primary: "#8a7de0", faint: "#a5a39d",
  zero: "#2b2d34", negative: "#f0904a", positive: "#5ba8ee", negativeText: "#f7a768", positiveText: "#7fbdf5",
  neutral: "#5d616b", brain: "#f08cc4", network: "#4cccbb", deepNegative: "#f58a36", deepPositive: "#4ba3f5",
};
const THEMED = {
  background: "--st-background-color", surface: "--st-secondary-background-color", text: "--st-text-color",
  border: "--st-border-color", primary: "--st-primary-color",
};
// Classes from the third on need hues of their own: none of them orange or blue, which are signs (after Tol's qualitative schemes).
const CLASSES = { light: ["#117733", "#aa3377", "#b8860b", "#3a8fa3", "#7a4fa3"], dark: ["#4cc27a", "#e07ab5", "#d9b13b", "#66c7dd", "#b491e0"] };
// Lanes of a race, after the first, which is drawn in ink: neither a sign nor brain nor network, and apart in lightness for
// readers who see few hues. Each has a dash of its own besides (race_lanes.js).
const LANES = { light: ["#7d55c7", "#a88600", "#2f5d12"], dark: ["#b79cf2", "#e0c04a", "#5f9e3c"] };
const PROPERTIES = ["background", "surface", "text", "faint", "border", "primary", "zero", "neutral", "negative", "positive", "negativeText", "positiveText", "brain", "network"];

const linear = (byte) => (byte <= 10.31475 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
const encoded = (light) => Math.round(255 * Math.min(1, Math.max(0, light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055)));

/** Bytes of a colour that the browser understands; `fallback` where it does not. */
export function bytes(colour, fallback = [128, 128, 128]) {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour.trim())?.[1];
  if (hex) return (hex.length === 3 ? [...hex].map((digit) => digit + digit) : hex.match(/../g)).map((pair) => parseInt(pair, 16));
  return colour.match(/^rgba?\(([^)]+)\)/)?.[1].split(/[\s,/]+/).slice(0, 3).map(Number) ?? fallback;
}

/** Relative luminance, 0…1 (WCAG 2). */
export function luminance(colour) {
  const [red, green, blue] = bytes(colour).map(linear);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

// Oklab (Ottosson 2020): straight lines in it look like even steps, so that a field shows no false edges.
function oklab(colour) {
  const [r, g, b] = bytes(colour).map(linear);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function unoklab([lightness, a, b]) {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encoded(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** 256 colours from −1 to +1 as [red, green, blue]. */
function diverging(negative, zero, positive) {
  const [low, middle, high] = [negative, zero, positive].map(oklab);
  return Array.from({ length: 256 }, (_, byte) => {
    const value = byte / 127.5 - 1;
    const end = value < 0 ? low : high;
    return unoklab(middle.map((part, i) => part + (end[i] - part) * Math.abs(value)));
  });
}

/** 256 words of ImageData from `zero` to `colour`, in even steps. */
function certainties(zero, colour) {
  const [from, to] = [oklab(zero), oklab(colour)];
  return Uint32Array.from({ length: 256 }, (_, byte) => word(unoklab(from.map((part, i) => part + ((to[i] - part) * byte) / 255))));
}

// ImageData holds red first in memory; every browser's machine is little-endian.
const word = ([red, green, blue]) => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;

/** The view's one palette; panels keep a reference to it and hear of changes through `onchange`. */
export class Palette {
  constructor(root) {
    this.root = root;
    this.handlers = new Set();
    this.lut = new Uint32Array(256);
    this.read();
  }

  onchange(handler) {
    this.handlers.add(handler);
    return () => this.handlers.delete(handler);
  }

  /** The colour of a signed value, −1…+1. */
  css(value) {
    return this.texts[Math.max(0, Math.min(255, Math.round((value + 1) * 127.5)))] ?? this.neutral;
  }

  /** Takes the theme's custom properties; returns whether anything changed. */
  read() {
    const style = getComputedStyle(this.root);
    const found = (name) => style.getPropertyValue(name).trim();
    const given = found(THEMED.background);
    const dark = given ? luminance(given) < 0.3 : matchMedia("(prefers-color-scheme: dark)").matches;
    const own = dark ? DARK : LIGHT;
    const next = { ...own, dark, font: found("--st-font") || "system-ui, sans-serif", mono: found("--st-code-font") || "ui-monospace, monospace" };
    for (const [name, property] of Object.entries(THEMED)) next[name] = found(property) || own[name];
    const key = JSON.stringify(next);
    if (key === this.key) return false;
    this.key = key;
    this._take(next, diverging(own.deepNegative, own.zero, own.deepPositive));
    return true;
  }

  _take(next, colours) {
    Object.assign(this, next, { ink: next.text });
    this.classes = CLASSES[next.dark ? "dark" : "light"];
    this.lanes = [next.text, ...LANES[next.dark ? "dark" : "light"]];
    this.classLuts = this.classes.map((colour) => certainties(next.zero, colour));
    this.texts = colours.map(([red, green, blue]) => `rgb(${red},${green},${blue})`);
    colours.forEach((colour, i) => { this.lut[i] = word(colour); });
    for (const name of PROPERTIES) {
      this.root.style.setProperty(`--px-${name.replace(/[A-Z]/g, (letter) => "-" + letter.toLowerCase())}`, next[name]);
    }
    this.root.classList.toggle("px-dark", next.dark);
    for (const handler of this.handlers) handler();
  }
}

/**
 * Calls `changed` when the theme's custom properties change, however the page sets them: a hidden probe takes its
 * colours from them with a transition too short to see, and the browser reports the transition.
 */
export function watchTheme(root, changed) {
  const probe = document.createElement("span");
  probe.className = "px-theme-probe";
  probe.setAttribute("aria-hidden", "true");
  probe.addEventListener("transitionend", (event) => { event.stopPropagation(); changed(); });
  root.append(probe);
  const media = matchMedia("(prefers-color-scheme: dark)");
  media.addEventListener("change", changed);
  return () => { media.removeEventListener("change", changed); probe.remove(); };
}
