"""Places on a page."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def beside(*widths: float) -> list[DeltaGenerator]:
    """Blocks side by side, of these relative widths; below each other on a narrow screen."""
    return st.columns(list(widths), gap="medium", vertical_alignment="center")
