// What a panel may know and ask of the view (the contract stands in ARCHITECTURE.md).

const loading = new Map();

/** Plotly, from the address the page gave; loaded once a page, and not before the first frame was painted. */
export function library(address) {
  if (window.Plotly) return Promise.resolve(window.Plotly);
  if (!loading.has(address)) {
    loading.set(address, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => resolve(window.Plotly);
      script.onerror = () => { loading.delete(address); script.remove(); reject(new Error("The charts could not be loaded. Reload the page to try again.")); };
      document.head.append(script);
    }));
  }
  return loading.get(address);
}

/** Named events with their handlers. */
export class Events {
  constructor() {
    this.handlers = new Map();
  }

  on(event, handler) {
    if (!this.handlers.has(event)) this.handlers.set(event, new Set());
    this.handlers.get(event).add(handler);
    return () => this.handlers.get(event).delete(handler);
  }

  emit(event, value) {
    for (const handler of this.handlers.get(event) ?? []) handler(value);
  }
}

/** One object for a view's whole life; its getters follow the view. */
export function makeContext(view) {
  return {
    get data() { return view.data; },
    get statics() { return view.statics; },
    get run() { return view.attachment.run; },
    colours: view.palette,
    select: (focus) => view.select(focus),
    focus: () => view.focus,
    status: () => view.status,
    command: (object) => view.command(object),
    // While one run takes the place of another, a question waits for the new one: the old one can no longer answer.
    ask: async (probe, parameters) => { await view.ready; return view.door.ask(view.attachment.run.id, probe, parameters); },
    tables: { send: (body, options) => view.door.table(body, options), read: (content) => view.door.readTable(content) },
    network: (files) => view.door.network(files),
    requestChange: (fields, restart) => view.requestChange(fields, restart),
    plotly: () => view.firstPaint.then(() => library(view.data.plotly)),
    on: (event, handler) => view.events.on(event, handler),
    emit: (event, value) => view.events.emit(event, value),
    branches: () => view.timeline.branches,
    curves: (branch) => view.door.curves(view.attachment.run.id, branch),
    drawing: () => view.painter.costs(),
    theme: () => (view.palette.dark ? "dark" : "light"),
    projector: () => view.stage.projector,
    reducedMotion: () => view.painter.still.matches,
  };
}
