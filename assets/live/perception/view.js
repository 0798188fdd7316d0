// Perception: three parts under one toolbar. Illusions: equal greys through models of the brain and trained networks. Light: one
// photograph, one threshold, one mask. Robustness: a photograph that gets harder to see.

import { TabbedView, mounted } from "../player/tabbed.js";

const TABS = [
  { name: "illusions", title: "Illusions", noun: "line", load: async () => (await import("./illusions.js")).Illusions },
  { name: "light", title: "Light", noun: "level", load: async () => (await import("./light.js")).Light },
  { name: "robustness", title: "Robustness", noun: "level", quiet: true, load: async () => (await import("./robustness.js")).Robustness },
];
const FURTHER = ["line", "judge", "at", "distortion", "level", "photo"]; // of the address, beside the fields of the spec

/** Called again with every change of the page; the first call decides. Returns how to take the view away. */
export function mount(place, data) {
  const names = [...Object.keys(data.defaults), ...FURTHER];
  return mounted(place, "parallaxPerception", () => new TabbedView(place, data, { title: "Perception", stem: "perception", tabs: TABS, names }));
}
