// Who says which of two equal places is lighter: people, two filter models, and the networks that were trained here.

import { minus } from "../panels/format.js";
import { badgeButton } from "../panels/badge.js";
import { element, say } from "../panels/markup.js";

export const LEAST = 1; // % of the range below which no difference is claimed

/** "lighter by 18.0%" of a signed difference in per cent. */
export function difference(percent) {
  const size = Math.abs(percent);
  if (size < LEAST) return "no difference";
  return `${percent > 0 ? "lighter" : "darker"} by ${size >= 99.5 ? size.toFixed(0) : size.toPrecision(3)}%`;
}

export function sign(percent) {
  return Math.abs(percent) < LEAST ? 0 : Math.sign(percent);
}

/** ✓ where all answers have the sign that people report; some of several networks may. No mark without a report: `reported` null. */
export function agrees(answers, reported, unsaid = "no report to compare with") {
  if (reported === null) return { mark: "–", words: unsaid, name: "unsaid" };
  const right = answers.filter((answer) => sign(answer) === reported).length;
  if (right === answers.length) return { mark: "✓", words: "as people see it", name: "holds" };
  if (right > 0) return { mark: "◐", words: "the two disagree", name: "part" };
  return { mark: "✗", words: reported === 0 ? "people see none" : "not as people see it", name: "fails" };
}

export class Verdict {
  constructor(data) {
    this.data = data;
    this.body = element("tbody");
    this.asked = element("caption", { class: "pxp-asked" });
    const head = element("tr", {}, ["Account", "Its answer", "Against people"].map((name) => element("th", { scope: "col", text: name })));
    this.table = element("table", { class: "pxp-verdict" }, this.asked, element("thead", {}, head), this.body);
    this.element = this.table;
    this.badges = Object.fromEntries(["dog", "odog", "judge"].map((name) => [name, badgeButton(data.badges[name], name)]));
    this.cells = {};
  }

  /** `answers` {dog: [%], odog: [%], judge: [%, %] | null}; `reported` null where no report speaks of this picture. */
  show({ first, second, reported, people, answers }) {
    say(this.asked, `How light is A, ${first}, beside the equal B, ${second}?`);
    const badge = people.doi ? badgeButton({ ...this.data.badges.people, source: people.source, doi: people.doi }, "people") : badgeButton({ ...this.data.badges.people, source: people.source }, "people");
    const told = reported === null ? "not measured for this picture" : reported === 0 ? "no difference" : reported > 0 ? "lighter" : "darker";
    this.body.replaceChildren(
      row("People", [told], element("span", { text: people.source }), badge, "people"),
      this._account("dog", "Round filter (DoG)", answers.dog, reported),
      this._account("odog", "ODOG", answers.odog, reported),
      answers.judge ? this._account("judge", "Judges of reflectance", answers.judge, people.judges_spared ? null : reported, people.judges_spared || undefined) : row("Judges of reflectance", ["not trained yet"], element("span", { text: "see below" }), this.badges.judge, "judge"),
    );
  }

  _account(name, title, answers, reported, unsaid) {
    const { mark, words, name: kind } = agrees(answers, reported, unsaid);
    return row(title, answers.map(difference), element("span", { class: `pxp-mark pxp-mark-${kind}` }, element("b", { "aria-hidden": "true", text: mark }), ` ${words}`), this.badges[name], name);
  }
}

function row(title, answers, against, badge, name) {
  const told = element("td", {}, answers.map((answer) => element("div", { text: minus(answer) })));
  return element("tr", { "data-account": name }, element("th", { scope: "row" }, element("span", { class: "pxp-account", text: title }), badge), told, element("td", {}, against));
}
