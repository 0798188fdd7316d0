// What curves that were measured here say, in a sentence with their numbers.

import { minus } from "../panels/format.js";
import { percent } from "./level_chart.js";

/** Of EfficientNet-Lite0: what it keeps at the first level, and where it has lost half. */
export function toldOfPhotographs({ n, shares }, { levels, title, none }) {
  const lost = shares.findIndex((share) => share < 0.5);
  const first = `At level ${none} the ImageNet network gives ${percent(shares[0])} of ${n} photographs the label that they have undistorted`;
  if (lost < 0) return `${first}, and more than half keep it at every level.`;
  if (lost === 0) return `${first}: fewer than half keep it at any level.`;
  return `${first}; from ${title.toLowerCase()} ${levels[lost]} on, fewer than half keep it (${percent(shares[lost])}).`;
}

/** How much less the varied network lost on the way from `none` to each level, as shares, with its 95% interval.
 *  The four shares' intervals are joined as squares of their distances (Newcombe 1998, 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I),
 *  taken as independent; both networks name the same digits, so the true interval is rather narrower. */
export function spared([plain, varied], none) {
  return plain.shares.map((_, i) => {
    const added = [[varied, i], [plain, none]];
    const taken = [[plain, i], [varied, none]];
    const value = varied.shares[i] - plain.shares[i] - (varied.shares[none] - plain.shares[none]);
    const reach = (one, other) => Math.hypot(...one.map(([curve, at]) => curve.shares[at] - curve.low[at]), ...other.map(([curve, at]) => curve.high[at] - curve.shares[at]));
    return i === none ? { value: 0, low: 0, high: 0 } : { value, low: value - reach(added, taken), high: value + reach(taken, added) };
  });
}

/** Of the two digit networks: "helped", "harmed", "mixed" or "same". A level counts where both hold: the losses from the undistorted
 *  level differ beyond their interval, and so do the shares; a network that starts lower has less to lose. */
export function verdict(curves, { levels, none }) {
  const [plain, varied] = curves;
  const start = levels.indexOf(none);
  const by = spared(curves, start);
  const better = by.map((_, i) => i).filter((i) => by[i].low > 0 && varied.low[i] > plain.high[i]);
  const worse = by.map((_, i) => i).filter((i) => by[i].high < 0 && varied.high[i] < plain.low[i]);
  const kind = better.length && worse.length ? "mixed" : better.length ? "helped" : worse.length ? "harmed" : "same";
  const apart = varied.low[start] > plain.high[start] || varied.high[start] < plain.low[start];
  return { kind, better, worse, by, apart, start };
}

export function toldOfDigits(curves, scale) {
  const { kind, better, worse, by, apart, start } = verdict(curves, scale);
  const name = scale.title.toLowerCase();
  const most = (places) => places.reduce((best, i) => (Math.abs(by[i].value) > Math.abs(by[best].value) ? i : best));
  const how = (i) => lost(curves, by[i], i, start, scale.levels[i]);
  const before = apart ? `${begun(curves, start, scale)} ` : "";
  const itself = apart ? `${name} itself` : name;
  const among = `beyond the 95% interval at ${better.length || worse.length} of ${scale.levels.length - 1} levels`;
  if (kind === "same") return `${before}${apart ? `Of ${itself}` : `${scale.title}`}: at no level does the loss of the two digit networks differ beyond its 95% interval, so varied training made no difference here that can be told.`;
  if (kind === "mixed") return `${before}Varied training helped against ${itself} most at ${how(most(better))}, and harmed most at ${how(most(worse))}.`;
  return `${before}Varied training ${kind === "helped" ? "helped against" : "harmed under"} ${itself}, most at ${how(most(kind === "helped" ? better : worse))}; ${among}.`;
}

/** "level 0.3: 4 points lost against 66 (62 fewer, 56 to 68)". */
function lost([plain, varied], { value, low, high }, i, start, level) {
  const of = (curve) => points(curve.shares[start] - curve.shares[i]);
  const [least, most] = [low, high].map((end) => Math.abs(end)).sort((a, b) => a - b).map(points);
  return `level ${level} (${percent(varied.shares[i])} against ${percent(plain.shares[i])}: ${of(varied)} points lost against ${of(plain)}, ${points(Math.abs(value))} ${value > 0 ? "fewer" : "more"}, interval ${least} to ${most})`;
}

/** What parts the two before the distortion does anything. */
function begun([plain, varied], start, { levels, title, prepared }) {
  const gap = points(Math.abs(varied.shares[start] - plain.shares[start]));
  const cause = prepared ? `; every picture is first made ${prepared}, and that alone does it` : "";
  return `Without any ${title.toLowerCase()}, at level ${levels[start]}, they are already ${gap} points apart (${percent(varied.shares[start])} against ${percent(plain.shares[start])})${cause}.`;
}

function points(share) {
  return minus(String(Number((100 * share).toFixed(Math.abs(share) < 0.1 ? 1 : 0))));
}

export function toldOfLive({ n, shares }, { levels }) {
  return `The network of Live convnet names ${percent(shares[0])} of ${n} held-out images rightly at level ${levels[0]}, and ${percent(shares.at(-1))} at ${levels.at(-1)}.`;
}

/** Over all distortions: what varied training did to each that was measured, beyond a gap that was there without it. `pairs` {title: curves}. */
export function summary(pairs, scales) {
  const measured = scales.filter(({ title }) => pairs[title]).map((scale) => ({ name: scale.title.toLowerCase(), ...verdict(pairs[scale.title], scale) }));
  const words = { helped: "it helped against", mixed: "it helped and harmed, by level, under", harmed: "it harmed under", same: "it made no difference that can be told under" };
  const parts = Object.entries(words).flatMap(([kind, sentence]) => {
    const names = measured.filter((one) => one.kind === kind).map(({ name, apart }) => `${name}${apart ? " itself" : ""}`);
    return names.length ? [`${sentence} ${names.join(", ")}`] : [];
  });
  const early = measured.filter(({ apart }) => apart).map(({ name }) => name);
  const before = early.length ? ` Already apart before it begins: ${early.join(", ")}.` : "";
  const left = scales.filter(({ title }) => !pairs[title]).map(({ title }) => title.toLowerCase());
  return `Varied training so far, by what each network loses from the first level: ${parts.join("; ")}.${before}${left.length ? ` Not measured yet: ${left.join(", ")}.` : ""}`;
}
