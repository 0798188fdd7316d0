// What a person takes away: the run as a file, its curves as a table, its figures as pictures.

import { button, element } from "./panels/markup.js";

/** Hands a blob to the browser as a download. */
export function download(blob, name) {
  const address = URL.createObjectURL(blob);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

const SIDE = 128; // pixels to which a picture is reduced to see whether it holds anything
const NOTHING = "nothing is drawn here yet. Scroll to it or press Play, then export it again.";

/** {name, title, image?, svg?} of each picture that can be exported; the functions return Promises of Blobs. `see(place)` has a
    picture drawn that was not on the screen yet. */
export function figures(places, plotly, see = async () => {}) {
  const seen = ({ panel, failed }) => !failed && panel.element.checkVisibility?.() !== false;
  return places.filter(seen).map((place) => described(place, plotly, () => see(place))).filter((figure) => figure.image || figure.svg);
}

function described({ panel, host }, plotly, see) {
  const title = panel.title ?? host.querySelector("h2, h3, h4")?.textContent ?? panel.name;
  const figure = { name: panel.name.replaceAll("_", "-"), title };
  const graph = host.querySelector(".js-plotly-plot");
  const has = (form) => typeof panel[form] === "function";
  if (has("image")) figure.image = async () => { await see(); return painted(await blobOf(await panel.image())); };
  else if (graph) figure.image = () => plotted(graph, "png", plotly);
  if (has("svg")) figure.svg = async () => { await see(); return new Blob([filled(await panel.svg())], { type: "image/svg+xml" }); };
  else if (graph) figure.svg = () => plotted(graph, "svg", plotly);
  return figure;
}

async function plotted(graph, format, plotly) {
  const { width, height } = graph.getBoundingClientRect();
  const address = await (await plotly()).toImage(graph, { format, width, height, scale: format === "png" ? 2 : 1 });
  return (await fetch(address)).blob();
}

async function blobOf(image) {
  if (image instanceof Blob) return image;
  if (typeof image === "string") return (await fetch(image)).blob();
  const blob = image && (await new Promise((resolve) => image.toBlob(resolve, "image/png")));
  if (!blob) throw new Error(NOTHING); // a canvas without a side has no pixels
  return blob;
}

/** The picture, if it is not of one colour. */
async function painted(blob) {
  const pen = new OffscreenCanvas(SIDE, SIDE).getContext("2d");
  const picture = await createImageBitmap(blob);
  pen.drawImage(picture, 0, 0, SIDE, SIDE);
  const words = new Uint32Array(pen.getImageData(0, 0, SIDE, SIDE).data.buffer);
  if (words.every((word) => word === words[0])) throw new Error(NOTHING);
  return blob;
}

/** The SVG, if there is more in it than its background. */
export function filled(svg) {
  const marks = svg.match(/<(path|text|rect|circle|ellipse|line|polyline|polygon|image)\b/g) ?? [];
  if (marks.length < 2) throw new Error(NOTHING);
  return svg;
}

/** The Export menu. `offers()` → {exported(format), figures, stem} is asked each time the menu opens; `say(sentence)` tells of a failure. */
export class ExportMenu {
  constructor(offers, say) {
    this.say = say;
    this.list = element("div", { class: "px-menu-list" });
    this.element = element("details", { class: "px-menu" }, element("summary", { class: "px-quiet", text: "Export" }), this.list);
    this.element.addEventListener("toggle", () => this.element.open && this._fill(offers()));
    this.element.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.element.contains(event.relatedTarget)) this.element.open = false;
    });
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.element.open) return;
      event.preventDefault();
      this.element.open = false;
      this.element.firstElementChild.focus();
    });
  }

  _fill({ exported, figures: found, stem }) {
    const rows = [
      this._row("Curves", this._item("CSV", "Curves as CSV", () => exported("csv"), `${stem}-curves.csv`)),
      this._row(
        "PyTorch",
        this._item("Script", "The network as a PyTorch script", () => exported("script"), `${stem}.py`),
        this._item("Weights", "The weights for PyTorch", () => exported("pytorch"), `${stem}.pt`),
      ),
    ];
    for (const { name, title, image, svg } of found) {
      const row = this._row(title);
      if (image) row.append(this._item("PNG", `${title} as PNG`, image, `${stem}-${name}.png`));
      if (svg) row.append(this._item("SVG", `${title} as SVG`, svg, `${stem}-${name}.svg`));
      rows.push(row);
    }
    this.list.replaceChildren(...rows);
  }

  _row(title, ...items) {
    return element("div", { class: "px-menu-row" }, element("span", { text: title }), ...items);
  }

  _item(label, name, make, file) {
    const take = async () => {
      try {
        download(await make(), file);
      } catch (error) {
        this.say(`${name}: ${error.message}`);
      }
    };
    return button(label, take, { "aria-label": name });
  }
}
