"""Words for seeing: from the retina to cortex, and in convolutional networks. Torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.glossary_term import Term

_HERE: Final = ("feature-hierarchy", "live-convnet")

SEEING: Final[tuple[Term, ...]] = (
    Term(
        "receptive-field", "Receptive field", "both",
        "The part of the picture that can change a unit’s or a cell’s response.",
        ("receptive field", "receptive fields", "simple and with complex fields"),
        "A unit’s field follows from the network’s wiring; a cell’s has to be measured.",
        ("feature-map", "primary-visual-cortex", "padding"), _HERE, ("hubel1962", "araujo2019"),
    ),
    Term(
        "feature-map", "Feature map", "network",
        "One channel of a convolutional layer: the same filter’s response at every place of the picture.",
        ("feature map", "feature maps", "early maps"),
        "A map in cortex is cells laid out over its surface by what they prefer.",
        ("convolution", "channel", "receptive-field"), _HERE,
    ),
    Term(
        "convolution", "Convolution", "network",
        "One small set of weights, a filter, applied at every place of a picture.",
        ("convolution", "convolutional"),
        "Cells in visual cortex do not share one set of synapses.",
        ("filter", "feature-map"), ("", *_HERE),
    ),
    Term(
        "filter", "Filter", "both",
        "In a network, the weights of one convolution; of a cell, the pattern of light that it answers to most.",
        ("filter", "filters", "kernels"), related=("convolution", "receptive-field"), pages=("", *_HERE),
    ),
    Term(
        "channel", "Channel", "network",
        "One of the several maps that a convolutional layer computes.",
        ("channel", "channels"), "An ion channel is a pore in a cell’s membrane.", ("feature-map",), _HERE,
    ),
    Term(
        "padding", "Padding", "network",
        "Values that a network assumes beyond the edge of the picture.",
        related=("convolution", "receptive-field"), pages=_HERE,
    ),
    Term(
        "stride", "Stride", "network",
        "How many places a filter moves from one response to the next.",
        ("stride", "strides"), related=("convolution", "padding"), pages=_HERE,
    ),
    Term(
        "pooling", "Pooling", "both",
        "Taking several neighbouring responses together, by their largest or their mean. A model of cortex does so at every other stage.",
        ("pooling", "pools"), related=("stage", "receptive-field"), pages=_HERE, citations=("riesenhuber1999",),
    ),
    Term(
        "stage", "Stage", "both",
        "A group of layers that work at one resolution; in a model of cortex, one step of the hierarchy.",
        ("stage", "stages"), related=("layer", "pooling"), pages=_HERE,
    ),
    Term(
        "retina", "Retina", "brain",
        "The sheet of cells at the back of the eye that turns light into signals and already compares neighbouring places.",
        related=("primary-visual-cortex", "receptive-field"), pages=_HERE,
    ),
    Term(
        "cortex", "Cortex", "brain",
        "The folded outer sheet of the brain; its areas at the back of the head are the first that see.",
        ("cortex", "cortical"), related=("primary-visual-cortex", "inferior-temporal", "layer"), pages=("", "gradient-flow", *_HERE),
    ),
    Term(
        "primary-visual-cortex", "Primary visual cortex (V1)", "brain",
        "The first area of cortex that visual signals reach. Many of its cells answer to edges of one orientation.",
        ("primary visual cortex", "visual cortex", "V1"),
        "A network’s first layer often has filters for edges too, which were fitted to a task.",
        ("retina", "receptive-field", "simple-cell"), ("", *_HERE), ("hubel1962",),
    ),
    Term(
        "simple-cell", "Simple and complex cells", "brain",
        "Two kinds of cells in visual cortex: a simple one wants an edge at its place, a complex one accepts it anywhere in its field.",
        ("simple cell", "simple cells", "complex cell", "complex cells"), related=("primary-visual-cortex", "pooling"), pages=_HERE, citations=("hubel1962",),
    ),
    Term(
        "inferior-temporal", "Inferior temporal cortex (IT)", "brain",
        "An area late in the visual pathway whose responses group pictures by category.",
        ("inferior temporal cortex", "IT"), related=("cortex", "stage"), pages=_HERE, citations=("kriegeskorte2008",),
    ),
    Term(
        "imagenet", "ImageNet", "network",
        "A collection of labelled photographs; networks are commonly fitted to a thousand of its categories.",
        ("ImageNet",), related=("class",), pages=_HERE, citations=("russakovsky2015",),
    ),
    Term(
        "texture", "Texture", "both",
        "A pattern that looks alike wherever it is cut out, such as fur, as opposed to a shape.",
        related=("feature-map",), pages=("", *_HERE),
    ),
)  # fmt: skip
