// The part of a canvas context that panels use, written as SVG: what is exported is what the canvas shows.

const plain = (value) => String(value).replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
const short = (value) => String(Math.round(value * 100) / 100);
const ANCHOR = { left: "start", start: "start", center: "middle", right: "end", end: "end" };
const BASELINE = { middle: "central", top: "hanging", alphabetic: "auto", bottom: "text-after-edge" };

export class SvgPen {
  constructor(width, height, background) {
    this.parts = [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
      `<rect width="${width}" height="${height}" fill="${plain(background)}"/>`,
    ];
    Object.assign(this, { fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, font: "12px sans-serif", lineCap: "butt", lineJoin: "miter" });
    Object.assign(this, { textAlign: "start", textBaseline: "alphabetic", imageSmoothingEnabled: true, path: "", dash: [], kept: [] });
  }

  save() {
    const { parts, kept, ...state } = this;
    kept.push(state);
  }

  restore() {
    Object.assign(this, this.kept.pop());
  }

  setLineDash(dash) {
    this.dash = dash;
  }

  beginPath() {
    this.path = "";
  }

  closePath() {
    this.path += "Z";
  }

  moveTo(x, y) {
    this.path += `M${short(x)} ${short(y)}`;
  }

  lineTo(x, y) {
    this.path += `L${short(x)} ${short(y)}`;
  }

  rect(x, y, width, height) {
    this.path += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`;
  }

  /** Whole circles only: no panel draws anything else with `arc`. */
  arc(x, y, radius) {
    const r = short(radius);
    this.path += `M${short(x - radius)} ${short(y)}a${r} ${r} 0 1 0 ${short(2 * radius)} 0a${r} ${r} 0 1 0 ${short(-2 * radius)} 0Z`;
  }

  _stroking() {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.join(" ")}"` : "";
    return `fill="none" stroke="${plain(this.strokeStyle)}" stroke-width="${short(this.lineWidth)}" stroke-linecap="${this.lineCap}" stroke-linejoin="${this.lineJoin ?? "miter"}"${dash}${this._alpha()}`;
  }

  _alpha() {
    return this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : "";
  }

  stroke() {
    this.strokeCurve(this.path);
  }

  /** A curve that is kept as path text; canvases stroke its Path2D instead. */
  strokeCurve(path) {
    this.parts.push(`<path d="${path}" ${this._stroking()}/>`);
  }

  fill() {
    this.parts.push(`<path d="${this.path}" fill="${plain(this.fillStyle)}"${this._alpha()}/>`);
  }

  fillRect(x, y, width, height) {
    this.parts.push(`<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="${plain(this.fillStyle)}"${this._alpha()}/>`);
  }

  strokeRect(x, y, width, height) {
    this.parts.push(`<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" ${this._stroking()}/>`);
  }

  clearRect() {}

  fillText(text, x, y) {
    const place = `x="${short(x)}" y="${short(y)}" text-anchor="${ANCHOR[this.textAlign]}" dominant-baseline="${BASELINE[this.textBaseline]}"`;
    this.parts.push(`<text ${place} fill="${plain(this.fillStyle)}" style="font:${plain(this.font)}"${this._alpha()}>${plain(text)}</text>`);
  }

  measureText(text) {
    return { width: text.length * Number(/([\d.]+)px/.exec(this.font)[1]) * 0.55 };
  }

  /** Nine arguments: the source rectangle becomes a PNG of its own. */
  drawImage(source, sx, sy, sw, sh, x, y, width, height) {
    const tile = document.createElement("canvas");
    tile.width = sw;
    tile.height = sh;
    tile.getContext("2d").drawImage(source, sx, sy, sw, sh, 0, 0, sw, sh);
    const rendering = this.imageSmoothingEnabled ? "" : ' style="image-rendering:pixelated"';
    const place = `x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"`;
    this.parts.push(`<image ${place} preserveAspectRatio="none" href="${tile.toDataURL("image/png")}"${rendering}/>`);
  }

  toString() {
    return this.parts.join("\n") + "\n</svg>";
  }
}
