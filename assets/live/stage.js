// The view's root element and what stands on it besides pictures: style sheets, a line for messages, a failure, the projector.

import { button, element, say, show } from "./panels/markup.js";
import { pressed } from "./press.js";

const MESSAGE_SHOWN = 8000; // ms
const ACTION_SHOWN = 20000;
const OWN_SHEETS = { rules: ["rules/rules.css", "rules/knows.css", "rules/compose.css"], convnet: ["convnet/convnet.css", "convnet/brain.css", "convnet/own_images.css"] };
const SHEETS = ["live.css", ...["panels", "predict", "race", "own_data", "import_network", "inside", "branches"].map((name) => `panels/${name}.css`)];

/** Resolves when the sheet applies; a sheet that cannot be had does not hold up the pictures. */
function sheet(name) {
  const link = element("link", { rel: "stylesheet", href: new URL(name, import.meta.url).href });
  return [link, new Promise((resolve) => { link.onload = link.onerror = resolve; })];
}

export class Stage {
  constructor(parent, layout) {
    const sheets = [...SHEETS, ...(OWN_SHEETS[layout] ?? [])].map(sheet);
    this.styled = Promise.all(sheets.map(([, loaded]) => loaded));
    this.root = element("section", { class: `px-root px-layout-${layout}`, tabindex: 0, "aria-label": "Live view", "data-live": "", "data-step": 0, "data-epoch": 0, "data-frames": 0, "data-status": "starting" }, ...sheets.map(([link]) => link));
    // Unstyled, the parts would show for a moment in a heap.
    this.root.style.visibility = "hidden";
    this.styled.then(() => { this.root.style.visibility = ""; });
    this.sentence = element("span");
    this.message = element("p", { class: "px-message", role: "status" }, this.sentence);
    this.failure = element("div", { class: "px-failure", role: "alert" });
    this.message.hidden = this.failure.hidden = true;
    parent.append(this.root);
    this._clearHeader();
  }

  /** A sentence that passes. `action` {label, press}: a button beside it, and time to reach it. */
  say(sentence, action = null) {
    const held = this.action?.contains(document.activeElement);
    say(this.sentence, sentence);
    this.action?.remove();
    this.action = action && this._action(action);
    if (held) this.root.focus({ preventScroll: true });
    show(this.message, sentence !== "");
    clearTimeout(this.passing);
    if (sentence) this._pass(action ? ACTION_SHOWN : MESSAGE_SHOWN);
  }

  _action({ label, press }) {
    const made = button(label, () => pressed(made, press, (error) => this.say(error.message)));
    this.message.append(made);
    return made;
  }

  // Nothing is taken from under a pointer or a focus.
  _pass(after) {
    const used = () => this.action?.matches(":hover, :focus, [aria-busy=true]");
    this.passing = setTimeout(() => (used() ? this._pass(after) : this.say("")), after);
  }

  /** What stands in place of the pictures when there is no run; `null` takes it away. `ways`: buttons of other ways on, with the drawer. */
  fail(sentence, again, ways = []) {
    show(this.failure, sentence !== null);
    this.root.classList.toggle("px-failed", sentence !== null);
    this.root.classList.toggle("px-mendable", ways.length > 0);
    const buttons = element("div", { class: "px-ways" }, ...ways, button("Try again", again));
    this.failure.replaceChildren(...(sentence === null ? [] : [element("p", { text: sentence }), buttons]));
  }

  get projector() {
    return this.root.classList.contains("px-projector");
  }

  project(on) {
    this.root.classList.toggle("px-projector", on);
    document.documentElement.classList.toggle("px-projector-page", on);
  }

  // Streamlit's header lies over the page: the toolbar stops below it.
  _clearHeader() {
    const header = document.querySelector("[data-testid=stHeader]");
    if (!header) return;
    this.header = new ResizeObserver(() => this.root.style.setProperty("--px-top", `${header.offsetHeight}px`));
    this.header.observe(header);
  }

  destroy() {
    clearTimeout(this.passing);
    this.header?.disconnect();
    this.project(false);
    this.root.remove();
  }
}
