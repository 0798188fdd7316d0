"""A toy analysis: counts the bytes of a picture, as slowly as it is told to."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from models.types import Preset, Refused


class CountSpec(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    image: str = "none"
    seconds: float = Field(0, ge=0, le=60)


class Count:
    def __init__(self, spec: CountSpec) -> None:
        self.spec = spec

    def analyse(self, images: dict[str, bytes], progress: Callable[[float, str], None]):
        if self.spec.image not in images:
            raise Refused("image", "image: there is no such picture.")
        for tick in range(round(self.spec.seconds / 0.05)):
            progress(tick * 0.05 / self.spec.seconds, f"counting, {tick}")
            time.sleep(0.05)
        content = images[self.spec.image]
        return {"bytes": len(content)}, {"histogram": np.bincount(np.frombuffer(content, np.uint8), minlength=256)}


def build(spec: CountSpec) -> Count:
    return Count(spec)


ADAPTER: TypeAdapter[CountSpec] = TypeAdapter(CountSpec)
PRESETS: tuple[Preset, ...] = ()
