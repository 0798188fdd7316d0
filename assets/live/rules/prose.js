// "What you are seeing": three sentences, every number of them out of the frame that is drawn.

import { whole } from "../panels/format.js";
import { element, say, section } from "../panels/markup.js";
import { layerName } from "../panels/reading.js";
import { themed } from "../panels/surface.js";
import { accuracyText, isMeasured } from "./lanes_standing.js";
import { titleOf } from "./marks.js";

class ProsePanel {
  constructor(context) {
    Object.assign(this, { context, name: "prose", title: "What you are seeing", every: 600, readings: [] });
    const { root } = section("prose", this.title);
    this.sentences = [0, 1, 2].map(() => element("span"));
    root.append(element("p", { class: "px-sentences" }, this.sentences.flatMap((sentence) => [sentence, " "])));
    this.element = root;
    this.stopTheme = themed(context, root);
  }

  draw({ meta }) {
    const { lanes: described, sizes, measured, test_examples: held } = this.context.statics.meta;
    const hidden = sizes.length - 2;
    const lanes = (meta.lanes ?? []).map((lane) => ({ ...lane, name: titleOf(lane, described), other: answersOtherwise(described.find((one) => one.lane === lane.lane), hidden) }));
    const told = [leading(meta, lanes, measured?.test ?? held), halted(lanes) || against(lanes, meta.control), turned(lanes, sizes.length - 1)];
    this.sentences.forEach((sentence, i) => say(sentence, told[i]));
  }

  resize() {}

  destroy() {
    this.stopTheme();
  }
}

const learning = (lanes) => lanes.filter((lane) => !lane.halted && isMeasured(lane));

/** Which rule leads, and what the control reaches. */
export function leading({ step, control }, lanes, held) {
  if (!step) return `Before the first update all lanes have the same weights${named(lanes, ", and all but {} answer alike")}: press Play, or Step for one update.`;
  const rules = learning(lanes).filter(({ lane }) => lane !== control);
  const floor = lanes.find(({ lane }) => lane === control);
  if (!rules.length) return `After ${whole(step)} updates only the control is left.`;
  const best = rules.reduce((top, lane) => (lane.test_accuracy > top.test_accuracy ? lane : top));
  const level = rules.filter((lane) => lane !== best && lane.test_accuracy === best.test_accuracy);
  const who = level.length ? `${[best, ...level].map(({ name }) => name).join(", ").replace(/, ([^,]*)$/, " and $1")} lead level, with` : `${best.name} leads with`;
  const control_ = floor && isMeasured(floor) ? `; the control, whose hidden layers do not learn, reaches ${accuracyText(floor.test_accuracy)}` : "";
  return `At update ${whole(best.measured_at)} ${who} ${accuracyText(best.test_accuracy)} of ${whole(held)} held-out examples right${control_}.`;
}

/** The text with the lanes that answer by another forward pass in its place; nothing where there are none. */
function named(lanes, text) {
  const names = lanes.filter(({ other }) => other).map(({ name }) => name);
  return names.length ? text.replace("{}", names.join(" and ")) : "";
}

/** Forward-forward normalises between layers, and equilibrium propagation settles where two hidden layers can disagree. */
export function answersOtherwise(described, hidden) {
  return described?.network === "normalised" || (described?.network === "relaxing" && hidden > 1);
}

/** How many rules gain by changing hidden layers at all, so far. */
export function against(lanes, control) {
  const floor = lanes.find(({ lane }) => lane === control);
  const rules = learning(lanes).filter(({ lane }) => lane !== control);
  if (!floor || !isMeasured(floor) || !rules.length || !floor.measured_at) return "";
  const above = rules.filter(({ test_accuracy: accuracy }) => accuracy > floor.test_accuracy);
  const below = rules.filter(({ test_accuracy: accuracy }) => accuracy < floor.test_accuracy);
  const level = rules.length - above.length - below.length;
  const names = (some) => some.map(({ name }) => name).join(", ");
  const parts = [above.length && `above it ${names(above)}`, level && `level with it ${names(rules.filter((lane) => !above.includes(lane) && !below.includes(lane)))}`, below.length && `below it ${names(below)}`].filter(Boolean);
  const apart = named(rules, rules.filter(({ other }) => other).length > 1 ? " {} answer by another forward pass: the control is not their own." : " {} answers by another forward pass: the control is not its own.");
  return `Now ${above.length === 1 ? "stands" : "stand"} ${parts.join("; ")}.${apart}`;
}

export function halted(lanes) {
  return lanes.map(({ halted: sentence }) => sentence).filter(Boolean).join(" ");
}

/** The angle of the lane whose direction comes from elsewhere than the gradient: feedback alignment's first. */
export function turned(lanes, layers) {
  if (layers < 2) return "";
  const angled = (lane) => lane && !lane.halted && Number.isFinite(lane.angles?.[0]);
  const lane = ["feedback_alignment", "direct_feedback_alignment", "sign_symmetric"].map((rule) => lanes.find((one) => one.rule === rule)).find(angled)
    ?? lanes.find((one) => angled(one) && one.angles[0] > 1);
  if (!lane) return "";
  const angle = Math.round(lane.angles[0]);
  const means = angle > 85 && angle < 95 ? "all but at a right angle to" : angle >= 95 ? "more away from than along" : "more along than away from";
  return `In ${layerName(1, layers)} the last measured step of ${lane.name} lay ${angle}° from the gradient: ${means} the way on which the batch’s loss falls fastest.`;
}

export function create(context) {
  return context.statics?.meta?.lanes?.length ? new ProsePanel(context) : null;
}
