// Goes to the entry that the address names (/glossary#learning-rate) and marks it, once the entry is there.
export default function ({ parentElement }) {
  const go = () => {
    const entry = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!entry?.classList.contains("parallax-entry")) return false;
    for (const marked of document.querySelectorAll(".parallax-entry[data-marked]")) delete marked.dataset.marked;
    entry.hidden = false; // a link reaches what the filter has put away
    entry.dataset.marked = "";
    entry.scrollIntoView({ block: "start" });
    entry.focus({ preventScroll: true });
    parentElement.parallaxGone = location.hash;
    return true;
  };
  // A rerun of the page, for example by the filter, is no reason to scroll again.
  const isNew = () => location.hash.length > 1 && parentElement.parallaxGone !== location.hash;
  const observer = new MutationObserver(() => (!isNew() || go()) && observer.disconnect());
  if (isNew() && !go()) observer.observe(document.body, { childList: true, subtree: true });
  window.addEventListener("hashchange", go);
  // The same link pressed again changes no address, but is meant all the same.
  const again = (event) => event.target.closest?.(`.parallax-entry a[href="${CSS.escape ? location.hash : ""}"]`) && go();
  document.addEventListener("click", again);
  return () => {
    observer.disconnect();
    window.removeEventListener("hashchange", go);
    document.removeEventListener("click", again);
  };
}
