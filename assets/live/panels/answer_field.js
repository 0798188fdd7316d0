// A network's answer over the plane as pixels: one signed field, or the strongest of several classes by its certainty.

const MIDDLE = 128;
const FLAT = { low: 40, high: 215 };

/** Colour of an example: its class, or its value −1…+1 where the target is a number. */
export function exampleColour(colours, meta, label, value) {
  if (meta?.problem === "number") return colours.css(Math.max(-1, Math.min(1, value)));
  if ((meta?.classes ?? 2) > 2) return colours.classes[label % colours.classes.length];
  return label > 0 ? colours.positive : colours.negative;
}

/** What a class is called: its own name, or the colour that the two classes of a built-in set go by. */
export function className(meta, label) {
  return meta?.class_names?.[label] ?? String(label + 1);
}

export class AnswerField {
  constructor(colours) {
    this.colours = colours;
    this.canvas = document.createElement("canvas");
    this.pen = this.canvas.getContext("2d");
    this.side = 0;
  }

  /** `bytes` are `outputs` fields of side² each; `discretise` shows the decision alone. */
  fill(bytes, outputs, discretise) {
    this._fit(Math.round(Math.sqrt(bytes.length / outputs)));
    if (outputs === 1) this._signed(bytes, discretise);
    else this._strongest(bytes, outputs, discretise);
    this.pen.putImageData(this.image, 0, 0);
  }

  _fit(side) {
    if (this.side === side) return;
    this.side = this.canvas.width = this.canvas.height = side;
    this.image = this.pen.createImageData(side, side);
    this.words = new Uint32Array(this.image.data.buffer);
  }

  _signed(bytes, discretise) {
    const { words } = this;
    const { lut } = this.colours;
    if (discretise) for (let i = 0; i < bytes.length; i++) words[i] = lut[bytes[i] < MIDDLE ? FLAT.low : FLAT.high];
    else for (let i = 0; i < bytes.length; i++) words[i] = lut[bytes[i]];
  }

  // Certainty runs from an even share of the classes (no colour) to all for one.
  _strongest(bytes, outputs, discretise) {
    const { words } = this;
    const { classLuts } = this.colours;
    const size = words.length;
    const even = 255 / outputs;
    for (let i = 0; i < size; i++) {
      let best = 0;
      for (let k = 1; k < outputs; k++) if (bytes[k * size + i] > bytes[best * size + i]) best = k;
      const certain = discretise ? 200 : Math.max(0, ((bytes[best * size + i] - even) / (255 - even)) * 220 + 20);
      words[i] = classLuts[best][certain | 0];
    }
  }
}
