// Asks the service for an analysis: uploads with progress, follows the job and its previews, fetches the arrays.

import { decode } from "./frame.js";

const BETWEEN_LOOKS = 120; // ms
const ENDED = new Set(["failed", "error", "cancelled", "refused"]);
const UNDERSTOOD = {
  0: "The service cannot be reached. Check the connection and try again.",
  413: "The file is too large.",
  429: "The service is busy. Try again in a few seconds.",
};

export class Refusal extends Error {}

export function session() {
  try {
    const kept = JSON.parse(sessionStorage.getItem("parallax:session"));
    if (kept) return kept;
    const made = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
    sessionStorage.setItem("parallax:session", JSON.stringify(made));
    return made;
  } catch {
    return "no-storage";
  }
}

function sentence(body, status) {
  const detail = body?.error ?? body?.detail ?? body?.message;
  const said = typeof detail === "string" ? detail : detail?.message ?? detail?.sentence ?? detail?.[0]?.msg;
  return said ?? UNDERSTOOD[status] ?? `The service refused this (${status}).`;
}

function parsed(text) {
  try { return JSON.parse(text); } catch { return null; }
}

/** One analysis; `cancel` may be called at any time and also ends the job on the server. */
export class Analysis {
  /** `progress(sentence, share)`; `preview(arrays)` is called with every preview that the job shows on its way. */
  constructor(api, experiment, progress = () => {}, preview = null) {
    Object.assign(this, { api, experiment, progress, preview });
    this.cancelled = false;
    this.previewed = 0;
    this.headers = { "X-Parallax-Session": session() };
  }

  /** {result, arrays}; rejects with a Refusal that holds a sentence, or with null once cancelled. `files` {field: File}.
      `wait`: seconds to wait for the answer in one request; 0 makes a job, whose progress is told. */
  async of(spec, files = {}, wait = 0) {
    const first = await this._post(spec, files, wait);
    const result = first.job_id && !first.arrays ? await this._job(first.job_id) : first;
    this.progress("fetching the pictures", 1);
    const response = await this._fetch(this._address(result.arrays));
    return { result, arrays: decode(await response.arrayBuffer()).arrays };
  }

  cancel() {
    this.cancelled = true;
    this.request?.abort();
    if (this.job) fetch(`${this.api}/jobs/${this.job}`, { method: "DELETE", headers: this.headers }).catch(() => {});
  }

  // XMLHttpRequest, as fetch does not tell how much of an upload has gone.
  _post(spec, files, wait) {
    const request = (this.request = new XMLHttpRequest());
    request.open("POST", `${this.api}/analyses/${this.experiment}?wait=${wait}`);
    for (const [name, value] of Object.entries(this.headers)) request.setRequestHeader(name, value);
    return new Promise((resolve, reject) => {
      request.onabort = () => reject(null);
      request.onerror = () => reject(new Refusal(UNDERSTOOD[0]));
      request.onload = () => {
        const body = parsed(request.responseText);
        if (request.status < 300 && body) resolve(body);
        else reject(new Refusal(sentence(body, request.status)));
      };
      request.upload.onprogress = ({ loaded, total }) => this.progress(`uploading ${Math.round((100 * loaded) / total)}%`, (0.3 * loaded) / total);
      request.send(Object.keys(files).length ? this._form(spec, files) : this._json(request, spec));
    });
  }

  _json(request, spec) {
    request.setRequestHeader("Content-Type", "application/json");
    return JSON.stringify({ spec });
  }

  _form(spec, files) {
    const form = new FormData();
    const rest = Object.fromEntries(Object.entries(spec).filter(([field]) => !(field in files)));
    for (const [field, file] of Object.entries(files)) form.append(field, file, "photograph");
    form.append("spec", JSON.stringify(rest));
    return form;
  }

  async _job(id) {
    this.job = id;
    for (;;) {
      const job = await (await this._fetch(`${this.api}/jobs/${id}`)).json();
      if (job.result) {
        this.job = null;
        return job.result;
      }
      if (job.error || ENDED.has(job.status)) throw new Refusal(sentence(job, 422));
      this.progress(job.message || job.doing || "waiting for its turn", 0.3 + 0.65 * (job.progress ?? 0));
      if (this.preview && job.previews > this.previewed) await this._show(id, job.previews);
      else await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS));
    }
  }

  async _show(id, number) {
    this.previewed = number;
    try {
      const response = await this._fetch(`${this.api}/jobs/${id}/preview`);
      this.preview(decode(await response.arrayBuffer()).arrays);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error; // a preview that is gone: its job has answered meanwhile
    }
  }

  async _fetch(address) {
    if (this.cancelled) throw null;
    const response = await fetch(address, { headers: this.headers }).catch(() => { throw new Refusal(UNDERSTOOD[0]); });
    if (this.cancelled) throw null;
    if (!response.ok) throw new Refusal(sentence(parsed(await response.text()), response.status));
    return response;
  }

  // The service knows its own path, the page knows the site's base path.
  _address(link) {
    return link.startsWith("/api/") ? this.api + link.slice("/api".length) : link;
  }
}

/** Keeps a picture in the service's memory for an hour, without its EXIF; resolves to its content id. Rejects with a Refusal. */
export async function uploaded(api, file) {
  const form = new FormData();
  form.append("file", file, "photograph");
  const response = await fetch(`${api}/uploads`, { method: "POST", body: form, headers: { "X-Parallax-Session": session() } }).catch(() => { throw new Refusal(UNDERSTOOD[0]); });
  const body = parsed(await response.text());
  if (!response.ok) throw new Refusal(sentence(body, response.status));
  return body.content_id;
}

/** Asks again and again, the newest wish only: for sliders. `answered({result, arrays}, spec)`, `refused(error)`. */
export class NewestAnalysis {
  constructor(api, experiment, answered, refused) {
    Object.assign(this, { api, experiment, answered, refused });
    this.wanted = null;
    this.busy = false;
  }

  ask(spec, files = {}) {
    this.wanted = { spec, files };
    if (!this.busy) this._go();
  }

  async _go() {
    this.busy = true;
    while (this.wanted && !this.ended) {
      const { spec, files } = this.wanted;
      this.wanted = null;
      try {
        const answer = await new Analysis(this.api, this.experiment).of(spec, files, 10);
        if (!this.ended) this.answered(answer, spec);
      } catch (error) {
        if (error !== null && !this.ended) this.refused(error);
      }
    }
    this.busy = false;
  }

  destroy() {
    this.ended = true;
    this.wanted = null;
  }
}
