// What stands around the pictures, and what the view listens to.

import { Announcer } from "./announce.js";
import { watchTheme } from "./colour.js";
import { Controls } from "./controls.js";
import { Layout } from "./layout.js";
import { element } from "./panels/markup.js";
import { listen } from "./press.js";
import { takeaway } from "./takeaway.js";
import { Toolbar } from "./toolbar.js";

/** Makes toolbar, controls, layout and announcer, puts them on the stage, and lets text follow the frames. */
export function furnish(view, data) {
  view.layout = new Layout(data.layout);
  view.controls = new Controls((values) => view.set(values));
  view.announcer = new Announcer();
  view.toolbar = new Toolbar(actions(view), data.layout);
  view.toolbar.speed.rate = view.speed;
  view.events.on("opened", ({ tool, open }) => view.toolbar.tools.opened(tool, open));
  const under = element("div", { class: "px-under" }, view.controls.element, view.toolbar.tools.element, view.toolbar.more);
  const { root, message, failure } = view.stage;
  root.append(view.toolbar.element, under, message, failure, view.layout.drawer, view.layout.element, view.announcer.element);
  for (const text of [view.toolbar, view.controls, view.announcer, view.settings]) view.painter.add(text);
}

function actions(view) {
  const say = (sentence) => view.stage.say(sentence);
  return {
    ...takeaway(view),
    command: (object) => view.command(object),
    near: (step, tolerance) => view.timeline.near(step, tolerance),
    scrub: (frame) => view.scrub(frame),
    seek: (step) => view.seek(step),
    branch: (id) => view.command({ command: "branch", branch: id }).catch((error) => say(error.message)),
    speed: (rate) => view.pace(rate),
    projector: () => project(view, !view.stage.projector),
    tool: (name) => view.events.emit("tool", name),
    say,
  };
}

function project(view, on) {
  view.stage.project(on);
  view.toolbar.projectorButton.setAttribute("aria-pressed", String(on));
  view.events.emit("projector", on);
  view.painter.redraw();
  return on;
}

function recolour(view) {
  if (!view.palette.read()) return;
  view.events.emit("theme", view.context.theme());
  view.painter.redraw();
}

/** Keys, hidden tabs, leaving and coming back, the theme. Returns how to stop. */
export function attend(view) {
  const leave = new AbortController();
  const { signal } = leave;
  listen(view.stage.root, { ...view.toolbar.keys(), Escape: () => view.stage.projector && !project(view, false) });
  document.addEventListener("visibilitychange", () => view.subscribe(), { signal });
  window.addEventListener("pagehide", () => view.attachment.leave(), { signal });
  // A page that the browser kept whole and shows again finds its run as after a reload.
  window.addEventListener("pageshow", (event) => event.persisted && view.begin(false), { signal });
  const unwatch = watchTheme(view.stage.root, () => recolour(view));
  return () => { leave.abort(); unwatch(); };
}
