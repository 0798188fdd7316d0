// Synapse: four parts under one toolbar, each with a synapse on its left and a weight on its right.

import { TabbedView, mounted } from "../player/tabbed.js";

const TABS = [
  { name: "protocol", title: "Spike timing", noun: "moment", rate: 15, load: async () => (await import("./protocol.js")).Protocol },
  { name: "release", title: "Release and step", noun: "event", rate: 4, load: async () => (await import("./release.js")).Release },
  { name: "memory", title: "Use it or lose it", noun: "moment", rate: 15, load: async () => (await import("./memory.js")).Memory },
  { name: "assembly", title: "Active circuits", noun: "presentation", rate: 8, load: async () => (await import("./assembly.js")).Assembly },
];

/** Called again with every change of the page; the first call decides. Returns how to take the view away. */
export function mount(place, data) {
  return mounted(place, "parallaxSynapse", () => new TabbedView(place, data, { title: "Synapse", stem: "synapse", kind: "pxs", tabs: TABS, names: data.names }));
}
