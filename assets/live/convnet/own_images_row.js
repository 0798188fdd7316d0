// One class of one's own images: its name, and the files that were chosen or dropped for it.

import { button, element, say } from "../panels/markup.js";
import { dropPlace } from "./own_images_drop.js";

const PICTURES = "image/*,.jpg,.jpeg,.png,.webp,.gif,.bmp,.tif,.tiff";
const GLIMPSES = 8; // pictures that are shown of a class

/** "3.4 MB" of these files together. */
export function sizeOf(files) {
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  return bytes < 1e5 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

export class ClassRow {
  /** `changed()` after every change; `archive(file)` when a zip was dropped, which holds all classes. */
  constructor(number, changed, archive) {
    Object.assign(this, { number, changed, archive });
    this.files = [];
    this.label = element("input", { class: "px-input", type: "text", maxlength: 40, value: `class ${number}`, "aria-label": `Name of class ${number}` });
    this.label.addEventListener("input", changed);
    this.input = element("input", { type: "file", accept: PICTURES, multiple: true, class: "px-images-file", "aria-label": `Pictures of class ${number}` });
    this.input.addEventListener("change", () => {
      this.take(this.input.files);
      this.input.value = "";
    });
    this.glimpses = element("span", { class: "px-images-glimpses", "aria-hidden": "true" });
    this.told = element("span", { class: "px-caption", role: "status", text: "or drop them here" });
    this.clear = button("Clear", () => this._clear(), { class: "px-button", "aria-label": `Clear class ${number}` });
    const choose = element("label", { class: "px-button px-images-choose" }, this.input, element("span", { "aria-hidden": "true", text: "Choose pictures" }));
    this.element = element("div", { class: "px-images-class" }, this.label, choose, this.glimpses, this.told, this.clear);
    this.clear.hidden = true;
    dropPlace(this.element, (dropped) => this._dropped(dropped));
  }

  get name() {
    return this.label.value.trim() || `class ${this.number}`;
  }

  focus() {
    this.label.focus();
    this.label.select();
  }

  /** More pictures of this class. */
  take(files) {
    this.files.push(...files);
    this._tell();
  }

  /** A class as a folder brings it. */
  fill({ name, files }) {
    this.label.value = name.slice(0, 40);
    this.take(files);
  }

  _dropped({ files, folders }) {
    if (files.length === 1 && isZip(files[0])) return this.archive(files[0]);
    this.take([...files, ...folders.flatMap((folder) => folder.files)]);
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
    this.glimpses.replaceChildren(...this.files.slice(0, GLIMPSES).map(glimpse));
    this.changed();
  }
}

export function isZip({ name, type }) {
  return /\.zip$/i.test(name) || type === "application/zip";
}

/** A small picture of the file; none of what the browser cannot show. */
function glimpse(file) {
  const address = URL.createObjectURL(file);
  const picture = element("img", { src: address, alt: "", width: 30, height: 30, decoding: "async" });
  picture.onload = () => URL.revokeObjectURL(address);
  picture.onerror = () => { URL.revokeObjectURL(address); picture.remove(); };
  return picture;
}
