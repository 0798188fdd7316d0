"""How the test set's classes are taken for each other."""

from __future__ import annotations

import plotly.graph_objects as go

from pages.figures.live_figure import Binding, LiveFigure
from pages.figures.theme import palette, template


def confusion_of_plane(theme: str) -> LiveFigure:
    """The two classes of points: orange (−1) and blue (+1)."""
    return confusion_matrix(theme, ("orange", "blue"))


def confusion_of_digits(theme: str) -> LiveFigure:
    return confusion_matrix(theme, tuple("0123456789"))


def confusion_matrix(theme: str, classes: tuple[str, ...]) -> LiveFigure:
    """Counts of test examples, (classes, classes): rows are the true class, columns the predicted one."""
    colours = palette(theme)
    heat = go.Heatmap(
        x=list(classes),
        y=list(classes),
        z=[[0] * len(classes)] * len(classes),
        colorscale=[[0, colours.low], [1, colours.high]],
        zmin=0,
        showscale=False,
        xgap=1,
        ygap=1,
        texttemplate="%{z}",
        hovertemplate="true %{y}, predicted %{x}: %{z}<extra></extra>",
    )
    figure = go.Figure(heat)
    figure.update_layout(
        template=template(theme),
        xaxis={"title": {"text": "predicted"}, "type": "category", "showgrid": False},
        yaxis={"title": {"text": "true"}, "type": "category", "autorange": "reversed", "showgrid": False},
    )
    return LiveFigure("confusion", "Confusion, test examples", figure, (Binding(0, "z", "output/confusion"),))
