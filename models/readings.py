"""Every reading of a run by name: what it is, how it is stored, and along which axes. Torch-free."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

DType = Literal["u1", "i4", "f4", "f8"]


@dataclass(frozen=True)
class Reading:
    """One named array of a snapshot. A name that starts with `k/` exists once for every layer k = 1 … L."""

    name: str
    dtype: DType
    axes: tuple[str, ...]
    what: str
    unit: str = ""
    last_axis: str = ""
    """A further axis that only some runs have."""

    def matches(self, name: str) -> bool:
        if self.name.endswith("_k"):
            return name.startswith(self.name[:-1]) and name.removeprefix(self.name[:-1]).isdecimal()
        if not self.name.startswith("k/"):
            return name == self.name
        layer, _, rest = name.partition("/")
        return rest == self.name[2:] and layer.isdecimal()


_LAYER = (
    Reading("k/field", "u1", ("neuron", "row", "column"), "response of each neuron over its inputs; byte/127.5 − 1"),
    Reading("k/weight", "f4", ("to", "from"), "weights now"),
    Reading("k/bias", "f4", ("to",), "biases now"),
    Reading("k/weight_gradient", "f4", ("to", "from"), "gradient of the data loss, last batch"),
    Reading("k/bias_gradient", "f4", ("to",), "gradient of the data loss, last batch"),
    Reading("k/weight_update", "f4", ("to", "from"), "last applied change of the weights"),
    Reading("k/bias_update", "f4", ("to",), "last applied change of the biases"),
    Reading("k/activation", "f4", ("neuron",), "activation for the last batch's first example"),
    Reading("k/delta", "f4", ("neuron",), "∂loss/∂(summed input) for the last batch's first example"),
    Reading("k/space", "f4", ("point", "across, up"), "training points, then grid, in the plane of the layer's two principal components"),
    Reading("k/space_share", "f4", ("component",), "share of the variance on each of the two"),
    Reading("k/weight_histogram", "f4", ("centre, count", "bin"), "distribution of the layer's weights"),
    Reading("k/gradient_histogram", "f4", ("centre, count", "bin"), "distribution of the layer's gradients"),
)
_IMAGE_LAYER = (
    Reading("k/filter", "f4", ("out", "in", "row", "column"), "a convolution's kernels now"),
    Reading("k/filter_update", "f4", ("out", "in", "row", "column"), "last applied change of the kernels"),
    Reading("k/filter_gradient", "f4", ("out", "in", "row", "column"), "gradient of the data loss, last batch"),
    Reading("k/map", "u1", ("out", "row", "column"), "the shown image's activations before pooling, over k/map_range"),
    Reading("k/map_range", "f4", ("smallest, largest",), "activations that bytes 0 and 255 of k/map stand for"),
    Reading("k/pooled", "u1", ("out", "row", "column"), "the shown image's activations after pooling, over k/map_range"),
    Reading("k/map_gradient", "u1", ("out", "row", "column"), "∂loss/∂activation for the shown image; byte/127.5 − 1 of its range"),
    Reading("k/map_gradient_range", "f4", ("largest",), "the largest |∂loss/∂activation| of the layer"),
    Reading("k/unit", "f4", ("to",), "a dense layer's activations for the shown image"),
)
_LAYERS = (
    Reading("layers/activation_magnitude", "f4", ("layer 0 … L",), "mean |activation| over the last batch"),
    Reading("layers/delta_magnitude", "f4", ("layer 1 … L",), "mean |∂loss/∂(summed input)| over the last batch"),
    Reading("layers/update_ratio", "f4", ("layer 1 … L",), "‖last update‖ / ‖weights‖"),
    Reading("layers/saturation", "f4", ("layer 1 … L",), "share of units saturated or dead over the training set"),
)
_CURVES = (
    Reading("curves/step", "f4", ("point",), "where the curves were measured", "updates"),
    Reading("curves/train_loss", "f4", ("point",), "mean loss of the training examples"),
    Reading("curves/test_loss", "f4", ("point",), "mean loss of the test examples"),
    Reading("curves/train_accuracy", "f4", ("point",), "share of training examples put in the right class"),
    Reading("curves/test_accuracy", "f4", ("point",), "share of test examples put in the right class"),
    Reading("curves/train_r2", "f4", ("point",), "share of the training values' variance explained"),
    Reading("curves/test_r2", "f4", ("point",), "share of the test values' variance explained"),
    Reading("curves/seconds", "f4", ("point",), "seconds that the lane has computed", "s"),
)
_OUTPUT = (
    Reading("output/field", "u1", ("output", "row", "column"), "the last layer's `k/field` on the plane; asked for by this name only"),
    Reading("output/confusion", "i4", ("true class", "predicted class"), "counts over the test set", "examples"),
    Reading("output/fit", "f4", ("true, answered", "example"), "values of at most 200 test examples"),
    Reading("output/prediction", "f4", ("example", "class"), "probabilities for twenty test digits"),
)
_IMAGES = (
    Reading("output/probabilities", "f4", ("class",), "probabilities for the shown image"),
    Reading("worst/images", "u1", ("image", "row", "column", "channel"), "wrongly named held-out images, the surest mistake first"),
    Reading("worst/labels", "i4", ("image", "true, predicted"), "their classes"),
    Reading("worst/probability", "f4", ("image",), "the probability of their true class"),
    Reading("worst/example", "i4", ("image",), "their numbers among the held-out images"),
)
_GABOR = ("R², orientation, frequency, phase, nx, ny, x, y",)
_BRAIN_OF_IMAGES = (
    Reading("gabor/fit", "f4", ("filter", *_GABOR), "Gabor functions fitted to the first layer's kernels"),
    Reading("gabor/control", "f4", ("filter", *_GABOR), "the same of the first, random kernels"),
    Reading("gabor/filter", "f4", ("filter", "row", "column"), "the kernels that gabor/fit is of, as they were then"),
    Reading("gabor/control_filter", "f4", ("filter", "row", "column"), "the first, random kernels"),
    Reading("sparse/atoms", "u1", ("atom", "row", "column"), "the sparse code's dictionary; byte/127.5 − 1 of each atom's largest weight"),
    Reading("sparse/fit", "f4", ("atom", *_GABOR), "Gabor functions fitted to the atoms"),
    Reading("sparse/curve", "f4", ("point", "update, loss, active share"), "how the sparse code learns"),
)
_RULES = (
    Reading("1/feature", "u1", ("neuron", "row", "column"), "first hidden layer: fields over the plane, or incoming weights as an image"),
    Reading("angles", "f4", ("layer 1 … L",), "between the rule's last direction and the gradient, same weights and batch", "degrees"),
    Reading("curves/angle_k", "f4", ("point",), "that angle of layer k where the curves were measured", "degrees"),
    Reading("knows/pre", "f4", ("one",), "presynaptic activity at the chosen synapse, last batch's first example"),
    Reading("knows/post", "f4", ("one",), "postsynaptic activity there"),
    Reading("knows/third", "f4", ("one",), "what tells the receiving neuron to change"),
    Reading("knows/weight", "f4", ("one",), "the chosen weight of the lane now"),
    Reading("knows/update", "f4", ("one",), "its last applied change"),
    Reading("weights/window", "f4", ("update", "update, then each lane"), "the chosen weight in every lane over the last updates"),
    Reading("eligibility/window", "f4", ("update", "quantity"), "the spiking synapse: step, rates, trace, M, weights"),
)
_FOCUS = (
    Reading("focus/weight", "f8", ("one",), "the watched connection's weight"),
    Reading("focus/update_parts", "f8", ("gradient, momentum, adaptive scale, regulariser",), "parts that sum to the update"),
    Reading("focus/update", "f8", ("one",), "last applied change of the watched weight"),
)
_SYNAPSE = (
    Reading("synapse/window", "f4", ("update", "quantity"), "step, rates, weights and products of the last updates"),
    Reading("synapse/pre_spikes", "f4", ("spike",), "presynaptic spikes of the last stimulus", "ms"),
    Reading("synapse/post_spikes", "f4", ("spike",), "postsynaptic spikes of the last stimulus", "ms"),
    Reading("synapse/trace_time", "f4", ("sample",), "when the traces were sampled", "ms"),
    Reading("synapse/traces", "f4", ("r1, o1, o2", "sample"), "presynaptic, fast and slow postsynaptic trace"),
    Reading("synapse/weight", "f4", ("pair, triplet",), "synaptic weight relative to the start"),
)
_STATIC = (
    Reading("data/train_points", "f4", ("example", "x, y"), "training points"),
    Reading("data/train_labels", "i4", ("example",), "their classes, counted from 0"),
    Reading("data/test_points", "f4", ("example", "x, y"), "test points"),
    Reading("data/test_labels", "i4", ("example",), "their classes, counted from 0"),
    Reading("data/train_values", "f4", ("example",), "their values, where the target is a number"),
    Reading("data/test_values", "f4", ("example",), "their values, where the target is a number"),
    Reading("data/sample_images", "u1", ("example", "row", "column"), "some test images", last_axis="channel"),
    Reading("data/sample_labels", "i4", ("example",), "their classes, counted from 0"),
    Reading("0/field", "u1", ("feature", "row", "column"), "the input features over the plane"),
)

_SEEING = _IMAGE_LAYER + _IMAGES + _BRAIN_OF_IMAGES

READINGS: tuple[Reading, ...] = _LAYER + _LAYERS + _CURVES + _OUTPUT + _SEEING + _RULES + _FOCUS + _SYNAPSE + _STATIC
_BY_NAME = {reading.name: reading for reading in READINGS}


def reading(name: str) -> Reading | None:
    """The reading of this name, whatever its layer (`3/weight`) and lane (`2:3/weight`); None if there is none."""
    bare = re.sub(r"^\w+:", "", name)
    return _BY_NAME.get(bare) or next((known for known in _LAYER + _IMAGE_LAYER + _RULES if known.matches(bare)), None)
