// The buttons that open a tool in the drawer above the pictures. What a tool is, its panel knows.

import { button, element, show } from "./panels/markup.js";

const TOOLS = { lab: {
  race: ["Race a copy", "Let a changed copy of this network learn beside it"],
  own_data: ["Own data", "Draw points, paste a table or upload one"],
  import_network: ["Import", "See a network of your own: weights from PyTorch"],
}, rules: {
  compose: ["Choose rules", "Which rules learn here, at which rate; or one put together from ingredients"],
}, convnet: {
  own_images: ["Own images", "Train on photographs of your own: two to five classes"],
} };

/** `press(tool)` is called when a person asks for a tool; its panel answers with `opened`. */
export class Tools {
  constructor(press, layout) {
    this.buttons = Object.fromEntries(Object.entries(TOOLS[layout] ?? TOOLS.lab).map(([tool, [label, title]]) => [
      tool, button(label, () => press(tool), { class: "px-button px-quiet", title, "aria-expanded": "false" }),
    ]));
    this.element = element("div", { class: "px-tools", role: "group", "aria-label": "Tools" }, ...Object.values(this.buttons));
  }

  /** Tools that the link hides have no button. */
  hide(names = []) {
    for (const [tool, made] of Object.entries(this.buttons)) show(made, !names.includes(tool));
  }

  opened(tool, open) {
    this.buttons[tool]?.setAttribute("aria-expanded", String(open));
  }

  /** A viewer without control may look only. */
  control(allowed) {
    for (const made of Object.values(this.buttons)) made.disabled = !allowed;
  }
}
