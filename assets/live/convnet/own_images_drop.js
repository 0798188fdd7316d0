// What was dropped: files, and the files of dropped folders with the name of their folder.

const DEEPEST = 4; // folders in folders
const MOST = 1001; // files that are looked at: one more than are sent, so that too many are seen to be too many

/** A page on which something may be dropped must not be left for a file that missed its place. Returns the undo. */
export function guard(isOpen) {
  const keep = (event) => {
    if (!isOpen() || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    if (event.type === "dragover") event.dataTransfer.dropEffect = "none";
  };
  for (const type of ["dragover", "drop"]) window.addEventListener(type, keep);
  return () => { for (const type of ["dragover", "drop"]) window.removeEventListener(type, keep); };
}

/** `taken(dropped)` with what `dropped` resolves to, where `place` is let go of files; it is marked while they hover. */
export function dropPlace(place, taken) {
  for (const type of ["dragenter", "dragover", "dragleave", "drop"]) {
    place.addEventListener(type, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      event.stopPropagation();
      if (type === "dragover") event.dataTransfer.dropEffect = "copy";
      place.classList.toggle("px-own-over", type === "dragenter" || type === "dragover");
      if (type === "drop") dropped(event.dataTransfer).then(taken);
    });
  }
}

/** {files, folders: [{name, files}]}: loose files, and the folders with all that lies in them. */
async function dropped(transfer) {
  const files = [...transfer.files];
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()); // before the first await: items go with the event
  const folders = entries.filter((entry) => entry?.isDirectory);
  if (!folders.length) return { files, folders: [] };
  const named = new Set(folders.map(({ name }) => name));
  const loose = files.filter(({ name }) => !named.has(name));
  return { files: loose, folders: (await Promise.all(folders.map((folder) => classesOf(folder)))).flat() };
}

/** A folder of pictures is one class; a folder of folders is a class for each of these. */
async function classesOf(folder) {
  const inside = await listed(folder);
  const folders = inside.filter((entry) => entry.isDirectory);
  if (!folders.length || inside.length > folders.length) return [{ name: folder.name, files: await filesOf(folder, DEEPEST) }];
  return Promise.all(folders.map(async (entry) => ({ name: entry.name, files: await filesOf(entry, DEEPEST) })));
}

async function filesOf(folder, depth) {
  const found = [];
  for (const entry of await listed(folder)) {
    if (found.length >= MOST || entry.name.startsWith(".")) continue;
    if (entry.isFile) found.push(await new Promise((resolve, reject) => entry.file(resolve, reject)).catch(() => null));
    else if (depth > 0) found.push(...(await filesOf(entry, depth - 1)));
  }
  return found.filter(Boolean);
}

/** A reader gives a hundred at a time. */
async function listed(folder) {
  const reader = folder.createReader();
  const found = [];
  while (found.length < MOST) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject)).catch(() => []);
    if (!some.length) break;
    found.push(...some);
  }
  return found;
}
