// What every neuron answers at a point.

export function create() {
  return null;
}
