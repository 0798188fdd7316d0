// How a race stands, in sentences. A winner is named only when nothing that is still to come could change it.

import { number, whole } from "./format.js";
import { laneName, openLanes } from "./race_lanes.js";

const UNITS = { updates: "updates", seconds: "seconds of compute" };

/** A number that a person set, as they set it. */
export function plain(value) {
  return Number.isFinite(value) ? value.toLocaleString("en-GB", { maximumSignificantDigits: 6 }) : number(value);
}

export function amount(by, value) {
  return by === "updates" ? `${plain(value)} updates` : `${plain(value)} s of compute`;
}

/** The last update that a lane shares with another: copies have the first lane's past, and the first one theirs where all others are copies. */
export function sharedUntil({ lane, from_step: from = 0 }, lanes) {
  const others = lanes.filter((other) => other.lane !== lane);
  return from || (lane === 1 && others.length ? Math.min(...others.map(({ from_step: step = 0 }) => step)) : 0);
}

/** Whether a lane came to the goal in a past that is not its own: that is no place in the race. */
export function inSharedPast(place, lanes) {
  const until = sharedUntil(lanes.find(({ lane }) => lane === place.lane) ?? place, lanes);
  return until > 0 && place.updates !== null && place.updates !== undefined && place.updates <= until;
}

const at = (by, place) => (by === "updates" ? `at update ${whole(place.updates)}` : `after ${number(place.seconds)} s of compute`);
const both = (by, place) => (by === "updates" ? `${at("updates", place)}, ${number(place.seconds)} s of compute` : `${at("seconds", place)}, update ${whole(place.updates)}`);
const lanesNamed = (numbers) => (numbers.length > 1 ? `lanes ${list(numbers)}` : numbers.length ? `lane ${numbers[0]}` : "");
const list = (parts) => (parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`);

/** {won, open}: the sentence of a race that is won, or how it stands and why nobody can be named. The other is empty. */
export function standing(meta, measured) {
  const race = asGiven(meta, measured);
  if (!race) return { won: "", open: "" };
  const told = race.rule === "reach" ? reach(race) : lowest(race);
  return winnerOf(meta) !== null ? { won: told, open: "" } : { won: "", open: told };
}

/** The lane that has won; null while the race is open, and where several came to the very same. */
export function winnerOf({ race, settings = {} }) {
  if (!race?.settled || race.winner === null) return null;
  return equals(race, settings).length > 1 ? null : race.winner;
}

/** Places that equal the first one's: copies that came there before they parted, or lanes that one measurement found there. */
function equals({ lanes, winner, by = "updates" }, { race_rule: rule = "reach" }) {
  const key = rule === "reach" ? by : "value";
  const first = lanes.find(({ lane }) => lane === winner);
  return lanes.filter((place) => place[key] === first?.[key]);
}

/** The frame's race with each lane's place joined to what is known of the lane. */
function asGiven(meta, measured) {
  const { race, settings = {} } = meta;
  if (!race) return null;
  const lanes = openLanes(meta);
  const places = race.lanes.map((place) => ({ ...lanes.find(({ lane }) => lane === place.lane), ...place, measured: measured(place.lane) }));
  const by = race.by ?? settings.race_by ?? "updates";
  const even = race.settled && race.winner !== null ? equals(race, settings).map(({ lane }) => lane) : [];
  return { ...race, by, places, even, rule: settings.race_rule ?? "reach", goal: settings.race_goal, away: meta.lanes.some(({ closed }) => closed), limit: settings.race_limit, step: meta.step };
}

const arrived = (race, by) => race.places.filter((place) => place[by] !== null && place[by] !== undefined).sort((a, b) => a[by] - b[by]);

function reach(race) {
  const { by, goal, winner, places } = race;
  const there = arrived(race, by);
  if (race.even.length > 1) return `${together(race)} to ${plain(goal)} ${at(by, there[0])}${unparted(race, there) ? ", before they parted: set a lower goal" : ""}. Nobody is first.`;
  if (race.settled && winner !== null) return reached(race, there);
  if (there.length) return contested(race, there[0]);
  if (places.every(({ halted }) => halted)) return `${nobody(race)} has won: every lane halted before its test loss came down to ${plain(goal)}.`;
  if (!race.step) return `All lanes stand at the start. The first to bring the test loss to ${plain(goal)} wins, counted in ${UNITS[by]}.`;
  const nearest = leaderOf(places);
  return `${nobody(race)} has won yet: no test loss has come down to ${plain(goal)}.${nearest ? ` ${laneName(nearest)} leads with ${number(nearest.value)}.` : ""}`;
}

/** A lane that was put away may have won before. */
const nobody = ({ away }) => (away ? "Among the lanes shown, nobody" : "Nobody");

function together({ even }) {
  const names = lanesNamed(even);
  return `${names[0].toUpperCase()}${names.slice(1)} came together`;
}

/** Whether the goal was reached in the past that copies share. */
function unparted({ even }, there) {
  const tied = there.filter(({ lane }) => even.includes(lane));
  return tied.some(({ from_step: from, updates }) => from > 0 && updates <= from);
}

function reached(race, there) {
  const { by, goal, places, winner } = race;
  const [first] = there.filter(({ lane }) => lane === winner);
  const others = there.filter(({ lane }) => lane !== winner).map((place, i) => `lane ${place.lane} ${i ? "" : "came "}${at(by, place)}`);
  const missing = places.filter((place) => place[by] === null || place[by] === undefined).map(({ lane }) => lane);
  const rest = missing.length ? `${lanesNamed(missing)} ${missing.length > 1 ? "have" : "has"} not come so far` : "";
  const after = [list(others), rest].filter(Boolean).join("; ");
  return `${laneName(first)} has won: test loss ${plain(goal)} ${both(by, first)}${after ? `; ${after}` : ""}.`;
}

/** One has come, but others have used less of what is counted and may yet be earlier. */
function contested({ by, goal, places }, first) {
  const behind = places.filter((place) => (place[by] === null || place[by] === undefined) && !place.halted && !((place.measured?.[by] ?? 0) >= first[by]));
  const who = lanesNamed(behind.map(({ lane }) => lane));
  return `Nobody can be named yet: ${laneName(first, true)} came to ${plain(goal)} ${at(by, first)}, but ${who || "another lane"} ${behind.length > 1 ? "have" : "has"} not yet used as much and may still be earlier.`;
}

/** Copies that have only just parted are equal: nobody leads. */
function leaderOf(places) {
  const first = best(places);
  return places.some((place) => place !== first && place.value === first?.value) ? null : first;
}

const best = (places) => places.filter(({ value }) => Number.isFinite(value)).sort((a, b) => a.value - b.value)[0];

function lowest(race) {
  const { by, limit, places, winner, settled, step } = race;
  const leader = settled && winner !== null ? places.find(({ lane }) => lane === winner) : best(places);
  const others = leader ? places.filter(({ lane, value }) => lane !== leader.lane && Number.isFinite(value)).sort((a, b) => a.value - b.value) : [];
  const rest = others.map(({ lane, value }, i) => `lane ${lane} ${i ? "" : "has "}${number(value)}`);
  if (race.even.length > 1) return `${together(race)} to the end with a test loss of ${number(leader.value)} (${both(by, leader)}). Nobody is first.`;
  if (settled && winner !== null) return `${laneName(leader)} has won: test loss ${number(leader.value)} when time was up (${both(by, leader)})${rest.length ? `; ${list(rest)}` : ""}.`;
  if (settled || places.every(({ halted }) => halted)) return `${nobody(race)} has won: no lane was measured within the limit.`;
  if (!step || !leader) return `All lanes stand at the start. Time is up after ${amount(by, limit)}.`;
  return `${nobody(race)} has won yet: time is up after ${amount(by, limit)}. ${laneName(leader)} leads with a test loss of ${number(leader.value)}.`;
}

/** Both ways of counting, [[name, text], …]: a race may be won by updates and lost by seconds. */
export function counts(meta, measured) {
  const race = asGiven(meta, measured);
  if (!race) return [];
  if (race.rule === "lowest") return [["Test loss within the limit", ranked(race.places, "value", (value) => number(value))], ["Compute until then", ranked(race.places, "seconds", (value) => `${number(value)} s`)]];
  const own = race.places.filter((place) => !inSharedPast(place, race.places));
  return [
    ["By updates", ranked(own, "updates", (value) => whole(value)) + open({ ...race, places: own }, "updates")],
    ["By seconds of compute", ranked(own, "seconds", (value) => `${number(value)} s`) + open({ ...race, places: own }, "seconds")],
  ];
}

function ranked(places, key, write) {
  const known = places.filter((place) => Number.isFinite(place[key])).sort((a, b) => a[key] - b[key]);
  return known.map((place, i) => `${i + 1}. lane ${place.lane}: ${write(place[key])}`).join("   ") || "nobody yet";
}

/** Says so where a lane that has not come yet could still be the earliest in this way of counting. */
function open(race, by) {
  const there = arrived(race, by);
  if (!there.length) return "";
  const late = race.places.filter((place) => !there.includes(place) && !place.halted);
  return late.every(({ measured }) => (measured?.[by] ?? 0) >= there[0][by]) ? "" : "   (still open)";
}
