// Where each panel stands, and the shapes that stand there until it comes.

import { element } from "./panels/markup.js";

// Slots in the order in which the eye meets them.
const LAYOUTS = {
  lab: {
    slots: ["picture", "aside", "signal", "pair", "inside", "detail", "charts", "history", "story"],
    panels: {
      predict: "drawer", race: "drawer", own_data: "drawer", import_network: "drawer",
      network: "picture", alerts: "picture", inspector: "detail", output: "aside", digits: "aside", flow: "signal",
      spaces: "inside", point_values: "inside", charts: "charts", histograms: "charts", branches: "history", compute: "history",
      brain: "pair", slow_motion: "story", prose: "story",
    },
    named: { loss: "aside" },
  },
  home: {
    slots: ["picture", "aside", "pair", "story"],
    panels: { network: "picture", output: "aside", brain: "pair", prose: "story" },
    named: {},
  },
  rules: {
    fps: 20, // eight networks learn at once: what the eye does not need, they get
    folder: "rules",
    shared: new Set(["predict", "branches"]),
    slots: ["picture", "aside", "signal", "pair", "charts", "history", "story"],
    panels: {
      predict: "drawer", compose: "drawer", lanes: "picture", curves: "aside", knows: "signal", brain: "pair", weight: "pair",
      angles: "charts", features: "charts", branches: "history", prose: "story",
    },
    named: {},
  },
  // `folder`: where the layout's own panels are; those in `shared` are the lab's.
  convnet: {
    fps: 30, // a frame costs the learner a look at the shown image: what the eye does not need, the learner gets
    folder: "convnet",
    shared: new Set(["predict", "charts", "histograms", "branches", "compute", "alerts", "flow"]),
    slots: ["picture", "aside", "detail", "signal", "pair", "charts", "history", "story"],
    panels: {
      predict: "drawer", own_images: "drawer", stack: "picture", alerts: "picture", arithmetic: "detail", flow: "signal",
      charts: "charts", milestone: "aside", answer: "aside", draw: "aside", worst: "charts", histograms: "charts",
      sparse: "pair", gabor_plane: "pair", branches: "history", compute: "history", prose: "story",
    },
    named: { loss: "aside", accuracy: "aside" },
  },
};

/** Starts loading every panel's module at once; resolves to [{name, slot, create}], `create` null where one failed. */
export function loadPanels(layout) {
  const { panels, folder, shared } = LAYOUTS[layout] ?? LAYOUTS.lab;
  const modules = Object.entries(panels).map(async ([name, slot]) => {
    try {
      const where = folder && !shared.has(name) ? folder : "panels";
      return { name, slot, create: (await import(`./${where}/${name}.js`)).create };
    } catch (error) {
      console.error(error);
      return { name, slot, create: null };
    }
  });
  return Promise.all(modules);
}

export class Layout {
  constructor(layout) {
    this.plan = LAYOUTS[layout] ?? LAYOUTS.lab;
    this.slots = Object.fromEntries(this.plan.slots.map((name) => [name, element("div", { class: `px-slot px-slot-${name}` }, element("div", { class: "px-shape", "aria-hidden": "true" }))]));
    this.element = element("div", { class: `px-body px-body-${layout}` }, ...Object.values(this.slots));
    // Above the pictures: what is there only at times, and takes no room otherwise.
    this.slots.drawer = this.drawer = element("div", { class: "px-slot px-drawer" });
  }

  /** Makes every panel on its place but those that the link hides; `place(panel, host)` takes each over. Returns once all stand. */
  fill(modules, context, place) {
    const hidden = new Set(context.data.hidden ?? []);
    for (const slot of Object.values(this.slots)) slot.querySelector(".px-shape")?.remove();
    for (const { name, slot, create } of modules.filter((module) => !hidden.has(module.name))) {
      for (const panel of made(create, context, name)) {
        panel.name ??= name;
        const host = element("div", { class: `px-cell px-cell-${name}`, "data-panel": panel.name }, panel.element);
        this.slots[this.plan.named[panel.name] ?? slot].append(host);
        place(panel, host);
      }
    }
  }
}

function made(create, context, name) {
  try {
    return create ? [create(context)].flat().filter(Boolean) : [absent(name)];
  } catch (error) {
    console.error(error);
    return [absent(name)];
  }
}

function absent(name) {
  const sentence = `The panel “${name.replace("_", " ")}” could not be loaded. Reload the page to try again.`;
  return { name, element: element("p", { class: "px-broken", text: sentence }), readings: [], draw() {} };
}
