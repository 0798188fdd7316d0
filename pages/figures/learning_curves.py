"""Loss and accuracy over updates, on the train and the test examples."""

from __future__ import annotations

import plotly.graph_objects as go

from pages.figures.live_figure import Binding, LiveFigure, Problem
from pages.figures.theme import palette, template


def loss_curves(theme: str) -> LiveFigure:
    """Mean loss an example; the axis starts at zero, so that a curve's height is its size."""
    return _curves("loss", "Loss", "loss per example", theme, {"rangemode": "tozero"})


def accuracy_curves(theme: str) -> LiveFigure:
    """The share of examples put in the right class, 0 to 1."""
    return _curves("accuracy", "Accuracy", "share right", theme, {"range": [0, 1.02], "tickformat": ".0%"}, "classes")


def r2_curves(theme: str) -> LiveFigure:
    """R², the share of the values' variance that the answers explain: 1 is perfect, 0 is what the mean alone does."""
    return _curves("r2", "R²", "variance explained", theme, {"range": [-0.25, 1.02], "dtick": 0.25}, "number")


def _curves(quantity: str, title: str, axis: str, theme: str, y_axis: dict[str, object], problem: Problem | None = None) -> LiveFigure:
    colours = palette(theme)
    figure = go.Figure(
        [
            go.Scatter(name="train", x=[], y=[], mode="lines", line={"color": colours.train, "width": 2}),
            go.Scatter(name="test", x=[], y=[], mode="lines", line={"color": colours.test, "width": 2, "dash": "dot"}),
        ]
    )
    # Most is learned in the first hundreds of updates, and seconds later there have been a hundred thousand.
    updates = {"title": {"text": "updates, log scale"}, "type": "log", "dtick": 1, "exponentformat": "SI"}
    figure.update_layout(template=template(theme), xaxis=updates, yaxis={"title": {"text": axis}, **y_axis})
    return LiveFigure(quantity, title, figure, tuple(_bindings(quantity)), problem)


def _bindings(quantity: str) -> list[Binding]:
    pairs = [
        (Binding(trace, "x", "curves/step"), Binding(trace, "y", f"curves/{part}_{quantity}"))
        for trace, part in enumerate(("train", "test"))
    ]
    return [binding for pair in pairs for binding in pair]
