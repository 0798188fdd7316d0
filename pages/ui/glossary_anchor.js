// Goes to the entry that the address names (/glossary#learning-rate) and marks it, once the entry is there.
const SETTLING = 4000; // ms in which Streamlit may draw a page that was just opened anew

export default function ({ parentElement }) {
  const named = () => {
    const entry = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    return entry?.classList.contains("parallax-entry") ? entry : null;
  };
  const mark = (entry) => {
    for (const marked of document.querySelectorAll(".parallax-entry[data-marked]")) delete marked.dataset.marked;
    entry.dataset.marked = "";
  };
  const go = () => {
    const entry = named();
    if (!entry) return;
    mark(entry);
    entry.hidden = false; // a link reaches what the filter has put away
    entry.scrollIntoView({ block: "start" });
    entry.focus({ preventScroll: true });
    if (parentElement.parallaxGone !== location.hash) parentElement.parallaxSince = performance.now();
    parentElement.parallaxGone = location.hash;
  };
  // What is drawn anew loses its mark. Only soon after coming here does it also scroll: the filter draws anew as well.
  const look = () => {
    const entry = named();
    if (!entry || "marked" in entry.dataset) return;
    const arrived = parentElement.parallaxGone === location.hash && performance.now() - parentElement.parallaxSince > SETTLING;
    if (arrived) mark(entry);
    else go();
  };
  // A link to the entry that the address names already changes no address, but is meant all the same.
  const again = (event) => location.hash && event.target.closest?.(".parallax-entry a")?.hash === location.hash && go();
  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true });
  window.addEventListener("hashchange", go);
  document.addEventListener("click", again);
  look();
  return () => {
    observer.disconnect();
    window.removeEventListener("hashchange", go);
    document.removeEventListener("click", again);
  };
}
