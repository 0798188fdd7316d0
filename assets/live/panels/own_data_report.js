// What a table turned out to be, or every place where it is none.

import { number, whole } from "./format.js";
import { button, element } from "./markup.js";

const SEPARATORS = { ",": "commas", ";": "semicolons", "\t": "tabs" };
const MOST_ON_PLANE = 5;
const LEAST_ROWS = 4;
const several = (count, one, many) => `${whole(count)} ${count === 1 ? one : many}`;

/** Elements that say what was read; `train(button, dataset)` is called with "own" or "table". */
export function describe(read, train) {
  return [
    element("p", { class: "px-own-read", text: sentence(read) }),
    ...(read.refused_count ? [element("p", { class: "px-note", text: `${several(read.refused_count, "fault", "faults")} left out with ${read.refused_count === 1 ? "its row" : "their rows"}: ${read.refused.slice(0, 3).map(said).join(" ")}${read.refused_count > 3 ? " …" : ""}` })] : []),
    firstRows(read),
    ways(read, train),
  ];
}

/** "96 rows of 4 columns, with a header, parted by semicolons. Learned is “species”, one of 3 classes: setosa, …" */
export function sentence({ rows, columns, label, problem, classes, header, separator }) {
  const form = `${several(rows, "row", "rows")} of ${several(columns.length, "column", "columns")}, ${header ? "with a header" : "without a header"}, parted by ${SEPARATORS[separator]}.`;
  const learned = problem === "number" ? `What is learned is “${label}”, a number.` : `What is learned is “${label}”, one of ${classes.length} classes: ${classes.join(", ")}.`;
  return `${form} ${learned}`;
}

function firstRows({ rows, columns, label, first }) {
  const cells = first.rows.map((row, i) => [...row.map((value) => number(value)), typeof first.answers[i] === "number" ? number(first.answers[i]) : first.answers[i]]);
  const caption = element("caption", { text: `The first ${first.rows.length} of ${whole(rows)} rows` });
  const head = element("tr", {}, ...[...columns, label].map((name) => element("th", { scope: "col", text: name })));
  const body = cells.map((row) => element("tr", {}, ...row.map((text, i) => element("td", { class: i < columns.length ? "px-number" : "", text }))));
  return element("div", { class: "px-own-rows", tabindex: "0", role: "region", "aria-label": "The first rows" }, element("table", { class: "px-table" }, caption, element("thead", {}, head), element("tbody", {}, ...body)));
}

function ways({ columns, classes }, train) {
  const plane = columns.length === 2 && classes.length <= MOST_ON_PLANE;
  const way = (label, dataset, first) => {
    const made = button(label, () => train(made, dataset), { class: first ? "px-button px-own-first" : "px-button" });
    return made;
  };
  const asTable = way("Train on it as a table", "table", !plane);
  return element("div", { class: "px-row" }, ...(plane ? [way("Train on it as points of the plane", "own", true)] : []), asTable);
}

const said = ({ line, column, sentence: words }) => `Line ${whole(line)}, column ${whole(column)}: ${words}`;

/** Elements that name each fault; `keep` is called where enough good rows are there and a person wants those. */
export function listFaults(error, keep) {
  const { faults = [], faultCount = 0, goodRows = 0 } = error;
  if (!faults.length) return [element("p", { class: "px-status", text: error.message })];
  const more = faultCount - faults.length;
  const head = element("p", { class: "px-status", text: faultCount === 1 ? "The table has a fault:" : `The table has ${several(faultCount, "fault", "faults")}:` });
  const list = element("ul", { class: "px-own-faults", tabindex: "0", "aria-label": "Faults" }, ...faults.map((fault) => element("li", { text: said(fault) })));
  const rest = more > 0 ? [element("p", { class: "px-note", text: `And ${whole(more)} more.` })] : [];
  const good = goodRows >= LEAST_ROWS ? [element("div", { class: "px-row" }, button(`Keep the ${whole(goodRows)} good rows`, keep, { class: "px-button px-own-first" }))] : [];
  return [head, list, ...rest, ...good, element("p", { class: "px-note", text: "Mend the text above and read it again. Nothing of it was lost." })];
}
