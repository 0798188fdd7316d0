// A panel that only notes what it was asked to draw. NAME, READINGS and EVERY are filled in by the fake service.
const made = (globalThis.stubs ??= {});
export function create(context) {
  const element = document.createElement("div");
  element.style.height = "90px";
  element.textContent = NAME;
  const stub = made[NAME] = { context, element, drawn: [], resized: 0, destroyed: 0 };
  return { element, name: NAME, title: NAME, readings: READINGS, every: EVERY,
    draw(frame) { if (globalThis.breaks === NAME) throw new Error("broken on purpose"); stub.drawn.push([frame.meta.step, performance.now()]); },
    resize() { stub.resized++; }, destroy() { stub.destroyed++; } };
}
