"""People's dissimilarity matrices of inferior temporal cortex and the pictures that they saw, from a file that a person has.

Two forms are read. The one that rsatoolbox ships in demos/92imageData (Kriegeskorte et al. 2008,
10.1016/j.neuron.2008.10.043): `92_brainRDMs.mat` with the MATLAB struct array `RDMs` (1, people, sessions) of fields RDM (n, n)
and name, and beside it `Kriegeskorte_Neuron2008_supplementalData.mat` with `stimuli_92objs`, whose field `image` is u1 (h, w, 3).
Or `name.npy` with numbers (people, n, n), and beside it `name_images.npy`, u1 (n, h, w, 3).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.specs.pictures import FEWEST, MOST
from models.specs.similarity import HOW_TO_GET_IT, IT_FILE
from models.types import Array, Refused

_PICTURES = "Kriegeskorte_Neuron2008_supplementalData.mat"


@dataclass(frozen=True)
class Recordings:
    """`matrices` f8 (people, n, n), sessions averaged; `pictures` n arrays u1 (h, w, 3)."""

    matrices: Array
    pictures: list[Array]


def it_file() -> Path | None:
    """The file that the environment names, if it is there."""
    named = os.environ.get(IT_FILE, "").strip()
    return Path(named) if named and Path(named).is_file() else None


def it_recordings() -> Recordings:
    """Raises Refused."""
    path = it_file()
    if path is None:
        raise Refused("published", f"No recordings are installed. {HOW_TO_GET_IT}")
    try:
        found = _matlab(path) if path.suffix == ".mat" else _plain(path)
    except (OSError, ValueError, KeyError, IndexError, TypeError, NotImplementedError) as error:
        raise Refused("published", f"The recordings in {path.name} cannot be read: {_FORM}") from error
    _check(found, path.name)
    return found


_FORM = (
    "expected is rsatoolbox's 92_brainRDMs.mat with its pictures beside it, or an .npy of (people, pictures, pictures) "
    "with its _images.npy."
)


def _matlab(path: Path) -> Recordings:
    from scipy.io import loadmat

    structs = loadmat(path, variable_names=["RDMs"])["RDMs"]
    grid = structs.reshape(structs.shape[1], -1) if structs.ndim > 1 else structs.reshape(-1, 1)
    matrices = np.stack([np.mean([np.asarray(session["RDM"], np.float64) for session in person], axis=0) for person in grid])
    stimuli = loadmat(path.with_name(_PICTURES), variable_names=["stimuli_92objs"])["stimuli_92objs"].ravel()
    return Recordings(matrices, [np.asarray(stimulus["image"]) for stimulus in stimuli])


def _plain(path: Path) -> Recordings:
    matrices = np.load(path, allow_pickle=False)
    pictures = np.load(path.with_name(f"{path.stem}_images.npy"), allow_pickle=False)
    return Recordings(np.asarray(matrices, np.float64), list(pictures))


def _check(found: Recordings, name: str) -> None:
    people = found.matrices.shape
    fits = len(people) == 3 and people[0] >= 2 and people[1] == people[2] == len(found.pictures) and FEWEST <= people[1] <= MOST
    coloured = all(picture.dtype == np.uint8 and picture.ndim == 3 and picture.shape[2] == 3 for picture in found.pictures)
    if not fits or not coloured or not np.isfinite(found.matrices).all():
        raise Refused("published", f"The recordings in {name} do not fit: {_FORM}")
