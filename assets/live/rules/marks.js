// One alphabet for the lanes of the page: a colour, a dash and a short label each, the same in every panel. A lane keeps its
// place in the run, and with it its colour and dash; the label is its rule's.

const SHORT = {
  backpropagation: "BP", feedback_alignment: "FA", direct_feedback_alignment: "DFA", sign_symmetric: "Signs", output_only: "control",
  hebb: "Hebb", oja: "Oja", bcm: "BCM", three_factor: "3-factor", predictive_coding: "PC", equilibrium_propagation: "EP",
  forward_forward: "FF", weight_perturbation: "WP", composed: "Own",
};
// Neither a sign's orange and blue nor brain nor network; at least 3 : 1 on the ground, and every two stay apart in Oklab under
// simulated protanopia, deuteranopia and tritanopia (Machado, Oliveira and Fernandes 2009, 10.1109/TVCG.2009.113).
const COLOURS = {
  light: ["#23211e", "#5722ad", "#a08c24", "#7d4454", "#637103", "#9678e6", "#2c3f0a"],
  dark: ["#e8e6e1", "#aa8fff", "#b38c2a", "#a34942", "#9ecf7e", "#6f51bb", "#b8fe60"],
};
const CONTROL_COLOUR = { light: "#8a8680", dark: "#8b8f99" };
// Shares of a line's width: solid, long dashes, dots, dash and dot, short dashes, dash and two dots, long and short.
const DASHES = [[], [5, 1.6], [1, 1.6], [4, 1.3, 1, 1.3], [2, 1.4], [4, 1.2, 1, 1.2, 1, 1.2], [4.5, 1.2, 2, 1.2]];
const CONTROL_DASH = [3, 3];
const CONTROL = "output_only";

/**
 * How a lane {lane, rule} is drawn: `colour(context)` in the theme's own shade, `dash` in shares of the line's width ([] is
 * solid), `label` short and in words, `control` or not. `lanes`: all of the run; a rule that is there twice gets its lane's number.
 */
export function markOf(lane, lanes = []) {
  const control = lane.rule === CONTROL;
  const place = (lane.lane - 1) % DASHES.length;
  return {
    control,
    label: labelOf(lane, lanes),
    dash: control ? CONTROL_DASH : DASHES[place],
    colour: ({ colours }) => {
      const theme = colours.dark ? "dark" : "light";
      return control ? CONTROL_COLOUR[theme] : COLOURS[theme][place];
    },
  };
}

function labelOf({ lane, rule }, lanes) {
  const twice = lanes.filter((one) => one.rule === rule).length > 1;
  return `${SHORT[rule] ?? rule}${twice ? ` ${lane}` : ""}`;
}

/** "Feedback alignment"; where the rule is there twice, "Feedback alignment, lane 3". */
export function titleOf(lane, lanes = []) {
  return `${lane.title}${lanes.filter((one) => one.rule === lane.rule).length > 1 ? `, lane ${lane.lane}` : ""}`;
}

/** The dash for a line of this width in pixels, as canvases and SVG take it. */
export function dashOf(mark, width) {
  return mark.dash.map((share) => share * width);
}

const SVG = "http://www.w3.org/2000/svg";

/** A short piece of a lane's line, for headings and tables; `paint` again when the theme changes. */
export class MarkKey {
  constructor(context, mark) {
    Object.assign(this, { context, mark });
    this.line = document.createElementNS(SVG, "line");
    this.element = document.createElementNS(SVG, "svg");
    for (const [name, value] of [["viewBox", "0 0 34 8"], ["aria-hidden", "true"], ["class", "px-mark-key"]]) this.element.setAttribute(name, value);
    for (const [name, value] of [["x1", 0], ["x2", 34], ["y1", 4], ["y2", 4], ["stroke-width", 3]]) this.line.setAttribute(name, value);
    this.element.append(this.line);
    this.paint();
  }

  paint() {
    this.line.setAttribute("stroke", this.mark.colour(this.context));
    this.line.setAttribute("stroke-dasharray", dashOf(this.mark, 3).join(" ") || "none");
  }
}
