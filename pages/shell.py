"""The frame around every page: page settings, navigation, and the page that the address names."""

from pathlib import Path

import streamlit as st

from pages.registry import chapters
from pages.ui.navigation import as_streamlit_page
from pages.ui.prose import house_style

ICON = Path(__file__).parents[1] / "assets" / "images" / "parallax.svg"

st.set_page_config(page_title="Parallax", page_icon=str(ICON), layout="wide", initial_sidebar_state="auto")
house_style()
page = st.navigation({chapter: [as_streamlit_page(entry) for entry in entries] for chapter, entries in chapters().items()}, position="top")
page.run()
