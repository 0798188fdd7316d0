// A small convolutional network on random images, and the frames and answers that a service would send of it.

import { Palette } from "/live/colour.js";

const random = (seed) => () => ((seed = (seed * 1664525 + 1013904223) >>> 0) / 2 ** 32);

/** convolutions: [{out, size, stride, padding, pool}]; images of side × side × channels. */
export class Convnet {
  constructor(convolutions, side = 28, channels = 1, classes = 10, seed = 5) {
    this.next = random(seed);
    this.image = { height: side, width: side, channels };
    this.images = Array.from({ length: 4 }, () => Uint8Array.from({ length: side * side * channels }, () => 255 * this.next()));
    this.layers = [];
    let [input, below] = [channels, side];
    convolutions.forEach((given, i) => {
      const above = Math.floor((below + 2 * given.padding - given.size) / given.stride) + 1;
      const pooled = Math.floor(above / given.pool);
      this.layers.push({ layer: i + 1, kind: "convolution", title: `convolution ${i + 1}`, in: input, ...given, height: above, width: above, pooled_height: pooled, pooled_width: pooled, activation: "relu" });
      [input, below] = [given.out, pooled];
    });
    this.layers.push({ layer: this.layers.length + 1, kind: "dense", title: "softmax", in: input * below * below, out: classes, size: 1, stride: 1, padding: 0, pool: 1, height: 1, width: 1, pooled_height: 1, pooled_width: 1, activation: "softmax" });
    this.weights = this.layers.map((layer) => this.noise(layer.out * layer.in * layer.size ** 2, Math.sqrt(2 / (layer.in * layer.size ** 2))));
    this.biases = this.layers.map((layer) => this.noise(layer.out, 0.1));
    this.step = 0;
    this.shown = 0;
  }

  noise(count, scale) {
    return Float32Array.from({ length: count }, () => (this.next() * 2 - 1) * scale);
  }

  train() {
    this.step++;
    this.updates = this.weights.map((weights) => this.noise(weights.length, 0.02));
    this.weights.forEach((weights, k) => weights.forEach((_, i) => { weights[i] += this.updates[k][i]; }));
  }

  /** What layer k (from 0) reads, as (channels, side, side). */
  inputOf(k) {
    if (k === 0) {
      const { height, width, channels } = this.image;
      const image = this.images[this.shown];
      return Float32Array.from({ length: image.length }, (_, i) => image[(i % (height * width)) * channels + Math.floor(i / (height * width))] / 255);
    }
    const key = `${this.step} ${this.shown} ${k}`;
    if (this.kept?.key !== key) this.kept = { key, values: this.pooled(k - 1) };
    return this.kept.values;
  }

  patch(k, input, row, column) {
    const layer = this.layers[k];
    const below = k === 0 ? this.image.height : this.layers[k - 1].pooled_height;
    const patch = [], padded = [];
    for (let i = 0; i < layer.in; i++) {
      patch.push(Array.from({ length: layer.size }, (_, r) => Array.from({ length: layer.size }, (_, c) => {
        const [y, x] = [row * layer.stride - layer.padding + r, column * layer.stride - layer.padding + c];
        const outside = y < 0 || x < 0 || y >= below || x >= below;
        if (i === 0) (padded[r] ??= [])[c] = outside;
        return outside ? 0 : input[i * below * below + y * below + x];
      })));
    }
    return { patch, padded };
  }

  convolution({ layer, channel, row, column }) {
    const described = this.layers[layer - 1];
    const { patch, padded } = this.patch(layer - 1, this.inputOf(layer - 1), row, column);
    const size = described.size;
    const kernel = patch.map((_, i) => Array.from({ length: size }, (_, r) => Array.from({ length: size }, (_, c) => this.weights[layer - 1][((channel * described.in + i) * size + r) * size + c])));
    const products = patch.map((rows, i) => rows.map((values, r) => values.map((value, c) => value * kernel[i][r][c])));
    const sum = products.flat(2).reduce((all, value) => all + value, 0);
    const bias = this.biases[layer - 1][channel];
    return { patch, padded, kernel, products, sum, bias, drive: sum + bias, activation: Math.max(0, sum + bias), torch: Math.max(0, sum + bias) };
  }

  maps(k) {
    const { out, height, width } = this.layers[k];
    const map = new Float32Array(out * height * width);
    for (let o = 0; o < out; o++) for (let r = 0; r < height; r++) for (let c = 0; c < width; c++) map[(o * height + r) * width + c] = this.convolution({ layer: k + 1, channel: o, row: r, column: c }).activation;
    return map;
  }

  pooled(k) {
    const { out, height, width, pool, pooled_height: rows, pooled_width: columns } = this.layers[k];
    const map = this.maps(k);
    return Float32Array.from({ length: out * rows * columns }, (_, i) => {
      const [o, r, c] = [Math.floor(i / (rows * columns)), Math.floor(i / columns) % rows, i % columns];
      let most = -Infinity;
      for (let y = 0; y < pool; y++) for (let x = 0; x < pool; x++) most = Math.max(most, map[(o * height + r * pool + y) * width + c * pool + x]);
      return most;
    });
  }

  statics() {
    const images = Uint8Array.from(this.images.flatMap((image) => [...image]));
    images.shape = [4, this.image.height, this.image.width, this.image.channels];
    const names = Array.from({ length: this.layers.at(-1).out }, (_, i) => String(i));
    return { meta: { layers: this.layers, classes: names.length, class_names: names, image: this.image, train_examples: 4000, test_examples: 1000 }, arrays: { "data/sample_images": images, "data/sample_labels": Int32Array.of(7, 2, 1, 0) } };
  }

  /** A frame; maps are random bytes, which is all that drawing them needs, unless `real`. */
  frame(meta = {}, real = false) {
    const arrays = {};
    this.layers.forEach((layer, i) => {
      const k = i + 1;
      if (layer.kind !== "convolution") return;
      arrays[`${k}/filter`] = this.weights[i].slice();
      arrays[`${k}/filter_update`] = this.updates?.[i] ?? new Float32Array(this.weights[i].length);
      arrays[`${k}/filter_gradient`] = this.noise(this.weights[i].length, 0.3);
      const map = real ? this.maps(i) : this.noise(layer.out * layer.height * layer.width, 1);
      const most = Math.max(...map, 1e-6);
      arrays[`${k}/map`] = Uint8Array.from(map, (value) => (255 * Math.max(0, value)) / most);
      const pooled = real ? this.pooled(i) : this.noise(layer.out * layer.pooled_height * layer.pooled_width, 1);
      arrays[`${k}/pooled`] = Uint8Array.from(pooled, (value) => (255 * Math.max(0, value)) / most);
      arrays[`${k}/map_range`] = Float32Array.of(0, most);
      arrays[`${k}/map_gradient`] = Uint8Array.from(map, () => 255 * this.next());
      arrays[`${k}/map_gradient_range`] = Float32Array.of(0.02);
    });
    const scores = this.noise(this.layers.at(-1).out, 3).map(Math.exp);
    const sum = scores.reduce((all, value) => all + value, 0);
    arrays["output/probabilities"] = scores.map((score) => score / sum);
    arrays["layers/update_ratio"] = Float32Array.from(this.layers, (_, i) => 0.001 * (i + 1));
    return { meta: { step: this.step, epoch: 0, status: "playing", branch: 0, settings: { shown: this.shown }, train_loss: 1.2, test_loss: 1.3, test_accuracy: 0.5, ...meta }, arrays };
  }
}

const handlers = new Map();

/** The panels of assets/live/convnet on a page; `bench` is the way to them. */
export async function start(panels, convolutions, options = {}) {
  const room = document.getElementById("room");
  room.replaceChildren();
  room.className = `px-root ${options.classes ?? ""}`;
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/live/convnet/convnet.css" }));
  const network = new Convnet(convolutions, options.side, options.channels, options.classes_count);
  const calls = { ask: [], requestChange: [], emitted: [] };
  const context = {
    colours: new Palette(room), statics: network.statics(), data: { spec: { dataset: "mnist", ...options.spec }, figures: [] }, calls,
    answers: { arithmetic: (asked) => network[asked.part]?.(asked), recognise: ({ pixels }) => ({ probabilities: Array.from({ length: 10 }, (_, c) => (c === 3 ? 0.91 : 0.01)), pixels }) },
    ask: async (probe, parameters) => { calls.ask.push([probe, parameters]); return context.answers[probe](parameters); },
    requestChange: (fields) => { calls.requestChange.push(fields); },
    on: (event, handler) => { handlers.set(event, [...(handlers.get(event) ?? []), handler]); return () => {}; },
    emit: (event, value) => { calls.emitted.push([event, value]); for (const handler of handlers.get(event) ?? []) handler(value); },
    select: () => {}, focus: () => null, theme: () => "light", projector: () => room.classList.contains("px-projector"), reducedMotion: () => true, drawing: () => ({}),
  };
  handlers.clear();
  const made = [];
  for (const name of panels) {
    const { create } = await import(`/live/convnet/${name}.js`);
    for (const panel of [create(context)].flat().filter(Boolean)) { room.append(panel.element); made.push(panel); }
  }
  window.bench = { network, context, panels: made, frame: null };
}

export function draw(steps = 1, meta = {}, real = false) {
  const { network, panels } = window.bench;
  for (let s = 0; s < steps; s++) network.train();
  window.bench.frame = network.frame(meta, real);
  for (const panel of panels) panel.draw(window.bench.frame);
}
