// The network that this tab trains on the page Live convnet, asked for its robustness with the weights that it has now.

import { Refusal, session } from "../analysis.js";

const KEY = "parallax:run:live-convnet:convnet";
const COUNT = 300;
const GONE = "The network of Live convnet is no longer kept: open that page again, let it learn, and come back.";

export class LiveNetwork {
  constructor(api) {
    this.api = api;
  }

  _run() {
    try { return JSON.parse(sessionStorage.getItem(KEY))?.id ?? null; } catch { return null; }
  }

  known() {
    return this._run() !== null;
  }

  /** {accuracy, low, high, n, shown}; rejects with a Refusal. */
  async ask(distortion, level, count = COUNT) {
    const run = this._run();
    if (!run) throw new Refusal(GONE);
    const response = await fetch(`${this.api}/runs/${run}/ask`, {
      method: "POST", body: JSON.stringify({ probe: "robustness", distortion, level, count }),
      headers: { "Content-Type": "application/json", "X-Parallax-Session": session() },
    }).catch(() => { throw new Refusal("The service cannot be reached. Check the connection and try again."); });
    const body = await response.json().catch(() => null);
    if (!response.ok) throw new Refusal(response.status === 404 ? GONE : body?.error ?? `The service refused this (${response.status}).`);
    return body;
  }
}
