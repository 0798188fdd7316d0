"""The feature hierarchy's view: one component that takes a photograph to the service and draws what comes back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import streamlit as st
from pydantic import ValidationError

from models.specs.feature_hierarchy import ADAPTER, FORMATS, MAX_BYTES, SAMPLES, STAGES, FeatureHierarchySpec
from pages.ui.addresses import addresses

KEPT = 24
"""Maps of each stage that are fetched at once; the view shows the first twelve until somebody asks for all."""
_HERE = Path(__file__).parent
_STYLE = _HERE.parents[1] / "assets" / "live" / "hierarchy" / "hierarchy.css"


def _part(suffix: str) -> str:
    return (_HERE / f"live_place.{suffix}").read_text("utf-8")


_component = st.components.v2.component(
    "parallax_hierarchy", html=_part("html"), css=_part("css") + _STYLE.read_text("utf-8"), js=_part("js"), isolate_styles=False
)  # fmt: skip


def hierarchy_view() -> None:
    """Mounts the view. It asks the service itself; a rerun of the page changes nothing in it."""
    where = addresses()
    query = st.query_params.to_dict()
    _component(
        key="hierarchy",
        data={
            "api": where.api,
            "live": f"{where.live}/hierarchy",
            "images": where.images,
            "spec": asked(query).model_dump(),
            "opened": opened(query),
            "stages": list(STAGES),
            "samples": [
                {"name": sample.name, "title": sample.title, "sentence": sample.sentence, "credit": sample.credit} for sample in SAMPLES
            ],
            "limit": {"bytes": MAX_BYTES, "sentence": too_large()},
            "promise": f"{FORMATS}, up to {MAX_BYTES // 1_000_000} MB.",
        },
    )


def asked(query: dict[str, str]) -> FeatureHierarchySpec:
    """The spec that a link asks for: a packaged photograph, as uploaded ones expire. The default where the link makes no sense."""
    image = query.get("image", "")
    try:
        return ADAPTER.validate_python({"image": image if image.startswith("sample:") else "sample:chelsea", "maps_per_stage": KEPT})
    except ValidationError:
        return ADAPTER.validate_python({"maps_per_stage": KEPT})


def opened(query: dict[str, str]) -> dict[str, Any]:
    """The stage and channel that a link opens."""
    channel = query.get("channel", "")
    return {"stage": query.get("stage", STAGES[0]), "channel": int(channel) if re.fullmatch(r"\d{1,4}", channel, re.ASCII) else None}


def too_large() -> str:
    """The service's sentence, said before an upload that would be refused; `{size}` is filled in by the view."""
    return f"The file has {{size}} MB; photographs of up to {MAX_BYTES // 1_000_000} MB are read. Save it smaller, or as JPEG."
