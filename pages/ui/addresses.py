"""Where the browser finds the service, the live view and plotly.js, base path included."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from streamlit import config


@dataclass(frozen=True)
class Addresses:
    """Paths on this server, without a slash at the end."""

    api: str
    live: str
    images: str
    plotly: str


def base_path() -> str:
    """`server.baseUrlPath` as a prefix: empty, or `/lab`."""
    stripped = str(config.get_option("server.baseUrlPath")).strip("/")
    return f"/{stripped}" if stripped else ""


@cache
def addresses() -> Addresses:
    base = base_path()
    return Addresses(f"{base}/api", f"{base}/assets/live", f"{base}/assets/images", f"{base}/vendor/plotly.min.js")
