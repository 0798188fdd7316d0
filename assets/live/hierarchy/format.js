// Numbers of this page beside the shared ones.

import { minus } from "../panels/format.js";

export { minus, number, percent, whole } from "../panels/format.js";

/** A correlation, with two digits behind the point: more would say more than one photograph can. */
export function similarity(r) {
  if (r === null || r === undefined || Number.isNaN(r)) return "not defined";
  const text = r.toFixed(2);
  return text === "-0.00" ? "0.00" : minus(text);
}
