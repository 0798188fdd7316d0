// What lies under the pointer: a bias square before its neuron, a neuron before the nearest edge.

const REACH = 7;

export function pick(layout, edges, x, y) {
  return pickNeuron(layout, x, y) ?? pickEdge(edges, x, y);
}

function pickNeuron(layout, x, y) {
  for (let layer = layout.pixels ? 1 : 0; layer < layout.sizes.length; layer++)
    for (let index = 0; index < layout.sizes[layer]; index++) {
      if (layer > 0 && inside(layout.biasSquare(layer, index), x, y, 3)) return { kind: "weight", layer, to: index, from: null };
      const { x: cx, y: cy, side } = layout.nodes[layer][index];
      if (Math.abs(x - cx) <= side / 2 && Math.abs(y - cy) <= side / 2) return { kind: "neuron", layer, index };
    }
  return null;
}

function inside(square, x, y, slack) {
  return x >= square.x - slack && x <= square.x + square.side + slack && y >= square.y - slack && y <= square.y + square.side + slack;
}

function pickEdge(edges, x, y) {
  let nearest = null;
  let least = REACH * REACH;
  for (const edge of edges.active) {
    const points = edge.points;
    if (x < points[0] || x > points[points.length - 2]) continue;
    const distance = distanceSquared(points, x, y);
    if (distance < least) [least, nearest] = [distance, edge];
  }
  return nearest && { kind: "weight", layer: nearest.layer, to: nearest.to, from: nearest.from };
}

function distanceSquared(points, x, y) {
  let least = Infinity;
  for (let i = 0; i + 3 < points.length; i += 2) {
    const [dx, dy] = [points[i + 2] - points[i], points[i + 3] - points[i + 1]];
    const along = Math.max(0, Math.min(1, ((x - points[i]) * dx + (y - points[i + 1]) * dy) / (dx * dx + dy * dy || 1)));
    const [ex, ey] = [x - points[i] - along * dx, y - points[i + 1] - along * dy];
    least = Math.min(least, ex * ex + ey * ey);
  }
  return least;
}
