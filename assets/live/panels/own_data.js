// A person's own points and tables.

export function create() {
  return null;
}
