// A photograph made smaller before it travels: the analysis looks at 224 pixels, and ninety large files are many megabytes.

const LONGEST = 640;

/** A JPEG with neither side over 640 pixels; the file itself where the browser cannot decode it, so that the service can say why. */
export async function shrunk(file) {
  try {
    const bitmap = await createImageBitmap(file);
    const share = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
    if (share === 1 && file.size < 1_000_000) return file;
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: Math.max(1, Math.round(bitmap.width * share)), height: Math.max(1, Math.round(bitmap.height * share)) });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? file), "image/jpeg", 0.92));
  } catch {
    return file;
  }
}
