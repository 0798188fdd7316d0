// Images of one's own: two to five classes of pictures, as files or as one zip. The panel stays as long as its view: a new run
// takes none of what a person has gathered.

import { Refusal } from "../analysis.js";
import { button, element, say, section, show } from "../panels/markup.js";
import { themed } from "../panels/surface.js";
import { dropPlace, guard } from "./own_images_drop.js";
import { readImages } from "./own_images_service.js";
import { ClassRow, isZip, sizeOf } from "./own_images_row.js";

const OWN = "own_images";
const MOST_CLASSES = 5;
const MOST_BYTES = 60e6;
const MOST_FILES = 1000; // that are sent; not all of them need be pictures
const ALLOWED = "Two to five classes, 10 to 500 pictures together (JPEG, PNG, WebP, GIF, BMP or TIFF), up to 60 MB. Each becomes 28 × 28 pixels. They are held in memory only, for an hour after their last use; Save keeps them in your file.";
const kept = new WeakMap(); // by `select`: one a view

class OwnImagesPanel {
  constructor(context) {
    this.context = context;
    this.every = 1000;
    this.readings = [];
    this.name = OWN;
    const { root, head } = section(OWN, "Own images", ALLOWED);
    head.append(button("Close", () => this.open(false), { class: "px-button px-own-close" }));
    this.rows = [];
    this.list = element("div", { class: "px-images-classes" });
    this.more = button("Add a class", () => this._add(), { class: "px-button" });
    this.train = button("Train on these", () => this._train(), { class: "px-button px-own-first" });
    this.zip = element("input", { type: "file", accept: ".zip,application/zip", "aria-label": "Zip with a folder for each class", class: "px-images-file" });
    this.zip.addEventListener("change", () => this._zipped());
    const zipped = element("label", { class: "px-button px-images-choose" }, this.zip, element("span", { "aria-hidden": "true", text: "Choose a zip with a folder for each class" }));
    this.count = element("p", { class: "px-status", role: "status" });
    this.bar = element("progress", { max: 1, value: 0, "aria-label": "Reading the pictures" });
    this.bar.hidden = true;
    this.fault = element("p", { class: "px-images-fault", role: "alert" });
    this.fault.hidden = true;
    this.report = element("div", { class: "px-images-report" });
    root.append(this.list, element("div", { class: "px-own-choice" }, this.more, this.train, zipped), this.bar, this.count, this.fault, this.report);
    this.element = root;
    this._row();
    this._row();
    this._count();
    themed(context, root);
    dropPlace(root, (dropped) => this._dropped(dropped));
    guard(() => root.isConnected && !root.hidden);
    context.on("tool", (tool) => tool === OWN && this.open(this.element.hidden));
  }

  open(open) {
    this.said = open;
    this._show();
    if (open) this.element.scrollIntoView({ block: "nearest" });
  }

  _show() {
    show(this.element, this.said ?? false);
    this.context.emit?.("opened", { tool: OWN, open: !this.element.hidden });
  }

  /** A run is in sight, or none can be had because its pictures are gone: then this stands open to bring them again. */
  follow() {
    const { context } = this;
    if (!context.statics && context.data.spec.dataset === OWN) this.said = true;
    if (context.statics && this.begun) this._begin();
    this._show();
    this._count();
  }

  /** The run of these pictures is there: it learns, and where every picture was taken its network is what is to be seen. */
  _begin() {
    const { whole } = this.begun;
    this.begun = null;
    this.context.command({ command: "play" }).catch((error) => this._refuse(error.message));
    if (whole) this.said = false;
    requestAnimationFrame(() => this._refocus(whole)); // the panel is not in the page yet
  }

  _refocus(whole) {
    if (document.activeElement !== document.body) return;
    const to = whole ? this.element.closest("[data-live]")?.querySelector(".px-toolbar .px-primary") : this.train;
    to?.focus({ preventScroll: true });
  }

  _row() {
    const row = new ClassRow(this.rows.length + 1, () => this._changed(), (archive) => this._read({ archive }));
    this.rows.push(row);
    this.list.append(row.element);
    show(this.more, this.rows.length < MOST_CLASSES);
    return row;
  }

  /** What was said of the pictures as they were is no longer so. */
  _changed() {
    show(this.fault, false);
    this._count();
  }

  /** Beside the classes: a zip, folders with a class each, or pictures for the first class that has none. */
  _dropped({ files, folders }) {
    if (files.length === 1 && isZip(files[0])) return this._read({ archive: files[0] });
    for (const folder of folders) {
      const row = this._empty();
      if (!row) return this._refuse(`At most ${MOST_CLASSES} classes are taken; “${folder.name}” and what follows it were not.`);
      row.fill(folder);
    }
    if (!files.length) return undefined;
    const row = this._empty();
    if (!row) return this._refuse("Drop pictures on the class that they belong to.");
    return row.take(files);
  }

  _empty() {
    return this.rows.find((row) => !row.files.length) ?? (this.rows.length < MOST_CLASSES ? this._row() : null);
  }

  _classes() {
    return this.rows.filter((row) => row.files.length).map((row) => ({ name: row.name, files: row.files }));
  }

  _add() {
    this._row().focus();
  }

  _train() {
    const classes = this._classes();
    const names = classes.map(({ name }) => name);
    const twice = names.find((name, i) => names.indexOf(name) < i);
    if (twice !== undefined) return this._refuse(`Two classes are named “${twice}”; give each a name of its own.`);
    return this._read({ classes });
  }

  _count() {
    const classes = this._classes();
    const files = classes.flatMap((kind) => kind.files);
    this.train.disabled = !files.length;
    const gathered = `${files.length} ${files.length === 1 ? "file" : "files"} in ${classes.length} ${classes.length === 1 ? "class" : "classes"}, ${sizeOf(files)}.`;
    if (!this.busy) say(this.count, [files.length ? gathered : "Choose pictures for two classes or more, or one zip.", this._learning()].join(" ").trim());
  }

  /** What the run in sight learns from, where that is a set of one's own. */
  _learning() {
    const { statics, run } = this.context;
    if (!statics || run?.spec?.dataset !== OWN) return "";
    const { class_names: names, train_examples: train, test_examples: test } = statics.meta;
    return `The run in sight learns from ${train} pictures of ${names.slice(0, -1).join(", ")} and ${names.at(-1)}, and is tested on ${test} others.`;
  }

  _zipped() {
    const [archive] = this.zip.files;
    this.zip.value = ""; // the same file may be chosen again
    if (archive) this._read({ archive });
  }

  async _read(what) {
    const files = what.archive ? [what.archive] : what.classes.flatMap((kind) => kind.files);
    if (this.busy) return undefined;
    if (files.length > MOST_FILES) return this._refuse(`These are ${files.length.toLocaleString("en-GB")} files; at most ${MOST_FILES.toLocaleString("en-GB")} are looked at, and 500 pictures are taken.`);
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    if (bytes > MOST_BYTES) return this._refuse(`These files have ${sizeOf(files)}; at most 60 MB are taken together. Make the pictures smaller first.`);
    this._work(true);
    try {
      const read = await readImages(this.context.data.api, what, (sentence, share) => this._progress(sentence, share));
      this._tell(read);
      this.begun = { whole: read.left_out_count === 0 };
      await this.context.requestChange({ dataset: OWN, content: read.content_id }, true);
    } catch (error) {
      if (!(error instanceof Refusal)) console.error(error);
      this.begun = null;
      this._refuse(error instanceof Refusal ? plain(error.message) : "The pictures could not be sent. Try again.");
    }
    return this._work(false);
  }

  _work(busy) {
    this.busy = busy;
    show(this.bar, busy);
    this.bar.value = 0;
    this.train.setAttribute("aria-busy", String(busy));
    if (busy) {
      show(this.fault, false);
      this.report.replaceChildren();
    }
    this._count();
  }

  _progress(sentence, share) {
    this.bar.value = share;
    say(this.count, `${sentence}…`);
  }

  _refuse(sentence) {
    say(this.fault, sentence);
    show(this.fault, true);
  }

  /** What was taken, and by name what was not. */
  _tell({ images, classes, left_out: left, left_out_count: count, notes }) {
    const of = classes.map(({ name, images: own }) => `${name} (${own})`).join(", ");
    const lines = [element("p", { text: `A new run learns from ${images} pictures: ${of}. ${notes.join(" ")}` })];
    if (count) {
      lines.push(element("p", { text: `${count} ${count === 1 ? "file was" : "files were"} left out${count > left.length ? `, of which the first ${left.length}` : ""}:` }));
      lines.push(element("ul", { class: "px-own-faults" }, ...left.map(({ name, reason }) => element("li", { text: `${name}: ${reason}` }))));
    }
    this.report.replaceChildren(...lines);
  }

  draw() {}

  resize() {}

  destroy() {}
}

/** The service names the field first; here there is one only. */
function plain(sentence) {
  const without = sentence.replace(/^(images|archive|files|classes): /, "");
  return without.charAt(0).toUpperCase() + without.slice(1);
}

export function create(context) {
  if (!kept.has(context.select)) kept.set(context.select, new OwnImagesPanel(context));
  const panel = kept.get(context.select);
  panel.follow();
  return panel;
}
