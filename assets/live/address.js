// The address bar holds the whole configuration: what the page says, and over it the live values of the run.

/** Which parameters the address should hold: [name, text] of every field that differs from the default. */
export function parameters(data, settings) {
  const link = { ...data.link };
  for (const { field } of data.controls) {
    if (!(field in settings)) continue;
    const [value, usual] = [settings[field], data.defaults[field] ?? null];
    if (value === usual || value === null) delete link[field];
    else link[field] = String(value);
  }
  return Object.entries(link);
}

/** Rewrites the address in place. Parameters that are no fields of the experiment (embedding options) stay. */
export function writeAddress(data, settings) {
  const url = new URL(location.href);
  const fields = new Set([...Object.keys(data.spec), ...Object.keys(data.defaults), ...Object.keys(data.link)]);
  for (const name of [...url.searchParams.keys()]) if (fields.has(name)) url.searchParams.delete(name);
  for (const [name, text] of parameters(data, settings)) url.searchParams.set(name, text);
  if (url.href !== location.href) history.replaceState(history.state, "", url);
}
