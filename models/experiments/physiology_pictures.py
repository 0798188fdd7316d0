"""Protocols of pictures: white noise with the pattern that it leaves, and natural patches with what drives the unit."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np

from models.experiments.physiology_protocols import Record, Say, about
from models.experiments.physiology_units import Cell, Subject
from models.probes.spike_triggered import Triggered, correlation, threshold
from models.specs.unit_physiology import Parameters
from models.tasks.stimuli import Floats, Window
from models.tasks.stimuli_natural import patches
from models.tasks.stimuli_noise import CHUNK, enlarged, frames
from models.types import Array

SQUARES = 16
PATCHES = 84
CONTEXT = 48
"""Pixels of a photograph that are shown at least, around a unit whose field is smaller."""
SHOWN_SIDE = 112
"""Of patches that are larger, every second pixel goes to the screen."""
_MILESTONES = (1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 500, 800, 1200, 2000, 3000, 5000, 8000, 12_000, 20_000)


def noise(subject: Subject, parameters: Parameters, say: Say, most: int) -> Record:
    """The average after growing numbers of frames, its z, and the first axis of the covariance. `most`: frames this unit is given."""
    window = subject.window("noise")
    squares = _squares(subject, window)
    count = min(parameters.frames, most)
    stops = [stop for stop in _MILESTONES if stop < count] + [count]
    sums, averages, seen, rates = Triggered(squares), [], [], []
    first = 0
    for stop in stops:
        last = 0.0
        for begin in range(first, stop, CHUNK):
            drawn = frames(parameters.seed, begin, min(CHUNK, stop - begin), squares)
            answer = subject.see(_on(drawn, window), window)
            sums.add(drawn, answer)
            last = float(answer[-1])
            say(0.9 * sums.frames / count, f"showing noise: {sums.frames:,} of {count:,} frames")
        seen.append(drawn[-1])
        rates.append(last)
        averages.append(sums.average())
        first = stop
    axis, eigenvalue = sums.first_axis()
    bound = threshold(squares)
    arrays: dict[str, Array] = {
        "frame": np.asarray(seen, np.int8).astype(np.float32),
        "average": np.asarray(averages, np.float32),
        "significance": sums.significance().astype(np.float32),
        "axis": axis.astype(np.float32),
        "response": np.asarray([rates], np.float32),
    }
    result = {
        "frames": stops,
        "asked": parameters.frames,
        "most": most,
        "squares": squares,
        "threshold": bound,
        "passing": int((np.abs(sums.significance()) > bound).sum()),
        "eigenvalue": eigenvalue,
        "total": sums.total,
        "correlations": None,
    }
    if isinstance(subject, Cell):
        arrays["planted"] = planted = subject.planted(window, squares)
        result["correlations"] = {
            "average": [correlation(average, planted) for average in averages],
            "axis": abs(correlation(axis, planted)),
            "plane": _in_plane(subject, window, squares, axis),
        }
    return Record({**result, **about(subject, window)}, arrays)


def natural(subject: Subject, parameters: Parameters, say: Say) -> Record:
    """Patches of the packaged photographs; the unit sees the window in their middle."""
    window = subject.window("natural")
    margin = max(0, CONTEXT - window.side) // 2
    places, cut = patches(PATCHES, window.side + 2 * margin, parameters.seed)
    say(0.3, f"showing {PATCHES} patches")
    rates = subject.see(cut[:, margin : margin + window.side, margin : margin + window.side].astype(np.float32) / 255, window)
    step = 2 if cut.shape[1] > SHOWN_SIDE else 1
    shown = cut[:, ::step, ::step]
    box = [(edge + margin) / step for edge in subject.box(window)]
    result = {"patches": [asdict(place) for place in places], "step": step, "patch_box": box}
    return Record({**result, **about(subject, window)}, {"patch": np.ascontiguousarray(shown), "response": rates[None].astype(np.float32)})


def _squares(subject: Subject, window: Window) -> int:
    """Squares a side: 16, or as many as there are pixels in a smaller window."""
    return min(SQUARES, window.side)


def _on(drawn: Array, window: Window) -> Floats:
    return enlarged(drawn, window.side)


def _in_plane(subject: Cell, window: Window, squares: int, axis: Array) -> float:
    """How much of the axis lies in the plane of the cell's two Gabors: 1 where it is a mixture of them."""
    own = subject.planted(window, squares).ravel().astype(np.float64)
    other = subject.planted(window, squares, quarter=True).ravel().astype(np.float64)
    basis, _ = np.linalg.qr(np.stack([own, other], axis=1))
    return float(np.linalg.norm(basis.T @ axis.ravel()))
