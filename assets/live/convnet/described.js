// The network and its images as the run describes them (statics), in the words of the page.

/** Layers 1 … L, convolutions first; the last one is the softmax. */
export const layersOf = (context) => context.statics?.meta?.layers ?? [];
export const convolutionsOf = (context) => layersOf(context).filter(({ kind }) => kind === "convolution");
export const imageOf = (context) => context.statics?.meta?.image ?? { height: 0, width: 0, channels: 1 };
export const classNames = (context) => context.statics?.meta?.class_names ?? [];
export const className = (context, index) => String(classNames(context)[index] ?? index);
export const samplesOf = (context) => context.statics?.arrays?.["data/sample_labels"]?.length ?? 0;

/** Bytes (height, width, channels) of a sample image, and its class; null before the statics are there. */
export function sample(context, index) {
  const images = context.statics?.arrays?.["data/sample_images"];
  const labels = context.statics?.arrays?.["data/sample_labels"];
  if (!images || !labels || !(index in labels)) return null;
  const { height, width, channels } = imageOf(context);
  const size = height * width * channels;
  return { pixels: images.subarray(index * size, (index + 1) * size), label: labels[index] };
}

/** The sample image that the frame's maps are of. */
export const shownIn = (frame) => Number(frame?.meta?.settings?.shown ?? 0);

/** "convolution 2", "dense 1", "softmax". */
export const layerTitle = (layers, k) => layers[k - 1]?.title ?? "image";

/** Rows and columns of what layer `k` hands on: its pooled maps, or the image for 0. */
export function handedOn(context, k) {
  const layer = layersOf(context)[k - 1];
  if (!layer) return imageOf(context);
  return layer.kind === "convolution" ? { height: layer.pooled_height, width: layer.pooled_width } : { height: 1, width: layer.out };
}

export function likeliest(shares) {
  let best = 0;
  for (let c = 1; c < (shares?.length ?? 0); c++) if (shares[c] > shares[best]) best = c;
  return best;
}

export function largest(values) {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const size = values[i] < 0 ? -values[i] : values[i];
    if (size > most && size < Infinity) most = size;
  }
  return most;
}

/** A scale for colours in steps of √2; grows at once, shrinks only when less than half of it is used. */
export class SteadyScale {
  constructor() {
    this.value = 0;
  }

  fit(most) {
    if (most > this.value || most < this.value / 2) this.value = most > 0 ? 2 ** (Math.ceil(2 * Math.log2(most)) / 2) : this.value;
    return this.value || 1;
  }
}
