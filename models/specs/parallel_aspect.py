"""What a page's table of parallels is made of. Plain data; torch-free."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Aspect:
    """One row: what is compared, what is so in the brain's model or recording, and what in the network."""

    title: str
    brain: str
    network: str
    citations: tuple[str, ...]


@dataclass(frozen=True)
class Parallels:
    """The two halves of a page's table."""

    holds: tuple[Aspect, ...]
    breaks: tuple[Aspect, ...]
