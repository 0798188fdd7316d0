// What a person answered: of the run in sight for as long as the tab lives, and which questions were right in this browser only.

const RUN = "parallax:prediction";
const TALLY = "parallax:predictions";

// A browser may forbid storage: then an answer is forgotten with the page, and nothing else is lost.
function read(storage, key) {
  try { return JSON.parse(window[storage].getItem(key)); } catch { return null; }
}

function write(storage, key, value) {
  try { window[storage].setItem(key, JSON.stringify(value)); } catch { /* as above */ }
}

/** {chosen, skipped, spoiled, revealed: {step, right, found} | null} of this question in this run. */
export function recall(run, name) {
  const kept = read("sessionStorage", RUN);
  return kept?.run === run && kept.name === name ? kept : { run, name, chosen: null, skipped: false, spoiled: false, revealed: null };
}

export function remember(answer) {
  write("sessionStorage", RUN, answer);
}

/** {right, asked}: every question counts once, by its first answer. */
export function tally() {
  const answers = Object.values(read("localStorage", TALLY) ?? {});
  return { right: answers.filter(Boolean).length, asked: answers.length };
}

export function count(name, right) {
  const answers = read("localStorage", TALLY) ?? {};
  if (name in answers) return;
  write("localStorage", TALLY, { ...answers, [name]: right });
}

export function forget() {
  write("localStorage", TALLY, {});
}
