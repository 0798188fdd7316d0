"""The brain's ladder: rungs described as the network's stages are, fields that are exact, one numbering of channels throughout."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import torch

from models.experiments.brain_ladder import RUNGS, BrainLadder, Looked
from models.experiments.brain_ladder_patches import patches
from models.experiments.brain_ladder_rungs import strongest_bars
from models.specs.invariance import RUNGS as ASKED
from models.tasks.crops import centre_crop, network_pixels
from models.tasks.photographs import decode
from models.tasks.samples import sample_bytes

SHAPES = {
    "retina": (4, 224, 224),
    "v1_simple": (128, 56, 56),
    "v1_complex": (128, 56, 56),
    "c1": (32, 28, 28),
    "s2": (100, 18, 18),
    "c2": (100,),
}


@cache
def ladder() -> BrainLadder:
    torch.set_num_threads(1)  # as the workers do
    return BrainLadder()


@cache
def photograph() -> np.ndarray:
    pixels = decode(sample_bytes("sample:chelsea")).pixels
    return network_pixels(pixels, centre_crop(*pixels.shape[1::-1]))


@cache
def looked() -> Looked:
    return ladder().look(photograph())


def test_rungs_are_described_as_the_networks_stages_are() -> None:
    rungs, arrays = ladder().describe(looked(), 12)
    assert [rung["name"] for rung in rungs] == list(RUNGS) == list(ASKED)
    for rung in rungs:
        name, shown = rung["name"], arrays[f"{rung['name']}/map"]
        assert tuple(rung["shape"]) == SHAPES[name] and rung["about"].endswith(".")
        assert shown.dtype == np.uint8 and len(shown) == len(rung["maps"]) == min(12, SHAPES[name][0])
        for described, picture in zip(rung["maps"], shown, strict=True):
            values = np.atleast_2d(looked().maps[name][described["channel"]])
            row, column = described["position"]
            assert values[row, column] == pytest.approx(described["maximum"])
            step = (described["maximum"] - described["minimum"]) / 255
            assert np.abs(described["minimum"] + step * picture - values).max() <= 0.51 * step + 1e-6
            assert described["cell"]["sentence"].endswith(".") and described["name"]
    assert rungs[-1]["values"] == pytest.approx(looked().maps["c2"])


def test_boxes_are_the_fields_of_the_units_with_the_largest_response() -> None:
    rungs, _ = ladder().describe(looked(), 32)
    for rung in rungs[:-1]:
        for described in rung["maps"]:
            field, (row, column) = described["receptive_field"], described["position"]
            left, top = (field["start"] + field["stride"] * at for at in (column, row))
            box = np.array([left, top, left + field["size"], top + field["size"]])
            assert list(described["field"].values()) == np.clip(box, 0, 224).tolist()
            assert described["clipped"] == bool((box < 0).any() or (box > 224).any())


def test_only_pixels_of_its_field_change_a_unit_of_c1_and_s2() -> None:
    rungs, _ = ladder().describe(looked(), 100)
    for rung in (rungs[3], rungs[4]):
        for described in rung["maps"][:: len(rung["maps"]) // 4]:
            box = described["field"]
            outside = np.ones((224, 224), bool)
            outside[box["top"] : box["bottom"], box["left"] : box["right"]] = False
            where = (described["channel"], *described["position"])
            alone = ladder().look(np.where(outside[..., None], 255 - photograph(), photograph()), quick=True)
            assert alone.maps[rung["name"]][where] == pytest.approx(described["maximum"], rel=2e-3)


def test_v1_units_sit_where_their_boxes_say() -> None:
    spot = np.full((224, 224, 3), 128, np.uint8)
    spot[100:104, 60:64] = 255  # its middle is at x = 62, y = 102: the unit at column 15, row 25
    for rung in ladder().climb(spot, 6)[0][1:3]:
        for described in rung["maps"]:
            row, column = described["position"]
            box = described["field"]
            assert abs((box["left"] + box["right"]) / 2 - (4 * column + 2.5)) <= 1
            assert abs((box["top"] + box["bottom"]) / 2 - (4 * row + 2.5)) <= 1
            assert abs(4 * column - 60) <= box["right"] - box["left"] and abs(4 * row - 100) <= box["bottom"] - box["top"]


def test_shown_v1_cells_prefer_bars_of_all_directions() -> None:
    cells = np.flatnonzero(~ladder().population.complex)
    chosen = strongest_bars(looked().maps["v1_simple"], cells, ladder().population, 6)
    directions = ladder().population.orientation[cells[chosen]] % 180
    assert (directions / 30).astype(int).tolist() == [0, 1, 2, 3, 4, 5]
    assert (ladder().population.nx[cells[chosen]] >= 0.3).all()
    more = strongest_bars(looked().maps["v1_simple"], cells, ladder().population, 24)
    assert len(set(more)) == 24
    first = np.sort(ladder().population.orientation[cells[more[:12]]] % 180)
    assert np.diff(first).max() < 45  # the first round goes through all directions


def test_an_edge_drives_the_cells_of_its_direction() -> None:
    edge = np.full((224, 224, 3), 60, np.uint8)
    edge[:, 110:114] = 200  # a bar that stands upright
    rung = next(rung for rung in ladder().climb(edge, 12)[0] if rung["name"] == "v1_complex")
    best = max(rung["maps"], key=lambda described: described["maximum"])
    assert abs(best["cell"]["bars"] - 90) < 15
    assert best["name"] == f"along {best['cell']['orientation']:.0f}°"  # as models/brain/gabor.py counts: 0° has upright bars


def test_fields_grow_from_c1_on_and_not_below_it() -> None:
    """What the table of parallels and claim 8 say of the models (models/specs/parallels.py, claims.py)."""
    fields = {rung["name"]: rung["receptive_field"] for rung in ladder().describe(looked(), 1)[0]}
    assert fields["c1"]["size"] < fields["s2"]["size"] < fields["c2"]["size"] == 224
    assert fields["v1_simple"]["size"] < fields["c1"]["size"] and fields["v1_complex"]["size"] < fields["retina"]["size"]
    for field in fields.values():
        assert field["smallest"] <= field["size"] <= field["largest"]


def test_an_even_picture_leaves_retina_and_c1_silent() -> None:
    even = ladder().maps(np.full((224, 224, 3), 128, np.uint8))
    assert not even["retina"].any() and not even["c1"].any() and even["v1_simple"].any()  # some cells of V1 answer to plain light


def test_responses_are_the_maps_laid_flat_and_quick_ones_have_fewer_places() -> None:
    flat, quick = ladder().responses(photograph()), ladder().maps(photograph(), quick=True)
    for name in RUNGS:
        assert flat[name].dtype == np.float32 and flat[name].size == np.prod(SHAPES[name])
        assert np.array_equal(flat[name], looked().maps[name].ravel())
        if name.startswith("v1"):
            assert quick[name].shape == (128, 28, 28)
        else:
            assert np.array_equal(quick[name], looked().maps[name])


def test_the_same_image_gives_the_same_answer_and_patches_are_seeded() -> None:
    again = BrainLadder().look(photograph(), quick=True)
    assert all(np.array_equal(values, ladder().maps(photograph(), quick=True)[name]) for name, values in again.maps.items())
    assert [stored.shape for stored in patches(112).stored] == [(50, 4, 4, 4), (50, 4, 8, 8)]


def test_black_and_white_images_are_answered() -> None:
    for level in (0, 255):
        rungs, arrays = ladder().climb(np.full((224, 224, 3), level, np.uint8), 3)
        assert len(rungs) == 6 and all(np.isfinite(values).all() for values in arrays.values())


def test_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="are needed"):
        ladder().look(np.zeros((100, 100, 3), np.uint8))
