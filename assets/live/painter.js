// When pixels are painted: the newest frame only, inside the browser's own animation frames.

const SLOW_BUDGET = 14; // ms of one animation frame for panels that draw in rotation
// ms between two turns of those panels. They take them together: what changes at both ends of a page makes the browser put the
// whole page together anew, and that must not happen in every frame.
const BEAT = 110;
const PATIENCE = 1500; // ms in which a picture off the screen gets all it asks for, where the run has it
const STILL_GAP = 250; // ms between paints for people who ask for reduced motion

/** A panel on its place on the page. `every` 0: drawn each frame; otherwise in rotation, ms apart. `always`: off screen as well. */
class Place {
  constructor(panel, host) {
    this.panel = panel;
    this.host = host;
    this.every = panel.every ?? 0;
    this.visible = host === null || Boolean(panel.always);
    this.summoned = false; // wanted for a picture of it, on the screen or not
    this.failed = false;
    this.drawn = null;
    this.last = -Infinity;
    this.cost = 0;
  }

  /** Whether the frame carries all that the panel asks for. */
  fedBy(frame) {
    const patterns = (this.panel.readings ?? []).map((name) => new RegExp(`^${name.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`));
    const keys = Object.keys(frame.arrays);
    return patterns.every((pattern) => keys.some((key) => pattern.test(key)));
  }

  wants(frame) {
    return this.visible && !this.failed && this.drawn !== frame;
  }

  /** ms until the panel's turn; not positive when it is due. A little early, so that the promised rate is kept. */
  wait(now) {
    return this.every * 0.9 - (now - this.last);
  }

  draw(frame, now) {
    this.drawn = frame;
    this.last = now;
    const began = performance.now();
    try {
      this.panel.draw(frame);
    } catch (error) {
      this.fail(error);
    }
    const took = performance.now() - began;
    this.cost += 0.3 * (took - this.cost);
    return took;
  }

  /** One picture's fault is its own: a sentence stands in its place and the others go on. */
  fail(error) {
    console.error(error);
    this.failed = true;
    if (this.host === null) return;
    const sentence = document.createElement("p");
    sentence.className = "px-broken";
    sentence.setAttribute("role", "note");
    sentence.textContent = `${this.panel.title ?? "This picture"} stopped because of an error; everything else goes on. Reload the page to bring it back.`;
    this.host.replaceChildren(sentence);
  }
}

export class Painter {
  /** painted(frame, kept) is called after a new frame's pixels were drawn; seen() when a panel comes on screen or leaves it. */
  constructor(painted, seen) {
    this.painted = painted;
    this.seen = seen;
    this.places = [];
    this.pending = null;
    this.current = null;
    this.kept = false;
    this.asked = null;
    this.lastPaint = -Infinity;
    this.beat = -Infinity;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.observer = new IntersectionObserver((entries) => this._watch(entries, seen), { rootMargin: "120px" });
    this.resizer = new ResizeObserver((entries) => this._resize(entries));
  }

  /** `host` null: not a picture but text that follows the frames, always drawn. */
  add(panel, host = null) {
    const place = new Place(panel, host);
    this.places.push(place);
    if (host === null) return;
    host.pxPlace = place;
    this.observer.observe(host);
    this.resizer.observe(host);
  }

  /** Lets go of every picture; text stays. */
  clear() {
    for (const { host, panel } of this.pictures()) {
      this.observer.unobserve(host);
      this.resizer.unobserve(host);
      panel.destroy?.();
      host.remove();
    }
    this.places = this.places.filter((place) => place.host === null);
  }

  /** {panel: mean ms of its drawing} of the pictures on screen. */
  costs() {
    return Object.fromEntries(this.pictures().filter(({ visible }) => visible).map(({ panel, cost }) => [panel.name, cost]));
  }

  pictures() {
    return this.places.filter((place) => place.host !== null);
  }

  /** What the pictures on screen need, in a stable order. */
  readings() {
    const wanted = this.pictures().filter((place) => (place.visible || place.summoned) && !place.failed).flatMap((place) => place.panel.readings ?? []);
    return [...new Set(wanted)].sort();
  }

  /** A frame to paint next; one that was waiting is overtaken. `kept`: from the cache, so it is not news. */
  offer(frame, kept = false) {
    this.pending = frame;
    this.kept = kept;
    this._ask(0);
  }

  /** Everything once more, for example in new colours. */
  redraw() {
    for (const place of this.places) place.drawn = null;
    if (this.current) this._ask(0);
  }

  /** Has a picture drawn that is not on the screen; resolves when it is, or when nothing came for it. */
  async see(place) {
    if (place.visible && place.drawn) return;
    place.summoned = true;
    this.seen();
    const until = performance.now() + PATIENCE;
    while (performance.now() < until && !(this.current && place.fedBy(this.current))) await new Promise((resolve) => { setTimeout(resolve, 50); });
    place.panel.resize?.();
    if (this.current && !place.failed) place.draw(this.current, performance.now());
    place.summoned = false;
    this.seen();
  }

  forget() {
    this.pending = this.current = null;
  }

  destroy() {
    this.forget();
    this.clear();
    this.observer.disconnect();
    this.resizer.disconnect();
  }

  _ask(delay) {
    if (this.asked === "frame" || (this.asked !== null && delay > 0)) return;
    clearTimeout(this.asked);
    const gap = this.still.matches ? this.lastPaint + STILL_GAP - performance.now() : 0;
    const wait = Math.max(delay, gap);
    if (wait > 20) {
      this.asked = setTimeout(() => { this.asked = null; this._next(); }, wait);
    } else this._next();
  }

  _next() {
    this.asked = "frame";
    requestAnimationFrame((now) => this._paint(now));
  }

  _paint(now) {
    this.asked = null;
    const news = this.pending;
    this.current = news ?? this.current;
    this.pending = null;
    if (!this.current) return;
    this.lastPaint = now;
    for (const place of this.places) if (place.every === 0 && place.wants(this.current)) place.draw(this.current, now);
    this._rotate(now);
    if (news) this.painted(news, this.kept);
    const waits = this.places.filter((place) => place.wants(this.current)).map((place) => place.wait(now));
    if (waits.length) this._ask(Math.max(this.beat - now, Math.min(...waits)));
  }

  // The longest overdue first; at least one, and then as many as are expected to fit. The rest has the next frame.
  _rotate(now) {
    if (now < this.beat) return;
    const due = this.places.filter((place) => place.every > 0 && place.wants(this.current) && place.wait(now) <= 0);
    due.sort((a, b) => a.wait(now) / a.every - b.wait(now) / b.every);
    let spent = 0;
    for (const place of due) {
      if (spent > 0 && spent + place.cost > SLOW_BUDGET) return;
      spent += place.draw(this.current, now);
    }
    if (due.length) this.beat = now + BEAT * 0.9;
  }

  _watch(entries, seen) {
    for (const { target, isIntersecting } of entries) {
      target.pxPlace.visible = isIntersecting || Boolean(target.pxPlace.panel.always);
      if (isIntersecting) target.pxPlace.drawn = null;
    }
    seen();
    if (this.current) this._ask(0);
  }

  _resize(entries) {
    for (const { target } of entries) {
      const place = target.pxPlace;
      if (place.failed) continue;
      place.panel.resize?.();
      place.drawn = null;
    }
    if (this.current) this._ask(0);
  }
}
