// Gabor fits as the run tells them, eight numbers each, and the picture that one of them stands for.

export const FIT = 8;
export const [R2, ORIENTATION, FREQUENCY, PHASE, NX, NY, X, Y] = Array.from({ length: FIT }, (_, i) => i);

/** The fits of a reading as rows. */
export function rows(fits) {
  return fits ? Array.from({ length: fits.length / FIT }, (_, i) => fits.subarray(i * FIT, (i + 1) * FIT)) : [];
}

/** Of the fits with an R² of at least `enough`: how many, median nx and ny, and the share of blobs; NaN where there are none. */
export function summary(all, enough, blob) {
  const good = all.filter((fit) => fit[R2] >= enough);
  const blobs = good.filter((fit) => fit[NX] < blob && fit[NY] < blob).length;
  return { count: all.length, fitted: good.length, nx: median(good, NX), ny: median(good, NY), blobs: blobs / good.length };
}

function median(fits, column) {
  const values = fits.map((fit) => fit[column]).sort((a, b) => a - b);
  const middle = (values.length - 1) / 2;
  return values.length ? (values[Math.floor(middle)] + values[Math.ceil(middle)]) / 2 : NaN;
}

/** (side·side) values of the fitted Gabor, as high as suits `filter` best. */
export function drawn(fit, filter, side) {
  const values = new Float32Array(side * side);
  if (!(fit[FREQUENCY] > 0)) return values;
  const turn = (fit[ORIENTATION] * Math.PI) / 180;
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const [wide, long] = [fit[NX] / fit[FREQUENCY], fit[NY] / fit[FREQUENCY]];
  const middle = (side - 1) / 2;
  let [shared, own] = [0, 0];
  for (let row = 0; row < side; row++) for (let column = 0; column < side; column++) {
    const [dx, dy] = [column - middle - fit[X], middle - row - fit[Y]];
    const [u, v] = [c * dx + s * dy, c * dy - s * dx];
    const value = Math.exp(-0.5 * ((u / wide) ** 2 + (v / long) ** 2)) * Math.cos(2 * Math.PI * fit[FREQUENCY] * u + fit[PHASE]);
    const i = row * side + column;
    values[i] = value;
    shared += value * filter[i];
    own += value * value;
  }
  return values.map((value) => (own > 0 ? (value * shared) / own : 0));
}
