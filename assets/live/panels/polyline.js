/** A line through points [x, y]. Round joins: at a steep turn a mitre would stand like a needle beyond the data. */
export function polyline(pen, points) {
  if (points.length < 2) return;
  pen.lineJoin = "round";
  pen.beginPath();
  points.forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.stroke();
}
