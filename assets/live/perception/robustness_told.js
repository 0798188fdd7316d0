// What curves that were measured here say, in a sentence with their numbers.

import { percent } from "./level_chart.js";

/** Of EfficientNet-Lite0: what it keeps at the first level, and where it has lost half. */
export function toldOfPhotographs({ n, shares }, { levels, title, none }) {
  const lost = shares.findIndex((share) => share < 0.5);
  const first = `At level ${none} the ImageNet network gives ${percent(shares[0])} of ${n} photographs the label that they have undistorted`;
  if (lost < 0) return `${first}, and more than half keep it at every level.`;
  if (lost === 0) return `${first}: fewer than half keep it at any level.`;
  return `${first}; from ${title.toLowerCase()} ${levels[lost]} on, fewer than half keep it (${percent(shares[lost])}).`;
}

/** Of the two digit networks: "helped", "harmed", "mixed" or "same", by the levels at which their intervals part. */
export function verdict([plain, varied]) {
  const better = plain.shares.map((_, i) => i).filter((i) => varied.low[i] > plain.high[i]);
  const worse = plain.shares.map((_, i) => i).filter((i) => varied.high[i] < plain.low[i]);
  const kind = better.length && worse.length ? "mixed" : better.length ? "helped" : worse.length ? "harmed" : "same";
  return { kind, better, worse };
}

export function toldOfDigits(curves, { levels, title }) {
  const [plain, varied] = curves;
  const { kind, better, worse } = verdict(curves);
  const at = (i) => `level ${levels[i]} (${percent(varied.shares[i])} against ${percent(plain.shares[i])})`;
  const widest = (places) => places.reduce((best, i) => (gap(curves, i) > gap(curves, best) ? i : best));
  const name = title.toLowerCase();
  if (kind === "same") return `${title}: at no level do the intervals of the two digit networks part, so varied training made no difference here that can be told.`;
  if (kind === "mixed") return `Varied training helped against ${name} most at ${at(widest(better))} and harmed most at ${at(widest(worse))}.`;
  return `Varied training ${kind === "helped" ? "helped against" : "harmed under"} ${name}, most at ${at(widest(kind === "helped" ? better : worse))}; the intervals part at ${(better.length || worse.length)} of ${levels.length} levels.`;
}

function gap([plain, varied], i) {
  return Math.abs(varied.shares[i] - plain.shares[i]);
}

export function toldOfLive({ n, shares }, { levels }) {
  return `The network of Live convnet names ${percent(shares[0])} of ${n} held-out images rightly at level ${levels[0]}, and ${percent(shares.at(-1))} at ${levels.at(-1)}.`;
}

/** Over all distortions: what varied training did to each that was measured. `pairs` {title: curves}. */
export function summary(pairs, titles) {
  const of = (kind) => titles.filter((title) => pairs[title] && verdict(pairs[title]).kind === kind).map((title) => title.toLowerCase());
  const words = { helped: "It helped against", mixed: "it helped and harmed, by level, under", harmed: "it harmed under", same: "it made no difference that can be told under" };
  const parts = Object.entries(words).flatMap(([kind, sentence]) => (of(kind).length ? [`${sentence} ${of(kind).join(", ")}`] : []));
  const left = titles.filter((title) => !pairs[title]).map((title) => title.toLowerCase());
  const told = `${parts.join("; ")}.`;
  return `Varied training so far: ${told.charAt(0).toLowerCase()}${told.slice(1)}${left.length ? ` Not measured yet: ${left.join(", ")}.` : ""}`;
}
