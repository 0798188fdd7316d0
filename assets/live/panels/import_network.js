// A network from elsewhere.

export function create() {
  return null;
}
