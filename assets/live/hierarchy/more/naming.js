// Names of stages and rungs as people read them, and the mean of what is known.

const BRAIN = { retina: "Retina", v1_simple: "V1 simple", v1_complex: "V1 complex", c1: "C1", s2: "S2", c2: "C2", pixels: "Pixels", IT: "People’s IT" };

/** "stage3" → "Stage 3"; the brain's rungs and the pixels have names of their own. */
export const title = (stage) => BRAIN[stage] ?? stage.charAt(0).toUpperCase() + stage.slice(1).replace(/(\d)/, " $1");

/** null where nothing is known. */
export function mean(values) {
  const known = values.filter((value) => value !== null);
  return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
}
