// Numbers as people read them: three significant digits, a true minus, powers of ten as superscripts.

const SUPERSCRIPT = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

export function power(exponent) {
  return "10" + String(exponent).replace(/./g, (sign) => SUPERSCRIPT[sign]);
}

/** Three significant digits: 0.0123, −1.24, 312, 2.5×10⁻⁶. */
export function number(value, digits = 3) {
  if (value === null || value === undefined || Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 0.00095 && size < 99950) return ordinary(value, size, digits);
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  return minus(mantissa) + "×" + power(Number(exponent));
}

function ordinary(value, size, digits) {
  if (size >= 999.5) return minus(Math.round(value).toLocaleString("en-GB"));
  const short = value.toPrecision(digits);
  return minus(short.includes("e") ? String(Number(short)) : short); // 130 with two digits, not 1.3e+2
}

/** Both ends of an axis, with as many digits (five at most) as it takes to tell them apart. */
export function apart(low, high, digits = 2) {
  const texts = [number(low, digits), number(high, digits)];
  return low === high || texts[0] !== texts[1] || digits >= 5 ? texts : apart(low, high, digits + 1);
}

/** With an explicit sign, for changes. */
export function signed(value, digits = 3) {
  return value > 0 ? "+" + number(value, digits) : number(value, digits);
}

export function minus(text) {
  return text.replace("-", "−");
}

export function whole(value) {
  return minus(Math.round(value).toLocaleString("en-GB"));
}

export function percent(share) {
  if (!Number.isFinite(share)) return number(share);
  const value = share * 100;
  return (value !== 0 && Math.abs(value) < 0.1 ? number(value, 2) : minus(value.toFixed(Math.abs(value) < 10 ? 1 : 0))) + "%";
}

/** Numbers that are added up on the page share one power of ten, so that a reader can check the sum. */
export class SharedScale {
  constructor() {
    this.exponent = 0;
  }

  /** Moves the exponent only when the largest number leaves 0.1…100 at the present scale: digits do not hop about. */
  fit(values) {
    let largest = 0;
    for (const value of values) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
    const shown = largest / 10 ** this.exponent;
    if (largest > 0 && (shown >= 100 || shown < 0.1)) this.exponent = Math.floor(Math.log10(largest));
    if (this.exponent > -3 && this.exponent < 3) this.exponent = 0;
    return this;
  }

  show(value) {
    if (!Number.isFinite(value)) return number(value);
    const scaled = value / 10 ** this.exponent;
    return (value > 0 ? "+" : "") + minus(scaled.toFixed(this.exponent === 0 ? 4 : 2));
  }

  get unit() {
    return this.exponent === 0 ? "" : "×" + power(this.exponent);
  }
}
