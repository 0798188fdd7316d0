// The address bar holds what can be opened again: packaged photographs, the open rung, the unit, and the sliders. Uploads expire, so
// they are not in it.

/** `wanted` {name: text or null}; null takes a name away. */
export function write(wanted) {
  const url = new URL(location.href);
  for (const [name, text] of Object.entries(wanted)) {
    if (text === null) url.searchParams.delete(name);
    else url.searchParams.set(name, text);
  }
  if (url.href !== location.href) history.replaceState(history.state, "", url);
}
