// The tree of a run's branches.

export function create() {
  return null;
}
