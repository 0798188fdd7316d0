// What stands behind a curve: recorded data, a published model, or an analogy. The button opens the source.

import { element, show } from "./markup.js";

const DOI = /^10\.\d{4,9}\/[^\s"<>]+$/;

/** `badge` is {kind, label, source, doi}; a curve without one gets nothing. `named`: several curves share the row. */
export function badgeButton(badge, curve, named = false) {
  if (!badge) return null;
  const popover = element("div", { class: "px-popover", role: "note" },
    element("p", { text: badge.label ?? "" }), element("p", { text: badge.source ?? "" }), link(badge.doi));
  show(popover, false);
  const opener = element("button", { type: "button", class: "px-badge", "aria-expanded": "false", "aria-label": `${curve}: ${badge.kind}, source` }, named ? `${curve}: ${badge.kind}` : badge.kind);
  const set = (open) => {
    show(popover, open);
    opener.setAttribute("aria-expanded", String(open));
  };
  opener.addEventListener("click", () => set(popover.hidden));
  const wrap = element("span", { class: "px-badged" }, opener, popover);
  wrap.addEventListener("keydown", (event) => event.key === "Escape" && !popover.hidden && (event.stopPropagation(), set(false), opener.focus()));
  wrap.addEventListener("focusout", (event) => wrap.contains(event.relatedTarget) || set(false));
  return wrap;
}

function link(doi) {
  if (!DOI.test(doi ?? "")) return null;
  return element("a", { href: `https://doi.org/${doi}`, target: "_blank", rel: "noopener noreferrer", text: `doi:${doi}` });
}
