"""How every chart looks: Streamlit's own template holds colours that only Streamlit's front end can resolve."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import plotly.graph_objects as go

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif"


@dataclass(frozen=True)
class Palette:
    """Colours of one theme. Orange and blue are kept for signs; train and test are told apart by dash as well."""

    text: str
    faint: str
    grid: str
    train: str
    test: str
    low: str
    high: str


PALETTES = {
    "light": Palette("#23211e", "#6d685f", "#e4e0d8", "#0f766e", "#5b5750", "#fcfbf9", "#0f766e"),
    "dark": Palette("#e8e6e1", "#a09c94", "#33363d", "#4fd1c1", "#b9b4ab", "#15161a", "#4fd1c1"),
}


def palette(theme: str) -> Palette:
    return PALETTES["dark" if theme == "dark" else "light"]


@cache
def template(theme: str) -> go.layout.Template:
    """No background of its own, faint grid, room for axis titles, a legend above the plot's corner."""
    colours = palette(theme)
    axis = {
        "gridcolor": colours.grid, "linecolor": colours.grid, "zeroline": False, "automargin": True, "title": {"standoff": 6},
        "tickfont": {"size": 11, "color": colours.faint}, "title_font": {"size": 12, "color": colours.faint},
    }  # fmt: skip
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 12, "color": colours.text},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": [colours.train, colours.test],
            "margin": {"l": 44, "r": 12, "t": 8, "b": 36},
            "xaxis": axis,
            "yaxis": axis,
            "legend": {"x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom", "orientation": "h", "bgcolor": "rgba(0,0,0,0)"},
            "hoverlabel": {"font": {"family": FONT, "size": 12}},
            "uirevision": "kept",
        }
    )
