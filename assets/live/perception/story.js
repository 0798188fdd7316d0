// What is told below the verdict: people's report or why there is none, each account's answer, and who agrees as things stand.

import { number } from "../panels/format.js";
import { agrees, difference } from "./verdict.js";

const OWN_GREY = new Set(["simultaneous_contrast", "white"]);
const MIDDLE = 0.5; // the luminance around the picture
const UNITS = "Models’ differences are in % of the range of their response over the picture, judges’ in points of reflectance.";

/** `reported` is null where no report speaks of this picture; `answers` as the verdict takes them. */
export function story({ spec, result }, people, reported, { dog, odog, judge }) {
  const networks = judge ? `The two judges say ${judge.map(difference).join(" and ")}.` : "";
  const filters = `The round filter with a centre of ${number(spec.dog_centre)} degrees says ${difference(dog[0])}. ODOG says ${difference(odog[0])}.`;
  const accounts = [["the round filter", dog], ["ODOG", odog], ...(judge && !people.judges_spared ? [["both judges", judge]] : [])];
  return [result.unreported || people.sentence, filters, networks, agreement(accounts, reported), UNITS, scaled(spec)].filter(Boolean).join(" ");
}

/** Which accounts answer as people do at these settings; empty without a report. `accounts` [[name, answers]]. */
export function agreement(accounts, reported) {
  if (reported === null) return "";
  const marked = (mark) => accounts.filter(([, answers]) => agrees(answers, reported).mark === mark).map(([name]) => name);
  const parts = [["as people see it", marked("✓")], ["not so", marked("✗")]].filter(([, names]) => names.length).map(([words, names]) => `${words}: ${names.join(", ")}`);
  return `At these settings, ${parts.join("; ")}${marked("◐").length ? `${parts.length ? "; " : ""}the two judges disagree` : ""}.`;
}

/** Why the slider of contrast leaves both filters' numbers where they are: every deviation from the ground is scaled alike. */
function scaled({ illusion, grey }) {
  const alike = !OWN_GREY.has(illusion) || grey === MIDDLE;
  return alike ? "A filter’s response and its range both scale with contrast here, so the share does not change with it." : "";
}
