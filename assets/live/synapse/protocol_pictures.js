// Both sides over the protocol's time, one pairing closely, and what is being seen, in numbers.

import { badgeButton } from "../panels/badge.js";
import { number } from "../panels/format.js";
import { element, say, section, show } from "../panels/markup.js";
import { brainRows, networkRows, timeAxis } from "./protocol_rows.js";
import { Strips } from "./protocol_strips.js";
import { change, ended, moment, proportions, synapseSentence, weightSentence } from "./protocol_words.js";

const BETWEEN = 180; // ms between two close-ups while the protocol runs

export class Pictures {
  /** `look(spec)`: asks for another close-up of the protocol in sight. */
  constructor(context, told, look) {
    Object.assign(this, { context, told, look, share: 1, looked: 0 });
    this.synapse = new Strips(context, "The synapse over the protocol");
    this.weight = new Strips(context, "The weight over the protocol", { right: 64 });
    this.near = new Strips(context, "One pairing, closely");
    this.sides = element("div", { class: "pxs-sides" }, this._brain(), this._network());
    this.closely = this._closely();
    this.story = this._story();
  }

  _brain() {
    const { badges } = this.told;
    const { root } = section("brain", "Brain: one synapse", "published models, in biological time");
    root.classList.add("px-side", "px-side-brain");
    this.source = element("p", { class: "px-note" });
    this.assumed = element("p", { class: "px-note" });
    this.badges = { follows: badgeButton(badges.follows, "Postsynaptic spikes", true), calcium_synapse: badgeButton(badges.calcium_synapse, "Efficacy ρ", true), bcm_mean_square: badgeButton(badges.bcm_mean_square, "θ as mean square", true) };
    root.append(this.synapse.element, this.source, this.assumed, element("div", { class: "px-row" }, Object.values(this.badges)));
    return root;
  }

  _network() {
    const { root } = section("network-side", "Network: one weight", "gradient descent on the same spikes, counted in bins");
    root.classList.add("px-side", "px-side-network");
    root.append(this.weight.element, element("div", { class: "px-row" }, badgeButton(this.told.badges.network, "Weight")));
    return root;
  }

  _closely() {
    const { root, aside } = section("closely", "One pairing, closely", "the last");
    this.which = aside;
    this.nearBadges = [badgeButton(this.told.badges.calcium, "Calcium", true), badgeButton(this.told.badges.traces, "Traces", true)];
    root.append(this.near.element, element("div", { class: "px-row" }, this.nearBadges));
    return root;
  }

  _story() {
    const { root } = section("seen", "What you are seeing");
    this.now = element("p", { class: "px-sentences" });
    this.then = element("p", { class: "px-sentences" });
    this.recorded = element("div", { class: "pxs-recorded" });
    root.append(this.now, this.then, this.recorded);
    return root;
  }

  answered(answer, spec) {
    Object.assign(this, { answer, spec, looked: answer.result.window.spike });
    this.closeUp = answer;
    const { colours } = this.context;
    const { assumptions, recorded } = answer.result;
    say(this.assumed, assumptions.join(" "));
    const shown = { follows: assumptions.length > 0, calcium_synapse: answer.result.calcium, bcm_mean_square: answer.result.bcm && spec.bcm_threshold === "mean_square" };
    for (const [name, badge] of Object.entries(this.badges)) show(badge, Boolean(shown[name]));
    this.rows = { brain: brainRows(answer, colours), network: networkRows(answer, colours) };
    this._sourced(this.told.sources[spec.protocol]);
    this._recorded(recorded);
    this.moved(this.share);
    this._near();
  }

  /** Where the protocol comes from, in a line. */
  _sourced({ said, source, doi }) {
    const work = doi ? [" ", element("a", { href: `https://doi.org/${doi}`, target: "_blank", rel: "noopener noreferrer", text: source }), "."] : [];
    this.source.replaceChildren(said, ...work);
  }

  redraw() {
    if (this.answer) this.answered(this.answer, this.spec);
  }

  /** With a question open, what came of the protocol is not told before its end. */
  secret(hidden) {
    this.hidden = hidden;
    if (this.answer) this.moved(this.share);
  }

  moved(share) {
    this.share = share;
    if (!this.answer) return;
    const { arrays } = this.answer;
    const i = Math.round(share * (arrays.time.length - 1));
    const [end, now] = [arrays.time.at(-1), arrays.time[i]];
    const axis = timeAxis(0, end);
    const at = share === 1 ? null : now;
    this.synapse.show(this.rows.brain, axis, at);
    this.weight.show(this.rows.network, axis, at);
    this._tell(i, share === 1);
    if (share < 1) this._follow(now);
  }

  says(share) {
    if (!this.answer) return "";
    const { time } = this.answer.arrays;
    return `${moment(time[Math.round(share * (time.length - 1))])} of the protocol`;
  }

  _tell(i, over) {
    const sentences = [synapseSentence(this.answer, i), weightSentence(this.answer, i)];
    say(this.now, sentences.filter(Boolean).join(" "));
    const told = over && !this.hidden ? [ended(this.answer), this.answer.result.network.said.join(" ")] : [];
    say(this.then, told.filter(Boolean).join(" "));
    this.synapse.words(sentences[0]);
    this.weight.words(sentences[1]);
    show(this.recorded, !this.hidden);
  }

  /** The close-up follows the cursor from pairing to pairing, though not oftener than one can see. */
  _follow(now) {
    const { pre, post } = this.answer.arrays;
    const marks = pre.length ? pre : post;
    let number = 0;
    while (number < marks.length && marks[number] <= now + 30) number++;
    number = Math.max(1, number);
    if (number === this.looked || performance.now() - (this.lookedAt ?? 0) < BETWEEN) return;
    this.lookedAt = performance.now();
    this.looked = number;
    this.look({ ...this.spec, look_at: number, moments: 60, synapses: 0 });
  }

  close(answer) {
    this.closeUp = answer;
    this._near();
  }

  _near() {
    const { arrays, result } = this.closeUp;
    const time = arrays["window/time"];
    show(this.near.element, time.length > 0);
    if (!time.length) return say(this.which, "there is no spike to look at");
    const axis = timeAxis(0, time.at(-1) - time[0]);
    // Times count from the window's left edge: what matters here is milliseconds.
    const shifted = (times) => Float64Array.from(times, (value) => value - time[0]);
    const near = { result, arrays: { ...arrays, pre: shifted(arrays.pre), post: shifted(arrays.post), "window/time": shifted(time) } };
    const above = result.calcium ? `: ${number(abovefor(time, arrays["window/calcium"], result.calcium.theta_d))} ms above θd, ${number(abovefor(time, arrays["window/calcium"], result.calcium.theta_p))} ms above θp` : "";
    say(this.which, `spike ${result.window.spike} of ${arrays.pre.length || arrays.post.length}, from ${moment(time[0])}${above}`);
    const rows = brainRows(near, this.context.colours, "window/");
    this.near.show(rows, axis);
    show(this.nearBadges[0], Boolean(result.calcium));
    show(this.nearBadges[1], rows.length > (result.calcium ? 2 : 1));
    this.near.words(`Spikes around ${moment(time[0])}, with calcium and traces.`);
  }

  _recorded(recorded) {
    this.recorded.replaceChildren();
    if (!recorded) return;
    const pairs = recorded.kind === "pairs" ? `: ${change(recorded.mean)} ± ${change(recorded.standard_error).replace("+", "")} (standard error)` : ", in shares of experiments";
    const badge = badgeButton(this.told.badges[recorded.badge], recorded.source, true);
    if (recorded.kind === "proportions") this.recorded.append(bars(recorded));
    this.recorded.prepend(element("h4", { text: `Recorded${pairs}` }));
    this.recorded.append(element("p", { class: "px-note", text: recorded.said }), badge);
  }

  panels() {
    return [["synapse", "Synapse over the protocol", this.synapse], ["weight", "Weight over the protocol", this.weight], ["pairing", "One pairing, closely", this.near]];
  }

  destroy() {
    for (const strips of [this.synapse, this.weight, this.near]) strips.destroy();
  }
}

/** ms of the window in which the trace is above; its instants are evenly spaced. */
function abovefor(time, trace, threshold) {
  let count = 0;
  for (const value of trace) if (value > threshold) count++;
  return (count * (time.at(-1) - time[0])) / Math.max(1, time.length - 1);
}

function bars(recorded) {
  const rows = proportions(recorded).map(({ title, share, of }) => element("li", {}, element("span", { text: title }), element("span", { class: "pxs-bar", "aria-hidden": "true" }, element("i", { style: `width: ${100 * share}%` })), element("span", { class: "pxs-of-n", text: of })));
  return element("ul", { class: "pxs-bars" }, rows);
}
