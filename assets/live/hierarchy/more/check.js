// The check with random weights: Grad-CAM's map after each further stage has lost what it had learned, and how much of its order is left.

import { number } from "../../panels/format.js";
import { element, say } from "../../panels/markup.js";
import { LineChart } from "./line_chart.js";
import { mean, title } from "./naming.js";
import { overlay, picture } from "./pictures.js";

export class Check {
  constructor(context) {
    this.context = context;
    this.curve = new LineChart(context, "attribution-check", "Rank correlation with the map of the trained network", { label: "rank correlation with the trained network’s map", across: "weights drawn anew, from the label down to", fixed: [-1, 1] });
    this.charts = [this.curve];
    this.row = element("ol", { class: "pxm-steps" });
    this.element = element("figure", { class: "pxm-check" }, element("h4", { text: "Does the map depend on what was learned?" }), this.row, this.curve.element);
    this.cells = [];
  }

  /** f4 (steps, h, w): the trained network's map first. */
  maps(values) {
    const [count, height, width] = values.shape;
    while (this.cells.length < count) {
      const canvas = picture("");
      const name = element("span", {});
      this.cells.push({ canvas, name, item: element("li", {}, canvas, name) });
    }
    this.row.replaceChildren(...this.cells.slice(0, count).map(({ item }) => item));
    for (let i = 0; i < count; i++) {
      const { canvas } = this.cells[i];
      Object.assign(canvas, { width: width * 4, height: height * 4 });
      overlay(canvas, values.subarray(i * height * width, (i + 1) * height * width), [height, width], this.context.palette, 1);
    }
  }

  show({ check }, values) {
    this.maps(values);
    const steps = check.map(({ stage, correlations }, i) => ({ stage, at: i + 1, mean: mean(correlations), correlations: correlations.filter((value) => value !== null) }));
    say(this.cells[0].name, "trained");
    this.cells[0].canvas.setAttribute("aria-label", "Map of the trained network");
    for (const { stage, at, mean: found } of steps) {
      say(this.cells[at].name, title(stage));
      this.cells[at].canvas.setAttribute("aria-label", `Map with weights drawn anew down to ${title(stage)}: rank correlation ${number(found ?? NaN)}`);
    }
    const line = [[0, 1], ...steps.filter((step) => step.mean !== null).map((step) => [step.at, step.mean])];
    const short = (stage) => stage.replace("stage", "");
    this.curve.show({
      line, dots: steps.flatMap(({ at, correlations }) => correlations.map((value) => [at, value])), end: steps.length,
      ticks: [[0, "none"], ...steps.map(({ stage, at }) => [at, short(stage)])],
      words: `Rank correlation with the trained network's map: ${steps.map((step) => `${title(step.stage)} ${number(step.mean ?? NaN)}`).join(", ")}.`,
    });
  }

  destroy() {
    this.curve.destroy();
  }
}
