"""The curves' spec, as the catalogue finds it. Torch-free."""

from __future__ import annotations

from typing import Final

from pydantic import TypeAdapter

from models.specs.robustness import RobustnessCurveSpec
from models.types import Preset

ADAPTER: Final[TypeAdapter[RobustnessCurveSpec]] = TypeAdapter(RobustnessCurveSpec)
PRESETS: tuple[Preset, ...] = ()
