// Where points to draw on come from: the run in sight, or a table of two columns.

import { EXTENT, MOST_CLASSES, MOST_DRAWN } from "./own_data_points.js";
import { number, whole } from "./format.js";
import { isNumber, isPlane, reading, statics } from "./reading.js";

const FITTED = 5; // points that lie further out than ±6 are fitted into ±5, as the service does

/** Why the run's points cannot be taken; empty where they can. */
export function cannotTake(context) {
  const given = statics(context);
  if (!given) return "There is no run in sight whose points could be taken.";
  if (!isPlane(context)) return "The present data are no points of the plane.";
  const count = reading(given, "data/train_labels").length + reading(given, "data/test_labels").length;
  return count > MOST_DRAWN ? `The present data are ${whole(count)} points, and at most ${whole(MOST_DRAWN)} can be drawn on.` : "";
}

/** The run's training and test points with their classes or values, as `Points` keeps them. */
export function pointsOfRun(context) {
  const given = statics(context);
  const list = ["train", "test"].flatMap((part) => examples(given, part));
  const { class_names: names = [], scaling } = given.meta;
  // The built-in classes are called by their colours, which change as soon as a third is drawn.
  const own = scaling?.columns ? { columns: scaling.columns, label: scaling.label, names: fiveNames(names) } : {};
  return { ...own, list, problem: isNumber(context) ? "number" : "classes" };
}

function examples(given, part) {
  const [points, labels, values] = ["points", "labels", "values"].map((what) => reading(given, `data/${part}_${what}`));
  const within = (value) => Math.max(-1, Math.min(1, Math.round(value * 1000) / 1000));
  const answer = (label, i) => (values ? { kind: Number(values[i] > 0), value: within(values[i]) } : { kind: label, value: label > 0 ? 1 : -1 });
  return Array.from(labels, (label, i) => ({ x: points[2 * i], y: points[2 * i + 1], ...answer(label, i) }));
}

/** Names of all five classes: those that are given, and numbers for the others. */
export function fiveNames(given) {
  const names = given.slice(0, MOST_CLASSES);
  while (names.length < MOST_CLASSES) {
    let name = String(names.length + 1);
    while (names.includes(name)) name += "′";
    names.push(name);
  }
  return names;
}

/** A table's canonical form → points, or null where they are none that can be drawn on. */
export function pointsOfTable(table) {
  const { columns, label, rows, targets, classes, problem } = table;
  if (columns.length !== 2 || rows.length > MOST_DRAWN || classes.length > MOST_CLASSES) return null;
  const place = fit(rows);
  const value = problem === "number" ? spread(targets) : (kind) => (kind > 0 ? 1 : -1);
  const list = rows.map((row, i) => ({ ...place(row), kind: problem === "classes" ? targets[i] : Number(value(targets[i]) > 0), value: value(targets[i]) }));
  return { problem, names: fiveNames(classes), columns, label, list };
}

function fit(rows) {
  if (rows.every(([x, y]) => Math.abs(x) <= EXTENT && Math.abs(y) <= EXTENT)) return ([x, y]) => ({ x, y });
  const [lows, highs] = [Math.min, Math.max].map((end) => [0, 1].map((i) => rows.reduce((found, row) => end(found, row[i]), rows[0][i])));
  const scale = Math.max(highs[0] - lows[0], highs[1] - lows[1]) / 2 / FITTED || 1;
  return ([x, y]) => ({ x: (x - (lows[0] + highs[0]) / 2) / scale, y: (y - (lows[1] + highs[1]) / 2) / scale });
}

function spread(targets) {
  const [low, high] = [Math.min(...targets), Math.max(...targets)];
  return (target) => Math.round(((2 * target - low - high) / (high - low)) * 1000) / 1000;
}

/** "Your x from 100 to 200 is shown as −5 to 5.", for each column that was moved or scaled; empty where none was. */
export function fittedSentence(context) {
  const given = statics(context);
  const { scaling, task } = given?.meta ?? {};
  if (task !== "plane" || !scaling?.columns || scaling.scale.every((by, i) => by === 1 && scaling.middle[i] === 0)) return "";
  const said = scaling.columns.map((column, i) => {
    const [low, high] = range(given, i);
    // The points travel with seven digits: what is nearer to zero than that is zero.
    const grain = scaling.scale[i] * 1e-4;
    const back = (shown) => number(Math.round((shown * scaling.scale[i] + scaling.middle[i]) / grain) * grain);
    return `your ${column} from ${back(low)} to ${back(high)} is shown as ${number(low)} to ${number(high)}`;
  });
  const sentence = said.join(", and ");
  return `${sentence[0].toUpperCase()}${sentence.slice(1)}: one scale for both columns, as they reach beyond the plane's ±6.`;
}

function range(given, axis) {
  const places = ["train", "test"].flatMap((part) => [...reading(given, `data/${part}_points`)].filter((_, i) => i % 2 === axis));
  return [Math.min(...places), Math.max(...places)];
}
