// Which lane the panels of the page are about. It is one choice for all of them: whoever changes it tells the others.

export class ChosenLane {
  /** `changed(lane)` is called when somebody chose another lane. */
  constructor(context, by, changed) {
    Object.assign(this, { context, by, lane: 1 });
    this.stop = context.on("rule", ({ lane, by: who }) => {
      if (who === by || lane === this.lane) return;
      this.lane = lane;
      changed(lane);
    });
  }

  choose(lane) {
    this.lane = lane;
    this.context.emit("rule", { lane, by: this.by });
  }

  destroy() {
    this.stop();
  }
}
