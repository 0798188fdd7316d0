// Sends a command and shows a refusal as its sentence, next to the control that caused it.

import { say } from "./markup.js";

export async function send(context, command, status) {
  try {
    const reply = await context.command(command);
    if (reply && reply.ok === false) throw new Error(reply.error);
    say(status, "");
    return true;
  } catch (error) {
    say(status, error?.message || "The service did not take this change; try again.");
    return false;
  }
}
