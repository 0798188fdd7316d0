"""Macaque simple cells on the plane of nx and ny: Ringach 2002, as counts. Torch-free.

Ringach fitted Gabor functions to the receptive fields of simple cells of macaque primary visual cortex, each mapped by reverse
correlation; nx and ny are the envelope's standard deviations across and along the stripes, in periods of the wave
(doi:10.1152/jn.2002.88.1.455). The counts are those of models/specs/v1_published.py, which the V1 population is sampled from.
"""

from __future__ import annotations

from typing import Any, Final

from models.specs.v1_published import SHAPE_COUNTS, SHAPE_EDGES

NX_NY_COUNTS: Final = SHAPE_COUNTS
"""Cells by nx (row) and ny (column), both in the bins of EDGES."""
EDGES: Final = SHAPE_EDGES
CELLS: Final = 79
MEDIAN_NX: Final = 0.37
MEDIAN_NY: Final = 0.44
"""Medians in periods, each cell spread evenly over the logarithm of its bin."""
BLOB: Final = 0.30
"""A blob has nx and ny both under this: hardly an oscillation within the envelope. The second edge lies at 0.302."""
BLOB_SHARE: Final = 0.24
"""Share of blobs among these cells, 19 of 79; sparse codes have fewer, which is Ringach's own critique of them."""
RINGACH_2002_KEY: Final = "ringach2002"


def plane() -> dict[str, Any]:
    """The counts and numbers as a page's live view takes them."""
    return {
        "counts": [list(row) for row in NX_NY_COUNTS], "edges": list(EDGES), "cells": CELLS, "median_nx": MEDIAN_NX, "median_ny": MEDIAN_NY,
        "blob": BLOB, "blob_share": BLOB_SHARE,
    }  # fmt: skip
