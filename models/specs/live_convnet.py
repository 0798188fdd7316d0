"""The live convolutional network's spec: data, layers, how it learns. Torch-free; bounds live here only."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationInfo, field_validator

from models.specs.convolutional_shapes import check_size, layer_shapes
from models.specs.dense import CONTENT_ID, Checked
from models.specs.dense import shown as placed
from models.specs.live_convnet_asks import ASKS
from models.specs.live_convnet_presets import PRESETS

__all__ = ["ADAPTER", "ASKS", "CLASS_NAMES", "IMAGES", "PHOTOGRAPHS", "PRESETS", "ConvLayer", "LiveConvnetSpec", "Spec", "live_fields"]

Augmentation = Literal["shift", "rotate", "scale", "light"]
DIGITS: Final = tuple("0123456789")
PHOTOGRAPHS: Final = ("astronaut", "brick", "chelsea", "coffee", "grass", "gravel")
"""Whose patches `patches` is made of: faces and cloth, fur, a cup, and three textures (scikit-image)."""
IMAGES: Final[dict[str, tuple[int, int, int]]] = {"mnist": (28, 28, 1), "fashion": (28, 28, 1), "digits": (8, 8, 1), "patches": (28, 28, 1), "own_images": (28, 28, 1)}
"""Height, width and channels. A person's own images may have three channels: their set says so."""
CLASS_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "mnist": DIGITS,
    "digits": DIGITS,
    "fashion": ("T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "trainer", "bag", "ankle boot"),
    "patches": PHOTOGRAPHS,
}


class ConvLayer(Checked):
    """A convolution, its activation, and max pooling over squares that do not overlap."""

    channels: int = Field(8, ge=1, le=32, title="Channels", description="How many kernels the layer learns; each makes one map.")
    size: int = Field(5, ge=3, le=11, title="Kernel size", description="Side of the square kernel.", json_schema_extra={"unit": "pixels"})
    stride: int = Field(1, ge=1, le=3, title="Stride", description="How far the kernel moves from one place to the next.", json_schema_extra={"unit": "pixels"})
    padding: int = Field(2, ge=0, le=5, title="Padding", description="Zeros around the layer's input.", json_schema_extra={"unit": "pixels"})
    pool: int = Field(2, ge=1, le=3, title="Pooling", description="Of each square of this side only the largest activation is passed on; 1 is none.", json_schema_extra={"unit": "pixels"})


DEFAULT_LAYERS: Final = (ConvLayer(channels=8, size=5, stride=1, padding=2, pool=2), ConvLayer(channels=16, size=5, stride=1, padding=2, pool=3))


class LiveConvnetSpec(Checked):
    """A small convolutional network, and the images that it learns to name."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    dataset: Literal["mnist", "digits", "fashion", "patches", "own_images"] = Field(
        "mnist", title="Images", description="What to tell apart: 5,000 MNIST digits of 28×28 pixels, 1,797 digits of 8×8, Fashion-MNIST where it is installed, patches of six photographs, or a set of your own.", json_schema_extra=placed("Data"),
    )
    content: str | None = Field(None, pattern=CONTENT_ID, title="Own images", description="Content id of a set of images that was uploaded.", json_schema_extra=placed("Hidden"))
    augmentation: tuple[Augmentation, ...] = Field(
        (), max_length=4, title="Augmentation", description="What is done at random to each image before each look: moved by up to two pixels (a twelfth of its side where that is more), turned by up to 15°, scaled by up to 15 %, brightness and contrast changed by up to 25 %.", json_schema_extra=placed("Data"),
    )
    batch_size: int = Field(64, ge=1, le=256, title="Batch size", description="Images whose gradients are averaged into one update.", json_schema_extra=placed("Data", unit="images"))
    layers: tuple[ConvLayer, ...] = Field(DEFAULT_LAYERS, min_length=1, max_length=3, title="Convolutions", description="One to three convolutions, each with its pooling.", json_schema_extra=placed("Network"))
    dense: tuple[Annotated[int, Field(ge=1, le=128)], ...] = Field((), max_length=2, title="Dense layers", description="Units of up to two fully connected layers between the last map and the softmax.", json_schema_extra=placed("Network"))
    activation: Literal["relu", "tanh", "sigmoid"] = Field("relu", title="Activation", description="The function that each unit applies to its drive.", json_schema_extra=placed("Network"))
    initialisation: Literal["he", "xavier", "uniform", "zero"] = Field(
        "he", title="Initialisation", description="How the first weights are drawn: He (He et al. 2015), Xavier (Glorot and Bengio 2010), uniform in ±0.5, or all zero.", json_schema_extra=placed("Network"),
    )
    optimiser: Literal["sgd", "momentum", "adam"] = Field("adam", title="Optimiser", description="How a gradient becomes an update: plain descent, with momentum, or Adam (Kingma and Ba 2015).", json_schema_extra=placed("Learning"))
    learning_rate: float = Field(0.004, ge=1e-5, le=10, title="Learning rate", description="How far one update moves a weight along its gradient.", json_schema_extra=placed("Learning", live=True, scale="log"))
    momentum: float = Field(0.9, ge=0, lt=1, title="Momentum", description="The share of the last update that is kept (momentum only).", json_schema_extra=placed("More", live=True))
    regularisation: Literal["none", "l1", "l2"] = Field("none", title="Regularisation", description="A pull of every weight towards zero: constant (L1) or proportional to it (L2). Biases are left alone.", json_schema_extra=placed("Learning"))
    regularisation_rate: float = Field(0.001, ge=0, le=1, title="Regularisation rate", description="The strength of that pull.", json_schema_extra=placed("Learning", live=True, scale="log"))
    seed: int = Field(1, ge=0, le=2**31 - 1, title="Seed", description="Decides the first weights, the order of images and what augmentation does.", json_schema_extra=placed("More"))
    stop_accuracy: float | None = Field(None, gt=0, le=1, title="Stop at test accuracy", description="Ends the run once this share of the held-out images is named right. Empty: never.", json_schema_extra=placed("More", live=True))
    stop_steps: int | None = Field(None, ge=1, le=1_000_000_000, title="Stop after", description="Ends the run after this many updates. Empty: never.", json_schema_extra=placed("More", live=True, unit="updates"))
    shown: int = Field(0, ge=0, le=39, title="Shown image", description="Which of the sample images the maps are of.", json_schema_extra=placed("Hidden", live=True))
    sparse_every: int = Field(8, ge=1, le=10_000, title="Sparse code every", description="Network updates between two updates of the sparse code beside it.", json_schema_extra=placed("Brain", live=True, unit="updates"))

    @field_validator("content")
    @classmethod
    def _set_is_there(cls, content: str | None, info: ValidationInfo) -> str | None:
        if content is None and info.data.get("dataset") == "own_images":
            raise ValueError("a set of images has to be uploaded first")
        return content

    @field_validator("augmentation")
    @classmethod
    def _each_once(cls, augmentation: tuple[Augmentation, ...]) -> tuple[Augmentation, ...]:
        if len(set(augmentation)) != len(augmentation):
            raise ValueError("each may be chosen once")
        return augmentation

    @field_validator("layers")
    @classmethod
    def _layers_fit(cls, layers: tuple[ConvLayer, ...], info: ValidationInfo) -> tuple[ConvLayer, ...]:
        if (image := IMAGES.get(info.data.get("dataset", ""))) is not None:
            layer_shapes(image, layers, (), 2, "relu")
        return layers

    @field_validator("dense")
    @classmethod
    def _size_fits(cls, dense: tuple[int, ...], info: ValidationInfo) -> tuple[int, ...]:
        dataset = info.data.get("dataset", "")
        if dataset in CLASS_NAMES and "layers" in info.data:
            check_size(layer_shapes(IMAGES[dataset], info.data["layers"], dense, len(CLASS_NAMES[dataset]), "relu"))
        return dense


Spec = LiveConvnetSpec
ADAPTER: TypeAdapter[LiveConvnetSpec] = TypeAdapter(LiveConvnetSpec)


def live_fields() -> tuple[str, ...]:
    """The fields that a running run takes over the socket."""
    fields: dict[str, Any] = dict(LiveConvnetSpec.model_fields)
    return tuple(name for name, field in fields.items() if (field.json_schema_extra or {}).get("live"))
