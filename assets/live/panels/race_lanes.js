// How a lane is told from the others: its name, one colour and one dash as long as it is in the race.

import { element, say } from "./markup.js";

export const MOST_LANES = 4;
// Shares of the line's width: solid, long dashes, dots, dash and dot.
const DASHES = [[], [5, 2.5], [1, 2], [6, 2, 1, 2]];

/** "Lane 3 (rate 0.3)"; within a sentence it begins small. */
export function laneName({ lane, name }, within = false) {
  return `${within ? "lane" : "Lane"} ${lane} (${name})`;
}

export function openLanes(meta) {
  return (meta?.lanes ?? []).filter((lane) => !lane.closed);
}

/** A lane keeps its place among the four colours while it is open, whatever other lanes come and go. */
export class LaneStyles {
  constructor(colours) {
    this.colours = colours;
    this.slots = new Map();
  }

  /** Takes the numbers of the open lanes. */
  follow(lanes) {
    const open = new Set(lanes.map(({ lane }) => lane));
    for (const lane of this.slots.keys()) if (!open.has(lane)) this.slots.delete(lane);
    for (const lane of open) if (!this.slots.has(lane)) this.slots.set(lane, this._free(lane));
  }

  _free(lane) {
    const taken = new Set(this.slots.values());
    const wanted = (lane - 1) % MOST_LANES;
    return taken.has(wanted) ? [0, 1, 2, 3].find((slot) => !taken.has(slot)) ?? wanted : wanted;
  }

  colour(lane) {
    return this.colours.lanes[this.slots.get(lane) ?? 0];
  }

  /** For a line of this width, as canvases and SVG take it. */
  dash(lane, width) {
    return DASHES[this.slots.get(lane) ?? 0].map((share) => share * width);
  }
}

const SVG = "http://www.w3.org/2000/svg";

/** A short piece of the lane's own line, for headings. */
export class LaneKey {
  constructor(styles, lane) {
    Object.assign(this, { styles, lane });
    this.line = document.createElementNS(SVG, "line");
    this.element = document.createElementNS(SVG, "svg");
    for (const [name, value] of [["viewBox", "0 0 30 8"], ["aria-hidden", "true"], ["class", "px-lane-key"]]) this.element.setAttribute(name, value);
    for (const [name, value] of [["x1", 0], ["x2", 30], ["y1", 4], ["y2", 4], ["stroke-width", 3]]) this.line.setAttribute(name, value);
    this.element.append(this.line);
    this.paint();
  }

  paint() {
    this.line.setAttribute("stroke", this.styles.colour(this.lane));
    this.line.setAttribute("stroke-dasharray", this.styles.dash(this.lane, 3).join(" ") || "none");
  }
}

/** Does `act` at most every `gap` ms; what came too early is done late, never dropped. */
export class Paced {
  constructor(gap, act) {
    Object.assign(this, { gap, act });
    this.last = -Infinity;
    this.timer = null;
  }

  ask() {
    const wait = this.last + this.gap - performance.now();
    if (wait <= 0) return this._do();
    this.timer ??= setTimeout(() => this._do(), wait);
  }

  _do() {
    this.stop();
    this.last = performance.now();
    this.act();
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = null;
  }
}

/** A row of a list of facts: its name, and a place for its value. */
export function fact(name) {
  const value = element("dd", { text: "–" });
  return { row: element("div", {}, element("dt", { text: name }), value), say: (text) => say(value, text) };
}
