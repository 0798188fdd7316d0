"""The protocols on the V1 model and on networks: published and closed-form figures, exactness of crops, refusals."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch
from pydantic import ValidationError

from models.brain.gabor import grating as planted_grating
from models.brain.normalisation import Normalised
from models.experiments.physiology_ask import physiology_ask
from models.experiments.physiology_network import StageUnits
from models.experiments.physiology_units import Cell, cortex, population
from models.experiments.unit_physiology import build
from models.networks.efficientnet import EfficientNetLite0
from models.specs.unit_physiology import ADAPTER, CHANNELS, PRESETS
from models.tasks.stimuli import Grating, Window, render
from models.tasks.stimuli_noise import CHUNK, MAX_FRAMES, frames
from models.types import Refused

SIMPLE, COMPLEX = 8, 140


def record(**values):
    return build(ADAPTER.validate_python(values)).analyse({}, lambda share, doing: None)


def test_a_rendered_grating_is_the_models_own():
    made = render([Grating(33.0, 2.0, 0.7, phase=50.0)], Window.centred(32, 28.0))[0]
    assert np.allclose(made, planted_grating((32, 32), 28.0, 2.0, 33.0, 50.0, 0.7), atol=1e-5)


def test_stimuli_are_bounded():
    with pytest.raises(ValueError, match="black and white"):
        render([Grating(0, 1, 0.8, mask_contrast=0.4)], Window.centred(8, 28))
    with pytest.raises(ValueError, match="at once"):
        render([Grating(0, 1)] * 2000, Window.centred(224, 28))
    with pytest.raises(ValueError, match="frames"):
        frames(0, MAX_FRAMES, 1, 4)


def test_any_frame_of_noise_can_be_shown_again():
    across = frames(5, CHUNK - 2, 4, 6)
    assert np.array_equal(across[2:], frames(5, CHUNK, 2, 6)) and set(np.unique(across)) == {-1, 1}
    assert not np.array_equal(frames(6, CHUNK, 2, 6), across[2:])


def test_a_simple_cell_follows_the_bars_and_a_complex_one_does_not():
    """F1/F0 1.57 (π/2) and 0, for cells without normalisation."""
    simple, complex_cell = (record(cell=cell, normalised=False)[0]["numbers"][0] for cell in (SIMPLE, COMPLEX))
    assert simple["ratio"] == pytest.approx(np.pi / 2, abs=0.03)
    assert complex_cell["ratio"] == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize("cell", [SIMPLE, COMPLEX])
def test_the_protocol_finds_the_planted_preferences(cell):
    found = record(cell=cell, normalised=False)[0]["numbers"][0]
    planted = population().cell(cell)
    off = (found["orientation"] - planted["orientation"] + 90) % 180 - 90
    assert abs(off) < 3 and abs(np.log2(found["frequency"] / planted["frequency"])) < 0.5


def test_noise_recovers_a_simple_cells_field_and_no_complex_cells():
    simple, complex_cell = (record(cell=cell, protocol="noise", frames=6000)[0] for cell in (SIMPLE, COMPLEX))
    assert simple["correlations"]["average"][-1] > 0.9
    assert abs(complex_cell["correlations"]["average"][-1]) < 0.1 and complex_cell["passing"] <= 2
    assert complex_cell["correlations"]["plane"] > 0.8 and complex_cell["eigenvalue"] > 1.3


def test_a_mask_at_right_angles_shifts_c50_and_leaves_rmax():
    """R = γc² / (σ² + k(c² + m²)): c50² rises by m², whatever the pool's k (Carandini and Heeger 2012)."""
    fits = record(cell=COMPLEX, protocol="masks")[0]["fits"][0]
    masks = (0.0, 0.12, 0.25, 0.5)
    for fit, mask in zip(fits, masks, strict=True):
        assert fit["half"] ** 2 - fits[0]["half"] ** 2 == pytest.approx(mask**2, abs=0.012)
        assert fit["maximum"] == pytest.approx(fits[0]["maximum"], rel=0.03)
    alone = record(cell=COMPLEX, protocol="masks", normalised=False)[0]["fits"][0]
    assert not any(fit["saturates"] for fit in alone)


def test_a_growing_grating_suppresses_only_where_a_pool_divides():
    """Cavanaugh et al. 2002: 124 of 190 cells at an index of .2 or more; a Gabor alone has none."""
    divided, alone = record(cell=SIMPLE, protocol="size")[0]["numbers"]
    assert divided["suppression_index"] > 0.2 and alone["suppression_index"] == pytest.approx(0, abs=0.01)


def test_the_pools_closed_form_is_what_its_filters_give():
    cell = Cell(COMPLEX)
    window = Window.centred(192, min(28.0, 8 * cell.frequency))
    shown = [Grating(cell.preferred, cell.frequency, 0.5), Grating(cell.preferred + 20, 1.4 * cell.frequency)]
    filtered = Normalised(cortex(), cell.pool).drive_of_pool(render(shown, window), window.pixels_per_degree, COMPLEX)
    assert cell.endless(shown) == pytest.approx(filtered, rel=0.02)


@pytest.mark.parametrize("stage", ["stem", "stage1", "stage2", "stage3"])
def test_a_crop_of_the_field_changes_no_digit(stage):
    units = StageUnits(stage)
    image = np.random.default_rng(0).random((1, 224, 224), dtype=np.float32)
    seen = slice(units.origin, units.origin + units.window.side)
    network = EfficientNetLite0()
    whole = (255 * torch.from_numpy(image)[:, None].expand(-1, 3, -1, -1) - 127) / 128
    response = next(found for found in network.responses(whole) if found.stage.name == stage)
    assert len(response.activation) == CHANNELS[stage]
    assert np.allclose(units._values(image[:, seen, seen])[0], response.activation[:, units.unit, units.unit].numpy(), atol=1e-4)


def test_a_networks_unit_is_blind_beyond_its_field():
    response = record(unit="efficientnet", stage="stem", channel=5, protocol="size")[1]["response"][0]
    assert np.allclose(response[-4:], response[-1])


def test_shuffling_the_weights_changes_the_tuning():
    arrays = record(unit="efficientnet", stage="stage2", population=True)[1]
    trained, shuffled = (np.nanmedian(arrays[name]) for name in ("circular_variance", "shuffled/circular_variance"))
    assert len(arrays["orientation"]) == CHANNELS["stage2"] and trained < shuffled - 0.1


@pytest.mark.parametrize("values", [{}, {"protocol": "natural"}, {"unit": "efficientnet", "protocol": "contrast"}])
def test_the_same_question_has_the_same_answer(values):
    first, second = record(**values), record(**values)
    assert first[0] == second[0] and all(np.array_equal(first[1][name], second[1][name]) for name in first[1])


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"unit": "efficientnet", "stage": "stem", "channel": 40}, "0 to 31"),
        ({"protocol": "noise", "population": True}, "gratings"),
        ({"unit": "efficientnet", "stage": "head", "protocol": "size", "population": True}, "stem"),
    ],
)
def test_what_cannot_be_measured_is_refused_in_a_sentence(values, word):
    with pytest.raises(Refused, match=word):
        record(**values)


@pytest.mark.parametrize("values", [{"cell": 256}, {"contrast": 0}, {"frames": 10**9}, {"stage": "../x"}, {"seed": -1}, {"more": 1}])
def test_values_out_of_bounds_make_no_spec(values):
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(values)


class FirstLayer:
    """A network of one convolution with known kernels, as the ask takes it."""

    def __init__(self) -> None:
        kernels = np.stack([planted_grating((7, 7), 28.0, 4.0, angle, 0.0) - 0.5 for angle in (0.0, 90.0)])
        self.weight = torch.from_numpy(np.ascontiguousarray(kernels[:, None], np.float32))
        size = {"size": 7, "stride": 1, "padding": 3, "pool": 2, "in": 1, "out": 2, "height": 28, "width": 28}
        self.layers_described = [{"kind": "convolution", "below_height": 28, "below_width": 28, "activation": "relu", **size}]

    def tensor_of(self, images):
        return torch.from_numpy(np.ascontiguousarray(images)).permute(0, 3, 1, 2)

    def forward(self, images, layers=None):
        return SimpleNamespace(drives=[torch.conv2d(images, self.weight, padding=3)])

    def unit_responses(self, layer, channel, stimuli):
        drive = self.forward(torch.from_numpy(np.ascontiguousarray(stimuli))).drives[-1]
        return torch.relu(drive[:, channel, 14, 14]).numpy()


def test_a_filter_that_is_learning_is_measured_by_the_same_protocol():
    ask = physiology_ask(SimpleNamespace(network=FirstLayer()))
    for channel, orientation in enumerate((0, 90)):
        answer = ask.answer(ask.parse({"channel": channel}))
        found = answer["numbers"][0]
        assert abs((found["orientation"] - orientation + 90) % 180 - 90) < 6 and found["modulated"]
        assert answer["unit"]["facts"]["pixels"] == 7 and answer["arrays"]["response"]["shape"] == [1, 128]
    layer = ask.answer(ask.parse({"population": True}))
    assert layer["numbers"] == [0, 1]
    for wrong in ({"channel": 9}, {"layer": 2}, {"population": True, "protocol": "masks"}):
        with pytest.raises(Refused):
            ask.answer(ask.parse(wrong))


def test_presets_are_specs():
    assert all(ADAPTER.validate_python(preset.changes) for preset in PRESETS)
