// A goal that lies behind the moment of a copy would settle the race before it begins: a lower one is set with the copy.

import { plain } from "./race_words.js";
import { reading } from "./reading.js";

/** {goal, sentence} where the first lane has come to the goal already; null where the goal still lies ahead, or is no goal. */
export function loweredGoal(frame) {
  const { settings = {}, lanes = [], race, test_loss: told } = frame.meta;
  const { race_rule: rule = "reach", race_goal: goal } = settings;
  const present = lanes.find(({ lane }) => lane === 1)?.test_loss ?? told;
  if (rule !== "reach" || !(goal > 0) || !(present > 0)) return null;
  const least = Math.min(present, lowest(reading(frame, "curves/test_loss")));
  const place = race?.lanes?.find(({ lane }) => lane === 1);
  if (!(least <= goal) && !Number.isFinite(place?.updates)) return null;
  // A loss that has risen since then may have been below half of the present one.
  const risen = least <= present / 2;
  const lower = Number(((risen ? least : present) / 2).toPrecision(2));
  if (!(lower > 0)) return null;
  return { goal: lower, sentence: `The goal is now ${plain(lower)}, half of the ${risen ? "lowest test loss before they parted" : "test loss where they parted"}.` };
}

function lowest(losses) {
  let least = Infinity;
  for (const loss of losses ?? []) if (loss < least) least = loss;
  return least;
}
