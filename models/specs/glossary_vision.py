"""Words for measuring sight: cells, units and what light does to both. Torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.glossary_term import Term

_CELLS: Final = ("unit-physiology",)
_LIGHT: Final = ("perception",)
_LADDER: Final = ("feature-hierarchy",)

VISION: Final[tuple[Term, ...]] = (
    Term(
        "gabor-function", "Gabor function", "both",
        "A wave under a bell curve: the usual description of a simple cell’s field, and of many learned filters.",
        ("Gabor", "Gabors", "Gabor function", "Gabor functions"), "A fit says what a field looks like, not how it came about.",
        ("simple-cell", "filter"), ("live-convnet", *_CELLS, *_LADDER), ("jones1987",),
    ),
    Term(
        "orientation-tuning", "Orientation tuning", "both",
        "How a response depends on the direction of a grating; the curve’s width says how choosy the cell or unit is.",
        ("orientation tuning", "tuning"), related=("simple-cell", "circular-variance"), pages=_CELLS, citations=("hubel1962",),
    ),
    Term(
        "circular-variance", "Circular variance", "both",
        "A number for broadness of tuning: 0 where one orientation alone drives the unit, 1 where all do so alike.",
        ("circular variance",), related=("orientation-tuning",), pages=_CELLS, citations=("ringach2002orientation",),
    ),
    Term(
        "spatial-frequency", "Spatial frequency", "both",
        "How many light and dark bars of a grating fit into one degree of the visual field.",
        ("spatial frequency", "spatial frequencies", "cycles per degree"), related=("grating",), pages=(*_CELLS, *_LADDER),
    ),
    Term(
        "grating", "Grating", "both", "Light and dark bars in even alternation, the physiologist’s standard stimulus.",
        ("grating", "gratings"), related=("spatial-frequency", "f1-f0"), pages=_CELLS,
    ),
    Term(
        "f1-f0", "F1/F0", "both",
        "How strongly a response follows the bars of a drifting grating, over its mean: above 1 for simple cells, below for complex ones.",
        ("F1/F0",), "The line names two kinds of response, not two kinds of wiring.", ("simple-cell", "grating"), _CELLS, ("skottun1991", "mechler2002"),
    ),
    Term(
        "spike-triggered-average", "Spike-triggered average", "both",
        "The mean of what was shown before a response: for a linear cell it is the cell’s field.",
        ("spike-triggered average", "average over noise"), related=("receptive-field",), pages=_CELLS, citations=("chichilnisky2001",),
    ),
    Term(
        "divisive-normalisation", "Divisive normalisation", "brain",
        "A response is divided by the pooled response of its neighbours.",
        ("divisive normalisation", "normalisation"), "Batch normalisation in a network uses fixed statistics of the training set.",
        ("contrast-response", "surround"), (*_CELLS, *_LIGHT), ("carandini2012", "heeger1992"),
    ),
    Term(
        "contrast-response", "Contrast response", "both",
        "How a response grows with contrast and levels off; c50 is the contrast at half of the largest.",
        ("contrast response", "c50"), related=("divisive-normalisation",), pages=(*_CELLS, *_LIGHT),
    ),
    Term(
        "surround", "Surround", "brain",
        "The region around a receptive field that drives nothing by itself but changes what the field’s own stimulus does.",
        ("surround", "surround suppression"), related=("receptive-field", "divisive-normalisation"), pages=(*_CELLS, *_LIGHT), citations=("cavanaugh2002",),
    ),
    Term(
        "difference-of-gaussians", "Difference of Gaussians", "brain",
        "A narrow bell minus a wide one: the model of a ganglion cell that compares a place with its neighbourhood.",
        ("difference of Gaussians", "DoG"), related=("retina", "surround"), pages=(*_LIGHT, *_LADDER), citations=("rodieck1965",),
    ),
    Term(
        "odog", "ODOG", "brain",
        "Oriented differences of Gaussians at many sizes, each orientation’s response scaled to the same strength.",
        ("ODOG",), related=("difference-of-gaussians", "divisive-normalisation"), pages=_LIGHT, citations=("blakeslee1999",),
    ),
    Term(
        "lightness", "Lightness", "both",
        "How light a surface looks, which is not how much light comes from it.",
        ("lightness",), related=("reflectance",), pages=_LIGHT, citations=("land1971",),
    ),
    Term(
        "reflectance", "Reflectance", "both", "The share of the light that a surface gives back, whatever falls on it.",
        ("reflectance",), related=("lightness",), pages=_LIGHT,
    ),
    Term(
        "light-adaptation", "Light adaptation", "brain",
        "The eye’s working range follows the light around: what counts is the ratio to the background.",
        ("light adaptation", "adaptation", "adapts"), "A network’s weights do not follow the light of the day.", ("retina", "weber-law"), _LIGHT,
    ),
    Term(
        "weber-law", "Weber’s law", "brain", "The smallest visible change grows in proportion to the background.",
        ("Weber’s law", "Weber's law"), related=("light-adaptation",), pages=_LIGHT,
    ),
    Term(
        "sparse-coding", "Sparse coding", "both",
        "Describing each image by few active elements of a dictionary that is learned; on photographs its elements look like simple cells’ fields.",
        ("sparse code", "sparse coding"), related=("gabor-function",), pages=("live-convnet",), citations=("olshausen1996",),
    ),
    Term(
        "robustness", "Robustness", "both", "How much an answer stays the same when the picture is made harder to see.",
        ("robustness", "robust"), related=("texture",), pages=("", *_LIGHT, *_LADDER), citations=("geirhos2018",),
    ),
    Term(
        "representational-similarity", "Representational similarity", "both",
        "Comparing two systems by which pictures each of them tells apart, instead of unit by unit.",
        ("representational similarity", "dissimilarity matrices", "dissimilarity matrix"), "Grouping pictures alike does not show the same mechanism.",
        ("stage",), _LADDER, ("kriegeskorte2008",),
    ),
    Term(
        "occlusion", "Occlusion", "both", "A part of the picture is covered.", ("occlusion", "covered"), related=("robustness",), pages=(*_LIGHT, *_LADDER),
    ),
)  # fmt: skip
