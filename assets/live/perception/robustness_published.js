// What people and networks scored on the same distortion, as published: curves with people's interval, or bars of single scores.

import { element } from "../panels/markup.js";
import { LevelChart, legendMark, percent } from "./level_chart.js";

const CONDITIONS = "Sixteen categories, chance 1 in 16, photographs shown for 200 ms: another task than the one measured here, so its axes are its own.";

export class Published {
  constructor(context, published) {
    Object.assign(this, { context, published });
    this.chart = new LevelChart(context, "Published scores", { chance: published.chance });
    this.note = element("p", { class: "px-note" });
    this.legend = element("ul", { class: "pxr-legend" });
    this.bars = element("div", { class: "pxr-points" });
    this.source = element("p", { class: "px-note" });
    this.element = element(
      "section", { class: "px-panel pxr-published", "aria-label": "Published scores" },
      element("header", { class: "px-head" }, element("h3", { class: "px-heading", text: "People and networks" }), element("span", { class: "px-badge", text: "recorded data" })),
      this.chart.element, this.bars, this.legend, this.note, this.source,
    );
  }

  show(scale) {
    this.scale = scale;
    const table = this.published.tables[scale.name] ?? null;
    this.chart.element.hidden = table === null;
    if (table) this._curves(table);
    else this._points(scale);
  }

  move(level) {
    this.level = level;
    if (this.published.tables[this.scale.name]) this.chart.move(level);
  }

  _curves(table) {
    const { colours } = this.context;
    const looks = [{ colour: colours.brain, dash: [] }, { colour: colours.network, dash: [] }, { colour: colours.network, dash: [7, 4] }, { colour: colours.network, dash: [2, 4] }];
    const curves = table.curves.map(({ name, accuracies, low, high }, i) => ({ name, shares: accuracies, low, high, ...looks[i] }));
    this.chart.show({ levels: table.levels, unit: table.unit, curves, at: this.level ?? null, chance: this.published.chance });
    this.bars.replaceChildren();
    this.legend.replaceChildren(...curves.map(({ name, colour }, i) => {
      const mark = element("span", { "aria-hidden": "true", text: `${legendMark(i)} ` });
      mark.style.color = colour;
      const who = i === 0 ? `people: ${table.trials.toLocaleString("en-GB")} trials a level${table.observers ? `, ${table.observers}` : ""}; the band takes trials as independent` : name;
      return element("li", {}, mark, element("span", { text: who }));
    }));
    this.note.textContent = CONDITIONS;
    this._cite(["Geirhos et al. 2018, the authors’ tables, CC BY 4.0", "https://arxiv.org/abs/1808.08750"]);
  }

  _points(scale) {
    this.legend.replaceChildren();
    const { salt_and_pepper: scores, shape_bias: bias } = this.published;
    const shown = scale.name === "salt_and_pepper" ? [["Accuracy with 20% of pixels black or white", scores]] : [];
    this.bars.replaceChildren(...[...shown, ["Decisions by shape where shape and texture disagree", bias]].map(([title, points]) => this._group(title, points)));
    this.note.textContent = shown.length
      ? "SWAG, a network trained on far more pictures than ImageNet has, names more of them than adults do, and still decides by texture where children decide by shape: “machines are fragile” is no longer true as it stands."
      : "No published human scores for this distortion are at hand, so none are shown. Which cue decides, shape or texture, was measured:";
    this._cite(["Huber, Geirhos and Wichmann 2023", "https://doi.org/10.1167/jov.23.7.4"], ["Geirhos et al. 2019", "https://arxiv.org/abs/1811.12231"]);
  }

  _group(title, points) {
    const rows = points.map(({ name, kind, accuracy, people }) => {
      const bar = element("span", { class: `pxr-bar pxr-${kind}`, "aria-hidden": "true" }, element("i"));
      bar.firstChild.style.width = `${100 * accuracy}%`;
      const who = kind === "people" ? `${name}${people ? ` (n = ${people})` : ""}` : `${name}, network`;
      return element("li", {}, element("span", { class: "pxr-name", text: who }), bar, element("span", { class: "pxr-number", text: percent(accuracy) }));
    });
    return element("div", {}, element("h4", { text: title }), element("ol", { class: "pxr-labels" }, ...rows));
  }

  _cite(...sources) {
    const links = sources.flatMap(([text, address], i) => [i ? "; " : "", element("a", { href: address, target: "_blank", rel: "noopener", text })]);
    this.source.replaceChildren(`Source${sources.length > 1 ? "s, aggregates of published trials" : ""}: `, ...links, ".");
  }

  destroy() {
    this.chart.destroy();
  }
}
