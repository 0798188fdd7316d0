// Streamlit calls this again for every change of data, sometimes before the first import has come back, and then
// runs the clean-up of the call it overtook. So the element keeps one import and one newest call; only the
// newest call's clean-up may unmount.
export default function ({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector(".parallax-live-place");
  const call = (place.parallaxCall = (place.parallaxCall ?? 0) + 1);
  const newest = () => place.parallaxCall === call;
  const failed = (error) => {
    console.error(error);
    if (!newest()) return;
    place.parallaxView = undefined;
    place.dataset.shown = "failure";
  };
  // This script is a blob, which has no address of its own to resolve a path against.
  place.parallaxView ??= import(new URL(`${data.live}/view.js`, location.origin));
  place.parallaxView.then((view) => {
    if (!newest()) return;
    place.dataset.shown = "view";
    place.parallaxUnmount = view.mount(place, data, setTriggerValue);
  }).catch(failed);
  return () => {
    if (!newest()) return;
    place.parallaxCall += 1;
    place.parallaxUnmount?.();
    place.parallaxUnmount = undefined;
    delete place.dataset.shown;
  };
}
