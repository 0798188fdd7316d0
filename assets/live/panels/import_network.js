// A network from elsewhere: weights and a short description go in, and a run begins with those very weights. The panel stays as
// long as its view, so that a new run takes neither the chosen files nor what was said of them.

import { pressed } from "../press.js";
import { FileField, sorted } from "./import_files.js";
import { Snippet } from "./import_snippet.js";
import { button, element, say, section, show } from "./markup.js";
import { themed } from "./surface.js";

const TAKES = "A torch.nn.Sequential of Linear and activation layers: its weights as a safetensors file, its layers as a small JSON. Nothing in the files is run.";
const BOUNDS = [
  "The JSON may also name the data (circle, xor, gaussians, spiral, slope, hills, own, digits, table), the features ([\"x\", \"y\", \"x²\"]) and the loss (\"CrossEntropyLoss\").",
  "1 to 7 inputs are features of a point, 64 inputs with 10 outputs are the digits; any other number needs a table of as many columns, loaded with Own data first.",
  "Up to 6 hidden layers of 32 neurons (64 for digits and tables) with one activation: ReLU, Tanh, Sigmoid or none. The end: Tanh or Sigmoid for two classes, Softmax or logits for more, one plain output for a number.",
];
const NO_ROOM = "So many weights do not fit into the address: a reload or a link begins without them, and Save keeps them.";
const kept = new WeakMap(); // by context: one a view

class ImportPanel {
  constructor(context) {
    this.context = context;
    this.every = 1000;
    this.readings = [];
    this.name = "import_network";
    this.imported = null;
    const { root, head } = section("import_network", "Import a network", TAKES);
    head.append(button("Close", () => this.open(false), { class: "px-button px-import-close" }));
    root.append(element("div", { class: "px-import-sides" }, this._made(), this._chosen()));
    this.element = root;
    show(root, false);
    this._droppable();
    themed(context, root);
    context.on("tool", (tool) => tool === "import_network" && this.open(this.element.hidden));
  }

  _made() {
    const side = element("div", { class: "px-import-side" }, element("h4", { text: "In PyTorch" }), new Snippet().element);
    side.append(element("details", { class: "px-import-bounds" }, element("summary", { text: "Which networks, and what else the JSON may say" }), ...BOUNDS.map((text) => element("p", { class: "px-note", text }))));
    return side;
  }

  _chosen() {
    const told = () => this._tell("");
    this.weights = new FileField("Weights (.safetensors)", ".safetensors", told);
    this.description = new FileField("Layers (.json)", ".json,.txt,application/json,text/plain", told);
    this.see = button("See this network", () => this._press(), { class: "px-button px-import-first" });
    this.said = element("p", { class: "px-import-said", role: "status" });
    this.note = element("p", { class: "px-note px-import-note" });
    return element("div", { class: "px-import-side" }, element("h4", { text: "Here" }), this.weights.element, this.description.element,
      element("p", { class: "px-note", text: "You may also drop both files here. At most 2 MB." }),
      element("div", { class: "px-row" }, this.see), this.said, this.note);
  }

  _droppable() {
    const { element: root } = this;
    const over = (event, on) => { event.preventDefault(); root.classList.toggle("px-import-over", on); };
    root.addEventListener("dragover", (event) => over(event, true));
    root.addEventListener("dragleave", (event) => over(event, false));
    root.addEventListener("drop", (event) => {
      over(event, false);
      this._take([...event.dataTransfer.files]);
    });
  }

  _take(files) {
    if (files.length === 0) return;
    const { weights, description } = sorted(files);
    if (weights) this.weights.choose(weights);
    if (description) this.description.choose(description);
    this._tell("");
  }

  open(open) {
    show(this.element, open);
    this.context.emit?.("opened", { tool: this.name, open });
    if (open) this.element.scrollIntoView({ block: "nearest" });
  }

  _press() {
    this._tell("");
    return pressed(this.see, () => this._see(), (error) => this._tell(named(error.message), true));
  }

  async _see() {
    const { context } = this;
    const files = { weights: await this.weights.content(), description: await this.description.content() };
    const { dataset, content } = context.data.spec;
    const { changes, said } = await context.network({ ...files, page: JSON.stringify({ dataset, content: content ?? null }) });
    this.imported = changes.weights;
    // The network is seen as it came, before it learns. A run that has ended takes no pause, and needs none.
    await context.command({ command: "pause" }).catch(() => {});
    await context.requestChange(changes, true);
    this._tell(said);
    this._note();
  }

  /** A refusal is told apart by more than its colour: it stands behind a mark. */
  _tell(sentence, refused = false) {
    say(this.said, sentence);
    this.said.classList.toggle("px-import-refused", refused);
    say(this.note, "");
  }

  _note() {
    const { spec, link } = this.context.data;
    const seen = this.imported !== null && spec.weights === this.imported;
    say(this.note, seen && link && !link.weights ? NO_ROOM : "");
    return seen;
  }

  /** A run is in sight: what was said of the imported network holds as long as the run is its own. */
  follow() {
    if (!this._note() && this.imported !== null) {
      this.imported = null;
      this._tell("");
    }
    this.context.emit?.("opened", { tool: this.name, open: !this.element.hidden });
    requestAnimationFrame(() => this._refocus());
  }

  draw() {}

  resize() {}

  /** The view lets go of its panels with each run; this one only remembers where the person was. */
  destroy() {
    this.focused = this.element.contains(document.activeElement) ? document.activeElement : null;
  }

  _refocus() {
    if (this.focused?.isConnected && document.activeElement === document.body) this.focused.focus({ preventScroll: true });
    this.focused = null;
  }
}

/** The service names the part of its form; the page names the file. */
function named(sentence) {
  return sentence.replace(/^weights: /, "Weights: ").replace(/^description: /, "Layers: ");
}

export function create(context) {
  if (!kept.has(context)) kept.set(context, new ImportPanel(context));
  const panel = kept.get(context);
  panel.follow();
  return panel;
}
