"""The modules one by one: decoding, the cache of frames, scales, the address."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page
from safetensors.numpy import save

from tests.live.conftest import PORT, Screen


@pytest.fixture
def page(screen: Screen) -> Page:
    screen.page.goto(f"http://127.0.0.1:{PORT}/real?layout=home")
    return screen.page


def _decoded(page: Page, blob: bytes) -> Any:
    return page.evaluate(
        "async (bytes) => { const { decode } = await import('/assets/live/frame.js'); const buffer = new Uint8Array(bytes).buffer;"
        " const { meta, arrays } = decode(buffer); const told = (a) => [a.constructor.name, [...a], a.shape, a.buffer === buffer];"
        " return { meta, arrays: Object.fromEntries(Object.entries(arrays).map(([name, a]) => [name, told(a)])) }; }",
        list(blob),
    )


def test_decodes_every_dtype_without_copying_what_is_aligned(page: Page) -> None:
    arrays: dict[str, np.ndarray] = {
        "a": np.array([[1.5, -2.5]], np.float64), "b": np.array([0.25, 0.5, 1.0], np.float32), "c": np.array([-7, 9], np.int32),
        "d": np.array([2**40], np.int64), "e": np.array([[0, 255, 127]], np.uint8),
    }
    found = _decoded(page, save(arrays, {"meta": json.dumps({"step": 3, "ε": "é"})}))
    assert found["meta"] == {"step": 3, "ε": "é"}
    kinds = {"a": "Float64Array", "b": "Float32Array", "c": "Int32Array", "d": "Float64Array", "e": "Uint8Array"}
    for name, array in arrays.items():
        kind, values, shape, shared = found["arrays"][name]
        assert (kind, values, shape) == (kinds[name], array.ravel().tolist(), list(array.shape))
        assert shared == (name != "d")


def test_decodes_what_is_not_aligned_and_metadata_with_nan(page: Page) -> None:
    arrays = {"u": {"dtype": "U8", "shape": [1], "data_offsets": [0, 1]}, "f": {"dtype": "F32", "shape": [1], "data_offsets": [1, 5]}}
    header = json.dumps({"__metadata__": {"meta": '{"train_loss": NaN, "text": "NaN stays"}'}, **arrays}).encode()
    blob = len(header).to_bytes(8, "little") + header + b"\x07" + np.array([1.5], "<f4").tobytes()
    found = _decoded(page, blob)
    assert found["meta"] == {"train_loss": None, "text": "NaN stays"}
    assert found["arrays"]["f"][1] == [1.5]


TIMELINE = """async (frames) => { const { Timeline } = await import('/assets/live/timeline.js'); const timeline = new Timeline();
 timeline.branches = [{id: 0, parent: null, fork_step: 0}, {id: 1, parent: 0, fork_step: 40}];
 for (const [step, branch, bytes] of frames) timeline.add({meta: {step, branch}, bytes});
 const near = timeline.near(33, 4)?.meta.step ?? null;
 return { steps: timeline.frames.map((frame) => frame.meta.step), bytes: timeline.bytes, near, far: timeline.near(5000, 4) }; }"""


def test_the_cache_is_bounded_and_keeps_the_newest(page: Page) -> None:
    found = page.evaluate(TIMELINE, [[step, 0, 1000] for step in range(2000)])
    assert len(found["steps"]) <= 600 and found["steps"][-300:] == list(range(1700, 2000)) and found["steps"] == sorted(found["steps"])
    assert found["bytes"] == 1000 * len(found["steps"])
    large = page.evaluate(TIMELINE, [[step, 0, 1024 * 1024] for step in range(100)])
    assert large["bytes"] <= 24 * 1024 * 1024 and large["steps"][-1] == 99


def test_a_new_branch_drops_the_frames_from_the_fork_on(page: Page) -> None:
    """At the fork's own step the branch has its first change already."""
    found = page.evaluate(TIMELINE, [[step, 0, 10] for step in range(0, 100, 10)] + [[41, 1, 10], [50, 1, 10]])
    assert found["steps"] == [0, 10, 20, 30, 41, 50] and found["near"] == 30 and found["far"] is None


def test_scales_reach_both_bounds_and_zero(page: Page) -> None:
    ends = page.evaluate(
        "async () => { const { scale } = await import('/assets/live/controls.js');"
        " const ends = (minimum, maximum, kind) => { const s = scale({minimum, maximum, scale: kind});"
        " return [s.value(0), s.value(200), Math.round(s.position(s.value(137)))]; };"
        " return [ends(1e-5, 10, 'log'), ends(0, 1, 'log'), ends(50, 1000, 'linear')]; }"
    )
    assert [pair[:2] for pair in ends] == [[1e-5, 10], [0, 1], [50, 1000]]
    assert all(abs(position - 137) <= 1 for _, _, position in ends)


def test_the_address_holds_live_values_that_differ_from_the_default(page: Page) -> None:
    found = page.evaluate(
        "async () => { const { parameters } = await import('/assets/live/address.js');"
        " const data = {link: {dataset: 'xor', learning_rate: '0.5'}, defaults: {learning_rate: 0.03, stop_loss: null},"
        " controls: [{field: 'learning_rate'}, {field: 'stop_loss'}]};"
        " return [parameters(data, {learning_rate: 0.1, stop_loss: 0.2}), parameters(data, {learning_rate: 0.03, stop_loss: null})]; }"
    )
    assert found == [[["dataset", "xor"], ["learning_rate", "0.1"], ["stop_loss", "0.2"]], [["dataset", "xor"]]]
