"""The classic networks take torchvision's own weight files, and say how to get them where there are none."""

import pytest
import torch

from models.networks import opened as opened_module
from models.networks.opened import opened
from models.networks.torchvision_networks import ARCHITECTURES, alexnet, load, normalised
from models.specs.seeing_networks import BY_NAME, FOLDER
from models.types import Refused

# Numbers of parameters as torchvision documents them for these weights, and some names and shapes of its state_dicts.
PUBLISHED = {
    "alexnet": (
        61_100_840,
        {"features.0.weight": (64, 3, 11, 11), "features.10.bias": (256,), "classifier.6.weight": (1000, 4096)},
    ),
    "vgg16": (
        138_357_544,
        {"features.28.weight": (512, 512, 3, 3), "classifier.0.weight": (4096, 25088), "classifier.6.bias": (1000,)},
    ),
    "resnet50": (
        25_557_032,
        {"layer1.0.downsample.0.weight": (256, 64, 1, 1), "layer4.2.conv3.weight": (2048, 512, 1, 1), "fc.weight": (1000, 2048)},
    ),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_names_shapes_and_numbers_are_torchvisions(name):
    with torch.device("meta"):
        network = ARCHITECTURES[name]()
    total, shapes = PUBLISHED[name]
    assert sum(parameter.numel() for parameter in network.parameters()) == total
    state = network.state_dict()
    assert {key: tuple(state[key].shape) for key in shapes} == shapes


def test_batch_normalisations_keep_their_buffers_names():
    with torch.device("meta"):
        names = ARCHITECTURES["resnet50"]().state_dict().keys()
    assert {"bn1.running_mean", "layer3.5.bn2.num_batches_tracked", "layer2.0.downsample.1.running_var"} <= set(names)
    assert len(names) == 320


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER, str(tmp_path))
    opened_module.opened.cache_clear()
    yield tmp_path
    opened_module.opened.cache_clear()


@pytest.mark.parametrize("name", PUBLISHED)
def test_an_absent_file_is_refused_with_the_way_to_get_it(folder, name):
    with pytest.raises(Refused, match=rf"{BY_NAME[name].files[0]}.*{FOLDER}"):
        opened(name)


def test_a_file_is_taken_and_answers_as_torch_does_with_the_same_weights(folder):
    torch.manual_seed(0)
    network = ARCHITECTURES["resnet50"]().eval()
    torch.save(network.state_dict(), folder / BY_NAME["resnet50"].files[0])
    image = torch.rand(1, 3, 64, 64)
    taken = opened("resnet50")
    with torch.no_grad():
        assert torch.equal(taken(image), network(image))
        stages = {name: tuple(activation.shape[1:]) for name, activation, _ in taken.climbed(image)}
    assert stages == {"stem": (64, 32, 32), "layer1": (256, 16, 16), "layer2": (512, 8, 8), "layer3": (1024, 4, 4), "layer4": (2048, 2, 2)}


def test_weights_of_another_network_and_files_that_are_none_are_refused(folder):
    path = folder / BY_NAME["resnet50"].files[0]
    for content in (b"no weights", b""):
        path.write_bytes(content)
        with pytest.raises(Refused, match="does not hold torchvision's weights of ResNet-50"):
            load(BY_NAME["resnet50"])
    torch.save({"fc.weight": torch.zeros(2, 2)}, path)
    with pytest.raises(Refused, match="does not hold"):
        load(BY_NAME["resnet50"])
    torch.save(Harmful(), path)
    with pytest.raises(Refused, match="does not hold"):
        load(BY_NAME["resnet50"])
    assert not Harmful.ran


class Harmful:
    """A pickle that would run code on loading."""

    ran = False

    def __reduce__(self):
        return setattr, (Harmful, "ran", True)


def test_alexnets_stages_end_before_their_pooling_and_fields_are_the_published_ones():
    """Receptive fields of AlexNet's convolutions in torchvision's form (Araujo et al. 2019): 11, 51, 99, 131, 163 pixels."""
    from models.probes.receptive_field import Convolution, Field

    with torch.device("meta"):
        network = alexnet()
        shapes, image = [], torch.zeros(1, 3, 224, 224)
        for part in network.parts():
            for layer in part:
                image = layer(image)
            shapes.append(tuple(image.shape[1:]))
        assert network.readout()(image).shape == (1, 1000)
    assert shapes == [(64, 55, 55), (192, 27, 27), (384, 13, 13), (256, 13, 13), (256, 13, 13)]
    field, sizes = Field(), []
    for part in network.parts():
        field = field.through(Convolution(*kernel) for layer in part for kernel in opened_module._kernels(layer))
        sizes.append(field.size)
    assert sizes == [11, 51, 99, 131, 163]


def test_normalisation_is_imagenets():
    """Mean (.485, .456, .406), standard deviation (.229, .224, .225) of pixels in 0…1."""
    white = normalised(torch.full((1, 3, 1, 1), 255.0)).ravel()
    assert white.tolist() == pytest.approx([(1 - 0.485) / 0.229, (1 - 0.456) / 0.224, (1 - 0.406) / 0.225])


def test_a_photograph_climbs_a_network_of_ones_own(folder):
    """The whole analysis with random weights of AlexNet in a file; without the file it is refused in a sentence."""
    from models.experiments.feature_hierarchy import FeatureHierarchy
    from models.specs.feature_hierarchy import ADAPTER

    spec = ADAPTER.validate_python({"network": "alexnet", "maps_per_stage": 2})
    with pytest.raises(Refused, match="AlexNet is not installed"):
        FeatureHierarchy(spec).analyse({}, lambda *_: None)
    torch.save(alexnet().state_dict(), folder / BY_NAME["alexnet"].files[0])
    result, arrays = FeatureHierarchy(spec).analyse({}, lambda *_: None)
    assert [stage["shape"] for stage in result["stages"]] == [[64, 55, 55], [192, 27, 27], [384, 13, 13], [256, 13, 13], [256, 13, 13]]
    assert [stage["receptive_field"]["size"] for stage in result["stages"]] == [11, 51, 99, 131, 163]
    assert arrays["conv5/map"].shape == (2, 13, 13)
    assert len(result["labels"]) == 5
