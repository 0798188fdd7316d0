"""The live convolutional network: images a second in a worker with nobody drawing and on the page, and the seconds to 97%.

Seconds of compute are those in which the processor worked for the run; wall seconds include what else the machine did.
"""

from __future__ import annotations

import time
from typing import Any, Final

import httpx

from bench.percentiles import significant
from bench.screen import browsing, closed, opened, rates, show_everything, window
from scripts.lab import link
from scripts.server import serving

GOAL: Final = 0.97
TRAINING_IMAGES: Final = 4000
SECONDS: Final = 8.0
ALONE_SECONDS: Final = 6.0
LONGEST_SECONDS: Final = 60.0
SLICE_SECONDS: Final = 0.02
"""As long as a worker's time slice."""
FRAMES_A_SECOND: Final = 20
WARM_SECONDS: Final = 3.0


class Alone:
    """The default network without service or page, on so many threads; compiled before it is timed."""

    def __init__(self, threads: int) -> None:
        import torch

        from models.catalog import EXPERIMENTS
        from models.trainer import Trainer

        experiment = EXPERIMENTS["live-convnet"]
        self.trial: Any = experiment.build(experiment.validate({}))
        self.trainer = Trainer(self.trial)
        torch.set_num_threads(threads)
        state = self.trainer.state()
        self.train(0.5)
        self.trainer.restore(state)

    def train(self, seconds: float, drawn: bool = False) -> tuple[float, float]:
        """(images a wall second, images a second of this thread's compute); `drawn`: all readings are made for 20 frames a second."""
        from models.types import Subscription

        everything = Subscription(frozenset({"all"}), None, True)
        begun, computed, before = time.perf_counter(), time.thread_time(), self.trainer.step
        due = begun
        while (now := time.perf_counter()) < begun + seconds:
            self.trainer.advance(None, now + SLICE_SECONDS)
            if drawn and time.perf_counter() >= due:
                self.trainer.snapshot(everything)
                due += 1 / FRAMES_A_SECOND
        images = (self.trainer.step - before) * self.trial.batches.batch_size
        return images / (time.perf_counter() - begun), images / (time.thread_time() - computed)

    def to_goal(self) -> dict[str, Any]:
        """Updates and seconds until the held-out images were first named so well."""
        trainer, begun, computed = self.trainer, time.perf_counter(), time.thread_time()
        held_out: Any = self.trial.held_out
        while time.perf_counter() < begun + LONGEST_SECONDS:
            trainer.advance(trainer.step + 1, begun)
            if held_out.step == trainer.step and held_out.now(trainer.step).accuracy >= GOAL:
                break
        found = held_out.now(trainer.step).accuracy
        return {
            "test_accuracy": significant(found),
            "updates": trainer.step,
            "seconds": significant(time.perf_counter() - begun),
            "compute_s": significant(time.thread_time() - computed),
        }


def _alone(threads: int) -> dict[str, Any]:
    alone = Alone(threads)
    goal = alone.to_goal()
    undrawn, drawn = alone.train(ALONE_SECONDS), alone.train(ALONE_SECONDS, drawn=True)
    return {
        "to_97_percent": goal,
        "images_per_s": significant(undrawn[0]),
        "images_per_compute_s": significant(undrawn[1]),
        "read_20_times_a_s": {"images_per_s": significant(drawn[0]), "images_per_compute_s": significant(drawn[1])},
    }


def _images(epochs: float) -> float | None:
    return significant(epochs * TRAINING_IMAGES)


def _undrawn(url: str) -> dict[str, Any]:
    """A run of the service that nobody looks at."""
    with httpx.Client(base_url=f"{url}/api", timeout=60) as client:
        run = client.post("/runs", json={"experiment": "live-convnet", "spec": {}, "play": True}).json()["run_id"]
        time.sleep(WARM_SECONDS)
        before, begun = client.get(f"/runs/{run}").json()["epoch"], time.perf_counter()
        time.sleep(SECONDS)
        after, took = client.get(f"/runs/{run}").json()["epoch"], time.perf_counter() - begun
        client.delete(f"/runs/{run}")
    return {"images_per_s": _images((after - before) / took)}


def _every_panel(url: str) -> dict[str, Any]:
    """All panels in one window."""
    with browsing() as browser:
        lab = opened(browser, link(url, "live-convnet"))
        lab.play()
        show_everything(lab)
        lab.page.wait_for_timeout(1000 * WARM_SECONDS)
        found = rates(lab, SECONDS)
        shown = found | {"images_per_s": _images(found.pop("epochs_per_s") or 0.0)} | window(lab)
        closed(lab)
    return shown


def measure() -> dict[str, Any]:
    figures = {"one_thread": _alone(1), "two_threads": _alone(2)}
    with serving() as server:
        return {**figures, "undrawn": _undrawn(server.url), "every_panel": _every_panel(server.url)}
