// Images of one's own: two to five classes of pictures, as files or as one zip. The panel stays as long as its view: a new run
// takes none of what a person has gathered.

import { Refusal } from "../analysis.js";
import { button, element, say, section, show } from "../panels/markup.js";
import { themed } from "../panels/surface.js";
import { readImages } from "./own_images_service.js";
import { ClassRow, sizeOf } from "./own_images_row.js";

const OWN = "own_images";
const MOST_CLASSES = 5;
const MOST_BYTES = 60e6;
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
    this.rows = [new ClassRow(1, () => this._count()), new ClassRow(2, () => this._count())];
    this.list = element("div", { class: "px-images-classes" }, ...this.rows.map((row) => row.element));
    this.more = button("Add a class", () => this._add(), { class: "px-button" });
    this.train = button("Train on these", () => this._read({ classes: this._classes() }), { class: "px-button px-own-first" });
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
    this._count();
    themed(context, root);
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
    if (!this.context.statics && this.context.data.spec.dataset === OWN && this.said === undefined) this.said = true;
    this._show();
  }

  _classes() {
    return this.rows.filter((row) => row.files.length).map((row) => ({ name: row.name, files: row.files }));
  }

  _add() {
    const row = new ClassRow(this.rows.length + 1, () => this._count());
    this.rows.push(row);
    this.list.append(row.element);
    show(this.more, this.rows.length < MOST_CLASSES);
    row.focus();
  }

  _count() {
    const classes = this._classes();
    const files = classes.flatMap((kind) => kind.files);
    this.train.disabled = this.busy || !files.length;
    if (!this.busy) say(this.count, files.length ? `${files.length} ${files.length === 1 ? "file" : "files"} in ${classes.length} ${classes.length === 1 ? "class" : "classes"}, ${sizeOf(files)}.` : "Choose pictures for two classes or more, or one zip.");
  }

  _zipped() {
    const [archive] = this.zip.files;
    this.zip.value = ""; // the same file may be chosen again
    if (archive) this._read({ archive });
  }

  async _read(what) {
    const files = what.archive ? [what.archive] : what.classes.flatMap((kind) => kind.files);
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    if (bytes > MOST_BYTES) return this._refuse(`These files have ${sizeOf(files)}; at most 60 MB are taken together. Make the pictures smaller first.`);
    this._work(true);
    try {
      const read = await readImages(this.context.data.api, what, (sentence, share) => this._progress(sentence, share));
      this._tell(read);
      await this.context.requestChange({ dataset: OWN, content: read.content_id }, true);
    } catch (error) {
      if (!(error instanceof Refusal)) console.error(error);
      this._refuse(error instanceof Refusal ? plain(error.message) : "The pictures could not be sent. Try again.");
    }
    this._work(false);
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
    const lines = [element("p", { text: `A new run begins on ${images} pictures: ${of}. ${notes.join(" ")}` })];
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
