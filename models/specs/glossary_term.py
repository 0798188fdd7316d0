"""What an entry of the glossary holds. Torch-free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Field = Literal["brain", "network", "both"]


@dataclass(frozen=True)
class Term:
    """One word: its anchor, its name, its field, one or two sentences, and what it is easily taken for in the other field."""

    slug: str
    name: str
    field: Field
    definition: str
    forms: tuple[str, ...] = ()
    """How texts write it; the name itself, in lower case, where none is given."""
    not_with: str = ""
    related: tuple[str, ...] = ()
    pages: tuple[str, ...] = ("gradient-flow",)
    citations: tuple[str, ...] = ()

    @property
    def written(self) -> tuple[str, ...]:
        return self.forms or (self.name.lower(),)
