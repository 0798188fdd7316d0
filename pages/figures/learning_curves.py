"""Loss and accuracy over updates, on the train and the test examples."""

from __future__ import annotations

import plotly.graph_objects as go

from pages.figures.live_figure import Binding, LiveFigure, Problem
from pages.figures.theme import palette, template

# A logarithm has no place for the measurement before the first update: the browser puts it here, under the label 0.
_BEFORE = 0.5
_DECADES = {10: "10", 100: "100", 1000: "1k", 10_000: "10k", 100_000: "100k", 1_000_000: "1M", 10_000_000: "10M", 100_000_000: "100M"}


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
    told: dict[str, object] = {"hovertemplate": "update %{customdata}: %{y:.3g}", "cliponaxis": False, "mode": "lines", "x": [], "y": []}
    figure = go.Figure(
        [
            go.Scatter(name="train", **told, line={"color": colours.train, "width": 2}),
            go.Scatter(name="test", **told, line={"color": colours.test, "width": 2, "dash": "dot"}),
        ]
    )
    # Most is learned in the first hundreds of updates, and seconds later there have been a hundred thousand.
    ticks = {"tickvals": [_BEFORE, *_DECADES], "ticktext": ["0", *_DECADES.values()]}
    updates = {"title": {"text": "updates, log scale"}, "type": "log", **ticks}
    # Without these, the two axes' first labels touch in the corner.
    apart = {"ticks": "outside", "ticklen": 6, "tickcolor": "rgba(0,0,0,0)"}
    figure.update_layout(template=template(theme), xaxis={**updates, **apart}, yaxis={"title": {"text": axis}, **y_axis, **apart})
    return LiveFigure(quantity, title, figure, tuple(_bindings(quantity)), problem)


def _bindings(quantity: str) -> list[Binding]:
    pairs = [
        (Binding(trace, "x", "curves/step"), Binding(trace, "y", f"curves/{part}_{quantity}"))
        for trace, part in enumerate(("train", "test"))
    ]
    return [binding for pair in pairs for binding in pair]
