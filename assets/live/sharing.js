// Links: of the configuration at once, and with the weights as they are now where a link can hold them; else a file.

import { LONGEST, addressOf } from "./address.js";
import { download } from "./export.js";
import { whole } from "./panels/format.js";

const OWN = new Set(["own", "table"]);
const ONLY_IN_A_FILE = "Moments of the optimiser and the history are only in a saved file.";

/** `shown(link)` shows a link that could not be copied, selected; `shown(null)` hides it. */
export class Sharing {
  constructor(view, stem) {
    this.view = view;
    this.stem = stem;
  }

  /** The configuration, seed and live values included. */
  async share(shown) {
    const url = this._address();
    const where = await copied(url.href, shown);
    const full = { label: "With the weights", press: () => this.full(shown) };
    this._say(`The link is ${where}: ${this._holds(url)}.${this._left(url)}${this._data()}`, full);
  }

  /** The configuration and the first network's weights as they are now. */
  async full(shown) {
    const exported = await this.view.door.export(this.view.attachment.run.id, "link");
    const { weights, parameters, step } = JSON.parse(await exported.text());
    const url = this._address({ weights, ...this._lanes() });
    const numbers = `${whole(parameters)} number${parameters === 1 ? "" : "s"}`;
    if (url.search.length - 1 > LONGEST) return this._file(numbers, url, shown);
    const where = await copied(url.href, shown);
    const whose = this.lanes > 1 ? "the weights of the first network" : "the weights";
    this._say(`The full link is ${where}: the configuration and ${whose} as they are after ${whole(step)} updates (${numbers}, ${size(url.href.length)}). ${ONLY_IN_A_FILE}${this._data()}`);
  }

  async _file(numbers, url, shown) {
    shown(null);
    const name = `${this.stem()}.safetensors`;
    download(await this.view.door.export(this.view.attachment.run.id, "safetensors"), name);
    this._say(`The full link would have ${whole(url.search.length - 1)} characters (${numbers}), and a link holds ${whole(LONGEST)}: the run was saved as ${name} instead, with its history. Open continues it.`);
  }

  _address(further = {}) {
    const { data, settings } = this.view;
    return addressOf(data, { ...settings.present, ...settings.chosen }, further);
  }

  // Copies that were made while the run went on are no part of its configuration: in the link they are further lanes of it.
  _lanes() {
    const lanes = this.view.painter.current?.meta.lanes ?? [];
    const further = lanes.filter(({ lane, closed }) => lane > 1 && !closed).map(({ change }) => change);
    this.lanes = further.length + 1;
    return lanes.length ? { lanes: further.length ? JSON.stringify(further) : null } : {};
  }

  _holds(url) {
    return url.searchParams.has("weights") ? "the configuration, the seed and the first weights" : "the configuration and the seed";
  }

  /** The first weights of a network that was imported, where they are too many. */
  _left(url) {
    return this.view.data.spec.weights && !url.searchParams.has("weights") ? " The first weights do not fit into a link; Save keeps them in a file." : "";
  }

  _data() {
    const { dataset, content } = this.view.data.spec;
    return content && OWN.has(dataset) ? " Your data are not in it: they stay on this server for an hour after their last use, and Save keeps them in a file." : "";
  }

  _say(sentence, action = null) {
    this.view.stage.say(sentence, action);
  }
}

/** Where the link is now. Without permission for the clipboard it is shown, ready to be copied by hand. */
async function copied(link, shown) {
  try {
    await navigator.clipboard.writeText(link);
    shown(null);
    return "in the clipboard";
  } catch {
    shown(link);
    return "in the box, selected for you to copy";
  }
}

function size(characters) {
  return `${Number((characters / 1000).toPrecision(2))} kB`;
}
