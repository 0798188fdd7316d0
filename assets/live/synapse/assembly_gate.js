// The two ends of one connection: a threshold that decides the sign of the circuit's change, a slope that scales the network's step.

import { badgeButton } from "../panels/badge.js";
import { number, signed } from "../panels/format.js";
import { element, say, section } from "../panels/markup.js";
import { LineChart } from "../perception/line_chart.js";

const WIDTH = 8; // numbers of one presentation in `gate`
const lattice = (low, high, count) => Array.from({ length: count + 1 }, (_, i) => low + ((high - low) * i) / count);
const tidy = (value) => String(Number(value.toPrecision(2))).replace("-", "−");

export class Gate {
  constructor(context, badge) {
    this.context = context;
    const y = { low: -1, high: 1, ticks: [-1, 0, 1], label: "", format: tidy };
    this.left = new LineChart(context, "Change of the connection against firing of the receiving unit", { x: { low: 0, high: 1, ticks: [0, 0.25, 0.5, 0.75, 1], label: "firing of the receiving unit (0 silent, 1 active)" }, y: { ...y } }, 190);
    this.right = new LineChart(context, "Slope of the activation against drive", { x: { low: -3, high: 3, ticks: [-3, -2, -1, 0, 1, 2, 3], label: "drive z of the receiving unit" }, y: { ...y, low: 0, ticks: [0, 0.5, 1] } }, 190);
    this.brainTold = element("p", { class: "pxas-sum" });
    this.networkTold = element("p", { class: "pxas-sum" });
    this.brain = this._part("gate-threshold", "What gates the change: a threshold", "Δw against post, for this pre", this.left, this.brainTold, badge);
    this.network = this._part("gate-slope", "What gates the step: a slope", "f′(z) multiplies the error", this.right, this.networkTold, badge);
  }

  _part(name, title, note, chart, told, badge) {
    const { root } = section(name, title, note);
    root.append(chart.element, told, element("p", { class: "pxas-badges" }, badgeButton(badge, title)));
    return root;
  }

  /** `t`: presentation from 0, null before the first; `asked` the spec that the answer is of. */
  show({ arrays, result }, t, asked) {
    const { colours } = this.context;
    const n = arrays.patterns.shape[1];
    const at = Math.max(0, t ?? 0);
    const total = arrays.order.length;
    const [brain, net] = [0, 1].map((side) => arrays.gate.subarray((side * total + at) * WIDTH, (side * total + at + 1) * WIDTH));
    this._threshold(colours, brain, n, result.threshold);
    this._slope(colours, net, arrays.slope);
    this._tell(brain, net, n, t, asked);
  }

  _threshold(colours, [pre, post, theta, change], n, threshold) {
    const size = n * threshold * (1 - threshold);
    const delta = (firing) => ((pre - theta) * (firing - theta)) / size;
    const most = Math.max(theta, 1 - theta) ** 2 / size;
    const high = niceAbove(most);
    Object.assign(this.left.axes.y, { low: -high, high, ticks: [-high, 0, high] });
    const x = lattice(0, 1, 40);
    const guide = { colour: colours.faint, dash: [4, 4], x: [theta, theta], y: [-high, high], label: { text: `threshold θ = ${number(theta, 2)}`, at: theta > 0.6 ? 0 : 1, below: true } };
    const zero = { colour: colours.faint, width: 0.6, x: [0, 1], y: [0, 0] };
    this.left.show([zero, guide, { colour: colours.brain, width: 1.5, x, y: x.map(delta) }], { dots: [{ x: post, y: change, colour: colours.brain }] });
  }

  _slope(colours, [, , , , drive, slope], curve) {
    const count = curve.length / 2;
    const x = Array.from(curve.subarray(0, count));
    const y = Array.from(curve.subarray(count));
    const inside = Math.min(3, Math.max(-3, drive));
    Object.assign(this.right.axes.y, { high: 1.1 });
    this.right.show([{ colour: colours.network, width: 1.5, x, y }], { dots: [{ x: inside, y: slope, colour: colours.network }] });
  }

  _tell(brain, net, n, t, asked) {
    const [pre, post, theta, change, weight] = brain;
    const [input, target, output, error, , slope, step, now] = net;
    const which = `unit ${asked.pre} → unit ${asked.post}`;
    if (t === null) {
      say(this.brainTold, `${which}, at the first presentation: pre ${pre}, post ${post}.`);
      say(this.networkTold, `${which}, at the first presentation: input ${signed(input, 1)}, target ${signed(target)}.`);
      return;
    }
    say(this.brainTold, `${which}: pre ${pre}, post ${post}: (${post} − ${number(theta, 2)}) × (${pre} − ${number(theta, 2)}) / ${number(n * theta * (1 - theta))} = ${signed(change)}. Connection now ${signed(weight)}.`);
    const made = `Δw = ${number(asked.rate)} / ${n} × error × slope × input = ${signed(step)}`;
    say(this.networkTold, `${which}: input ${input > 0 ? "+1" : "−1"}, error ${signed(error)} (target ${signed(target)}, output ${signed(output)}), slope ${number(slope)}; ${made}. Weight now ${signed(now)}.`);
    this.left.words(this.brainTold.textContent);
    this.right.words(this.networkTold.textContent);
  }

  destroy() {
    this.left.destroy();
    this.right.destroy();
  }
}

/** The next round number: few of them, so that axes change in steps. */
export function niceAbove(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((step) => step >= value * 0.999);
}
