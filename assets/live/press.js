// A press is acknowledged at once, before the service answers; keys stay inside the live view.

const SHOWN = 140; // ms that a press stays visible at least

/** Runs `act` for a pressed control; marks it busy within the same task, so the next painted frame shows it. */
export async function pressed(control, act, failed) {
  control.setAttribute("aria-busy", "true");
  const began = performance.now();
  try {
    await act();
  } catch (error) {
    failed(error);
  }
  setTimeout(() => control.removeAttribute("aria-busy"), Math.max(0, SHOWN - (performance.now() - began)));
}

const OWN_ARROWS = "input, select, textarea, [contenteditable], [role=slider], [role=grid], [role=listbox], [role=application]";
const OWN_SPACE = "button, summary, a[href], [role=button]";

/**
 * Calls keys[event.key] for plain keys inside `root`, except where the focused element uses that key itself. No key
 * event leaves the root: Streamlit listens at the document and would take some of them.
 */
export function listen(root, keys) {
  for (const type of ["keydown", "keyup", "keypress"]) root.addEventListener(type, (event) => event.stopPropagation());
  root.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (!act || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target.closest(OWN_ARROWS) || (event.key === " " && event.target.closest(OWN_SPACE))) return;
    if (act() !== false) event.preventDefault();
  });
}
