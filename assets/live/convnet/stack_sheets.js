// The pictures of one frame, kept offscreen: each layer's kernels, their last change, its maps and what pooling leaves of them.

import { SteadyScale, largest } from "./described.js";
import { Tiles, byteColours } from "./tiles.js";

/** One convolution's tiles and the scales of their colours. */
class LayerSheets {
  constructor(layer) {
    this.layer = layer;
    this.tiles = Object.fromEntries(["kernel", "change", "map", "pooled"].map((part) => [part, new Tiles()]));
    this.scales = Object.fromEntries(["kernel", "filter_update", "filter_gradient", "map", "map_gradient"].map((part) => [part, new SteadyScale()]));
    this.colours = new Uint32Array(256);
    this.there = {};
  }

  kernels(part, values, scale, across, lut) {
    this.there[part] = Boolean(values);
    if (!values) return;
    const { layer, tiles } = this;
    tiles[part].kernels(layer.out, layer.in, layer.size, across);
    this.used ??= {};
    this.used[part] = this.scales[scale].fit(largest(values));
    tiles[part].signed(values, this.used[part], lut);
  }

  /** `map_range` says what bytes 0 and 255 stand for. */
  maps(arrays, k, lut) {
    const { layer, tiles, colours } = this;
    const [low, high] = arrays[`${k}/map_range`] ?? [0, 0];
    this.mapped("map", Math.max(Math.abs(low), Math.abs(high)));
    byteColours(low, high, this.used.map, lut, colours);
    this._bytes("map", arrays[`${k}/map`], layer.width, layer.height, colours);
    this._bytes("pooled", arrays[`${k}/pooled`], layer.pooled_width, layer.pooled_height, colours);
  }

  gradients(arrays, k, lut) {
    const [range] = arrays[`${k}/map_gradient_range`] ?? [0];
    this.mapped("map_gradient", range);
    byteColours(-range, range, this.used.map, lut, this.colours);
    this._bytes("map", arrays[`${k}/map_gradient`], this.layer.width, this.layer.height, this.colours);
    this.there.pooled = false;
  }

  mapped(scale, most) {
    this.used ??= {};
    this.used.map = this.scales[scale].fit(Number.isFinite(most) ? most : 0);
  }

  _bytes(part, values, width, height, colours) {
    this.there[part] = Boolean(values);
    if (!values) return;
    this.tiles[part].maps(this.layer.out, width, height);
    this.tiles[part].bytes(values, colours);
  }
}

export class Sheets {
  constructor(layers) {
    this.layers = layers.map((layer) => (layer.kind === "convolution" ? new LayerSheets(layer) : null));
    this.photograph = new Tiles();
    this.units = new Map();
  }

  /** Fills everything from a frame. `change`: filter_update | filter_gradient; `maps`: map | map_gradient; `across` by layer. */
  take({ arrays }, { change, maps }, across, lut) {
    this.layers.forEach((sheets, i) => {
      const k = i + 1;
      if (!sheets) return;
      sheets.kernels("kernel", arrays[`${k}/filter`], "kernel", across[i], lut);
      sheets.kernels("change", arrays[`${k}/${change}`], change, across[i], lut);
      if (maps === "map") sheets.maps(arrays, k, lut);
      else sheets.gradients(arrays, k, lut);
    });
  }

  show(image, { pixels }) {
    this.photograph.maps(1, image.width, image.height);
    this.photograph.photograph(pixels, image.channels);
  }

  /** Scale of a dense layer's units. */
  unitScale(k, values) {
    if (!this.units.has(k)) this.units.set(k, new SteadyScale());
    return this.units.get(k).fit(largest(values));
  }
}
