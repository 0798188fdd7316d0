// The lines of PyTorch that write both files, ready to be copied.

import { button, element, say } from "./markup.js";

const LINES = `import json
from safetensors.torch import save_file

save_file(model.state_dict(), "network.safetensors")
layers = [str(layer) for layer in model]
with open("network.json", "w") as file:
    json.dump({"layers": layers}, file)`;
const SHOWN = 2500; // ms

export class Snippet {
  constructor() {
    this.code = element("pre", { class: "px-import-code", text: LINES });
    this.said = element("span", { class: "px-note", role: "status" });
    const copy = button("Copy these lines", () => this._copy());
    this.element = element("div", { class: "px-import-snippet" }, this.code, element("div", { class: "px-row" }, copy, this.said));
  }

  async _copy() {
    try {
      await navigator.clipboard.writeText(LINES);
      this._say("Copied.");
    } catch {
      getSelection().selectAllChildren(this.code);
      this._say("They are selected: copy them with your keyboard.");
    }
  }

  _say(sentence) {
    say(this.said, sentence);
    clearTimeout(this.passing);
    this.passing = setTimeout(() => say(this.said, ""), SHOWN);
  }
}
