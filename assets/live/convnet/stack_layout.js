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

/** Room for a column's heading; tiles may be narrower. */
const labelled = (width, text, view) => Math.max(width, text.length * view.text * 0.52);

class Block {
  constructor(layer, k, view, tall) {
    Object.assign(this, { layer, k });
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
    const kernel = packed(layer.in, layer.size, tile, Math.max(tile, (view.projector ? 3.2 : 2.4) * tile));
    const ratio = layer.width / layer.height;
    const [wide, high] = ratio > 1 ? [tile, tile / ratio] : [tile * ratio, tile];
    const small = Math.max(10, tile * 0.62);
    const parts = [["kernel", kernel.width, kernel.height], ["change", kernel.width, kernel.height], ["map", wide, high]];
    if (layer.pool > 1) parts.push(["pooled", small * Math.min(1, ratio), small / Math.max(1, ratio)]);
    this.across = kernel.across;
    this.parts = {};
    let x = 0;
    for (const [name, width, height] of parts) {
      this.parts[name] = { x, width, height };
      x += labelled(width, name === "change" ? "update" : name, view) + INSIDE;
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
  constructor(layer, k, view, tall, names) {
    Object.assign(this, { layer, k });
    this.pitch = Math.min(tall / layer.out, view.projector ? 60 : 40);
    const longest = Math.min(14, Math.max(...names.map((name) => String(name).length), 1));
    this.name = longest * view.text * 0.6 + 6;
    this.width = this.name + view.text * 7.6;
    this.height = layer.out * this.pitch;
  }

  box(_, channel) {
    return { x: this.x, y: this.y + channel * this.pitch, width: this.width, height: this.pitch };
  }
}

const HEIGHTS = [412, 360, 310, 270]; // px of the rows; the first at which all fits side by side
const PROJECTED = [660, 560];

/** The whole picture for a box of `given` px; `least` is the width below which it scrolls. */
export function arrange(layers, image, names, view, given) {
  const heights = view.projector ? PROJECTED : HEIGHTS;
  const plans = heights.map((tall) => arranged(layers, image, names, view, given, tall));
  return plans.find(({ least }) => least <= given) ?? plans[0]; // where nothing fits it scrolls, and then in full size
}

function arranged(layers, image, names, view, given, tall) {
  const head = view.text * 3.1;
  const blocks = layers.map((layer, i) => {
    if (layer.kind === "convolution") return new Block(layer, i + 1, view, tall);
    return i === layers.length - 1 ? new Answer(layer, i + 1, view, tall, names) : new Units(layer, i + 1, view, tall);
  });
  const side = view.projector ? 130 : 96;
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
  return { blocks, photograph, least, head, between, tall: most, height: head + most + view.text * 1.9, middle: head + most / 2 };
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
