// What the cursor finds, lane by lane: the legend of the curves as well.

import { number } from "../panels/format.js";
import { element, say } from "../panels/markup.js";
import { indexAt } from "./curves_data.js";
import { accuracyText } from "./lanes_standing.js";
import { MarkKey, titleOf } from "./marks.js";

export class CurvesTable {
  constructor(context, lanes, marks) {
    this.caption = element("caption", { text: "now" });
    this.rows = lanes.map((lane) => new Row(context, lane, marks.get(lane.lane), titleOf(lane, lanes)));
    const head = ["lane", "loss", "accuracy"].map((name, i) => element("th", { scope: "col", class: i ? "px-number" : null, text: name }));
    this.element = element("table", { class: "px-curves-table" }, this.caption, element("thead", {}, element("tr", {}, head)), element("tbody", {}, this.rows.map(({ element: row }) => row)));
  }

  /** `curves`: {loss, accuracy} as the charts draw them; `place` along them, null for the newest. */
  show({ loss, accuracy }, place, at, told) {
    say(this.caption, at);
    for (const row of this.rows) {
      const value = (curves) => valueAt(curves.find(({ lane }) => lane === row.lane), place);
      row.show(value(loss), value(accuracy), told.find(({ lane }) => lane === row.lane)?.halted);
    }
  }

  repaint() {
    for (const { key } of this.rows) key.paint();
  }
}

class Row {
  constructor(context, { lane }, mark, title) {
    this.lane = lane;
    this.key = new MarkKey(context, mark);
    [this.loss, this.accuracy] = [0, 1].map(() => element("td", { class: "px-number", text: "–" }));
    this.name = element("span", { text: mark.label });
    this.element = element("tr", { "data-lane": lane }, element("th", { scope: "row", title }, this.key.element, this.name), this.loss, this.accuracy);
    this.label = mark.label;
  }

  show(loss, accuracy, halted) {
    say(this.name, halted ? `${this.label}, halted` : this.label);
    say(this.loss, Number.isFinite(loss) ? number(loss) : "–");
    say(this.accuracy, accuracyText(accuracy));
  }
}

function valueAt(curve, place) {
  const at = curve ? indexAt(curve, place) : null;
  return at === null ? NaN : curve.values[at];
}
