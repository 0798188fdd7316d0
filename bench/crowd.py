"""Forty runs with a viewer each, and one run with a hundred viewers; with the memory of server and workers meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import psutil

from bench.percentiles import significant
from scripts.server import Server, serving

LOOK_EVERY_SECONDS = 1.0
ROOM = {"PARALLAX_MAX_RUNS": "64"}


def _bytes(process: psutil.Process) -> int:
    """What the process adds to the machine: shared pages count in proportion, where the system tells (PSS), else not (USS)."""
    try:
        memory = process.memory_full_info()
        return int(getattr(memory, "pss", 0) or getattr(memory, "uss", 0) or memory.rss)
    except psutil.Error:
        return 0


class Memory:
    """The highest memory of the server and everything it started, looked at every second while a block runs."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.highest = 0
        self.parts: dict[str, float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._over.is_set():
            processes = self.server.processes()
            sizes = [_bytes(process) for process in processes]
            if sum(sizes) > self.highest:
                self.highest = sum(sizes)
                self.parts = {"server_mb": significant(sizes[0] / 1e6), "workers_mb": significant(sum(sizes[1:]) / 1e6)}
                self.parts["processes"] = len(sizes)
            self._over.wait(LOOK_EVERY_SECONDS)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


def _measured(load: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    with serving(environment=ROOM) as server, Memory(server) as memory:
        begun = time.perf_counter()
        figures = load(server.url)
        took = time.perf_counter() - begun
    kind = "PSS" if psutil.LINUX else "USS"
    return figures | {"memory_mb": significant(memory.highest / 1e6), "memory_kind": kind, **memory.parts, "took_s": significant(took)}


def forty_runs() -> dict[str, Any]:
    from bench.load import forty_runs as load

    return _measured(load)


def hundred_viewers() -> dict[str, Any]:
    from bench.load import hundred_viewers as load

    return _measured(load)
