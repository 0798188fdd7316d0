// The feature hierarchy: a photograph in; its labels, and the strongest maps of every rung of two ladders out, side by side.
// Changing rung or unit asks the service nothing: every map that is shown came with the analysis.

import { Refusal } from "../analysis.js";
import { Palette, watchTheme } from "../colour.js";
import { library } from "../context.js";
import { badgeButton } from "../panels/badge.js";
import { element, say, show } from "../panels/markup.js";
import { Player, TakeAway } from "../player/player.js";
import { Alike } from "./alike.js";
import { Asking } from "./asking.js";
import { Faults } from "./faults.js";
import { fieldOf } from "./geometry.js";
import { Intake } from "./intake.js";
import { Invariance } from "./invariance.js";
import { Labels } from "./labels.js";
import { Ladder } from "./ladder.js";
import { write } from "./link.js";
import { CEILING, MOMENTS, SIDES, momentOf, rungsOf, short } from "./moments.js";
import { more } from "./more.js";
import { asImage, Photograph } from "./photograph.js";
import { Shelf } from "./shelf.js";
import { rows } from "./table.js";
import { Unit } from "./unit.js";

/** Called again with every change of the page; the first call decides. Returns how to take the view away. */
export function mount(place, data) {
  place.parallaxHierarchy ??= new Hierarchy(place, data);
  return () => {
    place.parallaxHierarchy?.destroy();
    delete place.parallaxHierarchy;
  };
}

class Hierarchy {
  constructor(place, data) {
    this.data = data;
    this.root = element("section", { class: "px-root", "aria-label": "Feature hierarchy", tabindex: -1 });
    this.view = element("div", { class: "pxh", "data-status": "starting" });
    this.root.append(this.view);
    place.append(this.root);
    this.palette = new Palette(this.root);
    const { opened } = data;
    this.index = Math.max(0, momentOf(opened.stage));
    this.side = MOMENTS[this.index][opened.side] ? opened.side : "network";
    this.channel = opened.channel;
    this.chosen = [{ sample: data.spec.image.replace("sample:", "") }, data.spec.compare ? { sample: data.spec.compare.replace("sample:", "") } : null];
    this._build();
    this.stop = watchTheme(this.root, () => this.palette.read() && this._repaint());
    this._ask(this.chosen);
  }

  _build() {
    const look = (map, row, column) => this._look(map, row, column);
    const context = { api: this.data.api, palette: this.palette, colours: this.palette, data: this.data, plotly: () => library(this.data.plotly), say: (sentence) => this.takeaway.say(sentence) };
    this.asking = new Asking(this.data, (sentence, share) => this.intakes[this.slot ?? 0].progress(sentence, share));
    this.panel = element("div", { class: "pxh-panel", role: "tabpanel", id: "pxh-panel" });
    this.intakes = [new Intake(this.root, this.data, (chosen) => this._take(0, chosen)), new Intake(this.root, this.data, (chosen) => this._take(1, chosen), { second: true })];
    this.photographs = [new Photograph(), new Photograph()];
    this.labels = [new Labels("What it is called"), new Labels("What the second is called"), new Labels("Labels, best first")];
    this.ladder = new Ladder(this.panel, (rung) => this.player.show(momentOf(rung, this.index)));
    this.alike = new Alike(context);
    this.shelves = Object.fromEntries(SIDES.map((side) => [side, new Shelf(side, look, (map) => this._choose(side, map))]));
    for (const side of SIDES) this.shelves[side].badge(badgeButton(this.data.badges[side], side === "brain" ? "Brain’s models" : "Network"));
    this.unit = new Unit(look);
    this.invariance = new Invariance(context, { opened: this.data.opened, moved: () => this._address() });
    this.more = more(context);
    this.player = new Player(this.root, { moved: (index) => this._open(index), says: (index) => this._says(index), noun: "step", rate: 1 });
    this.takeaway = new TakeAway(this.root, { stem: "feature-hierarchy", table: () => (this.rungs ? rows(this.rungs, this.invariance.points()) : null), panels: () => [this.alike, ...this.invariance.charts, ...(this.more.charts ?? [])].map((panel) => ({ panel, host: panel.element })), plotly: context.plotly });
    this._arrange();
  }

  _arrange() {
    const { photographs, labels, shelves } = this;
    this.second = element("div", { class: "pxh-second", hidden: true }, photographs[1].element, labels[1].element);
    this.remove = element("button", { type: "button", class: "pxh-button", hidden: true, onclick: () => this._take(1, null) }, "Remove the second photograph");
    this.comparing = element("details", { class: "pxh-comparing", open: this.chosen[1] !== null }, element("summary", { text: "Compare with another photograph" }), this.intakes[1].element);
    this.intakes[1].element.append(this.remove);
    const seen = element("div", { class: "pxh-seen" }, photographs[0].element, labels[0].element, this.second);
    this.panel.append(shelves.brain.element, shelves.network.element, this.unit.element);
    this.body = element("div", { class: "pxh-body", hidden: true }, seen, element("div", { class: "pxh-climb" }, this.ladder.element, this.alike.said, this.panel));
    this.waiting = element("div", { class: "pxh-shape", "aria-hidden": "true" }, element("i"), element("i"), element("i"));
    this.below = element("div", { class: "pxh-below", hidden: true }, this.invariance.element, this.more.element);
    const under = element("div", { class: "px-under" }, this.comparing, this.takeaway.element, this.takeaway.message);
    this.faults = new Faults(this.data.opened);
    this.view.append(this.faults.element, this.intakes[0].element, this.player.element, under, this.waiting, this.body, this.below);
  }

  _take(slot, chosen) {
    this.slot = slot;
    const wanted = [...this.chosen];
    wanted[slot] = chosen;
    return this._ask(wanted);
  }

  async _ask(wanted) {
    const intake = this.intakes[this.slot ?? 0];
    this.player.pause();
    this.view.dataset.status = "working";
    intake.progress("asking the service", 0);
    try {
      const { answer, images } = await this.asking.of(wanted);
      this.chosen = wanted;
      this._answered(answer, images);
      intake.finished();
    } catch (error) {
      if (error === null) return;
      if (!(error instanceof Refusal)) console.error(error);
      // What was shown before stays: a refused photograph costs nothing.
      this.view.dataset.status = "refused";
      intake.refuse(error instanceof Refusal ? error.message : "The answer could not be shown. Try again.");
    }
  }

  _answered(answer, images) {
    Object.assign(this, { answer, images });
    this.input = asImage(answer.arrays.input);
    this.rungs = rungsOf(answer);
    show(this.body, true);
    show(this.below, true);
    show(this.waiting, false);
    this.intakes.forEach((intake, i) => intake.mark(this.chosen[i]?.sample ?? null));
    this._show();
    this.player.load(MOMENTS.length, { index: this.index });
    this.invariance.show(images[0], this.rungs);
    this.more.analysed({ image: images[0], labels: answer.result.labels, arrays: answer.arrays, title: this._title(0) });
    this.view.dataset.status = "done";
  }

  _show() {
    const { result, arrays } = this.answer;
    this.photographs[0].show({ result, arrays }, this._title(0), this._caption(0, result));
    this.labels[0].show(result.labels);
    this.labels[2].show(result.labels);
    show(this.second, Boolean(result.compared));
    show(this.remove, Boolean(result.compared));
    if (result.compared) {
      const second = { result: { ...result.compared, input_side: result.input_side }, arrays: { photo: arrays["compared/photo"] } };
      this.photographs[1].show(second, this._title(1), this._caption(1, result.compared));
      this.labels[1].show(result.compared.labels);
    }
    this.ladder.show(this.rungs, this.palette, result.labels[0]);
    this.alike.show(this.rungs);
    this.ladder.hang(result.compared ? this.alike.element : null);
  }

  _repaint() {
    if (this.answer) {
      this._show();
      this._open(this.index);
    }
    this.invariance.repaint();
    this.more.theme();
  }

  _sample(slot) {
    return this.data.samples.find(({ name }) => name === this.chosen[slot]?.sample) ?? null;
  }

  _title(slot) {
    return this._sample(slot)?.title ?? (slot ? "The second photograph" : "Your photograph");
  }

  _caption(slot, { photograph, notes }) {
    const sample = this._sample(slot);
    const about = sample ? [sample.sentence, `${sample.credit}.`] : [];
    return [...about, `${photograph.width.toLocaleString("en-GB")} × ${photograph.height.toLocaleString("en-GB")} pixels.`, ...notes, "Its 224 pixels are taken to be 8 degrees wide."].join(" ");
  }

  _says(index) {
    const { brain, network } = MOMENTS[index];
    const title = (name) => (this.rungs?.[name] && short(this.rungs[name].stage)) ?? (name === "label" ? "the label" : "no model");
    return `${title(brain)} beside ${title(network)}`;
  }

  // Channels of two rungs have nothing in common but their numbers.
  _open(index) {
    const before = MOMENTS[this.index][this.side];
    this.index = index;
    const moment = MOMENTS[index];
    if (!moment[this.side]) this.side = "network";
    if (moment[this.side] !== before) this.channel = null;
    this.view.dataset.stage = moment.network;
    this.ladder.mark(index);
    this.alike.mark(index);
    for (const side of SIDES) this._shelve(side, this.rungs[moment[side]]);
    const maps = this.rungs[moment[this.side]]?.maps;
    show(this.unit.element, Boolean(maps));
    const asked = maps?.find((map) => map.described.channel === this.channel);
    if (maps && !asked && this.channel !== null) this.faults.channel(this.channel, maps);
    if (maps) this._choose(this.side, asked ?? maps[0]);
    else this._none();
  }

  _shelve(side, rung) {
    if (rung) this.shelves[side].show(rung, this.palette);
    else if (side === "network") this.shelves[side].rest("Label", "A linear layer and a softmax share out 100% among a thousand labels. There is none for “something else”.", this.labels[2].element);
    else this.shelves[side].rest("No model here", "How inferior temporal cortex comes to tell objects apart is not agreed, and none of the models on this page gives a name.");
  }

  _none() {
    this.map = null;
    this.view.dataset.channel = "";
    this._look(null);
    this._address();
  }

  _choose(side, map) {
    Object.assign(this, { side, map, channel: map.described.channel });
    this.view.dataset.channel = this.channel;
    this.view.dataset.side = side;
    for (const each of SIDES) this.shelves[each].mark(each === side ? map : null);
    this.unit.show(map, this.input, this.palette);
    this._look(null);
    this._address();
    const { name, title } = map.stage;
    this.invariance.choose(map);
    if (name !== "pixels") this.more.chosen({ side, rung: name, channel: this.channel, title: `${title}, ${map.name}`, image: this.images[0], ceiling: side === "network" && map.stage.rectified ? CEILING : null });
  }

  /** A unit's field on the photographs; without one, that of the chosen unit's largest response. */
  _look(map, row, column) {
    const shown = map ?? this.map;
    const at = map ? [row, column] : this.map?.described.position;
    for (const photograph of this.photographs) photograph.point(shown ? fieldOf(shown, ...at) : null, shown && this.palette[shown.stage.side]);
    if (map) this.unit.read(map, row, column);
    else this.unit.rest();
  }

  _address() {
    const { network } = MOMENTS[this.index];
    const [first, second] = this.chosen.map((chosen) => chosen?.sample ?? null);
    const top = this.map && this.rungs[this.map.stage.name].maps[0] === this.map;
    write({
      image: first && first !== this.data.samples[0].name ? `sample:${first}` : null,
      compare: second ? `sample:${second}` : null,
      stage: network !== this.data.first ? network : null,
      side: this.side === "brain" ? "brain" : null,
      channel: this.map && !top ? String(this.channel) : null,
      ...this.invariance.link(),
    });
  }

  destroy() {
    this.asking.cancel();
    for (const part of [...this.intakes, this.player, this.takeaway, this.invariance, this.alike, this.more]) part.destroy();
    this.stop();
    this.root.remove();
  }
}
