"""Presses while a run plays: milliseconds until the press is acknowledged, and until its effect is drawn.

Both are taken inside the page, on the clock of the press itself, after the browser's next animation frame: when a person sees it.
Acknowledged: the pressed control or the status beside it changed. Drawn: what was asked for is shown.
"""

from __future__ import annotations

from typing import Any, Final

from bench.networks import fields
from bench.percentiles import percentiles
from bench.screen import browsing, playing
from scripts.lab import Lab
from scripts.server import serving

PRESSES: Final = 25
PATIENCE_MS: Final = 5000
# The effect of Pause and Step: status "paused", with a frame of that status painted. Of Play: a newer step painted.
_PRESS: Final = """async ({name, effect, patience}) => {
    const root = document.querySelector('[data-live]');
    const button = Array.from(root.querySelectorAll('button')).find(
        b => (b.getAttribute('aria-label') || b.textContent.trim()) === name && b.offsetParent);
    const before = {status: root.dataset.status, step: Number(root.dataset.step)};
    const holds = {
        paused: () => root.dataset.status === 'paused',
        playing: () => root.dataset.status === 'playing' && Number(root.dataset.step) > before.step,
    }[effect];
    return await new Promise(resolve => {
        let acknowledged = null, drawn = null;
        const done = () => { observer.disconnect(); clearTimeout(timer); resolve({acknowledged, drawn}); };
        const timer = setTimeout(done, patience);
        const look = () => {
            const now = performance.now() - begun;
            const said = (button.getAttribute('aria-label') || button.textContent.trim()) !== name
                || button.getAttribute('aria-pressed') !== pressed || button.className !== look0 || button.disabled !== disabled
                || button.getAttribute('aria-busy') !== busy;
            if (acknowledged === null && (said || root.dataset.status !== before.status)) {
                acknowledged = now;
                requestAnimationFrame(() => setTimeout(() => { acknowledged = performance.now() - begun; }));
            }
            if (drawn === null && holds()) {
                drawn = -1;
                requestAnimationFrame(() => setTimeout(() => {
                    drawn = performance.now() - begun;
                    if (acknowledged === null) acknowledged = drawn;
                    done();
                }));
            }
        };
        const observer = new MutationObserver(look);
        observer.observe(root, {attributes: true, subtree: true, childList: true, characterData: true});
        const pressed = button.getAttribute('aria-pressed'), look0 = button.className, disabled = button.disabled;
        const busy = button.getAttribute('aria-busy');
        const begun = performance.now();
        button.click();
        look();
    });
}"""


def press(lab: Lab, name: str, effect: str) -> dict[str, float | None]:
    """Milliseconds `acknowledged` and `drawn` of one press."""
    times: dict[str, float | None] = lab.page.evaluate(_PRESS, {"name": name, "effect": effect, "patience": PATIENCE_MS})
    return times


def _series(lab: Lab, name: str) -> dict[str, Any]:
    """Presses of a button that ends playing, each from a playing run."""
    times = []
    for _ in range(PRESSES):
        lab.play()
        lab.page.wait_for_timeout(300)
        times.append(press(lab, name, "paused"))
    return _summary(times)


def _summary(times: list[dict[str, float | None]]) -> dict[str, Any]:
    figures: dict[str, Any] = {"presses": len(times), "without_effect": sum(one["drawn"] is None for one in times)}
    for what in ("acknowledged", "drawn"):
        found = [value for one in times if (value := one[what]) is not None]
        figures |= {f"{what}_{percent}_ms": value for percent, value in percentiles(found, 50, 95).items()}
    return figures


def _plays(lab: Lab) -> dict[str, Any]:
    times = []
    for _ in range(PRESSES):
        lab.pause()
        times.append(press(lab, "Play", "playing"))
    return _summary(times)


def measure() -> dict[str, Any]:
    """By button, on 2-8-8-1 with every panel visible."""
    with serving() as server, browsing() as browser:
        lab = playing(browser, server.url, fields("2-8-8-1"))
        return {"pause": _series(lab, "Pause"), "step": _series(lab, "Step"), "play": _plays(lab)}
