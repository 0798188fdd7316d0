"""What Prometheus may scrape. A registry of its own, so that several services can live in one process (tests)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from typing import Final

import psutil
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_COMMAND_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 5.0)


class Metrics:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.runs = Gauge("parallax_runs", "Runs, by status.", ["status"], registry=self.registry)
        self.runs_started = Counter("parallax_runs_started", "Runs started.", registry=self.registry)
        self.viewers = Gauge("parallax_viewers", "Open streams.", registry=self.registry)
        self.frames = Counter("parallax_frames", "Frames computed.", registry=self.registry)
        self.steps = Counter("parallax_steps", "Training steps of all runs.", registry=self.registry)
        self.restarts = Counter("parallax_worker_restarts", "Workers lost and replaced.", registry=self.registry)
        self.workers = Gauge("parallax_workers", "Workers that are ready, by role.", ["role"], registry=self.registry)
        self.memory = Gauge("parallax_memory_bytes", "Resident memory, by process.", ["process"], registry=self.registry)
        about = "From receiving a command to its answer."
        self.command_seconds = Histogram("parallax_command_seconds", about, buckets=_COMMAND_BUCKETS, registry=self.registry)
        self.analyses = Counter("parallax_analyses", "Analyses, by outcome.", ["outcome"], registry=self.registry)

    def read_memory(self, processes: Iterable[tuple[str, int | None]]) -> None:
        """`processes`: (label, process id; None = this process)."""
        self.memory.clear()
        for label, pid in processes:
            with contextlib.suppress(psutil.Error):
                self.memory.labels(label).set(psutil.Process(pid).memory_info().rss)

    def text(self) -> bytes:
        return generate_latest(self.registry)
