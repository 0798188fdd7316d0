// Which network is asked: the ladder's own, or one whose weight file a person has. An absent one is refused with the way to get it.

import { element, show } from "../../panels/markup.js";

const LADDERS = "efficientnet_lite0";

export class NetworkChoice {
  constructor(context, changed = () => {}) {
    this.known = context.data.networks ?? [];
    const named = ({ title, installed }) => (installed ? title : `${title} (weights not installed)`);
    this.select = element("select", { class: "px-select" }, ...this.known.map((network) => element("option", { value: network.name, text: named(network) })));
    this.select.addEventListener("change", () => changed());
    this.element = element("label", { class: "px-label" }, element("span", { text: "network" }), this.select);
    show(this.element, this.known.length > 1);
  }

  get name() {
    return this.select.value || LADDERS;
  }

  /** Whether it is the network of the ladder above. */
  get ladders() {
    return this.name === LADDERS;
  }

  get stages() {
    return this.known.find(({ name }) => name === this.name)?.stages ?? null;
  }
}
