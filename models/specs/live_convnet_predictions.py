"""What the live convolutional network's presets ask before the run. Torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.prediction import Prediction

PREDICTIONS: Final[dict[str, Prediction]] = {}
