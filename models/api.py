"""What pages may import of the models: the catalogue, and the service of this process. Loads no torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.catalog import EXPERIMENTS, Experiment
from models.types import Preset, Refused, Snapshot

if TYPE_CHECKING:
    from models.service.client import Client

__all__ = ["EXPERIMENTS", "Experiment", "Preset", "Refused", "Snapshot", "experiment", "get_service"]


def experiment(name: str) -> Experiment:
    """Raises KeyError for an unknown name."""
    return EXPERIMENTS[name]


def get_service() -> Client:
    """The running server's service; without one (AppTest, a notebook) an inline service of this process."""
    from models.service.current import current

    return current()
