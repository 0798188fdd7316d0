// Where a photograph comes in: dropped, chosen, pasted, taken with the camera, or one of the packaged ones.

import { element, say, show } from "../panels/markup.js";

const PICTURES = "image/jpeg,image/png,image/webp,image/gif,image/bmp,image/tiff,.jpg,.jpeg,.png,.webp,.gif,.bmp,.tif,.tiff";

export class Intake {
  /** `choose({sample})` or `choose({file})` is called for every photograph that a person offers. A `second` one is neither dropped nor pasted. */
  constructor(root, data, choose, { second = false } = {}) {
    Object.assign(this, { root, data, choose, second });
    this.bar = element("progress", { max: 1, value: 0, "aria-label": "Progress of the analysis" });
    this.doing = element("span", { role: "status" });
    this.working = element("p", { class: "pxh-working", hidden: true }, this.bar, this.doing);
    this.refusal = element("p", { class: "pxh-refusal", role: "alert", hidden: true });
    this.element = element("div", { class: "pxh-intake" }, this._zone(), this._samples(), this.working, this.refusal);
    if (!second) this._listen();
  }

  progress(sentence, share) {
    show(this.refusal, false);
    show(this.working, true);
    this.bar.value = share;
    say(this.doing, sentence.charAt(0).toUpperCase() + sentence.slice(1));
  }

  finished() {
    show(this.working, false);
  }

  refuse(sentence) {
    show(this.working, false);
    show(this.refusal, true);
    say(this.refusal, sentence);
  }

  mark(sample) {
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(button.dataset.sample === sample));
  }

  _zone() {
    const which = this.second ? "second photograph" : "photograph";
    const file = this._file({ "aria-label": `Choose a ${which}` });
    const camera = this._file({ capture: "environment", "aria-label": `Take a ${which}` });
    const hint = element("span", { class: "pxh-hint", text: this.second ? "or one of these" : `or drop or paste one here. ${this.data.promise}` });
    return element("div", { class: "pxh-zone" }, this._label(`Choose a ${which}`, file), this._label(`Take a ${which}`, camera, "pxh-camera"), hint);
  }

  _file(attributes) {
    const input = element("input", { type: "file", accept: PICTURES, class: "pxh-file", ...attributes });
    input.addEventListener("change", () => {
      this._offer(input.files);
      input.value = ""; // the same file may be chosen again
    });
    return input;
  }

  _label(text, input, extra = "") {
    return element("label", { class: `pxh-button ${extra}` }, input, element("span", { "aria-hidden": "true", text }));
  }

  _samples() {
    this.buttons = this.data.samples.map((sample) => element("button", {
      type: "button", class: "pxh-sample", title: `${sample.title}. ${sample.credit}`, "aria-label": this.second ? `Compare with: ${sample.title}` : sample.title, "aria-pressed": "false",
      "data-sample": sample.name, onclick: () => this.choose({ sample: sample.name }),
    }, element("img", { src: `${this.data.images}/samples/${sample.name}.webp`, alt: "", width: 56, height: 56 })));
    return element("div", { class: "pxh-samples", role: "group", "aria-label": this.second ? "Packaged photographs to compare with" : "Packaged photographs" }, this.buttons);
  }

  _listen() {
    this.paste = (event) => this._pasted(event);
    document.addEventListener("paste", this.paste);
    const over = (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      this.root.classList.toggle("pxh-over", event.type !== "drop" && event.type !== "dragleave");
    };
    for (const name of ["dragenter", "dragover", "dragleave", "drop"]) this.root.addEventListener(name, over);
    this.root.addEventListener("drop", (event) => this._offer(event.dataTransfer.files));
  }

  _pasted(event) {
    const files = event.clipboardData?.files;
    if (!files?.length || event.target.closest?.("input, textarea")) return;
    event.preventDefault();
    this._offer(files);
  }

  _offer(files) {
    const file = files?.[0];
    if (!file) return;
    if (file.size > this.data.limit.bytes) this.refuse(this.data.limit.sentence.replace("{size}", (file.size / 1e6).toFixed(1)));
    else this.choose({ file });
  }

  destroy() {
    if (this.paste) document.removeEventListener("paste", this.paste);
  }
}
