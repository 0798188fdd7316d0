"""Why something that a person entered, or a link said, is not what runs."""

from __future__ import annotations

import streamlit as st

from pages.ui.configuration import Configuration


def refused(config: Configuration) -> None:
    """Sentences of a link's faults, and of changes whose widget is not on this page."""
    for sentence in config.sentences:
        st.warning(sentence, icon=":material/link_off:")
    for field, sentence in config.refused.items():
        entry = config.task.fields.get(field)
        if entry is None or entry.live or entry.group == "Hidden":
            st.warning(sentence)
