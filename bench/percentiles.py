"""Percentiles, and rounding to three significant digits: more would be noise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def significant(value: float) -> float:
    return float(f"{value:.3g}")


def percentiles(values: Sequence[float], *wanted: int) -> dict[str, float | None]:
    """`{"p50": …, "p95": …}`; None where there is nothing to measure."""
    if not len(values):
        return {f"p{percent}": None for percent in wanted}
    return {f"p{percent}": significant(float(np.percentile(values, percent))) for percent in wanted}
