// Side one of a person's own data: points that are drawn.

import { pressed } from "../press.js";
import { whole } from "./format.js";
import { button, element, say, show } from "./markup.js";
import { paintPoint } from "./own_data_marks.js";
import { PlaneEditor, short } from "./own_data_plane.js";
import { MOST_CLASSES, MOST_DRAWN } from "./own_data_points.js";
import { cannotTake, fittedSentence, pointsOfRun } from "./own_data_sources.js";
import { watchColours } from "./palette.js";

const ICON = 20;
const KEYS = "By keyboard: arrow keys move the cross-hair (with Shift by 1), Enter or Space adds a point, Delete erases the nearest, M picks it up and puts it down, 1 to 5 choose the class, Escape leaves the plane.";
const LIMITS = `4 to ${whole(MOST_DRAWN)} points, of 2 to ${MOST_CLASSES} classes or with a value each. The right mouse button erases; dragging a point moves it; a click on a point gives it what is chosen.`;

/** `train(body)` sends the points and begins a run; it resolves to their content id. */
export class DrawSide {
  constructor(context, points, train) {
    Object.assign(this, { context, points });
    this.chosen = { tool: "add", kind: 0, value: 1 };
    this.editor = new PlaneEditor(context, points, this.chosen, (sentence) => say(this.said, sentence));
    this.editor.leave = () => this.tools.add.focus();
    this.editor.choose = (kind) => this._choose(kind);
    this.train = button("Train on these points", () => pressed(this.train, () => train(points.body()), (error) => say(this.said, error.message)), { class: "px-button px-own-first" });
    this.element = this._build();
    points.watch(() => this.show());
    watchColours(context, () => this._icons());
    this.show();
  }

  _build() {
    this.said = element("p", { class: "px-own-said", role: "status", "aria-live": "polite" });
    this.count = element("p", { class: "px-note px-own-count" });
    this.fitted = element("p", { class: "px-note px-own-fitted" });
    this.editor.canvas.setAttribute("aria-describedby", "px-own-keys");
    const tools = element("div", { class: "px-own-tools" }, this._modes(), this._kinds(), this._value(), this.count, this._actions());
    return element("div", { class: "px-own-side", role: "group", "aria-label": "Draw" },
      element("h4", { text: "Draw points" }),
      element("div", { class: "px-own-desk" }, element("div", { class: "px-own-ground" }, this.editor.canvas), tools), this.said, this.fitted,
      element("p", { class: "px-note" }, element("span", { text: `${LIMITS} ` }), element("span", { id: "px-own-keys", text: KEYS })));
  }

  _modes() {
    const tool = (name, label) => button(label, () => this._tool(name), { "aria-pressed": "false" });
    this.tools = { add: tool("add", "Add or move"), erase: tool("erase", "Erase") };
    const problem = (name, label) => button(label, () => this.points.learn(name), { "aria-pressed": "false" });
    this.problems = { classes: problem("classes", "Classes"), number: problem("number", "A value") };
    const group = (label, made) => element("div", { class: "px-own-choice", role: "group", "aria-label": label }, element("span", { class: "px-caption", text: label }), ...Object.values(made));
    return element("div", { class: "px-own-modes" }, group("Tool", this.tools), group("Each point has", this.problems));
  }

  _kinds() {
    this.kinds = Array.from({ length: MOST_CLASSES }, (_, kind) => {
      const icon = element("canvas", { width: 2 * ICON, height: 2 * ICON, class: "px-own-icon", "aria-hidden": "true" });
      const name = element("span");
      const made = button("", () => this._choose(kind), { class: "px-button px-own-kind", "aria-pressed": "false", "aria-keyshortcuts": String(kind + 1) });
      made.append(icon, name);
      return { icon, name, button: made };
    });
    this.kindRow = element("div", { class: "px-own-choice", role: "group", "aria-label": "Class" }, element("span", { class: "px-caption", text: "Class" }), ...this.kinds.map((kind) => kind.button));
    return this.kindRow;
  }

  _value() {
    this.range = element("input", { type: "range", class: "px-range", min: "-1", max: "1", step: "0.05", "aria-label": "Value of the points that are drawn", oninput: () => this._valued() });
    this.range.value = "1";
    this.valueIcon = element("canvas", { width: 2 * ICON, height: 2 * ICON, class: "px-own-icon", "aria-hidden": "true" });
    this.valueText = element("output", { class: "px-own-value" });
    this.valueRow = element("div", { class: "px-own-choice px-own-slider" }, element("span", { class: "px-caption", text: "Value" }), this.range, this.valueIcon, this.valueText);
    return this.valueRow;
  }

  _actions() {
    this.undo = button("Undo", () => this._edit(() => this.points.undo(), "Taken back."), { title: "Take back the last edit of the points" });
    this.clear = button("Clear", () => this._edit(() => this.points.clear(), "The plane is empty. Undo brings the points back."));
    this.present = button("Start from the present data", () => this._edit(() => this.points.replace(pointsOfRun(this.context)), "These are the points of the present run. Undo brings back those that were here."));
    return element("div", { class: "px-row" }, this.train, this.undo, this.clear, this.present);
  }

  say(sentence) {
    say(this.said, sentence);
  }

  // ── what is chosen ─────────────────────────────────────────────────────────────────────────

  _tool(name) {
    this.chosen.tool = name;
    this.show();
  }

  _choose(kind) {
    if (this.points.numbers) return say(this.said, "These points have values: choose one with the slider.");
    this.chosen.kind = kind;
    this.chosen.tool = "add";
    this.show();
    say(this.said, `Class ${this.points.now.names[kind]} is drawn now.`);
  }

  _valued() {
    this.chosen.value = Number(this.range.value);
    this.chosen.tool = "add";
    this.show();
  }

  _edit(act, sentence) {
    this.editor.keys.drop();
    act();
    say(this.said, sentence);
  }

  // ── what stands there ──────────────────────────────────────────────────────────────────────

  show() {
    const { points, chosen } = this;
    for (const [name, made] of Object.entries(this.tools)) made.setAttribute("aria-pressed", String(name === chosen.tool));
    for (const [name, made] of Object.entries(this.problems)) made.setAttribute("aria-pressed", String(name === points.now.problem));
    this.kinds.forEach(({ button: made, name }, kind) => {
      say(name, points.now.names[kind]);
      made.setAttribute("aria-label", `Class ${points.now.names[kind]}`);
      made.setAttribute("aria-pressed", String(kind === chosen.kind));
    });
    show(this.kindRow, !points.numbers);
    show(this.valueRow, points.numbers);
    say(this.valueText, short(chosen.value));
    this.undo.disabled = !points.undoable;
    this.clear.disabled = points.list.length === 0;
    this._ready();
    this._icons();
    this.editor.draw();
  }

  /** What the run in sight allows; called for each new run. */
  follow() {
    const obstacle = cannotTake(this.context);
    this.present.disabled = obstacle !== "";
    this.present.title = obstacle || "Take the run's training and test points to draw on";
    const fitted = fittedSentence(this.context);
    say(this.fitted, fitted);
    show(this.fitted, fitted !== "");
    this.show();
  }

  _ready() {
    const { points } = this;
    const obstacle = points.obstacle();
    this.train.disabled = obstacle !== "";
    say(this.count, `${counted(points)} ${obstacle}`.trim());
  }

  _icons() {
    const { points, chosen } = this;
    const { numbers } = points;
    this.kinds.forEach(({ icon }, kind) => drawn(icon, this.context.colours, points, { kind }, numbers));
    drawn(this.valueIcon, this.context.colours, points, chosen, !numbers);
  }
}

function drawn(icon, colours, points, point, hidden) {
  const pen = icon.getContext("2d");
  pen.clearRect(0, 0, icon.width, icon.height);
  if (!hidden) paintPoint(pen, colours, points, point, ICON, ICON, 12);
}

/** "40 points: 20 of class 1, 20 of class 2." */
function counted(points) {
  const { list, now } = points;
  const all = `${whole(list.length)} ${list.length === 1 ? "point" : "points"}`;
  if (points.numbers || !list.length) return `${all}.`;
  const parts = points.used().map((kind) => `${whole(list.filter((point) => point.kind === kind).length)} of class ${now.names[kind]}`);
  return `${all}: ${parts.join(", ")}.`;
}
