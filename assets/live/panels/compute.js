// What learning costs.

export function create() {
  return null;
}
