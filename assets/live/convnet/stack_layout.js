// Where everything of the picture of the network stands: image, then each layer's kernels, updates, maps and pooled maps, then the answer.

const MOST_ROWS = 16;
const GAP = 4; // px between two rows
const INSIDE = 8; // px between the columns of a layer
const BETWEEN = 26; // px between two layers, with the arrow of the signal's way

/** Kernels in rows of how many, so that they are as large as the box allows. */
function packed(inputs, size, height, widest) {
  let best = { across: 1, scale: 0 };
  for (let rows = 1; rows <= Math.min(inputs, 4); rows++) {
    const across = Math.ceil(inputs / rows);
    const scale = Math.min(height / (rows * (size + 1) - 1), widest / (across * (size + 1) - 1));
    if (scale > best.scale) best = { across, rows, scale };
  }
  return { across: best.across, width: best.scale * (best.across * (size + 1) - 1), height: best.scale * (best.rows * (size + 1) - 1) };
}

/** Headings of a layer's columns, by what stands in them. */
export const HEADS = { kernel: "kernel", filter_update: "update", filter_gradient: "grad.", map: "map", map_gradient: "∂L/∂a", pooled: "pooled" };
const WIDE = 0.56; // of the text's height: a letter of a heading, at most, in the mean

/** Room for a column's heading; tiles may be narrower. Where it is tight, headings take turns on two lines. */
const labelled = (width, text, view, tight = false) => Math.max(width, text.length * view.text * WIDE * (tight ? 0.55 : 1));

/** What stands in a layer's columns. Where gradients of the maps are shown, nothing is pooled. */
function columnsOf(layer, maps) {
  const columns = [["kernel", "kernel"], ["change", "filter_update"], ["map", maps]];
  return layer.pool > 1 && maps === "map" ? [...columns, ["pooled", "pooled"]] : columns;
}

class Block {
  constructor(layer, k, view, { tall, wide, tight, maps }) {
    Object.assign(this, { layer, k, wide, tight, maps });
    this.columns = Math.ceil(layer.out / MOST_ROWS);
    this.rows = Math.ceil(layer.out / this.columns);
    this.pitch = Math.min(tall / this.rows, view.projector ? 90 : 62);
    this.tile = this.pitch - GAP;
    this._parts(view);
    this.width = this.columns * this.step - INSIDE;
    this.height = this.rows * this.pitch;
  }

  /** Columns of one row: what, where, how large. */
  _parts(view) {
    const { layer, tile } = this;
    const kernel = packed(layer.in, layer.size, tile, this.wide * tile);
    const ratio = layer.width / layer.height;
    const [wide, high] = ratio > 1 ? [tile, tile / ratio] : [tile * ratio, tile];
    const small = Math.max(10, tile * 0.62);
    const extents = { kernel: [kernel.width, kernel.height], change: [kernel.width, kernel.height], map: [wide, high], pooled: [small * Math.min(1, ratio), small / Math.max(1, ratio)] };
    this.across = kernel.across;
    this.parts = {};
    let x = 0;
    for (const [name, shown] of columnsOf(layer, this.maps)) {
      const [width, height] = extents[name];
      this.parts[name] = { x, width, height };
      x += labelled(width, HEADS[shown], view, this.tight) + INSIDE;
    }
    this.step = x;
  }

  /** Width of a part's column, to the next one. */
  room(part) {
    const starts = Object.values(this.parts).map(({ x }) => x);
    return (starts.find((x) => x > this.parts[part].x) ?? this.step) - this.parts[part].x;
  }

  /** Where a channel's tile of a part stands. */
  box(part, channel) {
    const { x, width, height } = this.parts[part];
    const [column, row] = [Math.floor(channel / this.rows), channel % this.rows];
    return { x: this.x + column * this.step + x, y: this.y + row * this.pitch + (this.tile - height) / 2, width, height };
  }
}

/** A hidden dense layer: its units as cells, in as many columns as keep them large enough to see. */
class Units {
  constructor(layer, k, view, tall) {
    Object.assign(this, { layer, k });
    const least = view.projector ? 12 : 8;
    this.columns = Math.max(1, Math.ceil((layer.out * least) / tall));
    this.rows = Math.ceil(layer.out / this.columns);
    this.pitch = Math.min(tall / this.rows, 22);
    this.width = labelled(this.columns * (this.pitch + 1), `dense ${k}`, view);
    this.height = this.rows * this.pitch;
  }

  box(_, channel) {
    return { x: this.x + Math.floor(channel / this.rows) * (this.pitch + 1), y: this.y + (channel % this.rows) * this.pitch, width: this.pitch, height: Math.max(1, this.pitch - 1) };
  }
}

/** The softmax: a row a class, with its name, a bar and a number. */
class Answer {
  constructor(layer, k, view, { tall, tight }, names) {
    Object.assign(this, { layer, k });
    this.pitch = Math.min(tall / layer.out, view.projector ? 60 : 40);
    const longest = Math.min(tight ? 9 : 14, Math.max(...names.map((name) => String(name).length), 1));
    this.name = longest * view.text * 0.6 + 6;
    this.width = this.name + view.text * (tight ? 6.4 : 7.6);
    this.height = layer.out * this.pitch;
  }

  box(_, channel) {
    return { x: this.x, y: this.y + channel * this.pitch, width: this.width, height: this.pitch };
  }
}

const HEIGHTS = [[412, 360, 310, 270], [360, 310, 270, 230, 200]]; // px of the rows, loose and tight; the first at which all fits side by side
const WIDTHS = [2.4, 1.7, 1.2]; // a layer's kernels side by side take so many times their height, at most: in rows they are narrower
const PROJECTED = [[660, 3.2], [560, 3.2], [560, 2.2], [560, 2.2, true], [470, 1.7, true], [400, 1.2, true]];
const DESKTOP = 600; // px: a box from here on shows all layers at once, if that can be; a narrower one scrolls

/** The whole picture for a box of `given` px; `least` is the width below which it scrolls. `maps`: map | map_gradient. */
export function arrange(layers, image, names, view, given, maps = "map") {
  const sizes = view.projector ? PROJECTED : HEIGHTS.flatMap((heights, tight) => heights.flatMap((tall) => WIDTHS.map((wide) => [tall, wide, tight > 0])));
  const plans = sizes.map(([tall, wide, tight = false]) => () => arranged(layers, image, names, view, given, { tall, wide, tight, maps }));
  for (const plan of plans) {
    const made = plan();
    if (made.least <= given) return made;
  }
  return plans[given < DESKTOP ? 0 : plans.length - 1](); // where nothing fits it scrolls; on a telephone in full size
}

function arranged(layers, image, names, view, given, size) {
  const { tall, tight } = size;
  const head = view.text * (tight ? 4.1 : 3.1);
  const blocks = layers.map((layer, i) => {
    if (layer.kind === "convolution") return new Block(layer, i + 1, view, size);
    return i === layers.length - 1 ? new Answer(layer, i + 1, view, size, names) : new Units(layer, i + 1, view, tall);
  });
  const side = (view.projector ? 130 : 96) * (tight ? 0.75 : 1);
  const scale = side / Math.max(image.height, image.width, 1);
  const photograph = { x: 0, width: image.width * scale, height: image.height * scale };
  const least = photograph.width + blocks.reduce((sum, block) => sum + BETWEEN + block.width, 0);
  const spare = Math.max(0, given - least - 2);
  const between = BETWEEN + Math.min(70, (0.55 * spare) / blocks.length);
  const last = blocks.at(-1);
  if (last instanceof Answer) last.width += Math.max(0, spare - (between - BETWEEN) * blocks.length);
  let x = photograph.width;
  const most = Math.max(photograph.height, ...blocks.map((block) => block.height));
  for (const block of blocks) {
    block.x = x + between;
    block.y = head + (most - block.height) / 2;
    x = block.x + block.width;
  }
  photograph.y = head + (most - photograph.height) / 2;
  return { blocks, photograph, least, head, tight, between, tall: most, height: head + most + view.text * (tight ? 2.9 : 1.9), middle: head + most / 2 };
}

/** What lies at a point: {layer, part, channel, row, column, box}; the image is layer 0. */
export function at(plan, image, x, y) {
  const inside = (box) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
  const pixel = (box, width, height) => ({ row: Math.min(height - 1, Math.floor(((y - box.y) / box.height) * height)), column: Math.min(width - 1, Math.floor(((x - box.x) / box.width) * width)) });
  if (inside(plan.photograph)) return { layer: 0, part: "image", channel: 0, box: plan.photograph, ...pixel(plan.photograph, image.width, image.height) };
  for (const block of plan.blocks) {
    const { layer } = block;
    if (x < block.x || x > block.x + block.width) continue;
    for (const part of block.parts ? Object.keys(block.parts) : ["unit"]) for (let channel = 0; channel < layer.out; channel++) {
      const box = block.box(part, channel);
      if (!inside(box)) continue;
      const [width, height] = part === "pooled" ? [layer.pooled_width, layer.pooled_height] : [layer.width ?? 1, layer.height ?? 1];
      return { layer: block.k, part, channel, box, ...(part === "map" || part === "pooled" ? pixel(box, width, height) : { row: null, column: null }) };
    }
  }
  return null;
}
