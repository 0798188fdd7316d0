// What a link asked for in vain, a sentence each, until the reader puts it away.

import { element, show } from "../panels/markup.js";

export class Faults {
  /** `faults`: sentences; `channel`: what the link opens. */
  constructor({ faults, channel }) {
    this.linked = channel;
    this.list = element("ul", {});
    const away = element("button", { type: "button", class: "pxh-button pxh-small", onclick: () => this._away() }, "Close");
    this.element = element("div", { class: "pxh-refusal pxh-faults", role: "status", hidden: true }, this.list, away);
    for (const sentence of faults) this._add(sentence);
  }

  /** The link's channel is not among the maps that are shown. */
  channel(channel, maps) {
    if (channel !== this.linked) return;
    this.linked = null;
    const { title } = maps[0].stage;
    this._add(`Channel ${channel} of ${title} is not shown: only the ${maps.length} maps that answer most to this photograph are. The first of them is open instead.`);
  }

  _add(sentence) {
    this.list.append(element("li", { text: sentence }));
    show(this.element, true);
  }

  _away() {
    this.list.replaceChildren();
    show(this.element, false);
  }
}
