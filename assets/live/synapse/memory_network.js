// The network's side: one network's answer to the item at this moment, and the recall of all of them over the schedule.

import { badgeButton } from "../panels/badge.js";
import { number, percent, whole } from "../panels/format.js";
import { element, say, section } from "../panels/markup.js";
import { fade } from "../panels/palette.js";
import { Surface, font } from "../panels/surface.js";
import { exported } from "../perception/fields.js";
import { MemoryChart } from "./memory_chart.js";
import { duration } from "./memory_time.js";

export class NetworkSide {
  constructor(context, badges) {
    this.context = context;
    this.bars = new Surface(context, { label: "One network's answer to the item", height: (width, projector) => (projector ? 350 : 232), render: (pen, view) => this.state && this._answer(pen, view) });
    this.chart = new MemoryChart(context, "Recall of the networks", 205);
    this.told = element("p", { class: "pxp-story" });
    this.between = element("span");
    const { root } = section("memory-network", "Network: one item among others", "gradient descent");
    const answer = element("figure", { class: "pxp-figure" }, this.bars.canvas, element("figcaption", { text: "one network’s eight outputs: bars, its answers; lines, what they should be; ✗, the wrong side. A use is one step of descent. " }, this.between));
    const recall = element("figure", { class: "pxp-figure" }, this.chart.element, element("figcaption", { text: "recall: overlap of the answer with what it should be; 1 is right and sure, 0 is a guess. Mean of twelve networks, shaded: standard error" }));
    root.append(answer, recall, element("div", { class: "pxm-badges" }, badgeButton(badges.network, "Recall", true), badgeButton(badges.clock, "Clock", true)), this.told);
    this.element = root;
  }

  answered({ arrays }, spec) {
    Object.assign(this, { arrays, spec, outputs: arrays.target.length });
    const least = arrays.recall.reduce((most, value, i) => Math.min(most, value - arrays.recall_error[i]), 0);
    const low = least < -0.5 ? -1 : least < -0.25 ? -0.5 : least < -0.01 ? -0.25 : 0;
    say(this.between, between(spec));
    this.axis = { low, high: 1, log: false, ticks: [-1, -0.5, 0, 0.25, 0.5, 0.75, 1].filter((at) => at >= low).map((at) => ({ at, text: String(at).replace("-", "−") })), label: "" };
  }

  moved(index, timeAxis, at) {
    if (!this.arrays) return;
    const { arrays, outputs } = this;
    const { network } = this.context.colours;
    this.state = { answer: arrays.answers.subarray(index * outputs, (index + 1) * outputs), target: arrays.target };
    this.bars.draw();
    this.chart.show({ x: timeAxis, y: this.axis }, [{ colour: network, width: 1.3, x: arrays.instants, y: arrays.recall, error: arrays.recall_error, until: at }], { uses: arrays.uses, at, dots: [{ x: at, y: arrays.recall[index], colour: network }] });
    this._story(index);
  }

  _story(index) {
    const { arrays, spec } = this;
    const now = arrays.instants[index];
    const done = arrays.uses.filter((use) => use <= now).length;
    const others = Math.max(0, Math.ceil((now / 3600) * spec.others_per_hour - 0.5));
    const since = now - arrays.uses[done - 1];
    const stands = `${since > 0 ? `${duration(since, 2)} after` : "At"} use ${done} recall is ${number(arrays.recall[index])} ± ${number(arrays.recall_error[index], 2)}.`;
    const met = others ? `Since the first use the networks have made ${whole(others)} update${others === 1 ? "" : "s"} on ${spec.others === 1 ? "another item" : `${spec.others} other items`}` : "They have learned nothing else since the first use";
    const size = `and all weights together are ${percent(arrays.weight_size[index])} as long as then.`;
    say(this.told, `${stands} ${met}, ${size}${takes(spec)}`);
    this.chart.words(stands);
    this.bars.describe(() => `One network's answer: ${Array.from(this.state.answer, (value) => number(value, 2)).join(", ")}; it should be ${Array.from(this.state.target, (value) => number(value, 2)).join(", ")}`);
  }

  _answer(pen, view) {
    const { answer, target } = this.state;
    const grow = view.projector ? 1.5 : 1;
    const box = { left: 50 * grow, right: view.width - 10, top: 14 * grow, bottom: view.height - 28 * grow };
    const middle = (box.top + box.bottom) / 2;
    const height = (value) => middle - value * (middle - box.top);
    pen.font = font(view);
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    pen.lineWidth = view.projector ? 3 : 1;
    for (const tick of [-1, 0, 1]) {
      pen.strokeStyle = fade(view.colours.ink, tick ? 0.14 : 0.5);
      line(pen, box.left, box.right, height(tick));
      pen.fillStyle = view.colours.faint;
      pen.fillText(String(tick).replace("-", "−"), box.left - 6, height(tick));
    }
    const step = (box.right - box.left) / answer.length;
    pen.textAlign = "center";
    answer.forEach((value, i) => {
      const centre = box.left + (i + 0.5) * step;
      pen.fillStyle = value >= 0 ? view.colours.positive : view.colours.negative;
      pen.fillRect(centre - step * 0.28, Math.min(middle, height(value)), step * 0.56, Math.abs(height(value) - middle));
      pen.strokeStyle = view.colours.ink;
      pen.lineWidth = view.line * 1.4;
      line(pen, centre - step * 0.38, centre + step * 0.38, height(target[i]));
      pen.fillStyle = value * target[i] > 0 ? view.colours.faint : view.colours.negativeText ?? view.colours.ink;
      pen.textBaseline = "top";
      pen.fillText(value * target[i] > 0 ? String(i + 1) : `${i + 1} ✗`, centre, box.bottom + 8);
    });
  }

  panels() {
    return [exported("answer", "Answer to the item", { element: this.bars.canvas, image: () => this.bars.image(), svg: () => this.bars.svg() }), exported("recall", "Recall of the networks", this.chart)];
  }

  destroy() {
    this.bars.destroy();
    this.chart.destroy();
  }
}

/** What lies between two uses, under the picture. */
function between({ others_per_hour: pace, weight_decay: decay }) {
  const rest = [pace > 0 && "other items", decay > 0 && "decay"].filter(Boolean).join(" and ") || "nothing";
  return `Before the first: 200 updates on other items; in between: ${rest}`;
}

function takes({ others_per_hour: pace, weight_decay: decay }) {
  const fading = decay > 0 ? " Weight decay takes the same part of every weight, used or not." : " There is no weight decay.";
  return pace > 0 ? `${fading} Other items move the weights that this one needs.` : fading;
}

function line(pen, left, right, v) {
  pen.beginPath();
  pen.moveTo(left, v);
  pen.lineTo(right, v);
  pen.stroke();
}
