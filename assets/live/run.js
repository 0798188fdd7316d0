// The door to the service over HTTP: starting, finding again, forking, opening, asking and ending runs.

/** What the service said instead of doing it: one sentence, its code, and when to try again (s). */
export class Refusal extends Error {
  constructor(sentence, code, retryAfter = null) {
    super(sentence);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

const UNREACHABLE = "The service cannot be reached. Check the connection, then try again.";
const UNDERSTOOD = { 413: "The file is too large.", 429: "The service is at capacity. Try again in a moment.", 500: "The service met an error of its own. Try again." };

/** Random text that names a tab or a page load. */
export function nonce() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The service's own sentence, in whichever of its shapes an error comes. */
function sentence(body, status) {
  const detail = body?.error ?? body?.detail ?? body?.message;
  const said = typeof detail === "string" ? detail : detail?.message ?? detail?.sentence ?? detail?.[0]?.msg;
  return said ?? UNDERSTOOD[status] ?? `The service refused this (${status}).`;
}

// A browser may forbid storage: then a reload starts a new run, and nothing else is lost.
const storage = {
  get(key) {
    try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
  },
  put(key, value) {
    try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* as above */ }
  },
  remove(key) {
    try { sessionStorage.removeItem(key); } catch { /* as above */ }
  },
};

export class Door {
  constructor(api, experiment, layout) {
    this.api = api;
    this.experiment = experiment;
    this.key = `parallax:run:${experiment}:${layout}`;
    this.session = storage.get("parallax:session") ?? nonce();
    storage.put("parallax:session", this.session);
    this.tab = nonce();
  }

  /** The run that this tab had before a reload, if its structure is the same. */
  remembered(structure) {
    const kept = storage.get(this.key);
    return kept?.id && kept.structure === structure ? kept : null;
  }

  remember(run, structure) {
    storage.put(this.key, { id: run.id, watchId: run.watchId, spec: run.spec, structure });
  }

  forget() {
    storage.remove(this.key);
  }

  async start(spec, { play, speed }) {
    const body = { experiment: this.experiment, spec, play, ...(speed ? { speed } : {}) };
    return described(await this._json("/runs", this._post(body)), spec);
  }

  async fork(id) {
    return described(await this._json(`/runs/${id}/fork`, this._post({})), null);
  }

  async open(file) {
    const form = new FormData();
    form.append("file", file);
    return described(await this._json("/runs/open", { method: "POST", body: form }), null);
  }

  /** Files of a network from elsewhere: {weights, description, page} → {changes, said}. */
  network(files) {
    const form = new FormData();
    for (const [name, content] of Object.entries(files)) form.append(name, content);
    return this._json("/networks", { method: "POST", body: form });
  }

  async statics(id) {
    return (await this._fetch(`/runs/${id}/static`)).arrayBuffer();
  }

  /** {step, train_loss, …}: what was measured on the way to a branch's head. */
  curves(id, branch) {
    return this._json(`/runs/${id}/branches/${branch}/curves`);
  }

  ask(id, probe, parameters) {
    return this._json(`/runs/${id}/ask`, this._post({ probe, ...parameters }));
  }

  /** A CSV as text, or points {columns, label, rows, targets, classes} → the description of the table with its content id.
      Rejects with a Refusal that carries `faults` [{line, column, sentence}], `faultCount` and `goodRows`. */
  table(body, { keepGood = false, problem = null } = {}) {
    const query = new URLSearchParams({ ...(keepGood ? { keep_good: "true" } : {}), ...(problem ? { problem } : {}) });
    const csv = typeof body === "string";
    const init = csv ? { method: "POST", body, headers: { "Content-Type": "text/csv; charset=utf-8" } } : this._post(body);
    return this._json(`/tables?${query}`, init);
  }

  /** A table in its canonical form. */
  readTable(content) {
    return this._json(`/tables/${content}`);
  }

  async export(id, format) {
    return (await this._fetch(`/runs/${id}/export?format=${format}`)).blob();
  }

  /** Full description; used to learn an opened or forked run's spec. */
  describe(id) {
    return this._json(`/runs/${id}`);
  }

  /** Whether the run still lives. A service that does not answer says nothing about it: true. */
  async exists(id) {
    try {
      await this._fetch(`/runs/${id}`);
      return true;
    } catch (refusal) {
      return refusal.code !== 404 && refusal.code !== 410;
    }
  }

  /** Nobody waits for the end of a run that was left. */
  end(id) {
    this._fetch(`/runs/${id}`, { method: "DELETE", keepalive: true }).catch(() => {});
  }

  stream(id) {
    const address = new URL(`${this.api}/runs/${id}/stream?tab=${this.tab}`, location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    return address.href;
  }

  _post(body) {
    return { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  }

  async _json(path, init) {
    return (await this._fetch(path, init)).json();
  }

  async _fetch(path, init = {}) {
    let response;
    try {
      response = await fetch(this.api + path, { ...init, headers: { ...init.headers, "X-Parallax-Session": this.session } });
    } catch {
      throw new Refusal(UNREACHABLE, 0);
    }
    if (response.ok) return response;
    const body = await response.json().catch(() => null);
    const refusal = new Refusal(sentence(body, response.status), response.status, Number(response.headers.get("Retry-After")) || null);
    // What a refused table, or a field, says of itself beyond the sentence.
    throw Object.assign(refusal, { field: body?.field ?? null, faults: body?.faults ?? [], faultCount: body?.fault_count ?? 0, goodRows: body?.good_rows ?? 0 });
  }
}

function described(body, spec) {
  return { id: body.run_id, watchId: body.watch_id, spec: body.spec ?? spec, control: true };
}
