// Links the first use of each term in the view's own text to the glossary, with its definition on hover and focus.
// Only text that stands is marked: headings, notes, table heads. Where a panel later writes other words, the link goes with the old ones.

import { element } from "./panels/markup.js";

const MARKED = ".px-heading, .px-head .px-note, .px-side > h4, .px-strip h5, .px-facts dt, .px-parts th, .px-parts caption, .px-key, [data-terms]";
const NEVER = "button, a, summary, label, select, canvas, svg, [role=radiogroup], [role=alert], [role=status], [aria-live], .js-plotly-plot";
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Marks what `root` shows now; terms that it links already stay as they are. `glossary` is {address, terms: [{slug, forms, definition}]}. */
export function markTerms(root, glossary) {
  if (!glossary?.terms.length) return;
  const meant = new Map(glossary.terms.flatMap((term) => term.forms.map((form) => [form, term])));
  const forms = [...meant.keys()].sort((a, b) => b.length - a.length).map(escaped);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${forms.join("|")})(?![\\p{L}\\p{N}_-])`, "giu");
  const linked = new Set([...root.querySelectorAll("a.px-term")].map((link) => link.dataset.term));
  for (const text of texts(root)) markText(text, pattern, (words) => meant.get(words) ?? meant.get(words.toLowerCase()), linked, glossary.address);
}

/** The text nodes that may be marked, in the order in which they stand. */
function texts(root) {
  const places = [...root.querySelectorAll(MARKED)].filter((place) => !place.closest(NEVER) && place.checkVisibility());
  return places.flatMap((place) => {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT, (node) => (node.parentElement.closest(NEVER) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  }).filter((node, index, all) => all.indexOf(node) === index);
}

function markText(node, pattern, meaning, linked, address) {
  const parts = [];
  let from = 0;
  for (const { 0: words, index } of node.data.matchAll(pattern)) {
    const term = meaning(words);
    if (!term || linked.has(term.slug)) continue;
    linked.add(term.slug);
    parts.push(node.data.slice(from, index), link(term, words, address));
    from = index + words.length;
  }
  if (parts.length) node.replaceWith(...parts, node.data.slice(from));
}

// Another tab: leaving the page would take the run and its timeline out of sight.
function link({ slug, definition }, words, address) {
  return element("a", { class: "px-term", "data-term": slug, href: `${address}#${slug}`, target: "_blank", rel: "noopener", title: `${definition} (Glossary, in another tab)`, text: words });
}
