// Lanes side by side, and who wins.

export function create() {
  return null;
}
