"""A Plotly figure made once in Python, and which reading of the stream feeds which part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go

Attribute = Literal["x", "y", "z"]
Problem = Literal["classes", "number"]


@dataclass(frozen=True)
class Binding:
    """`reading[index]` (all of it where index is None) becomes this trace's attribute in every frame."""

    trace: int
    attribute: Attribute
    reading: str
    index: int | None = None


@dataclass(frozen=True, eq=False)
class LiveFigure:
    """A figure without data of its own: the browser only moves arrays into it."""

    name: str
    title: str
    figure: go.Figure
    bindings: tuple[Binding, ...]
    problem: Problem | None = None
    """The kind of answer that it is about; None: any."""
    named: tuple[tuple[int, Attribute], ...] = ()
    """Where the names of the run's classes belong."""
