"""The toy's catalogue with the dense lab in it: one contract for both."""

from __future__ import annotations

from models.catalog import EXPERIMENTS as REAL
from tests.service.toy import EXPERIMENTS as TOY

EXPERIMENTS = {**TOY, "gradient-flow": REAL["gradient-flow"]}
