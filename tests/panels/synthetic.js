// A small network that really learns in the page, and the frames a service would send of it: the panels' test bench.

const random = (seed) => () => ((seed = (seed * 1664525 + 1013904223) >>> 0) / 2 ** 32);

/** A fully connected tanh network under plain descent on points in a circle. */
export class TinyNetwork {
  constructor(sizes, seed = 3) {
    const next = random(seed);
    this.sizes = sizes;
    this.step = 0;
    this.rate = 0.03;
    this.layers = sizes.slice(1).map((n, k) => ({
      weight: Float32Array.from({ length: n * sizes[k] }, () => (next() * 2 - 1) * Math.sqrt(6 / (n + sizes[k]))),
      bias: new Float32Array(n), z: new Float32Array(n), a: new Float32Array(n), delta: new Float32Array(n),
    }));
    this.points = Float32Array.from({ length: 200 }, () => next() * 10 - 5);
    this.labels = Int32Array.from({ length: 100 }, (_, i) => Number(this.points[2 * i] ** 2 + this.points[2 * i + 1] ** 2 < 9));
    this.window = [];
    this.synapse = [1, 1];
    this.next = next;
  }

  forward(inputs) {
    let below = inputs;
    this.layers.forEach((layer) => {
      for (let j = 0; j < layer.a.length; j++) {
        let z = layer.bias[j];
        for (let i = 0; i < below.length; i++) z += layer.weight[j * below.length + i] * below[i];
        layer.z[j] = z;
        layer.a[j] = Math.tanh(z);
      }
      below = layer.a;
    });
    return below;
  }

  train(steps) {
    for (let s = 0; s < steps; s++) {
      const i = this.step % 100;
      this.update([this.points[2 * i] / 3, this.points[2 * i + 1] / 3].concat(Array(this.sizes[0] - 2).fill(0.3)), 2 * this.labels[i] - 1);
      this.step++;
      this.record();
    }
  }

  update(inputs, target) {
    this.inputs = inputs;
    const last = this.layers.at(-1);
    const answer = this.forward(inputs);
    for (let j = 0; j < answer.length; j++) last.delta[j] = (answer[j] - target) * (1 - answer[j] ** 2);
    for (let k = this.layers.length - 1; k >= 0; k--) this.descend(k, k === 0 ? inputs : this.layers[k - 1].a);
  }

  descend(k, below) {
    const layer = this.layers[k];
    layer.gradient = new Float32Array(layer.weight.length);
    for (let i = 0; i < below.length; i++) {
      let sum = 0;
      for (let j = 0; j < layer.a.length; j++) {
        sum += layer.weight[j * below.length + i] * layer.delta[j];
        layer.gradient[j * below.length + i] = layer.delta[j] * below[i];
      }
      if (k > 0) this.layers[k - 1].delta[i] = sum * (1 - below[i] ** 2);
    }
    for (let p = 0; p < layer.weight.length; p++) layer.weight[p] -= this.rate * layer.gradient[p];
    for (let j = 0; j < layer.a.length; j++) layer.bias[j] -= this.rate * layer.delta[j];
  }

  record() {
    const first = this.layers[0];
    const [pre, post] = [Math.abs(this.inputs[0]) * 25, Math.abs(first.a[0]) * 50];
    this.synapse = [this.synapse[0] + (this.next() - 0.55) * 0.01, this.synapse[1] + (this.next() - 0.4) * 0.012];
    this.window.push([this.step, pre, post, ...this.synapse, this.inputs[0], first.a[0], first.delta[0], first.gradient[0], first.weight[0]]);
    if (this.window.length > 240) this.window.shift();
  }

  field(layer, index, side) {
    const bytes = new Uint8Array(side * side);
    for (let p = 0; p < bytes.length; p++) {
      const [x, y] = [((p % side) / (side - 1)) * 4 - 2, 2 - (Math.floor(p / side) / (side - 1)) * 4];
      const inputs = [x, y].concat(Array(this.sizes[0] - 2).fill(0.3));
      this.forward(inputs);
      bytes[p] = ((layer === 0 ? Math.max(-1, Math.min(1, inputs[index] / 2)) : this.layers[layer - 1].a[index]) + 1) * 127.5;
    }
    return bytes;
  }

  fields(layer, side) {
    const n = this.sizes[layer];
    const bytes = new Uint8Array(n * side * side);
    for (let j = 0; j < n; j++) bytes.set(this.field(layer, j, side), j * side * side);
    return bytes;
  }
}

const mean = (values) => values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;
const norm = (values) => Math.hypot(...values);

function histogram(values) {
  const reach = 2 ** Math.ceil(Math.log2(Math.max(...values.map(Math.abs), 1e-9)));
  const bins = new Float32Array(48);
  for (let i = 0; i < 24; i++) bins[i] = ((i + 0.5) / 24) * 2 * reach - reach;
  for (const value of values) bins[24 + Math.min(23, Math.floor((value / reach + 1) * 12))]++;
  return bins;
}

export function planeStatics(network) {
  const names = ["x", "y", "x²", "y²", "xy", "sin x", "sin y"].slice(0, network.sizes[0]);
  const arrays = {
    "data/train_points": network.points.slice(0, 100), "data/train_labels": network.labels.slice(0, 50),
    "data/test_points": network.points.slice(100), "data/test_labels": network.labels.slice(50), "0/field": network.fields(0, 32),
  };
  return { meta: { task: "plane", sizes: network.sizes, feature_names: names, activation: "tanh", extent: 6, classes: 2, chosen: { layer: 1, to: 0, from: 0 } }, arrays };
}

export function digitsStatics(sizes) {
  const next = random(5);
  const images = Uint8Array.from({ length: 20 * 64 }, (_, p) => (Math.abs((p % 8) - 3.5) < 2 && Math.abs(Math.floor((p % 64) / 8) - 3.5) < 3 ? 120 + 135 * next() : 20 * next()));
  const arrays = { "data/sample_images": images, "data/sample_labels": Int32Array.from({ length: 20 }, (_, i) => i % 10) };
  return { meta: { task: "digits", sizes, feature_names: [], activation: "relu", extent: null, classes: 10, chosen: { layer: 1, to: 0, from: 0 } }, arrays };
}

/** What the service would send now. */
export function frameOf(network, extra = {}) {
  const arrays = {};
  network.layers.forEach((layer, k) => Object.assign(arrays, layerReadings(network, layer, k + 1)));
  Object.assign(arrays, layersReadings(network), curves(network), synapse(network), focus(network), spaces(network));
  const loss = 0.5 * Math.exp(-network.step / 2000) + 0.02;
  const meta = {
    step: network.step, epoch: network.step / 50, status: "playing", train_loss: loss, test_loss: loss * 1.2, train_accuracy: 0.97, test_accuracy: 0.94,
    settings: { stimulus_ms: 200, learning_rate: 0.03 }, chosen: { layer: 1, to: 0, from: 0 }, frozen: [], lesioned: [], health: [], ...extra,
  };
  return { meta, arrays };
}

function layerReadings(network, layer, k) {
  const last = k === network.layers.length;
  const field = network.fixedFields?.[k] ?? network.fields(k, last ? 64 : 32);
  return {
    [`${k}/field`]: field, [`${k}/weight`]: layer.weight, [`${k}/bias`]: layer.bias, [`${k}/activation`]: layer.a, [`${k}/delta`]: layer.delta,
    [`${k}/weight_histogram`]: histogram([...layer.weight]), [`${k}/gradient_histogram`]: histogram([...layer.gradient]),
  };
}

/** Activations of every layer at a place of the plane, inputs first: what the service's neuron_values says. */
export function valuesAt(network, x, y) {
  const inputs = [x / 3, y / 3].concat(Array(network.sizes[0] - 2).fill(0.3));
  network.forward(inputs);
  return { layers: [inputs, ...network.layers.map(({ a }) => [...a])] };
}

/** Hidden layers' spaces on the plane: their first two neurons in place of two components. `fixedSpaces` wins. */
function spaces(network) {
  const found = {};
  if (network.sizes[0] === 64) return found;
  const places = Array.from({ length: 50 }, (_, i) => [network.points[2 * i], network.points[2 * i + 1]]);
  for (let i = 0; i < 441; i++) places.push([(((i % 21) + 0.5) / 21) * 12 - 6, 6 - ((Math.floor(i / 21) + 0.5) / 21) * 12]);
  const all = places.map(([x, y]) => valuesAt(network, x, y).layers);
  for (let k = 1; k < network.layers.length; k++) {
    found[`${k}/space`] = network.fixedSpaces?.[k] ?? Float32Array.from(all.flatMap((layers) => [layers[k][0], layers[k][1] ?? 0]));
    found[`${k}/space_share`] = Float32Array.of(0.9, 0.07);
  }
  return found;
}

function layersReadings({ layers, inputs, rate }) {
  return {
    "layers/activation_magnitude": Float32Array.from([mean(inputs), ...layers.map(({ a }) => mean(a))]),
    "layers/delta_magnitude": Float32Array.from(layers, ({ delta }) => mean(delta)),
    "layers/update_ratio": Float32Array.from(layers, ({ gradient, weight }) => (rate * norm(gradient)) / norm(weight)),
  };
}

function curves({ step }) {
  const steps = Float32Array.from({ length: 100 }, (_, i) => (i * step) / 100);
  const fall = (scale) => steps.map((s) => scale * Math.exp(-s / 2000) + 0.02);
  return { "curves/step": steps, "curves/train_loss": fall(0.5), "curves/test_loss": fall(0.6), "output/confusion": Object.assign(Int32Array.from([120, 5, 9, 116]), { shape: [2, 2] }) };
}

function synapse({ window, next, synapse: weights }) {
  const spikes = (count) => Float32Array.from({ length: count }, () => next() * 200).sort();
  const time = Float32Array.from({ length: 100 }, (_, i) => i * 2);
  const decay = (tau, from) => time.map((t) => Math.exp(-((t + from) % 70) / tau));
  return {
    "synapse/window": Float32Array.from(window.flat()), "synapse/pre_spikes": spikes(7), "synapse/post_spikes": spikes(4), "synapse/trace_time": time,
    "synapse/traces": Float32Array.from([...decay(17, 0), ...decay(34, 30), ...decay(114, 30)]), "synapse/weight": Float32Array.from(weights),
  };
}

function focus({ layers, rate }) {
  const update = -rate * layers[0].gradient[0];
  const parts = [update * 0.6, update * 0.5, 0, -update * 0.1];
  return { "focus/weight": Float64Array.of(layers[0].weight[0]), "focus/update": Float64Array.of(update), "focus/update_parts": Float64Array.from(parts) };
}

/** An answer to the slow_motion ask, of the network as it is. */
export function slowAnswer(network) {
  const target = [1];
  const before = network.layers.map(({ weight, bias }) => [weight.slice(), bias.slice()]);
  network.update([0.5, -0.2].concat(Array(network.sizes[0] - 2).fill(0.3)), 1);
  const rows = (flat, n) => Array.from({ length: flat.length / n }, (_, j) => [...flat.subarray(j * n, (j + 1) * n)]);
  const layers = network.layers.map((layer, k) => {
    const n = network.sizes[k];
    const step = (values) => values.map((row) => row.map((value) => -network.rate * value));
    return {
      weights: rows(before[k][0], n), bias: [...before[k][1]], z: [...layer.z], activation: [...layer.a], activation_name: "tanh", delta: [...layer.delta],
      weight_gradient: rows(layer.gradient, n), bias_gradient: [...layer.delta], weight_update: step(rows(layer.gradient, n)), bias_update: [...layer.delta].map((value) => -network.rate * value),
    };
  });
  const answer = layers.at(-1).activation[0];
  return { example: 0, inputs: network.inputs, target, layers, loss: 0.5 * (answer - 1) ** 2, loss_name: "squared_error", output_name: "tanh", learning_rate: network.rate, optimiser: "sgd", regularisation: "none", step: network.step };
}

/** The context a view would hand to its panels; `calls` keeps what they asked for. */
export function makeContext(colours, statics, data = {}) {
  const calls = { select: [], command: [], change: [], ask: [], emit: [] };
  const handlers = [];
  const context = {
    data: { badges: {}, figures: [], controls: [], spec: { dataset: statics.meta.task === "digits" ? "digits" : "circle" }, ...data },
    statics, colours, calls, run: {}, answers: {},
    select: (focus) => calls.select.push(focus),
    command: async (command) => (calls.command.push(command), context.refusal ? { ok: false, error: context.refusal, code: 422 } : { ok: true }),
    ask: async (probe, parameters) => {
      calls.ask.push([probe, parameters]);
      const answer = context.answers[probe];
      return typeof answer === "function" ? answer(parameters) : answer;
    },
    requestChange: (fields) => calls.change.push(fields),
    plotly: () => Promise.reject(new Error("The charts could not be loaded.")), theme: () => "light",
    on: (event, handler) => (handlers.push([event, handler]), () => {}),
    emit: (event, value) => { calls.emit.push([event, value]); for (const [name, handler] of handlers) if (name === event) handler(value); },
  };
  return context;
}

/** Makes the panels on the page; `state` is what tests look at. */
export const state = {};

export async function start(panels, sizes, classes, data) {
  const { Palette } = await import("/live/colour.js");
  const room = document.getElementById("room");
  room.className = classes;
  const network = new TinyNetwork(sizes);
  const statics = sizes[0] === 64 ? digitsStatics(sizes) : planeStatics(network);
  Object.assign(statics.meta, data?.meta);
  Object.assign(statics.arrays, data?.arrays);
  const context = makeContext(new Palette(room), statics, data);
  Object.assign(state, { room, network, context, panels: [] });
  for (const name of panels) {
    const { create } = await import(`/live/panels/${name}.js`);
    for (const panel of [create(context)].flat().filter(Boolean)) {
      room.append(panel.element);
      state.panels.push(panel);
    }
  }
  // Two animation frames: the resize observers have measured every canvas.
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

export function draw(steps, meta) {
  state.network.train(steps);
  state.frame = frameOf(state.network, meta);
  for (const panel of state.panels) panel.draw(state.frame);
}

/**
 * What a race adds to a frame: `lanes` are [{lane, name, test_loss, …}], `race` is its standing, and every lane has curves.
 * Pass the result's `meta` to draw() and lay its `arrays` into the frame (see `drawRace`).
 */
export function raceOf(lanes, race, settings = {}) {
  const described = lanes.map((lane) => ({ change: {}, from_step: 0, closed: false, halted: null, seconds: 0.01 * lane.lane, train_loss: 0.4, test_loss: 0.5, train_accuracy: 0.8, test_accuracy: 0.75, health: [], name: "as set", ...lane }));
  const compute = { lanes: lanes.map(({ lane }) => ({ lane, forward_ms: 0.002 * lane, backward_ms: 0.003, update_ms: 0.001, multiplications: { forward: 880, backward: 1600, update: 105 } })), probes_ms: 0.8 };
  const places = described.map(({ lane, test_loss: value }) => ({ lane, updates: null, seconds: null, value }));
  const standing = { rule: "", by: "updates", winner: null, settled: false, lanes: places, ...race };
  return { lanes: described, compute, problem: "classes", race: standing, settings: { learning_rate: 0.03, momentum: 0.9, regularisation_rate: 0.001, race_rule: "reach", race_by: "updates", race_goal: 0.05, race_limit: 2000, ...settings } };
}

/** Curves of each lane up to `step`; its own seconds are `step` times its number times 10 µs. */
export function raceArrays(lanes, step) {
  const arrays = {};
  for (const { lane } of lanes) {
    const prefix = lane === 1 ? "" : `${lane}:`;
    const steps = Float32Array.from({ length: 100 }, (_, i) => (i * step) / 99);
    arrays[`${prefix}curves/step`] = steps;
    arrays[`${prefix}curves/seconds`] = steps.map((s) => s * lane * 1e-5);
    arrays[`${prefix}curves/test_loss`] = steps.map((s) => 0.6 * Math.exp((-s * lane) / 2000) + 0.01);
    arrays[`${prefix}output/field`] = Uint8Array.from({ length: 4096 }, (_, i) => (i * lane + step) % 256);
  }
  return arrays;
}

/** One frame of a race. */
export function drawRace(step, lanes, race, settings, extra = {}) {
  if (state.network.step === 0) state.network.train(1);
  const meta = { ...raceOf(lanes, race, settings), step, head: step, branch: 0, ...extra };
  const frame = frameOf(state.network, meta);
  Object.assign(frame.arrays, raceArrays(lanes, step));
  state.frame = frame;
  for (const panel of state.panels) panel.draw(frame);
}
