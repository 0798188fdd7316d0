"""The service's limits. Each can be set by an environment variable; the defaults suit a class of forty."""

from __future__ import annotations

import importlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from models.catalog import Experiment

MEGABYTE: Final = 1024 * 1024
BACKENDS: Final = ("process", "inline")


def _number(environment: Mapping[str, str], name: str, default: float, least: float) -> float:
    text = environment.get(name, "").strip()
    try:
        value = float(text) if text else default
    except ValueError:
        raise ValueError(f"{name} must be a number, not “{text}”.") from None
    if value < least:
        raise ValueError(f"{name} must be at least {least:g}.")
    return value


@dataclass(frozen=True)
class Settings:
    """Seconds, bytes and counts."""

    backend: str = "process"
    workers: int = 2
    max_runs: int = 64
    runs_per_session: int = 8
    lease: float = 60.0
    """A run without viewer or request is suspended after this long, and ended after as long again."""
    absence: float = 3.0
    """A run whose viewers have all gone is suspended after this long without a request; a reload is back sooner."""
    origins: tuple[str, ...] = ()
    """Further origins that may control runs, e.g. https://lab.example.org behind a proxy."""
    catalogue: str = "models.catalog"
    """The module whose EXPERIMENTS are served."""
    max_upload: int = 15_000_000
    upload_quota: int = 128 * MEGABYTE
    upload_lifetime: float = 3600.0
    max_saved_run: int = 32 * MEGABYTE
    keyframe_bytes: int = 256 * MEGABYTE
    """Memory for keyframes of all runs together."""
    analysis_seconds: float = 60.0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        backend = environment.get("PARALLAX_BACKEND", "") or "process"
        if backend not in BACKENDS:
            raise ValueError(f"PARALLAX_BACKEND must be one of {', '.join(BACKENDS)}.")
        origins = tuple(item.strip().rstrip("/").lower() for item in environment.get("PARALLAX_ORIGINS", "").split(",") if item.strip())
        return cls(
            backend=backend,
            workers=int(_number(environment, "PARALLAX_WORKERS", _cores(), 1)),
            max_runs=int(_number(environment, "PARALLAX_MAX_RUNS", 64, 1)),
            lease=_number(environment, "PARALLAX_LEASE", 60.0, 0.1),
            origins=origins,
            catalogue=environment.get("PARALLAX_CATALOGUE", "") or "models.catalog",
            max_upload=int(_number(environment, "PARALLAX_MAX_UPLOAD", 15_000_000, 1024)),
        )

    @property
    def origin_hosts(self) -> frozenset[str]:
        return frozenset(urlsplit(origin).netloc or origin for origin in self.origins)


def _cores() -> int:
    """Cores this process may use, which in a container can be fewer than the machine has."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1


def experiments(catalogue: str) -> dict[str, Experiment]:
    """The experiments of a catalogue module."""
    found: dict[str, Experiment] = importlib.import_module(catalogue).EXPERIMENTS
    return found
