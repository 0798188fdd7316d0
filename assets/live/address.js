// The address bar holds the whole configuration: what the page says, and over it the live values of the run.

/** Characters of a query that every browser and proxy carries, and that a page reads (pages/ui/link.py). */
export const LONGEST = 6000;

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

/** The address of this configuration; `further` {name: text} lies over it, and null takes a field away.
    Parameters that are no fields of the experiment (embedding options) stay. */
export function addressOf(data, settings, further = {}) {
  const url = new URL(location.href);
  const fields = new Set(["hide", ...Object.keys(data.spec), ...Object.keys(data.defaults), ...Object.keys(data.link)]);
  for (const name of [...url.searchParams.keys()]) if (fields.has(name)) url.searchParams.delete(name);
  for (const [name, text] of parameters(data, settings)) url.searchParams.set(name, text);
  for (const [name, text] of Object.entries(further)) {
    if (text === null) url.searchParams.delete(name);
    else url.searchParams.set(name, text);
  }
  return url;
}

/** Rewrites the address in place. */
export function writeAddress(data, settings) {
  const url = addressOf(data, settings);
  if (url.href !== location.href) history.replaceState(history.state, "", url);
}
