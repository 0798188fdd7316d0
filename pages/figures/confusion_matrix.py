"""How the test set's classes are taken for each other."""

from __future__ import annotations

import plotly.graph_objects as go

from pages.figures.live_figure import Binding, LiveFigure
from pages.figures.theme import palette, template


def confusion_matrix(theme: str) -> LiveFigure:
    """Counts of test examples, (classes, classes): rows are the true class, columns the predicted one. The run names its classes."""
    colours = palette(theme)
    heat = go.Heatmap(
        z=[[0]],
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
    bindings = (Binding(0, "z", "output/confusion"),)
    return LiveFigure("confusion", "Confusion, test examples", figure, bindings, "classes", ((0, "x"), (0, "y")))
