"""The trainer without service or page, against a plain JavaScript loop in the same run: milliseconds an epoch and their ratio."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

from bench.networks import HIDDEN, values
from bench.percentiles import significant

SECONDS = 1.5
ROUNDS = 3
SLICE_SECONDS = 0.02
"""As long as a worker's time slice."""


def javascript_epoch_ms(name: str) -> float | None:
    """None where there is no node."""
    node = shutil.which("node")
    if node is None:
        return None
    script = Path(__file__).with_name("scalar_loop.js")
    said = subprocess.run([node, str(script), name, str(SECONDS)], check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return float(json.loads(said.stdout)["epoch_ms"])


class Measured:
    """One trial that goes on training from round to round; compiled before the first."""

    def __init__(self, name: str) -> None:
        from models.catalog import EXPERIMENTS
        from models.trainer import Trainer

        experiment = EXPERIMENTS["gradient-flow"]
        self.trainer = Trainer(experiment.build(experiment.validate(values(name))))
        self.train(0.3)

    def train(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.trainer.advance(None, time.perf_counter() + SLICE_SECONDS)

    def epoch_ms(self) -> tuple[float, float]:
        """All lanes with the loop around them (the brain panel on, as in a run), and the network's lane alone."""
        lane = self.trainer.trial.lanes[0]
        epochs, inside, begun = self.trainer.epoch, lane.seconds, time.perf_counter()
        self.train(SECONDS)
        took, made = time.perf_counter() - begun, self.trainer.epoch - epochs
        return 1000 * took / made, 1000 * (lane.seconds - inside) / made


def _one(name: str) -> dict[str, Any]:
    trial = Measured(name)
    # Alternating, and the best of each: the machine's other work can only add time, and rarely to both alike.
    rounds = [(javascript_epoch_ms(name), *trial.epoch_ms()) for _ in range(ROUNDS)]
    loop = min((js for js, _, _ in rounds if js is not None), default=None)
    whole, network = min(whole for _, whole, _ in rounds), min(network for _, _, network in rounds)
    figures: dict[str, Any] = {
        "epoch_ms": significant(whole),
        "network_lane_epoch_ms": significant(network),
        "epochs_per_s": significant(1000 / whole),
        "javascript_epoch_ms": None if loop is None else significant(loop),
    }
    if loop is not None:
        figures |= {"times_javascript": significant(whole / loop), "network_lane_times_javascript": significant(network / loop)}
    return figures


def measure() -> dict[str, Any]:
    """Figures by network."""
    return {name: _one(name) for name in HIDDEN}
