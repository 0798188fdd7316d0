// The toolbar: going through a run, its speed, where it stands, and what can be taken from it.

import { button, element, say, show } from "./panels/markup.js";
import { number, whole } from "./panels/format.js";
import { ExportMenu } from "./export.js";
import { pressed } from "./press.js";
import { Scrubber, Speed } from "./scrubber.js";
import { Tools } from "./tools.js";

const ICONS = {
  reset: "M4 3h2v10H4zM13 3v10L7 8z", back: "M11 3v10L5 8z", play: "M5 3l8 5-8 5z", pause: "M4 3h3v10H4zM9 3h3v10H9z", step: "M5 3l6 5-6 5z",
};
const KEYS = { reset: "Home", step_back: "ArrowLeft", play: "Space", step: "ArrowRight" };
const SAID = { starting: "Starting", paused: "Paused", playing: "Learning", done: "Done", diverged: "Diverged", error: "Stopped by an error", reconnecting: "Reconnecting", suspended: "Suspended" };

/** 999,999 and then 1.234 M: the place for it stays the same. */
function counted(value) {
  return value < 1e6 ? whole(value) : `${(value / 1e6).toFixed(3)} M`;
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/**
 * actions: command(object), near, scrub, seek, branch, speed(rate), share(shown), save(), open(file),
 * offers(), projector() → on, tool(name), say(sentence). Everything that can fail returns a Promise that rejects with a sentence.
 */
export class Toolbar {
  constructor(actions, layout) {
    this.actions = actions;
    this.every = 100;
    this.readings = [];
    this.playing = false;
    this.buttons = {
      reset: this._transport("Reset", "reset", "reset"), step_back: this._transport("Step back", "back", "step_back"),
      play: this._transport("Play", "play", "play"), step: this._transport("Step", "step", "step"),
    };
    this.buttons.play.classList.add("px-primary");
    this.speed = new Speed((rate) => actions.speed(rate));
    this.scrubber = new Scrubber(actions);
    this.readout = this._readout();
    const transport = element("div", { class: "px-transport", role: "group", "aria-label": "Run" }, ...Object.values(this.buttons));
    this.element = element("div", { class: `px-toolbar px-toolbar-${layout}`, role: "toolbar", "aria-label": "Live view" }, transport, this.speed.element, this.readout, this.scrubber.element);
    this.tools = new Tools((tool) => actions.tool(tool), layout);
    this._foldable(transport);
    this.more = this._more();
  }

  /** Text that follows the frames. */
  draw(frame) {
    const { meta } = frame;
    say(this.step, counted(meta.step));
    say(this.epoch, meta.epoch < 100 ? meta.epoch.toFixed(1) : counted(meta.epoch));
    const told = Number.isFinite(meta.test_loss);
    say(this.loss, told || meta.test_loss === undefined ? number(meta.test_loss) : "NaN"); // the words would take another row
    this.loss.title = told ? "" : "not a number: the loss has left the range of numbers";
    const rate = this.playing ? meta.steps_per_second : 0;
    say(this.rate, rate > 0 ? `${whole(Number(rate.toPrecision(2)))} updates/s` : "");
    this.scrubber.draw(frame);
  }

  /** What a run is doing now; the one button is called by what it would do. */
  status(status) {
    this.playing = status === "playing";
    const name = this.playing ? "Pause" : "Play";
    const { play } = this.buttons;
    if (play.getAttribute("aria-label") !== name) {
      play.setAttribute("aria-label", name);
      play.title = `${name} (Space)`;
      play.replaceChildren(icon(this.playing ? "pause" : "play"), element("span", { text: name }));
    }
    say(this.state, SAID[status] ?? status);
    this.state.dataset.status = status;
    if (!this.playing) say(this.rate, "");
  }

  /** A viewer without control may look only. */
  control(allowed) {
    this.tools.control(allowed);
    for (const control of [...Object.values(this.buttons), this.speed.range, this.scrubber.range, this.scrubber.branch, this.undo]) control.disabled = !allowed;
  }

  /** The keys of the live view: each presses its button, so that the press shows. */
  keys() {
    const press = (name) => () => this.buttons[name].disabled || this.buttons[name].click();
    return { " ": press("play"), ArrowRight: press("step"), ArrowLeft: press("step_back"), Home: press("reset") };
  }

  _transport(name, picture, command) {
    const made = element("button", { type: "button", class: "px-button", "aria-label": name, "aria-keyshortcuts": KEYS[command], title: `${name} (${KEYS[command].replace("Arrow", "arrow ")})` }, icon(picture), element("span", { text: name }));
    made.addEventListener("click", () => this._do(made, () => this.actions.command({ command: command === "play" && this.playing ? "pause" : command })));
    return made;
  }

  /** On a telephone settings and tools stand behind one button, so that the picture is on the first screen. */
  _foldable(transport) {
    const made = button("⋯", () => {
      const open = this.tools.element.parentElement.classList.toggle("px-unfolded");
      made.setAttribute("aria-expanded", String(open));
      if (open) this.tools.element.parentElement.scrollIntoView({ block: "nearest" });
    }, { class: "px-button px-fold", "aria-label": "Settings and tools", title: "Settings and tools", "aria-expanded": "false" });
    transport.append(made);
  }

  _do(control, act) {
    return pressed(control, act, (error) => this.actions.say(error.message));
  }

  _readout() {
    const cell = (label) => {
      const value = element("b", { class: "px-figure", text: "–" });
      return [value, element("span", { class: "px-cell-value" }, element("span", { class: "px-name", text: label }), value)];
    };
    const [step, stepCell] = cell("step");
    const [epoch, epochCell] = cell("epoch");
    const [loss, lossCell] = cell("test loss");
    this.state = element("span", { class: "px-state", text: "Starting" });
    this.rate = element("span", { class: "px-rate" });
    Object.assign(this, { step, epoch, loss });
    return element("div", { class: "px-readout" }, stepCell, epochCell, lossCell, element("span", { class: "px-cell-value" }, this.state, this.rate));
  }

  _more() {
    const act = (label, run, extra) => {
      const made = button(label, () => this._do(made, run), { class: "px-button px-quiet", ...extra });
      return made;
    };
    const { actions } = this;
    this.undo = act("Undo", () => actions.command({ command: "undo" }), { title: "Take back the last change of a weight or a setting" });
    this.file = element("input", { type: "file", accept: ".safetensors", hidden: true, "aria-label": "Saved run" });
    this.file.addEventListener("change", () => this._open());
    const open = act("Open", async () => this.file.click(), { title: "Open a saved run (.safetensors)" });
    this.openButton = open;
    this.link = element("input", { class: "px-link", readonly: true, hidden: true, "aria-label": "Link to this configuration" });
    const share = act("Share", () => actions.share((link) => this._linked(link)), { title: "Copy a link to this configuration, seed included" });
    const save = act("Save", () => actions.save(), { title: "Save spec and weights as one .safetensors file" });
    const projector = act("Projector", async () => projector.setAttribute("aria-pressed", String(actions.projector())), { "aria-pressed": "false", title: "Large type for a classroom (Escape ends it)" });
    this.projectorButton = projector;
    const menu = new ExportMenu(actions.offers, actions.say);
    return element("div", { class: "px-more", role: "group", "aria-label": "This run" }, this.undo, share, this.link, save, open, this.file, menu.element, projector);
  }

  _open() {
    const [file] = this.file.files;
    this.file.value = "";
    if (file) this._do(this.openButton, () => this.actions.open(file));
  }

  /** A link that the clipboard did not take is shown, selected, ready to be copied by hand; null hides it. */
  _linked(link) {
    show(this.link, link !== null);
    if (link === null) return;
    this.link.value = link;
    this.link.focus();
    this.link.select();
  }
}
