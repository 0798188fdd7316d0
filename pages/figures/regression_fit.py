"""What a network answers to test examples whose answer is a number, against what is true."""

from __future__ import annotations

import plotly.graph_objects as go

from pages.figures.live_figure import Binding, LiveFigure
from pages.figures.theme import palette, template

_REACH = 1.3


def regression_fit(theme: str) -> LiveFigure:
    """A point for each test example (at most 200): right answers lie on the diagonal."""
    colours = palette(theme)
    diagonal = go.Scatter(x=[-_REACH, _REACH], y=[-_REACH, _REACH], mode="lines", hoverinfo="skip", showlegend=False)
    diagonal.line = {"color": colours.faint, "width": 1, "dash": "dot"}
    points = go.Scatter(x=[], y=[], mode="markers", marker={"color": colours.train, "size": 5, "opacity": 0.7}, showlegend=False)
    points.hovertemplate = "true %{x:.3g}, answered %{y:.3g}<extra></extra>"
    figure = go.Figure([diagonal, points])
    axis = {"range": [-_REACH, _REACH], "dtick": 0.5}
    figure.update_layout(
        template=template(theme), xaxis={"title": {"text": "true value"}, **axis}, yaxis={"title": {"text": "answer"}, **axis}
    )
    bindings = (Binding(1, "x", "output/fit", 0), Binding(1, "y", "output/fit", 1))
    return LiveFigure("fit", "True value and answer, test examples", figure, bindings, "number")
