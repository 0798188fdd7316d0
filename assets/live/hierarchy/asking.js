// Takes one photograph or two to the service. Uploads go first and are kept there for an hour, so that sliders and all that follows
// name them by their content instead of sending them again.

import { Analysis, Refusal, uploaded } from "../analysis.js";
import { asImage } from "./photograph.js";

const FIELDS = ["image", "compare"];

export class Asking {
  /** `progress(sentence, share)` while an answer is under way. */
  constructor(data, progress) {
    Object.assign(this, { data, progress });
    this.kept = new WeakMap(); // File → content id
  }

  /**
   * `chosen`: [{sample} | {file}, the same or null] → {answer, images: [content ids or sample:…]}. Rejects with a Refusal, or with null
   * when a newer question overtook this one.
   */
  async of(chosen) {
    this.analysis?.cancel();
    const analysis = (this.analysis = new Analysis(this.data.api, "feature-hierarchy", (sentence, share) => this.analysis === analysis && this.progress(sentence, share)));
    const newest = () => { if (this.analysis !== analysis) throw null; };
    const spec = { ...this.data.spec };
    const files = {};
    for (const [i, field] of FIELDS.entries()) {
      const image = await this._image(chosen[i]);
      newest();
      if (image?.file) files[field] = image.file;
      spec[field] = image?.file ? undefined : image ?? "";
    }
    this.progress("asking the service", 0.1);
    const answer = await analysis.of(spec, files);
    newest();
    const images = await Promise.all(FIELDS.map((field) => (files[field] ? this._keep(files[field], answer.arrays[field === "image" ? "photo" : "compared/photo"]) : spec[field])));
    newest();
    return { answer, images };
  }

  /** A content id or sample:…; {file} where the service will not keep it: the analysis says better why, or reads it all the same. */
  async _image(one) {
    if (!one) return null;
    if (one.sample) return `sample:${one.sample}`;
    if (this.kept.has(one.file)) return this.kept.get(one.file);
    this.progress("uploading", 0);
    try {
      const id = await uploaded(this.data.api, one.file);
      this.kept.set(one.file, id);
      return id;
    } catch (error) {
      if (error instanceof Refusal) return { file: one.file };
      throw error;
    }
  }

  /** A file that could be read but not kept (TIFF) is kept as it is shown; null where that fails too. */
  async _keep(file, photo) {
    const png = await new Promise((resolve) => asImage(photo).toBlob(resolve, "image/png"));
    try {
      const id = await uploaded(this.data.api, png);
      this.kept.set(file, id);
      return id;
    } catch {
      return null;
    }
  }

  cancel() {
    this.analysis?.cancel();
    this.analysis = null;
  }
}
