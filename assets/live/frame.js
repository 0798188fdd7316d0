// A frame as it travels: one safetensors blob (8 bytes little-endian header length, a JSON header, then the data).

const VIEWS = { F32: Float32Array, F64: Float64Array, U8: Uint8Array, I32: Int32Array, I64: BigInt64Array };
const text = new TextDecoder();

/** {meta, arrays, bytes}: arrays are typed arrays with a `shape`, laid over `buffer` where its alignment allows. */
export function decode(buffer) {
  if (!(buffer instanceof ArrayBuffer) || buffer.byteLength < 8) throw new Error("The frame is too short.");
  const length = new DataView(buffer).getUint32(0, true);
  const start = 8 + length;
  if (start > buffer.byteLength) throw new Error("The frame was cut off.");
  const header = JSON.parse(text.decode(new Uint8Array(buffer, 8, length)));
  const meta = metadata(header.__metadata__?.meta ?? "{}");
  const arrays = {};
  for (const name in header) {
    if (name !== "__metadata__") arrays[name] = array(buffer, start, header[name], name);
  }
  return { meta, arrays, bytes: buffer.byteLength };
}

// A diverged run's losses are no numbers, which JSON cannot say; a writer that says so anyway is understood as null.
function metadata(json) {
  try {
    return JSON.parse(json);
  } catch {
    return JSON.parse(json.replace(/("(?:[^"\\]|\\.)*")|-?\b(?:NaN|Infinity)\b/g, (_, quoted) => quoted ?? "null"));
  }
}

function array(buffer, start, { dtype, shape, data_offsets: [begin, end] }, name) {
  const View = VIEWS[dtype];
  if (!View) throw new Error(`${name}: arrays of ${dtype} are not understood.`);
  const count = (end - begin) / View.BYTES_PER_ELEMENT;
  const offset = start + begin;
  const aligned = offset % View.BYTES_PER_ELEMENT === 0;
  let values = aligned ? new View(buffer, offset, count) : new View(buffer.slice(offset, start + end));
  // Drawing reckons in ordinary numbers; counts and steps stay below 2^53.
  if (dtype === "I64") values = Float64Array.from(values, Number);
  values.shape = shape;
  return values;
}
