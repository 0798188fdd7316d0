// A file that a person chose, by its own input: what was chosen stays chosen, whatever is said of it.

import { element } from "./markup.js";

const MOST_BYTES = 2_000_000;

/** A labelled file input; `changed()` after each choice. */
export class FileField {
  constructor(label, accept, changed) {
    this.label = label;
    this.input = element("input", { type: "file", accept, class: "px-import-file", onchange: changed });
    this.element = element("label", { class: "px-import-field" }, element("span", { text: label }), this.input);
  }

  /** Takes a file that was dropped, as if it had been chosen here. */
  choose(file) {
    const held = new DataTransfer();
    held.items.add(file);
    this.input.files = held.files;
  }

  /** The bytes as a Blob with the file's name. Throws a sentence where there is none. */
  async content() {
    const [file] = this.input.files;
    if (!file) throw new Error(`${this.label}: choose this file first.`);
    if (file.size > MOST_BYTES) throw new Error(`“${file.name}” has ${(file.size / 1e6).toPrecision(3)} MB; at most 2 MB is taken.`);
    try {
      return new File([await file.arrayBuffer()], file.name);
    } catch {
      throw new Error(`“${file.name}” cannot be read any more; choose it again.`);
    }
  }
}

/** Which of the dropped files is which, by their names. */
export function sorted(files) {
  const described = (file) => /\.(json|txt)$/i.test(file.name);
  return { weights: files.find((file) => !described(file)), description: files.find(described) };
}
