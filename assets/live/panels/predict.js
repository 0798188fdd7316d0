// A question before the run, and what came of it.

export function create() {
  return null;
}
