// Where a side's record comes from: an analysis of the service, or an ask of the run that is learning in this tab.

import { Analysis, Refusal } from "../analysis.js";

const RUN_KEY = "parallax:run:live-convnet";
const OWN_KEY = "parallax:physiology:run";
const ENOUGH = 300; // updates that a network of this page's own learns before it is measured

export function stored(key) {
  try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
}

/** Ids of runs of the live page that this tab knows, the page's own last. */
export function knownRuns() {
  const found = [];
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(RUN_KEY)) found.push(stored(key)?.id);
  } catch { /* storage is forbidden: there is none to find */ }
  return [...found, stored(OWN_KEY)?.id].filter(Boolean);
}

/** There is no run to ask. */
export class NoRun extends Error {}

export class Source {
  constructor(data, headers) {
    this.data = data;
    this.headers = headers;
  }

  /** {result, arrays} of one side, with `progress(sentence, share)`. Rejects with a Refusal, a NoRun, or null once cancelled. */
  record(side, state, progress) {
    this.analysis?.cancel();
    this.analysis = null;
    return side === "network" && state.network === "live" ? this._ask(state, progress) : this._analyse(side, state, progress);
  }

  cancel() {
    this.analysis?.cancel();
  }

  _analyse(side, state, progress) {
    const spec = { ...shared(state), population: state.scope === "layer", ...(side === "brain" ? cell(state) : unit(state)) };
    const quick = !spec.population && (side === "brain" || this.data.stages.some(({ name, quick }) => quick && name === state.stage));
    this.analysis = new Analysis(this.data.api, quick ? "unit-physiology" : "unit-physiology-long", progress);
    return this.analysis.of(spec, {}, quick ? 2 : 0);
  }

  async _ask(state, progress) {
    progress("asking the network that is learning", 0.2);
    const body = { probe: "physiology", ...shared(state), layer: Number(state.layer), channel: Number(state.filter), population: state.scope === "layer" };
    for (const id of knownRuns()) {
      const response = await this._post(`/runs/${id}/ask`, body);
      const answer = await response.json().catch(() => null);
      if (response.ok) return { result: answer, arrays: Object.fromEntries(Object.entries(answer.arrays).map(([name, kept]) => [name, decoded(kept)])) };
      if (response.status !== 404 && response.status !== 410) throw new Refusal(answer?.error ?? "The network could not be asked. Try again.");
    }
    throw new NoRun("No network is learning in this tab.");
  }

  /** Starts a network with the live page's default, lets it learn a little, and keeps it. */
  async train(progress) {
    const begun = await this._json("/runs", { experiment: "live-convnet", spec: {}, play: true });
    try { sessionStorage.setItem(OWN_KEY, JSON.stringify({ id: begun.run_id })); } catch { /* then it is found no more after a reload */ }
    for (;;) {
      const response = await fetch(`${this.data.api}/runs/${begun.run_id}`, { headers: this.headers });
      const run = await response.json();
      if (!response.ok) throw new Refusal(run?.error ?? "The network was lost. Try again.");
      const step = run.step ?? 0;
      progress(`learning: update ${step.toLocaleString("en-GB")} of ${ENOUGH}`, Math.min(1, step / ENOUGH));
      if (step >= ENOUGH || ["done", "diverged", "error"].includes(run.status)) break;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    await this._post(`/runs/${begun.run_id}/commands`, { command: "pause" }).catch(() => {});
  }

  _post(path, body) {
    const init = { method: "POST", body: JSON.stringify(body), headers: { ...this.headers, "Content-Type": "application/json" } };
    return fetch(this.data.api + path, init).catch(() => { throw new Refusal("The service cannot be reached. Check the connection and try again."); });
  }

  async _json(path, body) {
    const response = await this._post(path, body);
    const answer = await response.json().catch(() => null);
    if (!response.ok) throw new Refusal(answer?.error ?? "The service refused this. Try again.");
    return answer;
  }
}

const shared = (state) => ({ protocol: state.protocol, contrast: Number(state.contrast), frames: Number(state.frames), seed: Number(state.seed) });
const cell = (state) => (state.scope === "layer" ? { unit: "v1", normalised: state.normalised === "yes" } : { unit: "v1", cell: Number(state.cell), normalised: state.normalised === "yes" });
const unit = (state) => ({ unit: "efficientnet", stage: state.stage, channel: state.scope === "layer" ? 0 : Number(state.channel) });

function decoded({ shape, type, base64 }) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return Object.assign(type === "u1" ? bytes : new Float32Array(bytes.buffer), { shape });
}
