// Each layer's space as a plane.

export function create() {
  return null;
}
