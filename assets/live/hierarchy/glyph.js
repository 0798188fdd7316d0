// A short line at the angle of a cell's bars, beside the direction in which its field varies (90° away from them).

const SVG = "http://www.w3.org/2000/svg";
const REACH = 6;

/** [svg], or [] for a cell without direction. `bars`: degrees, counter-clockwise from rightwards. */
export function glyph(bars) {
  if (bars === undefined || bars === null) return [];
  const made = (name, attributes) => {
    const part = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) part.setAttribute(key, value);
    return part;
  };
  const [across, up] = [Math.cos, Math.sin].map((of) => REACH * of((bars * Math.PI) / 180));
  const svg = made("svg", { viewBox: "-8 -8 16 16", class: "pxh-glyph", "aria-hidden": "true" });
  svg.append(made("line", { x1: -across, y1: up, x2: across, y2: -up }));
  return [svg];
}
