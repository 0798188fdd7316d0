// When the data that a run names are gone, there are other data to go on with, and the drawer to bring those again;
// where first weights do not suit the network, it can draw its own.

import { button } from "./panels/markup.js";
import { pressed } from "./press.js";

const OTHERS = { lab: {
  content: { "Use the starter points": { dataset: "own", content: null }, "Use the circle": { dataset: "circle", content: null } },
  weights: { "Draw the weights from the seed": { weights: null } },
}, convnet: {
  content: { "Use the MNIST digits": { dataset: "mnist", content: null }, "Use patches of photographs": { dataset: "patches", content: null } },
} };
const MENDS = { lab: "own_data", convnet: "own_images" }; // the tool that brings the data again

/** Buttons for a run that could not begin; none where trying again is all that helps. */
export function waysOn(view, refusal) {
  const { layout } = view.data;
  if (refusal.field === "content" && MENDS[layout]) lend(view, MENDS[layout]);
  return Object.entries(OTHERS[layout]?.[refusal.field] ?? {}).map(([label, fields]) => {
    const made = button(label, () => pressed(made, () => view.requestChange(fields, true), (error) => view.stage.say(error.message)));
    return made;
  });
}

/** The service's sentence without the name of the spec's field, which says nothing where no field is in sight. */
export function plain({ message, field }) {
  const words = field && message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message;
  return words[0].toUpperCase() + words.slice(1);
}

/** One panel without a run; the next run makes all of them anew. */
async function lend(view, name) {
  const { turn } = view.attachment;
  const [modules] = await Promise.all([view.modules, view.stage.styled]);
  if (turn !== view.attachment.turn) return;
  view.statics = null;
  view.painter.clear();
  view.layout.fill(modules.filter((module) => module.name === name), view.context, (panel, host) => view.painter.add(panel, host));
}
