// A plain training loop in scalar JavaScript, one example after another: the yardstick of this machine.
// node scalar_loop.js 2-4-2-1 1.5 → {"epoch_ms": …} for 250 points, batches of 10, tanh, squared error.
"use strict";

const POINTS = 250;
const BATCH = 10;
const RATE = 0.03;

function layer(inputs, outputs) {
  return {
    inputs,
    outputs,
    weights: Float64Array.from({ length: inputs * outputs }, () => Math.random() - 0.5),
    biases: new Float64Array(outputs),
    weightSums: new Float64Array(inputs * outputs),
    biasSums: new Float64Array(outputs),
    activation: new Float64Array(outputs),
    delta: new Float64Array(outputs),
  };
}

function circle() {
  return Array.from({ length: POINTS }, (_, n) => {
    const radius = n % 2 ? 2.5 * Math.random() : 3.5 + 1.5 * Math.random();
    const angle = 2 * Math.PI * Math.random();
    return { input: Float64Array.of(radius * Math.cos(angle), radius * Math.sin(angle)), target: n % 2 ? 1 : -1 };
  });
}

function forward(network, input) {
  let before = input;
  for (const { inputs, outputs, weights, biases, activation } of network) {
    for (let j = 0; j < outputs; j++) {
      let sum = biases[j];
      for (let i = 0; i < inputs; i++) sum += weights[j * inputs + i] * before[i];
      activation[j] = Math.tanh(sum);
    }
    before = activation;
  }
  return before[0];
}

function backward(network, input, error) {
  network[network.length - 1].delta[0] = error;
  for (let k = network.length - 1; k >= 0; k--) {
    const { inputs, outputs, weights, weightSums, biasSums, activation, delta } = network[k];
    const before = k ? network[k - 1].activation : input;
    const errors = k ? network[k - 1].delta : null;
    if (errors) errors.fill(0);
    for (let j = 0; j < outputs; j++) {
      const slope = delta[j] * (1 - activation[j] * activation[j]);
      biasSums[j] += slope;
      for (let i = 0; i < inputs; i++) {
        weightSums[j * inputs + i] += slope * before[i];
        if (errors) errors[i] += weights[j * inputs + i] * slope;
      }
    }
  }
}

function update(network) {
  for (const { weights, biases, weightSums, biasSums } of network) {
    for (let i = 0; i < weights.length; i++) weights[i] -= (RATE * weightSums[i]) / BATCH;
    for (let j = 0; j < biases.length; j++) biases[j] -= (RATE * biasSums[j]) / BATCH;
    weightSums.fill(0);
    biasSums.fill(0);
  }
}

function shuffle(points) {
  for (let n = points.length - 1; n > 0; n--) {
    const other = Math.floor(Math.random() * (n + 1));
    [points[n], points[other]] = [points[other], points[n]];
  }
}

function epoch(network, points) {
  shuffle(points);
  for (let n = 0; n < POINTS; n++) {
    const { input, target } = points[n];
    backward(network, input, forward(network, input) - target);
    if ((n + 1) % BATCH === 0) update(network);
  }
}

const sizes = process.argv[2].split("-").map(Number);
const seconds = Number(process.argv[3]);
const network = sizes.slice(1).map((outputs, k) => layer(sizes[k], outputs));
const points = circle();
const clock = () => Number(process.hrtime.bigint()) / 1e6;
for (let warm = clock(); clock() - warm < 300; ) epoch(network, points);
let epochs = 0;
const begun = clock();
while (clock() - begun < seconds * 1000) {
  epoch(network, points);
  epochs += 1;
}
console.log(JSON.stringify({ epoch_ms: (clock() - begun) / epochs }));
