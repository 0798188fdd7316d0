// Takes pictures to the service: a job reads them and tells of its progress; what it read is kept under a content id.

import { Refusal, session } from "../analysis.js";

const BETWEEN_LOOKS = 150; // ms
const UNREACHED = "The service cannot be reached. Check the connection and try again.";

async function asked(address, options) {
  const response = await fetch(address, { ...options, headers: { "X-Parallax-Session": session(), ...options?.headers } }).catch(() => { throw new Refusal(UNREACHED); });
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Refusal(body?.error ?? `The service refused this (${response.status}).`);
  return body;
}

/** The form of a zip, or of files with the class of each. */
export function formOf({ archive, classes }) {
  const form = new FormData();
  if (archive) {
    form.append("archive", archive, "archive.zip");
    return form;
  }
  const files = classes.flatMap(({ name, files: own }) => own.map((file) => [name, file]));
  for (const [, file] of files) form.append("files", file, file.name);
  form.append("classes", JSON.stringify(files.map(([name]) => name)));
  return form;
}

/** What was read, with its content id. `progress(sentence, share)`. Rejects with a Refusal that holds a sentence. */
export async function readImages(api, what, progress) {
  progress("Sending the pictures", 0.02);
  const { job_id: id } = await asked(`${api}/image-sets`, { method: "POST", body: formOf(what) });
  for (;;) {
    const job = await asked(`${api}/jobs/${id}`);
    if (job.status === "done") break;
    if (!["queued", "running"].includes(job.status)) throw new Refusal(job.error ?? "The pictures could not be read.");
    progress(job.doing.charAt(0).toUpperCase() + job.doing.slice(1), 0.1 + 0.9 * job.progress);
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS));
  }
  return asked(`${api}/image-sets/keep`, { method: "POST", body: JSON.stringify({ job_id: id }), headers: { "Content-Type": "application/json" } });
}
