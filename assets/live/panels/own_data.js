// A person's own data: points that are drawn, or a table that is pasted or uploaded. The panel stays as long as its view: a new
// run takes none of what a person is in the middle of.

import { button, element, section, show } from "./markup.js";
import { DrawSide } from "./own_data_draw.js";
import { Points } from "./own_data_points.js";
import { cannotTake, pointsOfRun, pointsOfTable } from "./own_data_sources.js";
import { TableSide } from "./own_data_table.js";
import { themed } from "./surface.js";

const OWN = new Set(["own", "table"]);
const STARTER = "starter";
const kept = new WeakMap(); // by `select`: one a view

class OwnDataPanel {
  constructor(context) {
    this.context = context;
    this.every = 1000;
    this.readings = [];
    this.name = "own_data";
    this.points = new Points(`parallax:points:${context.data.experiment}`);
    this.draws = new DrawSide(context, this.points, (body) => this._trainOnPoints(body));
    this.tables = new TableSide(context, `parallax:table:${context.data.experiment}`, (dataset, { content_id: content }) => this._train(dataset, content));
    const { root, head } = section("own_data", "Own data", "Draw points of the plane, or bring a table. The service keeps it for a while, in memory only; Save keeps it in your file.");
    head.append(button("Close", () => this.open(false), { class: "px-button px-own-close" }));
    root.append(element("div", { class: "px-own-sides" }, this.draws.element, this.tables.element));
    this.element = root;
    themed(context, root);
    context.on("tool", (tool) => tool === "own_data" && this.open(this.element.hidden));
  }

  /** A person's word on whether it stands open counts until the kind of data changes. */
  open(open) {
    this.said = { own: this._own(), open };
    this._show();
    if (open) this.element.scrollIntoView({ block: "nearest" });
  }

  /** What the run in sight learns from; where there is none, what the page would have it learn from. */
  _spec() {
    const { context } = this;
    return (context.statics && context.run?.spec) || context.data.spec;
  }

  _own() {
    return OWN.has(this._spec().dataset);
  }

  _show() {
    const own = this._own();
    const open = this._holds(own) ? this.said.open : own;
    show(this.element, open);
    this.context.emit?.("opened", { tool: "own_data", open });
    if (open) this.draws.editor.surface.resize();
  }

  /** Training closes it for the data that were sent, and for no others that a link or a file may bring. */
  _holds(own) {
    const { said } = this;
    return said?.own === own && (said.content === undefined || said.content === this._spec().content);
  }

  /** A run is in sight, or none can be had: what it learns from decides what stands here. */
  follow() {
    // Without a run its data are gone, and it is lent to bring those again.
    if (!this.context.statics) this.said = null;
    this._show();
    this.draws.follow();
    this._take();
    requestAnimationFrame(() => this._refocus());
    if (this.left) requestAnimationFrame(() => this._arrive());
  }

  /** The run's own points come onto the plane, unless a person has drawn there what no run knows yet. */
  async _take() {
    const source = this._awaited();
    const found = source && (await this._points(source));
    if (!found || this._awaited() !== source) return;
    this.points.follow(source);
    this.points.replace(found, source);
  }

  /** Content id of points that should come onto the plane, or null. */
  _awaited() {
    const { points } = this;
    const { dataset, content } = this._spec();
    const drawn = points.list.length > 0 && points.trained === null;
    const source = dataset === "own" ? content ?? STARTER : null;
    return drawn || points.followed === source ? null : source;
  }

  async _points(source) {
    if (source === STARTER) return cannotTake(this.context) ? null : pointsOfRun(this.context);
    const table = await this.context.tables.read(source).catch(() => null);
    return table && pointsOfTable(table);
  }

  async _trainOnPoints(body) {
    const { content_id: content } = await this.context.tables.send(body);
    this.points.follow(content);
    this.points.settle(content);
    await this._train("own", content);
    this.draws.say(`A new run begins on these ${this.points.list.length} points.`);
  }

  /** The same data again begin anew as well: a press that did nothing would be no answer. */
  async _train(dataset, content) {
    await this.context.requestChange({ dataset, content }, true);
    this.said = { own: true, open: false, content };
    this._leave();
  }

  /** What learns from the data now is what a person wants to see. */
  _leave() {
    this.left = true;
    const view = this.element.closest("[data-live]");
    show(this.element, false);
    this.context.emit?.("opened", { tool: "own_data", open: false });
    view?.querySelector(".px-toolbar .px-primary")?.focus({ preventScroll: true });
    if (view) reveal(view);
  }

  /** The page may have moved while the new run's panels came. */
  _arrive() {
    this.left = false;
    const view = this.element.closest("[data-live]");
    if (view) reveal(view);
  }

  draw() {}

  resize() {
    this.draws.editor.surface.resize();
  }

  /** The view lets go of its panels with each run; this one only remembers where the person was. */
  destroy() {
    this.focused = this.element.contains(document.activeElement) ? document.activeElement : null;
  }

  _refocus() {
    if (this.focused?.isConnected && document.activeElement === document.body) this.focused.focus({ preventScroll: true });
    this.focused = null;
  }
}

/** The pictures come to stand right below the view's toolbar, which stays at the top. */
function reveal(view) {
  const picture = view.querySelector(".px-slot-picture");
  const bar = view.querySelector(".px-toolbar");
  if (!picture || !bar) return;
  picture.style.scrollMarginTop = `calc(var(--px-top, 0px) + ${Math.ceil(bar.offsetHeight)}px)`;
  picture.scrollIntoView({ block: "start" });
}

export function create(context) {
  if (!kept.has(context.select)) kept.set(context.select, new OwnDataPanel(context));
  const panel = kept.get(context.select);
  panel.follow();
  return panel;
}
