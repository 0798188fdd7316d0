// "Choose rules": which rules learn here, at which rate, and rules put together from ingredients. The run then begins anew with them.

import { button, element, say, section, show } from "../panels/markup.js";
import { themed } from "../panels/surface.js";
import { against, choicesOf, equationOf, remark } from "./compose_recipe.js";
import { RuleRow } from "./compose_rows.js";

const BUSY = 6000; // ms after which a new run should have come
// Panels are made anew with every run and every redraw; what was ticked and typed must not go with them.
const drafts = new WeakMap();

class ComposePanel {
  constructor(context) {
    Object.assign(this, { context, name: "compose", title: "Choose rules", readings: [], rows: [], open: false });
    this.told = context.data;
    this._build();
    this._fill(this._present());
    this.stopTheme = themed(context, this.element);
    this.stopTool = context.on("tool", (tool) => tool === "compose" && this.toggle());
    this._resume();
  }

  _present() {
    return this.context.data.spec.rules ?? [];
  }

  // ── making ─────────────────────────────────────────────────────────────────────────────────

  _build() {
    const { root } = section("compose", this.title, "A lane for each rule that is ticked, all from the same first weights and with the same batches. An empty rate is the one that suits the rule on these data.");
    this.list = element("ul", { class: "px-compose-list" });
    this.count = element("p", { class: "px-compose-count", role: "status" });
    this.status = element("p", { class: "px-status", role: "status" });
    this.run = button("Run these rules", () => this._run(), { class: "px-button px-compose-run" });
    this.close = button("Close", () => this.toggle(false));
    root.append(element("form", { class: "px-compose-form", "aria-label": this.title, onsubmit: (event) => { event.preventDefault(); this._run(); } },
      this.list, this._composer(), element("div", { class: "px-row" }, this.run, this.close, this.count), this.status));
    root.addEventListener("keydown", (event) => this._key(event));
    root.hidden = true;
    this.element = root;
  }

  _composer() {
    this.selects = Object.fromEntries(this.told.recipe.map(({ name, choices, help, usual }) => {
      const select = element("select", { class: "px-select", name, title: help, onchange: () => this._composed() }, ...choicesOf(name, choices).map(([value, text]) => element("option", { value, text })));
      select.value = usual;
      return [name, select];
    }));
    this.equation = element("output", { class: "px-compose-equation px-compose-made" });
    this.remark = element("p", { class: "px-note" });
    const fields = this.told.recipe.map(({ name, label }) => element("label", { class: "px-compose-field" }, element("span", { text: label }), this.selects[name]));
    const made = element("fieldset", { class: "px-compose-composer" }, element("legend", { text: "Compose a rule" }), element("div", { class: "px-compose-fields" }, ...fields),
      element("div", { class: "px-row" }, this.equation, button("Add as a lane", () => this._add())), this.remark);
    this._composed();
    return made;
  }

  get recipe() {
    return Object.fromEntries(Object.entries(this.selects).map(([part, { value }]) => [part, value]));
  }

  _composed() {
    say(this.equation, equationOf(this.recipe, this.told.composed));
    say(this.remark, remark(this.recipe, this.told.forbidden));
    say(this.status, "");
  }

  /** Rules in the order in which they are offered, each with what these lanes say of it; then the composed ones. */
  _fill(lanes) {
    const placed = lanes.map((lane, place) => ({ ...lane, place }));
    const named = this.told.rules.filter(({ name }) => name !== "composed" && name !== this.told.control);
    const entries = named.flatMap((rule) => {
      const own = placed.filter((lane) => lane.rule === rule.name);
      return own.length ? own.map((lane) => this._entry(rule, lane)) : [this._entry(rule, null)];
    });
    const composed = this.told.rules.find(({ name }) => name === "composed");
    const made = placed.filter(({ rule }) => rule === "composed").map((lane) => this._entry(composed, lane));
    this.rows = [...entries, ...made].map((entry) => this._row(entry));
    this.fixed = new RuleRow(this._entry(this.told.rules.find(({ name }) => name === this.told.control), null), this.told.rate, { fixed: true });
    this._lay();
  }

  _entry(rule, lane) {
    const about = lane?.recipe ? remark(lane.recipe) : rule.hidden;
    const equation = lane?.recipe ? equationOf(lane.recipe, this.told.composed) : rule.equation;
    const suiting = lane?.recipe ? this.told.composed.rates[lane.recipe.third] : rule.rate;
    return { rule: rule.name, title: rule.title, equation, hidden: about, suiting, recipe: lane?.recipe ?? null, rate: lane?.rate ?? null, on: lane !== null, place: lane?.place ?? Infinity };
  }

  _row(entry) {
    const removed = entry.recipe ? (row) => { this.rows = this.rows.filter((one) => one !== row); this._lay(); this._edited(); } : null;
    return new RuleRow(entry, this.told.rate, { edited: () => this._edited(), removed });
  }

  _lay() {
    this.list.replaceChildren(...this.rows.map((row) => row.element), this.fixed.element);
    this._tell();
  }

  /** A recipe that cannot teach is said to be so, and stays as it was chosen. */
  _add() {
    const wrong = against(this.recipe, this.told.forbidden);
    if (wrong) return say(this.status, wrong);
    const composed = this.told.rules.find(({ name }) => name === "composed");
    this.rows.push(this._row({ ...this._entry(composed, { recipe: this.recipe, rate: null, place: Infinity }), on: true }));
    this._lay();
    this._edited();
    say(this.status, `Added: ${equationOf(this.recipe, this.told.composed)}. Run these rules to see it learn.`);
  }

  // ── opening ────────────────────────────────────────────────────────────────────────────────

  toggle(open = !this.open, focus = true) {
    this.open = open;
    show(this.element, open);
    if (open) {
      this.opener = document.activeElement;
      this._edited();
      this._tell();
    } else drafts.delete(this.context.select);
    this.context.emit("opened", { tool: "compose", open });
    if (!focus) return;
    if (open) this.rows[0]?.box.focus();
    else if (this.opener?.isConnected) this.opener.focus();
  }

  _key(event) {
    event.stopPropagation(); // letters and arrows belong to the form
    if (event.key !== "Escape") return;
    event.preventDefault();
    this.toggle(false);
  }

  /** Takes up what was ticked and typed for this run before the panels were made anew. */
  _resume() {
    const draft = drafts.get(this.context.select);
    if (!draft || draft.run !== this.context.run?.id) return;
    this._restore(draft);
    this.toggle(true, false);
  }

  _restore({ rows, recipe }) {
    this.rows = rows.map(({ entry, on, rate }) => {
      const row = this._row({ ...entry, on });
      row.rate.value = rate;
      return row;
    });
    for (const [part, value] of Object.entries(recipe)) this.selects[part].value = value;
    this._composed();
    this._lay();
  }

  _edited() {
    drafts.set(this.context.select, { run: this.context.run?.id, rows: this.rows.map((row) => ({ entry: row.entry, on: row.on, rate: row.rate.value })), recipe: this.recipe });
    say(this.status, "");
    this._tell();
  }

  _tell() {
    const chosen = this.rows.filter(({ on }) => on).length;
    const { most } = this.told;
    say(this.count, chosen > most ? `${chosen} are ticked; ${most} is the most, beside the control.` : `${chosen} of up to ${most} rules, and the control.`);
  }

  // ── applying ───────────────────────────────────────────────────────────────────────────────

  /** The lanes as the spec has them, those that run now first and in their order; or the first sentence against them. */
  lanes() {
    const chosen = this.rows.filter(({ on }) => on).sort((a, b) => a.entry.place - b.entry.place || 0);
    const { most } = this.told;
    if (!chosen.length) return { sentence: "Tick at least one rule; the control alone has nothing to be compared with.", field: this.rows[0]?.box };
    if (chosen.length > most) return { sentence: `${chosen.length} rules are ticked; up to ${most} run beside the control. Take ${chosen.length - most} out.`, field: chosen.at(-1).box };
    const lanes = chosen.map((row) => row.lane());
    return lanes.find(({ sentence }) => sentence) ?? { rules: lanes };
  }

  _run() {
    const { rules, sentence, field } = this.lanes();
    say(this.status, sentence ?? "");
    if (sentence) return field?.focus();
    if (JSON.stringify(rules) === JSON.stringify(this._present().map(({ rule, rate, recipe }) => ({ rule, rate: rate ?? null, recipe: recipe ?? null })))) {
      return say(this.status, "These rules are running already.");
    }
    this.run.setAttribute("aria-busy", "true");
    say(this.status, `The run begins anew with ${rules.length} ${rules.length === 1 ? "rule" : "rules"} and the control.`);
    const draft = drafts.get(this.context.select);
    drafts.delete(this.context.select); // the new run's panels begin closed
    this.context.requestChange({ rules });
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this._late(draft), BUSY);
  }

  /** The panels of a new run take this one's place; where none came, the person may try again. */
  _late(draft) {
    this.run.removeAttribute("aria-busy");
    if (draft) drafts.set(this.context.select, draft);
    say(this.status, "No new run has come so far; a sentence above the pictures says why. What was chosen is still here.");
  }

  draw() {}

  resize() {}

  destroy() {
    clearTimeout(this.waiting);
    this.stopTheme();
    this.stopTool();
  }
}

export function create(context) {
  return context.data.rules && context.data.recipe ? new ComposePanel(context) : null;
}
