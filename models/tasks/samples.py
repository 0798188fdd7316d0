"""The photographs that come with the installation, from a fixed table: never a path from outside."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from models.specs.feature_hierarchy import SAMPLES

_PREFIX = "sample:"
_TABLE = {sample.name: sample for sample in SAMPLES}


def is_sample(image: str) -> bool:
    return image.startswith(_PREFIX)


def sample_path(name: str) -> Path:
    """Where the installed package keeps the file of the sample `name`; raises KeyError for any other name."""
    sample = _TABLE[name]
    package = find_spec(sample.package)  # finds the folder without importing the package
    if package is None or package.origin is None:
        raise FileNotFoundError(f"The package {sample.package}, which holds the photograph {name}, is not installed.")
    return Path(package.origin).parent / sample.file


def sample_bytes(image: str) -> bytes:
    """The file behind `sample:<name>`."""
    return sample_path(image.removeprefix(_PREFIX)).read_bytes()
