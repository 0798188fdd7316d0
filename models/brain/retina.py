"""Ganglion cells of the retina: a narrow Gaussian centre minus a wide surround (Rodieck 1965, 10.1016/0042-6989(65)90033-7).

    response = centre ∗ light − w · surround ∗ light        Gaussians of volume 1; radius r = √2 σ, where they fall to 1/e

Sizes are macaque medians of Croner and Kaplan 1995 (10.1016/0042-6989(94)E0066-T): centre radius 0.10° for magnocellular cells
(0–10° from the fovea) and 0.03° for parvocellular ones (0–5°), surround 4.8 and 6.7 times as wide, w = 0.55 for both. Light is
linear 0…1. The model has no time, no adaptation and no spikes. The image is repeated beyond its border by its last pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from models.brain.gabor import MAX_SIDE

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class GanglionCell:
    """Radii in degrees, where the Gaussian falls to 1/e; the surround's volume as a share of the centre's."""

    name: str
    title: str
    centre: float
    surround: float
    surround_weight: float = 0.55


MAGNOCELLULAR: Final = GanglionCell("m", "Magnocellular (parasol)", 0.10, 0.10 * 4.8)
PARVOCELLULAR: Final = GanglionCell("p", "Parvocellular (midget)", 0.03, 0.03 * 6.7)
LUMINANCE: Final = (0.2126, 0.7152, 0.0722)
"""Weights of linear red, green and blue (ITU-R BT.709)."""


def luminance(image: Floats) -> Floats:
    """(3, h, w) of sRGB 0…1 → (h, w) of linear luminance 0…1 (IEC 61966-2-1)."""
    linear = np.where(image <= 0.04045, image / 12.92, ((np.maximum(image, 0) + 0.055) / 1.055) ** 2.4)
    return np.tensordot(np.asarray(LUMINANCE, dtype=np.float32), linear.astype(np.float32), axes=1)


def difference_of_gaussians(light: Floats, pixels_per_degree: float, centre: float, surround: float, surround_weight: float) -> Floats:
    """(h, w) → (h, w): positive where the centre is lighter than its surround, for the ON cell; the OFF cell's is the negative.

    `centre` and `surround` are radii in degrees. Raises ValueError for a centre that is not smaller than its surround.
    """
    if not 0 < centre < surround:
        raise ValueError(f"The centre's radius lies between 0 and the surround's {surround:g}°, so {centre:g}° does not fit.")
    if light.ndim != 2 or max(light.shape) > 4 * MAX_SIDE:
        raise ValueError(f"A picture (height, width) of at most {4 * MAX_SIDE} pixels a side is needed, not {light.shape}.")
    narrow, wide = (_blurred(light, radius * pixels_per_degree / np.sqrt(2)) for radius in (centre, surround))
    return np.asarray(narrow - np.float32(surround_weight) * wide, dtype=np.float32)


def on_and_off(light: Floats, pixels_per_degree: float, cell: GanglionCell = MAGNOCELLULAR) -> Floats:
    """(2, h, w): rectified responses of ON and OFF cells to the difference from the picture's mean, which they have adapted to.

    Even light then leaves both silent, although the surround is weaker than the centre.
    """
    mean = light.mean()
    relative = light - mean if mean == 0 else light / mean - 1  # contrast
    response = difference_of_gaussians(relative.astype(np.float32), pixels_per_degree, cell.centre, cell.surround, cell.surround_weight)
    return np.maximum(np.stack([response, -response]), 0)


def _blurred(light: Floats, sigma: float) -> Floats:
    """Convolved with a Gaussian of volume 1 that reaches 3 σ."""
    rows = gaussian_filter1d(light.astype(np.float32), sigma, axis=0, mode="nearest", truncate=3.0)
    return np.asarray(gaussian_filter1d(rows, sigma, axis=1, mode="nearest", truncate=3.0), dtype=np.float32)
