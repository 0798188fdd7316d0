"""Thirty real Streamlit sessions that rerun every three seconds beside a playing run: what its viewer still sees."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from bench.networks import fields
from bench.screen import browsing, playing, rates
from scripts.serve import ROOT
from scripts.server import serving

SESSIONS = 30
EVERY_SECONDS = 3.0
SETTLE_SECONDS = 8.0
MEASURED_SECONDS = 15.0


def measure() -> dict[str, Any]:
    """Frames of the viewer's complete page before and during the reruns."""
    with serving() as server, browsing() as browser:
        lab = playing(browser, server.url, fields("2-4-2-1"))
        alone = rates(lab, 5.0)
        duration = str(SETTLE_SECONDS + MEASURED_SECONDS + 2)
        line = [sys.executable, "-m", "bench.streamlit_sessions", server.url, "gradient-flow", str(SESSIONS), str(EVERY_SECONDS), duration]
        crowd = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
        try:
            lab.page.wait_for_timeout(1000 * SETTLE_SECONDS)
            beside = rates(lab, MEASURED_SECONDS)
            said, _ = crowd.communicate(timeout=120)
        finally:
            crowd.kill()
    return {"alone": alone, "beside_thirty": beside, "crowd": json.loads(said)}
