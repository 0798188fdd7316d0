// One update taken apart: the list of moments (forward, loss, backward, update) with their formulas in live numbers.

import { number, signed } from "./format.js";

export const SHOWN = 8;
const SUBSCRIPT = "₀₁₂₃₄₅₆₇₈₉";

const sub = (index) => String(index + 1).replace(/\d/g, (digit) => SUBSCRIPT[digit]);
const term = (value) => (value < 0 ? `(${number(value)})` : number(value));

/** The moments in order: {kind, layer} with kind inputs, forward, loss, backward or update. */
export function moments(answer) {
  const layers = answer.layers.map((_, k) => k + 1);
  return [
    { kind: "inputs", layer: 0 },
    ...layers.map((layer) => ({ kind: "forward", layer })),
    { kind: "loss", layer: layers.length },
    ...[...layers].reverse().map((layer) => ({ kind: "backward", layer })),
    ...layers.map((layer) => ({ kind: "update", layer })),
  ];
}

export function title({ kind, layer }, last) {
  const place = layer === last ? "the output" : `layer ${layer}`;
  return {
    inputs: "The example comes in", forward: `Forward: ${place}`, loss: "The loss",
    backward: `Backward: the error of ${place}`, update: `Update: the weights into ${place}`,
  }[kind];
}

/** {general, worked[], table: {head[], rows[][]}} for one moment and one neuron. */
export function explain(answer, moment, neuron, names) {
  return { inputs, forward, loss, backward, update }[moment.kind](answer, moment.layer, neuron, names);
}

const below = (answer, layer) => (layer === 1 ? answer.inputs : answer.layers[layer - 2].activation);

/** "0.3·0.5 + (−0.2)·0.1 + …": the first eight products, and how many more there are. */
function products(left, right) {
  const shown = left.slice(0, SHOWN).map((value, i) => `${term(value)}·${term(right[i])}`);
  return shown.join(" + ") + (left.length > SHOWN ? ` + … (${left.length - SHOWN} more)` : "");
}

function inputs(answer, _layer, _neuron, names) {
  return {
    general: "a⁰ = x, the example's features",
    worked: [`Example ${answer.example}, target ${answer.target.map((value) => number(value)).join(", ")}${trueClass(answer, names)}`],
    table: { head: ["feature", "value"], rows: answer.inputs.slice(0, SHOWN).map((value, i) => [names(0, i), number(value)]) },
    more: answer.inputs.length,
  };
}

/** Which class a target of zeros and a one stands for. */
function trueClass({ target, layers }, names) {
  return target.length > 1 ? `: ${names(layers.length, target.indexOf(1))}` : "";
}

function forward(answer, layer, j, names) {
  const here = answer.layers[layer - 1];
  const a = below(answer, layer);
  const z = `z${sub(j)} = ${products(here.weights[j], a)} + ${term(here.bias[j])} = ${number(here.z[j])}`;
  const name = here.activation_name;
  const squash = name === "softmax" ? `a${sub(j)} = e^z${sub(j)} / Σ e^z = ${number(here.activation[j])}` : `a${sub(j)} = ${name}(${number(here.z[j])}) = ${number(here.activation[j])}`;
  return {
    general: "z = w·a + b,  a = f(z)",
    worked: [z, squash],
    table: { head: ["neuron", "z", "a"], rows: here.z.slice(0, SHOWN).map((value, i) => [names(layer, i), number(value), number(here.activation[i])]) },
    more: here.z.length,
  };
}

function loss(answer, layer, _neuron, names) {
  const a = answer.layers[layer - 1].activation;
  const y = answer.target;
  const squared = answer.loss_name === "squared_error";
  const result = number(answer.loss);
  return {
    general: squared ? "L = ½ Σ (a − y)²" : answer.output_name === "softmax" ? "L = −ln a of the true class" : "L = −y ln a − (1 − y) ln(1 − a)",
    worked: [squared ? `L = ½·(${number(a[0])} − ${term(y[0])})² = ${result}` : crossEntropy(a, y, answer.output_name, result)],
    table: { head: ["output", "a", "target"], rows: a.slice(0, 10).map((value, i) => [names(layer, i), number(value), number(y[i])]) },
    more: a.length <= 10 ? 0 : a.length,
  };
}

function crossEntropy(a, y, output, result) {
  if (output === "softmax") return `L = −ln ${number(a[y.indexOf(1)])} = ${result}`;
  return `L = −${number(y[0])}·ln ${number(a[0])} − ${number(1 - y[0])}·ln ${number(1 - a[0])} = ${result}`;
}

function backward(answer, layer, j, names) {
  const here = answer.layers[layer - 1];
  const last = layer === answer.layers.length;
  const table = { head: ["neuron", "δ = ∂L/∂z"], rows: here.delta.slice(0, SHOWN).map((value, i) => [names(layer, i), number(value)]) };
  return { ...(last ? atOutput(answer, here, j) : hidden(here, answer.layers[layer], j)), table, more: here.delta.length };
}

function atOutput(answer, here, j) {
  const [a, y, delta] = [here.activation[j], answer.target[j], number(here.delta[j])];
  if (answer.loss_name === "cross_entropy") return { general: "δ = a − y", worked: [`δ${sub(j)} = ${number(a)} − ${term(y)} = ${delta}`] };
  return { general: "δ = (a − y)·f′(z)", worked: [`δ${sub(j)} = (${number(a)} − ${term(y)})·${term(slope(here, j))} = ${delta}`] };
}

function hidden(here, above, j) {
  const column = above.weights.map((row) => row[j]);
  const back = column.reduce((sum, weight, i) => sum + weight * above.delta[i], 0);
  return {
    general: "δ = (Wᵀ δ of the next layer)·f′(z)",
    worked: [`sum = ${products(column, above.delta)} = ${number(back)}`, `δ${sub(j)} = ${number(back)}·${term(slope(here, j))} = ${number(here.delta[j])}`],
  };
}

/** f′(z), from the activation where that is enough. */
function slope({ activation, activation_name: name, z }, j) {
  const a = activation[j];
  return { tanh: 1 - a * a, sigmoid: a * (1 - a), relu: z[j] > 0 ? 1 : 0 }[name] ?? 1;
}

function update(answer, layer, j, names) {
  const here = answer.layers[layer - 1];
  const a = below(answer, layer);
  const row = (i) => [names(layer - 1, i), number(a[i]), number(here.weight_gradient[j][i]), signed(here.weight_update[j][i]), number(here.weights[j][i] + here.weight_update[j][i])];
  const plain = answer.optimiser === "sgd" && (answer.regularisation ?? "none") === "none";
  const first = `∂L/∂w = δ${sub(j)}·a = ${term(here.delta[j])}·${term(a[0])} = ${number(here.weight_gradient[j][0])}`;
  const step = plain
    ? `Δw = −η·∂L/∂w = −${number(answer.learning_rate)}·${term(here.weight_gradient[j][0])} = ${signed(here.weight_update[j][0])}`
    : `Δw = ${signed(here.weight_update[j][0])}, by ${answer.optimiser} with learning rate ${number(answer.learning_rate)}`;
  return {
    general: plain ? "∂L/∂w = δ·a,  Δw = −η·∂L/∂w" : "∂L/∂w = δ·a,  Δw from the optimiser",
    worked: [`Weight from ${names(layer - 1, 0)}: ${first}`, step],
    table: { head: ["from", "a", "∂L/∂w", "Δw", "new w"], rows: a.slice(0, SHOWN).map((_, i) => row(i)) },
    more: a.length,
  };
}
