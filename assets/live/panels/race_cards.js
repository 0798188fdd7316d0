// One card a lane, always in the order of their numbers: its answer, how well it does, what it has cost, and when it halted.

import { number, percent, whole } from "./format.js";
import { button, element, say, show } from "./markup.js";
import { LaneKey, Paced, fact, laneName, openLanes } from "./race_lanes.js";
import { LanePicture, pictureReadings } from "./race_picture.js";
import { inSharedPast, winnerOf } from "./race_words.js";
import { isNumber, reading, sizes, statics } from "./reading.js";
import { themed } from "./surface.js";

const ENOUGH = 100; // updates after which a lane should do better than guessing
const TEXT_GAP = 200; // ms: numbers that change faster cannot be read

class LaneCard {
  constructor(context, styles, lane, putAway) {
    Object.assign(this, { context, lane: lane.lane });
    this.key = new LaneKey(styles, lane.lane);
    this.picture = new LanePicture(context, lane.lane);
    this.name = element("p", { class: "px-race-name", title: lane.name, text: lane.name });
    this.place = element("p", { class: "px-race-place" });
    this.halted = element("p", { class: "px-race-halted", role: "status" });
    this.halted.hidden = true;
    const score = isNumber(context) ? "R²" : "accuracy";
    this.facts = { loss: fact("test loss"), score: fact(score), updates: fact("updates"), seconds: fact("compute, s") };
    const head = element("div", { class: "px-race-head" }, this.key.element, element("h4", { text: `Lane ${lane.lane}` }), this.name);
    this.element = element("article", { class: "px-race-card", "aria-label": laneName(lane), "data-lane": lane.lane },
      head, element("div", { class: "px-stack" }, this.picture.element, this.halted), this.place,
      element("dl", { class: "px-race-facts" }, ...Object.values(this.facts).map(({ row }) => row)));
    if (lane.lane > 1) this.element.append(button("Put away", () => putAway(lane.lane), { class: "px-button px-race-away", "aria-label": `Put away lane ${lane.lane}` }));
    this.write = new Paced(TEXT_GAP, () => this._write());
  }

  draw(frame, lane) {
    Object.assign(this, { frame, now: lane });
    this.picture.draw(frame);
    this.write.ask();
  }

  _write() {
    const { now, facts, frame: { meta } } = this;
    say(this.name, now.from_step ? `${now.name}, from update ${whole(now.from_step)}` : now.name);
    this.element.setAttribute("aria-label", laneName(now));
    facts.loss.say(number(now.test_loss));
    facts.score.say(isNumber(this.context) ? number(now.test_r2) : percent(now.test_accuracy ?? NaN));
    facts.updates.say(now.halted ? "halted" : whole(meta.step));
    facts.seconds.say(number(now.seconds));
    say(this.place, placeOf(meta, now, learning(this.context, meta, now)));
    show(this.halted, Boolean(now.halted));
    if (now.halted) say(this.halted, `${laneName(now)} has halted. ${now.halted}`);
    this.element.classList.toggle("px-race-first", winnerOf(meta) === now.lane);
    this.picture.describe(() => `Lane ${now.lane}, ${now.name}: test loss ${number(now.test_loss)}`);
  }

  repaint() {
    this.key.paint();
    this.picture.draw(this.frame);
  }

  destroy() {
    this.write.stop();
    this.picture.destroy();
  }
}

/** What the rule of the race says of this lane, in a few words. */
function placeOf({ race, settings = {}, step, lanes }, { lane, halted }, otherwise) {
  if (!race) return "";
  if (winnerOf({ race, settings }) === lane) return "Has won";
  const place = race.lanes.find((one) => one.lane === lane);
  if (settings.race_rule !== "lowest" && place && isThere(place) && !inSharedPast(place, openLanes({ lanes }))) return `Goal at ${whole(place.updates)}`;
  if (halted) return "Halted";
  if (!step) return otherwise;
  const values = race.lanes.map(({ value }) => value).filter(Number.isFinite);
  return !race.settled && values.length > 1 && place?.value === Math.min(...values) && place.value < Math.max(...values) ? "Leads" : otherwise;
}

const isThere = ({ updates }) => updates !== null && updates !== undefined;

/** What a lane does that neither leads nor has come to the goal. */
function learning(context, meta, lane) {
  if (!meta.step) return "At the start";
  if (meta.step - (lane.from_step ?? 0) >= ENOUGH && guesses(context, lane)) return "No better than guessing";
  return (context.status?.() ?? "playing") === "playing" ? "Learning" : "Paused";
}

/** Whether its answers to test examples are no better than always giving the same one. */
function guesses(context, { test_accuracy: accuracy, test_r2: r2 }) {
  if (isNumber(context)) return r2 < 0;
  return accuracy <= chance(context) + 1e-6;
}

/** What one gets who always answers the commonest class; where the test labels are unknown, as though all were equally common. */
function chance(context) {
  const counted = new Map();
  const labels = reading(statics(context), "data/test_labels") ?? [];
  for (const label of labels) counted.set(label, (counted.get(label) ?? 0) + 1);
  return Math.max(1 / Math.max(2, sizes(context)?.at(-1) ?? 2), labels.length ? Math.max(...counted.values()) / labels.length : 0);
}

export class RaceCards {
  constructor(context, styles, putAway) {
    Object.assign(this, { context, styles, putAway, name: "race_lanes", title: "Lanes of the race", every: 60, cards: new Map() });
    this.readings = pictureReadings(context);
    this.row = element("div", { class: "px-race-cards" });
    this.element = element("section", { class: "px-panel px-race-lanes", "aria-label": "Lanes" }, this.row);
    this.element.hidden = true;
    this.stopTheme = themed(context, this.element);
    this.stopColours = context.colours.onchange?.(() => this._again());
    // Pressing Pause may bring no further frame.
    this.stopStatus = context.on?.("status", () => { for (const card of this.cards.values()) if (card.frame) card.write.ask(); });
  }

  draw(frame) {
    this.frame = frame;
    const lanes = openLanes(frame.meta);
    this.styles.follow(lanes);
    if (this._text(lanes) !== this.shown) this._build(lanes);
    for (const lane of lanes) this.cards.get(lane.lane).draw(frame, lane);
  }

  _text(lanes) {
    return lanes.map(({ lane, from_step: step }) => `${lane} ${step}`).join(", ");
  }

  // Cards that stay are kept: a canvas that is moved has to be drawn anew.
  _build(lanes) {
    this.shown = this._text(lanes);
    for (const [lane, card] of this.cards) if (!lanes.some((open) => open.lane === lane)) this._drop(lane, card);
    for (const lane of lanes) {
      if (!this.cards.has(lane.lane)) this.cards.set(lane.lane, new LaneCard(this.context, this.styles, lane, this.putAway));
    }
    this.row.dataset.count = lanes.length;
    const wanted = lanes.map(({ lane }) => this.cards.get(lane).element);
    wanted.forEach((node, i) => { if (this.row.children[i] !== node) this.row.insertBefore(node, this.row.children[i] ?? null); });
  }

  _drop(lane, card) {
    card.destroy();
    card.element.remove();
    this.cards.delete(lane);
  }

  _again() {
    for (const card of this.cards.values()) if (card.frame) card.repaint();
  }

  resize() {}

  /** All pictures in a row, under their names. */
  image() {
    const cards = [...this.cards.values()];
    const side = Math.max(1, ...cards.map(({ picture }) => picture.canvas.width));
    const canvas = element("canvas", { width: cards.length * (side + 16) + 16, height: side + 60 });
    const pen = canvas.getContext("2d");
    const { colours } = this.context;
    pen.fillStyle = colours.background;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = colours.text;
    pen.font = `${Math.max(12, Math.round(side / 13))}px sans-serif`;
    cards.forEach((card, i) => {
      const left = 16 + i * (side + 16);
      pen.fillText(laneName(card.now, false), left, 30, side);
      for (const layer of card.picture.layers()) pen.drawImage(layer, left, 44);
    });
    return canvas;
  }

  destroy() {
    this.stopTheme();
    this.stopColours?.();
    this.stopStatus?.();
    for (const card of this.cards.values()) card.destroy();
  }
}
