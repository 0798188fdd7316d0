// How panels reach into a frame. A reading is a typed array, or an object that carries it as `data` with its `shape`.

export function reading(frame, name) {
  const arrays = frame?.arrays;
  if (!arrays) return null;
  const found = arrays instanceof Map ? arrays.get(name) : arrays[name];
  return found?.data ?? found ?? null;
}

export function shape(frame, name) {
  const arrays = frame?.arrays;
  const found = arrays instanceof Map ? arrays?.get(name) : arrays?.[name];
  return found?.shape ?? null;
}

export function statics(context) {
  const meta = context.statics?.meta;
  return meta?.sizes || meta?.layers ? context.statics : null;
}

/** Neurons of each layer, the input first; of a convolutional network, which describes its layers, their maps or units. */
export function sizes(context) {
  const meta = statics(context)?.meta;
  return meta?.sizes ?? (meta?.layers ? [meta.image.channels, ...meta.layers.map((layer) => layer.out)] : null);
}

export function isDigits(context) {
  return (statics(context)?.meta.task ?? context.data?.spec?.dataset) === "digits";
}

/** "input", "layer 2", "output"; in a convolutional network, which names its layers, "image", "convolution 2", "softmax". */
export function layerName(layer, last, context = null) {
  const titled = context && statics(context)?.meta.layers;
  if (titled) return titled[layer - 1]?.title ?? "image";
  if (layer === 0) return "input";
  return layer === last ? "output" : `layer ${layer}`;
}

/** A neuron's name; inputs are called by their feature, digits' inputs by their pixel. */
export function neuronName(context, layer, index) {
  const meta = statics(context)?.meta;
  if (!meta) return `neuron ${index + 1}`;
  if (layer === 0) return meta.feature_names?.[index] ?? `pixel ${(index % 8) + 1}, ${Math.floor(index / 8) + 1}`;
  if (layer === meta.sizes.length - 1) return outputName(meta, index);
  return `neuron ${index + 1}`;
}

function outputName(meta, index) {
  if (meta.sizes.at(-1) === 1) return "output";
  return meta.task === "digits" ? `digit ${index}` : `class ${meta.class_names?.[index] ?? index + 1}`;
}

/** Points of the plane are what this run is about. */
export function isPlane(context) {
  const task = statics(context)?.meta.task ?? "plane";
  return task === "plane";
}

/** The target is a number, not a class. */
export function isNumber(context) {
  return statics(context)?.meta.problem === "number";
}

/** What a focus is called: "weight x → 3 in layer 1", "bias of neuron 3 in layer 1". */
export function focusName(context, focus) {
  const last = (sizes(context)?.length ?? 1) - 1;
  const to = neuronName(context, focus.layer, focus.to);
  const place = focus.layer === last ? "" : ` in ${layerName(focus.layer, last)}`;
  if (focus.from === null) return `bias of ${to}${place}`;
  const short = (layer, index, name) => (layer > 0 && layer < last ? String(index + 1) : name);
  const source = short(focus.layer - 1, focus.from, neuronName(context, focus.layer - 1, focus.from));
  return `weight ${source} → ${short(focus.layer, focus.to, to)}${place}`;
}

/** Present value of the focused parameter in the frame's `k/weight` or `k/bias`; NaN where the frame has none. */
export function parameter(context, frame, focus) {
  const all = sizes(context);
  const array = reading(frame, `${focus.layer}/${focus.from === null ? "bias" : "weight"}`);
  if (!all || !array) return NaN;
  return focus.from === null ? array[focus.to] : array[focus.to * all[focus.layer - 1] + focus.from];
}

/** Frozen by itself or with its whole layer ([k, null, null]). */
export function isFrozen(meta, focus) {
  return (meta?.frozen ?? []).some(
    ([layer, to, from]) => layer === focus.layer && (to === null || (to === focus.to && from === focus.from)),
  );
}

export function isLayerFrozen(meta, layer) {
  return (meta?.frozen ?? []).some(([frozen, to]) => frozen === layer && to === null);
}

export function isLesioned(meta, layer, neuron) {
  return (meta?.lesioned ?? []).some(([k, j]) => k === layer && j === neuron);
}
