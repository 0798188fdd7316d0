"""A 12-megapixel photograph: seconds until the labels and every stage are there, asked over HTTP and on the page."""

from __future__ import annotations

import io
import time
from typing import Any
from urllib.parse import urljoin

import httpx
from PIL import Image

from bench.percentiles import significant
from bench.screen import FIRST_SCREEN, browsing
from scripts.server import Server, serving

SIZE = (4000, 3000)
SHOTS = 4

# On the page's own clock, from the change of the file input to the frame after the answer was drawn.
_RECORD = """root => {
    const told = window.benchPhotograph = {done: null, said: []};
    let begun = null;
    root.querySelector('input[type=file]').addEventListener('change', () => { begun = performance.now(); }, {once: true, capture: true});
    const look = () => {
        if (begun === null) return;
        const sentence = root.querySelector('[role=status], [aria-live]')?.textContent;
        if (sentence && !told.said.includes(sentence)) told.said.push(sentence);
        if (root.dataset.status === 'working') told.worked = true;
        if (told.worked && root.dataset.status === 'done') {
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => { told.done = performance.now() - begun; }));
        }
    };
    const observer = new MutationObserver(look);
    observer.observe(root, {attributes: true, subtree: true, childList: true, characterData: true});
}"""


def photograph(shot: int) -> bytes:
    """A JPEG of 12 megapixels from the packaged cat; no two shots are alike, so that none is answered from a cache."""
    from skimage.data import chelsea

    image = Image.fromarray(chelsea()).resize(SIZE, Image.Resampling.BICUBIC)
    image.putpixel((0, 0), (shot, shot, shot))
    image.paste((17 * shot % 256, 90, 40), (0, 0, 64, 64))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=90)
    return file.getvalue()


def _answer(client: httpx.Client, url: str, data: bytes) -> dict[str, Any]:
    """The result, whether it came at once or as a job whose progress is asked."""
    answer = client.post(f"{url}/api/analyses/feature-hierarchy", files={"image": ("cat.jpg", data, "image/jpeg")})
    answer.raise_for_status()
    result: dict[str, Any] = answer.json()
    if answer.status_code != 202:
        return result
    while True:
        job = client.get(f"{url}/api/jobs/{result['job_id']}").json()
        if job.get("result"):
            found: dict[str, Any] = job["result"]
            return found
        if job.get("status") in ("error", "failed", "cancelled"):
            raise RuntimeError(str(job)[:500])
        time.sleep(0.02)


def _over_http(server: Server) -> dict[str, Any]:
    seconds, megabytes = [], 0.0
    with httpx.Client(timeout=60) as client:
        for shot in range(SHOTS):
            data = photograph(shot)
            megabytes = len(data) / 1e6
            begun = time.perf_counter()
            result = _answer(client, server.url, data)
            arrays = client.get(urljoin(server.url + "/", result["arrays"]))
            arrays.raise_for_status()
            seconds.append(time.perf_counter() - begun)
    warm = sorted(seconds[1:])
    return {
        "first_s": significant(seconds[0]),
        "median_s": significant(warm[len(warm) // 2]),
        "megabytes": significant(megabytes),
        "stages": len(result["stages"]),
        "labels": len(result["labels"]),
    }


def _on_page(server: Server) -> dict[str, Any]:
    """From choosing the file until the pixels of labels and maps were painted, and what was said meanwhile."""
    seconds, sentences = [], 0
    with browsing() as browser:
        page = browser.new_page(viewport={"width": FIRST_SCREEN[0], "height": FIRST_SCREEN[1]})
        page.goto(f"{server.url}/feature-hierarchy")
        page.locator(".pxh[data-status=done]").wait_for(timeout=60_000)
        for shot in range(SHOTS, 2 * SHOTS):
            page.locator(".pxh").evaluate(_RECORD)
            file = {"name": "cat.jpg", "mimeType": "image/jpeg", "buffer": photograph(shot)}
            page.locator("input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
            page.wait_for_function("() => window.benchPhotograph.done !== null", timeout=60_000)
            told = page.evaluate("() => window.benchPhotograph")
            seconds.append(told["done"] / 1000)
            sentences = max(sentences, len(told["said"]))
    median = sorted(seconds)[len(seconds) // 2]
    return {"median_s": significant(median), "worst_s": significant(max(seconds)), "progress_sentences": sentences}


def measure() -> dict[str, Any]:
    with serving() as server:
        return {"over_http": _over_http(server), "on_page": _on_page(server)}
