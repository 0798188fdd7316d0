// Side two of a person's own data: a table that is pasted, dropped or uploaded. What was entered stays until a person takes it away.

import { pressed } from "../press.js";
import { button, element, say, show } from "./markup.js";
import { describe, listFaults } from "./own_data_report.js";
import { storage } from "./own_data_points.js";

const MOST_BYTES = 2_000_000;
const KEPT_LETTERS = 500_000; // of a text that a reload gives back; the tab's storage holds not much more
const EXAMPLE = "width;height;kind\n0.5;−1.2;apple\n1.5;2.0;pear\n−3.1;0.4;apple\n4.0;1.1;pear";
const LIMITS = "Columns of numbers, and one with the class or the number to learn: the one called label, class or target, else the last. Up to 10,000 rows, 20 columns and 2 MB; 5 classes on the plane, 10 in a table. Comma, semicolon or tab between columns, a header or none.";
const TOO_LARGE = "This is more than 2 MB, which is as much as is taken; leave out rows or digits.";

/** `tables.send(text, options)` reads it on the server; `train(dataset, description)` begins a run. */
export class TableSide {
  constructor(context, key, train) {
    Object.assign(this, { context, key, train });
    this.element = this._build();
    this.text.value = storage.get(key) ?? "";
  }

  _build() {
    this.text = element("textarea", { class: "px-own-text", rows: "9", wrap: "off", spellcheck: "false", autocomplete: "off", id: "px-own-table", placeholder: EXAMPLE, oninput: () => this._typed() });
    this.file = element("input", { type: "file", accept: ".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values", hidden: true, "aria-label": "Table file", onchange: () => this._chosen() });
    this.open = button("Choose a file", () => this.file.click(), { title: "A CSV, TSV or text file; you may also drop one here" });
    this.back = button("Bring back the text that was here", () => this._swap());
    this.kind = element("select", { class: "px-select", "aria-label": "Answers are" }, ...[["", "as they look"], ["classes", "classes"], ["number", "numbers"]].map(([value, text]) => element("option", { value, text })));
    this.read = button("Read the table", () => this._read(false), { class: "px-button px-own-first" });
    this.result = element("div", { class: "px-own-result", role: "status", "aria-live": "polite" });
    show(this.back, false);
    const side = element("div", { class: "px-own-side px-own-drop", role: "group", "aria-label": "Paste or upload a table" },
      element("h4", { text: "Paste or upload a table" }),
      element("label", { class: "px-label", for: "px-own-table", text: "Table: paste here, or drop a file" }), this.text,
      element("div", { class: "px-row" }, this.open, this.file, element("label", { class: "px-label" }, element("span", { text: "Answers are" }), this.kind)),
      element("div", { class: "px-row" }, this.read, this.back), this.result, element("p", { class: "px-note", text: LIMITS }));
    this._droppable(side);
    return side;
  }

  _droppable(side) {
    const over = (event, on) => { event.preventDefault(); side.classList.toggle("px-own-over", on); };
    side.addEventListener("dragover", (event) => over(event, true));
    side.addEventListener("dragleave", (event) => over(event, false));
    side.addEventListener("drop", (event) => {
      const text = event.dataTransfer.getData("text/plain");
      over(event, false);
      if (event.dataTransfer.files.length) this._take(event.dataTransfer.files[0]);
      else if (text) this._replace(text);
    });
    // The live view's keys are its own; what is typed here is text.
    this.text.addEventListener("keydown", (event) => event.stopPropagation());
  }

  _typed() {
    if (this.text.value.length <= KEPT_LETTERS) storage.put(this.key, this.text.value);
  }

  _chosen() {
    const [file] = this.file.files;
    this.file.value = "";
    if (file) this._take(file);
  }

  async _take(file) {
    if (file.size > MOST_BYTES) return this._tell(TOO_LARGE);
    try {
      const text = decoded(new Uint8Array(await file.arrayBuffer()));
      if (text === null) return this._tell(`“${file.name}” is no text. A table is a text file, for example a CSV; a spreadsheet program can save one.`);
      this._replace(text);
      await this._read(false);
    } catch {
      this._tell(`“${file.name}” could not be read. Choose it again.`);
    }
  }

  /** What was there before stays within reach. */
  _replace(text) {
    this.before = this.text.value;
    this.text.value = text;
    show(this.back, this.before.trim() !== "" && this.before !== text);
    this._typed();
  }

  _swap() {
    this._replace(this.before);
    this.result.replaceChildren();
  }

  _tell(sentence) {
    this.result.replaceChildren(element("p", { class: "px-status", text: sentence }));
  }

  _read(keepGood) {
    const text = this.text.value;
    if (text.trim() === "") return this._tell("There is nothing here yet: paste a table, or choose a file.");
    if (new Blob([text]).size > MOST_BYTES) return this._tell(TOO_LARGE);
    return pressed(this.read, () => this._send(text, keepGood), (error) => this._refused(error));
  }

  async _send(text, keepGood) {
    const description = await this.context.tables.send(text, { keepGood, problem: this.kind.value || null });
    this.result.replaceChildren(...describe(description, (control, dataset) => pressed(control, () => this.train(dataset, description), (error) => this._late(control, error))));
  }

  _refused(error) {
    this.result.replaceChildren(...listFaults(error, () => this._read(true)));
  }

  // A refusal after the table was read must not take its description away.
  _late(control, error) {
    this.wrong ??= element("p", { class: "px-status" });
    say(this.wrong, error.message);
    control.parentElement.after(this.wrong);
  }
}

/** Text of a file's bytes; null where they are none. */
function decoded(bytes) {
  const marked = { "255,254": "utf-16le", "254,255": "utf-16be" }[bytes.subarray(0, 2).join()];
  if (!marked && bytes.includes(0)) return null;
  try {
    return new TextDecoder(marked ?? "utf-8", { fatal: true }).decode(bytes);
  } catch {
    return marked ? null : new TextDecoder("windows-1252").decode(bytes);
  }
}
