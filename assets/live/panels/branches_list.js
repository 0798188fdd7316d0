// The same tree as a list: what a pointer finds in the picture, every key and every reader finds here.

import { pressed } from "../press.js";
import { whole } from "./format.js";
import { button, element, say, show } from "./markup.js";
import { changeWords, measuredWords } from "./branches_words.js";

export const LONGEST = 40;
export const MOST_COMPARED = 4;
const MANY = 8; // rows; more of them scroll in a box of their own

/** One branch. actions: head(branch), fork(branch), rename(branch, name) – Promises that reject with a sentence – and compare(id, on). */
class Row {
  constructor(actions, branch) {
    Object.assign(this, { actions, branch });
    this.box = element("input", { type: "checkbox", onchange: () => actions.compare(branch.id, this.box.checked) });
    this.name = element("b", { class: "px-branch-name" });
    this.here = element("span", { class: "px-branch-here", text: "here" });
    this.key = element("i", { class: "px-branch-key", "aria-hidden": "true" });
    this.facts = element("p", { class: "px-note" });
    this.wrong = element("p", { class: "px-status", role: "alert" });
    this.toHead = this._button("Go to head", () => actions.head(this.branch));
    this.toFork = this._button("Go to fork", () => actions.fork(this.branch));
    this.renaming = button("Rename", () => (this.field.hidden ? this._open() : this._send()));
    this.field = element("input", { class: "px-input px-branch-field", maxlength: LONGEST, autocomplete: "off", hidden: true });
    this.field.addEventListener("keydown", (event) => this._key(event));
    const who = element("label", { class: "px-branch-who" }, this.box, this.key, this.name, this.here);
    this.goes = element("span", { class: "px-branch-acts" }, this.toHead, this.toFork);
    const acts = element("span", { class: "px-branch-acts" }, this.goes, this.renaming);
    this.element = element("li", { class: "px-branch" }, element("div", { class: "px-branch-top" }, who, this.field, acts), this.facts, this.wrong);
  }

  _button(label, act) {
    const made = button(label, () => pressed(made, async () => { say(this.wrong, ""); await act(); }, (error) => say(this.wrong, error.message)));
    return made;
  }

  /** `parent`: the name of the branch that it left; `style`: {colour, dash} while it is compared. */
  show({ branch, name, parent, present, metrics, compared, full, style, context }) {
    this.branch = branch;
    say(this.name, name);
    this._call(name);
    show(this.here, present);
    show(this.toFork, branch.parent !== null);
    if (present) this.element.setAttribute("aria-current", "true");
    else this.element.removeAttribute("aria-current");
    this.box.checked = compared;
    this.box.disabled = full && !compared;
    show(this.key, compared);
    if (style) [this.key.style.borderTopColor, this.key.style.borderTopStyle] = [style.colour, style.dashed ? "dashed" : "solid"];
    say(this.facts, facts(branch, parent, metrics, context));
  }

  _call(name) {
    if (this.called === name) return;
    this.called = name;
    this.box.setAttribute("aria-label", `Compare “${name}”`);
    this.toHead.setAttribute("aria-label", `Go to head of “${name}”`);
    this.toFork.setAttribute("aria-label", `Go to fork of “${name}”`);
    this._offer();
    this.field.setAttribute("aria-label", `New name of “${name}”`);
  }

  // While a name is being typed the old one steps aside.
  _open() {
    this.field.value = this.branch.name ?? "";
    this.field.placeholder = this.called;
    this._edit(true);
    this.field.focus();
    this.field.select();
  }

  _edit(on) {
    show(this.field, on);
    show(this.name, !on);
    show(this.goes, !on);
    this._offer();
  }

  // The one button saves while a name is being typed: not every keyboard on a screen has an Enter.
  _offer() {
    const label = this.field.hidden ? "Rename" : "Save name";
    say(this.renaming, label);
    this.renaming.setAttribute("aria-label", this.field.hidden ? `${label} “${this.called}”` : `${label} of “${this.called}”`);
  }

  _close() {
    this._edit(false);
    say(this.wrong, "");
    this.renaming.focus();
  }

  _key(event) {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    if (event.key === "Enter") this._send();
    else this._close();
  }

  async _send() {
    if (this.saving) return;
    this.saving = true;
    const save = async () => { await this.actions.rename(this.branch, this.field.value.trim()); this._close(); };
    await pressed(this.field, save, (error) => say(this.wrong, error.message));
    this.saving = false;
  }
}

function facts(branch, parent, metrics, context) {
  const from = branch.parent === null ? "from the start" : `left “${parent}” at step ${whole(branch.fork_step)}: ${changeWords(branch.change, context) || "a change"}`;
  return [from, `reaches step ${whole(branch.head)}`, measuredWords(metrics)].filter(Boolean).join(" · ");
}

/** All rows, in the tree's order. A row lives as long as its branch: a name that is being typed stays. */
export class BranchList {
  constructor(actions) {
    this.actions = actions;
    this.rows = new Map();
    this.element = element("ul", { class: "px-branch-list", "aria-label": "Branches" });
  }

  /** Each of `items` as `Row.show` takes it. */
  show(items) {
    this.element.classList.toggle("px-branch-many", items.length > MANY);
    const known = new Set(items.map(({ branch }) => branch.id));
    for (const [id, row] of this.rows) if (!known.has(id)) { row.element.remove(); this.rows.delete(id); }
    items.forEach((item, i) => {
      const { id } = item.branch;
      if (!this.rows.has(id)) this.rows.set(id, new Row(this.actions, item.branch));
      const row = this.rows.get(id);
      row.show(item);
      // To move an element costs it the focus; new rows come between those that stand.
      if (this.element.children[i] !== row.element) this.element.insertBefore(row.element, this.element.children[i] ?? null);
    });
  }
}
