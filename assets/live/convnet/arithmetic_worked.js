// The sum of a worked unit as one line of labelled numbers; of the softmax as a table.

import { SharedScale, minus, number, whole } from "../panels/format.js";
import { element, say, show } from "../panels/markup.js";
import { channelSums } from "./arithmetic_answer.js";
import { className, layersOf } from "./described.js";

const ACTIVATIONS = { relu: "ReLU", tanh: "tanh", sigmoid: "sigmoid" };
const MOST = 14; // input maps whose shares are named

export class Worked {
  constructor() {
    this.terms = element("div", { class: "px-worked-terms" });
    this.shares = element("p", { class: "px-note px-worked-shares" });
    this.table = element("table", { class: "px-table px-worked-softmax" });
    this.check = element("p", { class: "px-note px-worked-check" });
    this.element = element("div", { class: "px-worked-sum" }, this.terms, this.shares, element("div", { class: "px-sideways" }, this.table), this.check);
    this.scale = new SharedScale();
    this.sentence = "";
  }

  show(context, asked, answer) {
    const { terms, table } = this;
    const softmax = asked.part === "softmax";
    show(table, softmax);
    if (softmax) this._softmax(context, asked, answer);
    this._terms(parts(context, asked, answer, this.scale));
    say(this.shares, shares(asked, answer, this.scale));
    show(this.shares, this.shares.textContent !== "");
    say(this.check, Number.isFinite(answer.torch) ? `PyTorch's own value of this unit: ${number(answer.torch, 5)}.` : "");
    this.element.dataset.place = `${asked.part} ${asked.layer} ${asked.channel} ${asked.row + 1} ${asked.column + 1}`; // whose numbers these are
    this.sentence = [...terms.children].map((term) => term.textContent).join(" ");
  }

  /** [{name, text, sign}]; made anew only when the names change. */
  _terms(list) {
    const key = JSON.stringify(list.map(({ name, sign }) => [name, sign]));
    if (key !== this.key) {
      this.values = list.map(() => element("b", { class: "px-worked-value" }));
      this.terms.replaceChildren(...list.flatMap(({ name, sign, id }, i) => [
        sign ? element("span", { class: "px-worked-sign", text: sign }) : null,
        element("span", { class: "px-worked-term", "data-term": id }, this.values[i], element("span", { class: "px-caption", text: name })),
      ]).filter(Boolean));
    }
    this.key = key;
    list.forEach(({ text }, i) => say(this.values[i], text));
  }

  _softmax(context, { channel }, { logits, exponentials, sum, probabilities }) {
    const share = (c) => probabilities?.[c] ?? exponentials[c] / sum;
    const cell = (text, tag = "td", more = {}) => element(tag, { class: "px-number", ...more, text });
    const head = element("tr", {}, element("th", { scope: "col", text: "class" }), ...["drive z", "e^(z − largest)", "÷ sum = probability"].map((text) => cell(text, "th", { scope: "col" })));
    const rows = logits.map((logit, c) => element("tr", { class: c === channel ? "px-current" : null },
      element("th", { scope: "row", text: className(context, c) }), cell(minus(logit.toFixed(3))), cell(number(exponentials[c])), cell(number(share(c)))));
    const foot = element("tr", {}, element("th", { scope: "row", text: "sum" }), cell(""), cell(number(sum, 4)), cell("1"));
    this.table.replaceChildren(element("thead", {}, head), element("tbody", {}, ...rows, foot));
  }
}

/** The line of numbers, by part. */
function parts(context, asked, answer, scale) {
  const layer = layersOf(context)[asked.layer - 1];
  if (asked.part === "pooling") return [{ id: "activation", name: `largest of ${answer.window.flat().length} activations`, text: minus(answer.value.toFixed(4)) }];
  if (asked.part === "softmax") {
    const [top, sum] = [answer.exponentials[asked.channel], answer.sum];
    return [{ id: "exponential", name: `e^(z − largest) of ${className(context, asked.channel)}`, text: number(top) }, { id: "total", name: "sum over classes", text: number(sum, 4), sign: "÷" }, { id: "probability", name: "probability", text: number(top / sum), sign: "=" }];
  }
  const { sum, bias, drive, activation } = answer;
  scale.fit([sum, bias, drive]);
  const count = asked.part === "dense" ? answer.products.length : layer.in * layer.size ** 2;
  const unit = scale.unit ? ` ${scale.unit}` : "";
  const last = asked.layer === layersOf(context).length;
  const rest = last ? [] : [{ id: "activation", name: "activation", text: scale.show(activation) + unit, sign: `→ ${ACTIVATIONS[layer.activation] ?? layer.activation} →` }];
  return [
    { id: "sum", name: `sum of ${whole(count)} products`, text: scale.show(sum) + unit },
    { id: "bias", name: "bias", text: scale.show(bias) + unit, sign: "+" },
    { id: "drive", name: last ? "drive, goes to the softmax" : "drive", text: scale.show(drive) + unit, sign: "=" },
    ...rest,
  ];
}

/** How much each input map gives to the sum, where there are several. */
function shares(asked, answer, scale) {
  if (asked.part !== "convolution" || answer.products.length < 2) return "";
  const sums = channelSums(answer);
  const named = sums.slice(0, MOST).map((value, i) => `${i + 1}: ${scale.show(value)}`).join(", ");
  return `Of the sum, by input map: ${named}${sums.length > MOST ? ", …" : ""}${scale.unit ? ` (${scale.unit})` : ""}.`;
}
