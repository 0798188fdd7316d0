// Pointer and keyboard on the picture of the network.

import { at } from "./stack_layout.js";

export class Picking {
  constructor(panel) {
    this.panel = panel;
    this.place = { layer: 1, channel: 0 };
    const { box, surface } = panel;
    this.leave = new AbortController();
    const { signal } = this.leave;
    surface.canvas.addEventListener("pointermove", (event) => this._move(event), { signal });
    surface.canvas.addEventListener("pointerleave", () => panel.point(null), { signal });
    surface.canvas.addEventListener("click", (event) => this._click(event), { signal });
    box.addEventListener("keydown", (event) => this._key(event), { signal });
    box.addEventListener("blur", () => panel.point(null), { signal });
  }

  destroy() {
    this.leave.abort();
  }

  _target(event) {
    const { canvas } = this.panel.surface;
    const box = canvas.getBoundingClientRect();
    const { plan, image } = this.panel.state;
    return plan ? at(plan, image, event.clientX - box.left, event.clientY - box.top) : null;
  }

  _move(event) {
    const target = this._target(event);
    this.panel.surface.canvas.style.cursor = target && target.layer > 0 ? "pointer" : "";
    this.panel.point(target);
  }

  _click(event) {
    const target = this._target(event);
    if (!target || target.layer === 0) return;
    this.place = { layer: target.layer, channel: target.channel };
    this.panel.open(target.row === null ? { ...target, ...this._strongest(target.layer, target.channel) } : target);
  }

  /** A map's pixel with the largest activation: what a press on its kernel or the Enter key opens. */
  _strongest(layer, channel) {
    const { width, height, kind } = this.panel.layers[layer - 1];
    if (kind !== "convolution") return { row: null, column: null };
    const map = this.panel.frame?.arrays[`${layer}/map`];
    if (!map) return { row: Math.floor(height / 2), column: Math.floor(width / 2) };
    const own = map.subarray(channel * width * height, (channel + 1) * width * height);
    let best = 0;
    for (let i = 1; i < own.length; i++) if (own[i] > own[best]) best = i;
    return { row: Math.floor(best / width), column: best % width };
  }

  _key(event) {
    const moves = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
    const { layers } = this.panel;
    if (moves[event.key]) {
      const [across, down] = moves[event.key];
      const layer = Math.max(1, Math.min(layers.length, this.place.layer + across));
      const channel = Math.max(0, Math.min(layers[layer - 1].out - 1, this.place.channel + down));
      this.place = { layer, channel };
      this._show();
    } else if (event.key === "Enter" || event.key === " ") {
      this.panel.open({ ...this.place, part: "map", ...this._strongest(this.place.layer, this.place.channel) });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  _show() {
    const { plan } = this.panel.state;
    const block = plan?.blocks[this.place.layer - 1];
    if (!block) return;
    const box = block.box(block.parts ? "map" : "unit", this.place.channel);
    this.panel.point({ ...this.place, part: "map", box, row: null, column: null });
    const { box: frame } = this.panel;
    if (box.x < frame.scrollLeft || box.x + box.width > frame.scrollLeft + frame.clientWidth) frame.scrollLeft = box.x - frame.clientWidth / 2;
  }
}
