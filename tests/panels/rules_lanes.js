// Lanes of the learning rules without a service: statics and frames whose every number a test knows.

import { Palette } from "/live/colour.js";

const TITLES = { backpropagation: "Backpropagation", feedback_alignment: "Feedback alignment", oja: "Oja", equilibrium_propagation: "Equilibrium propagation", output_only: "Output layer only" };
const SIDE = 2;
const UNITS = 3;
const handlers = new Map();

// null stands for what is no number, which JSON has no word for
const array = (values, shape = [values.length], Kind = Float32Array) => Object.assign(Kind.from(values, (value) => value ?? NaN), { shape });
export const prefix = (lane) => (lane === 1 ? "" : `${lane}:`);

function describe(rules) {
  return rules.map((rule, i) => ({ lane: i + 1, rule, title: TITLES[rule], knows: [], network: rule === "equilibrium_propagation" ? "relaxing" : "dense" }));
}

/** `rules`: the control last. */
export async function start(panels, rules, { classes = "", plane = false } = {}) {
  const room = document.getElementById("room");
  room.replaceChildren();
  room.className = `px-root ${classes}`;
  await new Promise((loaded) => document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/live/rules/rules.css", onload: loaded })));
  const calls = { emitted: [], selected: 0 };
  const meta = { task: plane ? "plane" : "digits", sizes: [plane ? 2 : SIDE * SIDE, UNITS, 2, plane ? 1 : 10], classes: plane ? 2 : 10, lanes: describe(rules), features: { side: SIDE, count: UNITS }, train_examples: 900, test_examples: 359, measured: { train: 200, test: 359 } };
  const points = { "data/train_points": array([1, 1, -2, 3], [2, 2]), "data/train_labels": array([0, 1], [2], Int32Array) };
  handlers.clear();
  const context = {
    colours: new Palette(room), statics: { meta, arrays: plane ? points : {} }, data: { spec: {} }, calls,
    on: (event, handler) => { handlers.set(event, [...(handlers.get(event) ?? []), handler]); return () => {}; },
    emit: (event, value) => { calls.emitted.push([event, value]); for (const handler of handlers.get(event) ?? []) handler(value); },
    select: () => { calls.selected++; }, focus: () => null, status: () => "playing", theme: () => "light", projector: () => false, reducedMotion: () => true,
  };
  const made = [];
  for (const name of panels) {
    const { create } = await import(`/live/rules/${name}.js`);
    const panel = create(context);
    room.append(panel.element);
    made.push(panel);
  }
  window.bench = { context, panels: made, rules };
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}

/** `lanes`: [{test_accuracy, halted, …}] in order; `curves`: {lane: {name: [values]}}; `weights`: {lane: [values]}. */
export function draw({ step = 100, lanes, curves = {}, weights = {}, updates = {} }) {
  const { context, panels, rules } = window.bench;
  const { meta } = context.statics;
  const arrays = {};
  for (const { lane } of meta.lanes) {
    arrays[`${prefix(lane)}1/feature`] = array(Array.from({ length: UNITS * SIDE * SIDE }, (_, i) => (i * 37 + lane * 50 + step) % 256), [UNITS, SIDE, SIDE], Uint8Array);
    arrays[`${prefix(lane)}output/field`] = array(Array.from({ length: 16 }, (_, i) => (i * 16 + step) % 256), [1, 4, 4], Uint8Array);
    for (const [name, values] of Object.entries(curves[lane] ?? {})) arrays[`${prefix(lane)}curves/${name}`] = array(values);
    if (weights[lane]) arrays[`${prefix(lane)}1/weight`] = array(weights[lane], [UNITS, SIDE * SIDE]);
    if (updates[lane]) arrays[`${prefix(lane)}1/weight_update`] = array(updates[lane], [UNITS, SIDE * SIDE]);
  }
  const told = meta.lanes.map((lane, i) => ({ ...lane, rate: 0.3, halted: null, seconds: 0.5, test_loss: 0.25, test_accuracy: 0.9, measured_at: step, ...lanes?.[i] }));
  window.bench.frame = { meta: { step, status: "paused", control: rules.length, lanes: told }, arrays };
  for (const panel of panels) panel.draw(window.bench.frame);
}
