"""What the launcher serves beside the pages: live view, plotly.js, and everything under a base path."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def client():
    import app

    routes = [Mount("/assets", app.Assets(directory=ROOT / "assets")), Route("/vendor/plotly.min.js", app.plotly_script)]
    return TestClient(Starlette(routes=routes))


def test_a_module_is_asked_about_each_time_and_sent_once(client):
    first = client.get("/assets/live/view.js")
    assert first.status_code == 200
    assert first.headers["cache-control"] == "no-cache"
    assert "javascript" in first.headers["content-type"]
    again = client.get("/assets/live/view.js", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304 and again.content == b""


@pytest.mark.parametrize("path", ["/assets/../app.py", "/assets/%2e%2e/app.py", "/assets/live/", "/assets/nothing.js"])
def test_nothing_outside_the_assets_is_served(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_plotly_is_the_packages_own_and_kept_for_long(client, encoding):
    with client.stream("GET", "/vendor/plotly.min.js", headers={"accept-encoding": encoding}) as response:
        raw = b"".join(response.iter_raw())
    assert response.headers.get("content-encoding") == ("gzip" if encoding == "gzip" else None)
    assert "max-age=2592000" in response.headers["cache-control"]
    assert response.headers["vary"] == "accept-encoding"
    script = gzip.decompress(raw) if encoding == "gzip" else raw
    assert script == files("plotly").joinpath("package_data", "plotly.min.js").read_bytes()


def test_all_routes_stand_under_the_base_path(tmp_path):
    """As `uvicorn app:app` reads it, from the config file; `streamlit run --server.baseUrlPath lab` sets the same option."""
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text('[server]\nbaseUrlPath = "/lab/"\n', "utf-8")
    script = (
        "import app; from pages.ui.addresses import addresses; "
        "print(*sorted(route.path for route in app.app._user_routes), addresses().api, addresses().plotly)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout.split() == ["/lab/api", "/lab/assets", "/lab/vendor/plotly.min.js", "/lab/api", "/lab/vendor/plotly.min.js"]
