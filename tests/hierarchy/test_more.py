"""What a unit prefers, why the label, and how stages group pictures: the analyses below the ladders."""

import numpy as np
import pytest
import torch
from pydantic import ValidationError
from scipy.io import savemat

from models.experiments import network_units
from models.experiments.attribution import entries, flat, grad_cam, rank_correlation, windows
from models.experiments.brain_units import gabor_optimum, spot_optimum
from models.experiments.hierarchy_images import is_even
from models.experiments.network_units import best_patches, centre_of, field_of, unit_drive
from models.experiments.similarity import Similarity
from models.experiments.similarity_rungs import pixel_rung
from models.experiments.unit_preference import UnitPreference
from models.networks.opened import opened
from models.probes.receptive_field import Field
from models.specs import attribution, similarity, unit_preference
from models.specs.pictures import PHOTOGRAPHS, PICTURES
from models.tasks.it_recordings import it_recordings
from models.tasks.pictures import picture_pixels
from models.types import Refused


def quietly(*_: object) -> None:
    return None


@pytest.fixture(scope="module", autouse=True)
def few_pictures():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network_units, "SHOWN", 12)
        patch.setattr(network_units, "_ANSWERS", {})
        yield


def test_ninety_two_pictures_differ_and_the_first_sixteen_are_sixteen_photographs():
    assert len(PICTURES) == 92
    assert len({picture.name for picture in PICTURES}) == 92
    assert {picture.photograph for picture in PICTURES[:16]} == set(PHOTOGRAPHS)
    assert all(photograph.credit for photograph in PHOTOGRAPHS)
    assert picture_pixels(PICTURES[20]).shape == (224, 224, 3)


@pytest.mark.parametrize("stage", ["stem", "stage2", "stage3", "stage4"])
def test_only_the_pixels_of_the_field_have_a_slope(stage):
    """The small input holds the whole field: outside of it nothing moves the unit, and its very edge does."""
    network = opened()
    centre = centre_of(field_of(network, stage))
    image = torch.rand(1, 3, centre.side, centre.side, generator=torch.Generator().manual_seed(0), requires_grad=True)
    unit_drive(network, stage, 3, centre)(image).backward()
    felt = image.grad.abs().sum(dim=(0, 1)) > 0
    box = centre.box
    outside = felt.clone()
    outside[box.top : box.bottom, box.left : box.right] = False
    assert not outside.any()
    assert felt[:, box.left].any() and felt[box.bottom - 1].any()


def test_the_image_drives_the_unit_more_than_any_packaged_patch_does():
    seen = []
    result, arrays = UnitPreference(unit_preference.ADAPTER.validate_python({"rung": "stage2", "channel": 5, "steps": 40})).analyse(
        {}, lambda share, doing, preview=None: seen.append(preview)
    )
    climb = result["climb"]
    assert climb["reached"] > 1.5 * result["pictures"]["largest"] > climb["noise"]
    assert arrays["drive"][-1, 1] == pytest.approx(climb["reached"])
    assert arrays["image"].shape == (19, 19, 3)  # the field of stage 2
    assert sum(preview is not None for preview in seen) >= 20
    values = [patch["value"] for patch in result["patches"]]
    assert values == sorted(values, reverse=True) and len(values) == 9
    assert values[0] == pytest.approx(result["pictures"]["largest"])


def test_a_patch_drives_the_unit_as_it_is_told():
    """The patch's own pixels, laid into a small input at the unit's field, give the value that stands beside them."""
    result, arrays = UnitPreference(unit_preference.ADAPTER.validate_python({"rung": "stage2", "channel": 5, "steps": 8})).analyse(
        {}, quietly
    )
    network = opened()
    centre = centre_of(field_of(network, "stage2"))
    inside = next(
        i
        for i, told in enumerate(result["patches"])
        if told["box"]["left"] >= 0 and told["box"]["top"] >= 0 and max(told["box"].values()) <= 224
    )
    image = torch.full((1, 3, centre.side, centre.side), 0.5)
    box = centre.box
    image[0, :, box.top : box.bottom, box.left : box.right] = torch.tensor(arrays["patches"][inside]).permute(2, 0, 1) / 255
    with torch.no_grad():
        assert float(unit_drive(network, "stage2", 5, centre)(image)) == pytest.approx(result["patches"][inside]["value"], rel=1e-3)


def test_a_channel_or_stage_that_is_not_there_is_refused():
    with pytest.raises(Refused, match="channels 0 to 23"):
        UnitPreference(unit_preference.ADAPTER.validate_python({"rung": "stage2", "channel": 24})).analyse({}, quietly)
    with pytest.raises(ValidationError, match="There is no stage v1_simple on this side"):
        unit_preference.ADAPTER.validate_python({"rung": "v1_simple"})


def test_at_most_two_patches_come_from_one_photograph():
    values = np.zeros(40)
    values[[0, 16, 32]] = [3, 2, 1]  # three windows of the first photograph
    assert best_patches(values, 4)[:2] == [0, 16]
    assert 32 not in best_patches(values, 4)


@pytest.mark.parametrize("is_complex", [False, True])
def test_no_pattern_of_the_same_energy_beats_the_gabor(is_complex):
    cell = {"orientation": 30.0, "frequency": 2.0, "phase": 60.0, "nx": 0.5, "ny": 0.6, "channel": 1, "complex": is_complex}
    known = gabor_optimum(cell, 0)
    assert known.drive > 3 * max(gabor_optimum(cell, seed).noise_drive for seed in range(20))
    assert (known.image[..., [0, 2]] == 127).all()  # it reads green alone
    if not is_complex:
        # Cauchy–Schwarz: the response to the filter itself, scaled to a largest value of 1, is gain · |w|² / max |w|
        from models.brain.gabor import gabor

        field = gabor(known.image.shape[0], 28.0, 2.0, 30.0, 60.0, 0.5, 0.6).astype(float)
        assert known.drive == pytest.approx(25 * (field**2).sum() / np.abs(field).max(), rel=1e-4)


def test_on_and_off_cells_want_the_opposite():
    on, off = (spot_optimum(channel, 0) for channel in (0, 1))
    middle = on.image.shape[0] // 2
    assert on.image[middle, middle, 0] == 255 and off.image[middle, middle, 0] == 0
    assert on.drive == pytest.approx(off.drive)


def test_grad_cam_is_its_definition():
    """Σ over channels of activation × mean slope of the label's logit (Selvaraju et al. 2017), before the cut at 0."""
    network = opened()
    image = network.prepare(picture_pixels(PICTURES[0]))
    activation = next(found for name, found, _ in network.climbed(image) if name == "stage7").detach().requires_grad_(True)
    logits = network.readout(network.rungs["head"](activation))
    logits[0, 282].backward()
    weights = activation.grad.mean(dim=(2, 3), keepdim=True)
    expected = (weights * activation).sum(dim=1)[0].detach().numpy()
    assert grad_cam(network, network.rungs["stage7"], image, 282) == pytest.approx(expected, rel=1e-3, abs=1e-6)


def test_passes_that_begin_higher_up_give_the_same_map():
    network = opened()
    image = network.prepare(picture_pixels(PICTURES[1]))
    whole = grad_cam(network, network.rungs["head"], image, 967)
    parts = [*network.rungs.values(), network.readout]
    begun = grad_cam(torch.nn.Sequential(*parts[5:]), network.rungs["head"], entries(network, image)[5], 967)
    assert begun == pytest.approx(whole, rel=1e-4, abs=1e-6)


def test_windows_cover_the_side():
    assert windows(224, 48, 16) == 12
    assert windows(224, 32, 32) == 7
    assert windows(100, 48, 16) == 5  # the last reaches over the edge


def test_a_map_that_is_the_same_everywhere_has_no_rank_correlation():
    assert rank_correlation(np.ones(9), np.arange(9)) is None
    assert rank_correlation(np.arange(9), np.arange(9) ** 3) == pytest.approx(1)


def test_specs_that_make_no_sense_are_refused_in_a_sentence():
    with pytest.raises(ValidationError, match="which would leave gaps"):
        attribution.ADAPTER.validate_python({"window": 16, "stride": 32})
    with pytest.raises(ValidationError, match="12 to 92 pictures can be compared, not 5"):
        similarity.ADAPTER.validate_python({"packaged": 5})
    with pytest.raises(ValidationError, match="given twice"):
        similarity.ADAPTER.validate_python({"packaged": 12, "own": ["a", "a"]})


def test_twelve_pictures_over_both_ladders():
    told = []
    result, arrays = Similarity(similarity.ADAPTER.validate_python({"packaged": 12, "draws": 20})).analyse(
        {}, lambda share, *_: told.append(share)
    )
    names = [(rung["side"], rung["name"]) for rung in result["rungs"]]
    assert names[0] == ("pixels", "pixels")
    assert [name for side, name in names if side == "brain"] == ["retina", "v1_simple", "v1_complex", "c1", "s2", "c2"]
    assert [name for side, name in names if side == "network"] == [name for side, name in names if side == "random"]
    count = len(names)
    assert arrays["matrices"].shape == (count, 12, 12)
    for measure in ("rank", "cka", "cka_plain"):
        assert np.diag(arrays[measure]) == pytest.approx(np.ones(count), abs=1e-5)
        assert arrays[measure] == pytest.approx(arrays[measure].T, abs=1e-5)
    # more units than pictures: the plain estimate lies above the debiased one for most pairs
    above = np.triu_indices(count, 1)
    assert (arrays["cka_plain"][above] > arrays["cka"][above]).mean() > 0.9
    assert told == sorted(told)
    assert result["published"] is None and "rsatoolbox" in result["how_to_get"]


def test_own_pictures_that_expired_are_named():
    with pytest.raises(Refused, match="Own picture 1 is no longer kept"):
        Similarity(similarity.ADAPTER.validate_python({"packaged": 12, "own": ["0" * 64]})).analyse({}, quietly)


def people(count: int, persons: int = 4) -> np.ndarray:
    drawn = np.random.default_rng(0).random((persons, count, count))
    matrices = drawn + drawn.transpose(0, 2, 1)
    matrices[:, range(count), range(count)] = 0
    return matrices


def pictures(count: int) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 255, (count, 20, 20, 3)).astype(np.uint8)


def test_recordings_are_read_as_rsatoolbox_ships_them(tmp_path, monkeypatch):
    """RDMs (1, people, sessions) of {RDM, name}; sessions are averaged. Images in a file of their own beside it."""
    matrices, shown = people(12), pictures(12)
    structs = np.zeros((1, 4, 2), dtype=[("RDM", object), ("name", object)])
    for person in range(4):
        for session in (0, 1):
            structs[0, person, session] = (matrices[person] + (0.1 if session else -0.1), f"hIT | {person} | {session}")
    stimuli = np.zeros((1, 12), dtype=[("image", object)])
    for index in range(12):
        stimuli[0, index] = (shown[index],)
    savemat(tmp_path / "92_brainRDMs.mat", {"RDMs": structs})
    savemat(tmp_path / "Kriegeskorte_Neuron2008_supplementalData.mat", {"stimuli_92objs": stimuli})
    monkeypatch.setenv(similarity.IT_FILE, str(tmp_path / "92_brainRDMs.mat"))
    found = it_recordings()
    assert found.matrices == pytest.approx(matrices)
    assert np.array_equal(np.stack(found.pictures), shown)


def test_peoples_matrix_joins_the_rungs_with_its_ceiling(tmp_path, monkeypatch):
    np.save(tmp_path / "it.npy", people(12))
    np.save(tmp_path / "it_images.npy", pictures(12))
    monkeypatch.setenv(similarity.IT_FILE, str(tmp_path / "it.npy"))
    monkeypatch.setattr(Similarity, "_rungs", lambda self, pixels, progress: pixel_rung(pixels, 0))  # the ladders are tested above
    result, arrays = Similarity(similarity.ADAPTER.validate_python({"packaged": 0, "published": True, "draws": 20})).analyse({}, quietly)
    assert result["rungs"][-1] == {"side": "people", "name": "IT", "units": 0, "size": 0}
    assert result["published"]["people"] == 4
    lower, upper = result["published"]["ceiling"]
    assert -0.3 < lower < 0.3 < upper < 0.8  # four people of noise: about 0 and about ½
    assert np.isnan(arrays["cka"][-1, 0]) and np.isfinite(arrays["rank"][-1, 0])
    assert len(result["published"]["means"]) == len(result["rungs"]) - 1


@pytest.mark.parametrize("broken", ["none", "shape", "pickle"])
def test_recordings_that_are_not_there_or_do_not_fit_are_refused(tmp_path, monkeypatch, broken):
    path = tmp_path / "it.npy"
    monkeypatch.setenv(similarity.IT_FILE, str(path))
    if broken == "none":
        with pytest.raises(Refused, match="rsatoolbox"):
            it_recordings()
        return
    np.save(path, people(12) if broken == "shape" else np.array([{}], dtype=object), allow_pickle=True)
    np.save(tmp_path / "it_images.npy", pictures(11))
    with pytest.raises(Refused, match=r"it\.npy"):
        it_recordings()


def test_fields_larger_than_the_input_take_all_of_it():
    centre = centre_of(Field(size=851, jump=32, start=-410))
    assert (centre.side, centre.row) == (224, 3)
    assert (centre.box.left, centre.box.right) == (0, 224)


def test_a_flat_map_is_called_flat_and_a_photographs_is_not():
    assert flat(np.full(49, 3.0) + 1e-7 * np.arange(49))
    assert flat(np.r_[-2e-4, np.zeros(48)])  # one corner differs: 48 ranks are shared
    assert not flat(np.arange(49.0))
    assert is_even(np.full((224, 224, 3), (200, 30, 30), np.uint8))
    assert not is_even(picture_pixels(PICTURES[0]))
