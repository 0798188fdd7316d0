// One class of one's own images: its name, and the files that were chosen or dropped for it.

import { button, element, say } from "../panels/markup.js";

const PICTURES = "image/*,.jpg,.jpeg,.png,.webp,.gif,.bmp,.tif,.tiff";

/** "3.4 MB" of these files together. */
export function sizeOf(files) {
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  return bytes < 1e5 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

export class ClassRow {
  constructor(number, changed) {
    this.number = number;
    this.changed = changed;
    this.files = [];
    this.label = element("input", { class: "px-input", type: "text", maxlength: 40, value: `class ${number}`, "aria-label": `Name of class ${number}` });
    this.label.addEventListener("input", changed);
    this.input = element("input", { type: "file", accept: PICTURES, multiple: true, class: "px-images-file", "aria-label": `Pictures of class ${number}` });
    this.input.addEventListener("change", () => {
      this._take(this.input.files);
      this.input.value = "";
    });
    this.told = element("span", { class: "px-caption", role: "status", text: "or drop them here" });
    this.clear = button("Clear", () => this._clear(), { class: "px-button", "aria-label": `Clear class ${number}` });
    const choose = element("label", { class: "px-button px-images-choose" }, this.input, element("span", { "aria-hidden": "true", text: "Choose pictures" }));
    this.element = element("div", { class: "px-images-class" }, this.label, choose, this.told, this.clear);
    this.clear.hidden = true;
    this._listen();
  }

  get name() {
    return this.label.value.trim() || `class ${this.number}`;
  }

  focus() {
    this.label.focus();
    this.label.select();
  }

  _listen() {
    for (const type of ["dragenter", "dragover", "dragleave", "drop"]) {
      this.element.addEventListener(type, (event) => {
        if (!event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        event.stopPropagation();
        this.element.classList.toggle("px-own-over", type === "dragenter" || type === "dragover");
        if (type === "drop") this._take(event.dataTransfer.files);
      });
    }
  }

  _take(files) {
    this.files.push(...files);
    this._tell();
  }

  _clear() {
    this.files = [];
    this._tell();
    this.input.focus();
  }

  _tell() {
    const { length } = this.files;
    say(this.told, length ? `${length} ${length === 1 ? "file" : "files"}, ${sizeOf(this.files)}` : "or drop them here");
    this.clear.hidden = length === 0;
    this.changed();
  }
}
