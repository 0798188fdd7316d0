// What the plane shows, in sentences with the run's own numbers.

import { number, percent } from "../panels/format.js";
import { R2 } from "./gabor_fits.js";

const two = (value) => number(value, 2);
const SMALL = 7; // pixels; a side under which eight numbers fit too much

/** The first layer as it is now, beside macaque cells. */
export function network({ fitted, count, nx, ny, blobs }, { median_nx, median_ny, blob_share }, enough, side) {
  if (count === 0) return "The fits of the first layer's filters come with the next frame.";
  const start = `${fitted} of the network's ${count} first filters ${fitted === 1 ? "is" : "are"} fitted with an R² of at least ${enough}`;
  if (fitted === 0) return `${start}.`;
  if (side < SMALL) return `Filters of ${side}×${side} pixels are too small to tell blobs from stripes, so no share of blobs is given. ${start}: median nx ${two(nx)}, ny ${two(ny)}. Macaque cells: ${two(median_nx)} and ${two(median_ny)}.`;
  return `${start}: median nx ${two(nx)}, ny ${two(ny)}; ${percent(blobs)} of them are blobs. Macaque cells: ${two(median_nx)}, ${two(median_ny)} and ${percent(blob_share)}.`;
}

export function control({ fitted, count }, enough) {
  return count ? `Before any update, with random weights, ${fitted} of ${count} reached that R²${fitted ? " already" : ""}.` : `The random start's R² of at least ${enough} is counted here.`;
}

export function code({ fitted, count, nx, ny, blobs }, { blob_share }, enough) {
  if (!fitted) return "";
  if (fitted <= count / 2) return `The sparse code is still forming: ${fitted} of its ${count} atoms reach ${enough}. Beside V1 it is laid once most of them do.`;
  const than = blobs < blob_share ? "fewer than" : blobs > blob_share ? "more than" : "as many as";
  return `Of the sparse code's ${count} atoms ${fitted} reach ${enough}: median nx ${two(nx)}, ny ${two(ny)}, ${percent(blobs)} blobs, ${than} V1's ${percent(blob_share)}.`;
}

/** What a high R² is worth at this size. */
export function caution(noise) {
  if (!noise) return "";
  const { side, median_r2, high_r2, filters } = noise;
  const flatter = side < SMALL ? "too few to tell a Gabor from chance" : "enough to tell most noise from a Gabor";
  return `A fit sets 8 numbers, and ${side === 8 || side === 11 ? "an" : "a"} ${side}×${side} filter has ${side * side} pixels: ${flatter}. Of ${filters} filters of pure noise of this size half reach an R² of ${two(median_r2)}, and one in ten ${two(high_r2)}.`;
}

/** The picture for those who do not see it. */
export function alternative(marks, enough) {
  const said = marks.map(({ title, fits }) => `${title}: ${fits.filter((fit) => fit[R2] >= enough).length} of ${fits.length} fitted`);
  return `Gabor fits on the plane of nx and ny, over 79 macaque cells. ${said.join("; ")}. Arrow keys go through the filters.`;
}
