"""Where the parallel between brain and network holds on a page, and where it breaks. Plain data; torch-free.

`citations` are keys of references.bib. Whether cortex computes something like backpropagation is an open question, and no row answers it.
"""

from __future__ import annotations

from typing import Final

from models.specs.parallel_aspect import Aspect, Parallels
from models.specs.parallels_perception import PERCEPTION
from models.specs.parallels_physiology import PHYSIOLOGY
from models.specs.parallels_plasticity import SYNAPSE
from models.specs.parallels_rules import RULES_PARALLELS

__all__ = ["PARALLELS", "Aspect", "Parallels", "cited"]


_SYNAPSE_AND_WEIGHT: Final = Parallels(
    holds=(
        Aspect(
            "Two ends",
            "A presynaptic spike weakens and a postsynaptic spike strengthens, each by the trace that the other neuron left; with one side silent nothing changes.",
            "A gradient is the sending neuron's activation times the receiving neuron's error; where either is zero, so is the gradient.",
            ("pfister2006", "rumelhart1986"),
        ),
        Aspect(
            "Both directions",
            "Pairing the same two neurons strengthened their synapse or weakened it, depending on timing and frequency.",
            "An update raises a weight or lowers it, depending on the gradient's sign.",
            ("sjostrom2001", "rumelhart1986"),
        ),
        Aspect(
            "Many small steps",
            "One pairing changes the modelled synapse by about a per cent or less; experiments repeat it tens of times.",
            "One update moves a weight by a small part of its gradient; learning takes hundreds of updates.",
            ("pfister2006", "sjostrom2001"),
        ),
        Aspect(
            "The change stays",
            "After brief trains of stimuli a potentiated response was still raised 30 minutes to 10 hours later.",
            "A weight keeps its value until the next update.",
            ("bliss1973",),
        ),
        Aspect(
            "Activity decides how much",
            "In the triplet rule the same pairs at a higher rate turn weakening into strengthening.",
            "For the same error, a larger activation makes a larger gradient.",
            ("pfister2006", "rumelhart1986"),
        ),
    ),
    breaks=(
        Aspect(
            "Error signal",
            "The rule reads spike times and nothing else. Whether feedback in cortex carries something like an error is open.",
            "The receiving neuron's δ is computed at the output and carried back through every later layer's weights.",
            ("pfister2006", "rumelhart1986", "lillicrap2016", "lillicrap2020"),
        ),
        Aspect(
            "A loss",
            "Long-term potentiation was found and is described without any loss: nothing in it says what the change is good for.",
            "Each update follows the slope of one number, the loss.",
            ("bliss1973", "rumelhart1986"),
        ),
        Aspect(
            "Locality",
            "All that the rule reads is left by the synapse's own two neurons.",
            "δ also depends on weights elsewhere in the network. With fixed random weights on the way back small networks still learn, so an exact copy is not needed.",
            ("pfister2006", "lillicrap2016"),
        ),
        Aspect(
            "Sign",
            "A rate is never negative, and the modelled synapse, bounded at 0, stays excitatory however weak it gets.",
            "Activations, errors and weights take either sign, and a weight may cross zero. The mapping drops the activation's sign.",
            ("pfister2006",),
        ),
        Aspect(
            "Bounds",
            "The published rule has no bound and would run away under steady firing; the bounds 0 and 2 are this lab's.",
            "A weight has no bound; regularisation, where chosen, pulls it towards zero.",
            ("pfister2006",),
        ),
        Aspect(
            "Time",
            "Milliseconds decide: at 10 Hz, reversing an interval of 10 ms turned strengthening into weakening.",
            "An update has no duration. That it stands for 200 ms of stimulus is this page's choice, and the slider changes it.",
            ("sjostrom2001", "bi2001"),
        ),
        Aspect(
            "Protocol",
            "The triplet rule meets the recordings with 60 continuous pairs; with fifteen bursts of five, as recorded, it falls short at 50 Hz.",
            "A gradient depends on the batch and the weights alone, however the examples are spaced in time.",
            ("pfister2006", "sjostrom2001"),
        ),
    ),
)

_HIERARCHY: Final = Parallels(
    holds=(
        Aspect(
            "Stages",
            "Cells of cat visual cortex were sorted into kinds with simple and with complex fields, and a model of cortex stacks such stages.",
            "The network is a stack of stages; each reads the one before it.",
            ("hubel1962", "riesenhuber1999"),
        ),
        Aspect(
            "Larger fields",
            "From C1 on each stage of HMAX reads a wider part of the picture than the last. Below that fields do not grow in step: a retinal surround is wider than most of V1's cells, which differ much among themselves.",
            "A unit's receptive field grows from stage to stage; the page draws its exact size on the photograph.",
            ("riesenhuber1999", "tan2019"),
        ),
        Aspect(
            "One operation, many places",
            "The models repeat each cell at every place of the picture; that is the model's choice, not a finding about cortex.",
            "A convolution applies one filter at every place.",
            ("dapello2020", "tan2019"),
        ),
        Aspect(
            "Less bound to place",
            "HMAX's C2 was built to be invariant, by a maximum over places and sizes: of the brain's models it keeps most of its responses to any of the packaged photographs moved by 20 pixels.",
            "Nobody built that into stage 7, which keeps more than any of stages 1 to 6 on the same nine; but its units lie 32 pixels apart, and the random-weights control shows what the architecture alone does.",
            ("riesenhuber1999", "serre2007"),
        ),
    ),
    breaks=(
        Aspect(
            "Models, not recordings",
            "Every map on the brain's side is computed by a published model from the photograph; nothing on this page was recorded.",
            "Every map on the network's side is computed by EfficientNet-Lite0 itself.",
            ("dapello2020", "riesenhuber1999", "liu2020lite"),
        ),
        Aspect(
            "Which stage is which area",
            "Rungs stand side by side by their order alone; which area matches which stage is a question for regressions on recordings.",
            "Nine stages stand beside six models; one more or fewer would shift the whole row.",
            ("kriegeskorte2008",),
        ),
        Aspect(
            "Stage for area",
            "Recorded responses of inferior temporal cortex group images by category; by which mechanism is not agreed.",
            "That a late stage groups images alike would not show that it does so in the same way.",
            ("kriegeskorte2008",),
        ),
        Aspect(
            "Direction",
            "Cortex has feedback connections throughout, and what they carry is open; the models here run forward only.",
            "Nothing returns from a later stage to an earlier one while a photograph is read.",
            ("lillicrap2020",),
        ),
        Aspect(
            "Teacher",
            "Nobody labels a million photographs for an animal, and the models here learned no label: their filters come from counts of cells and stored patches.",
            "The weights were fitted to ImageNet's thousand labelled categories, some 1,200 photographs of each.",
            ("dapello2020", "serre2007", "russakovsky2015"),
        ),
    ),
)

_FILTERS: Final = Parallels(
    holds=(
        Aspect(
            "A small patch",
            "A simple cell of primary visual cortex answers to light in a small part of the visual field, with parts that excite and parts that inhibit.",
            "A unit of the first layer reads a small patch of the image through a kernel of positive and negative weights.",
            ("hubel1962", "lecun1998"),
        ),
        Aspect(
            "Oriented profiles",
            "Fields of macaque simple cells are fitted well by Gabor functions; their shapes spread over a plane of widths counted in cycles.",
            "Some first-layer kernels become oriented while they learn. The fits on this page say how well a Gabor describes each, beside kernels of random weights.",
            ("ringach2002", "jones1987"),
        ),
        Aspect(
            "Sum, then threshold",
            "The common model of a simple cell is a weighted sum over its field followed by a threshold.",
            "Products of patch and kernel are summed, a bias is added, and the activation follows: press a pixel of a map to see it.",
            ("hubel1962", "carandini2012", "lecun1998"),
        ),
        Aspect(
            "Tolerance to place",
            "Complex cells answer to their stimulus anywhere in their field; a model of cortex gets this by taking the largest of several simple units.",
            "Max pooling passes on the largest activation of each small square, wherever in the square it lies.",
            ("hubel1962", "riesenhuber1999"),
        ),
    ),
    breaks=(
        Aspect(
            "One kernel everywhere",
            "Each place of the visual field has cells of its own, with synapses of their own. No mechanism is known that keeps distant synapses equal.",
            "One kernel slides over the whole image, and every place shares its weights: that is built in, not learned.",
            ("hubel1962", "lecun1998"),
        ),
        Aspect(
            "A Gabor is no evidence",
            "Sparse coding of photographs, without labels and without layers, gives such filters too, and with other shapes than macaque cells have.",
            "That a first layer looks like Gabors does not make it V1: many ways of learning from images end there.",
            ("olshausen1996", "ringach2002"),
        ),
        Aspect(
            "Pooling for complex cells",
            "An energy model of complex cells sums squares of units that differ in phase; the maximum is one proposal among others.",
            "The maximum is taken over places of one map only, never over kernels of different phase.",
            ("adelson1985", "riesenhuber1999"),
        ),
        Aspect(
            "Labels as a teacher",
            "Orientation-selective cells were found in kittens that had seen no patterns: no name of a thing had taught them.",
            "Each update follows the error of a name that a person gave to every training image.",
            ("hubel1963", "lecun1998"),
        ),
        Aspect(
            "Neighbours",
            "A V1 cell's answer is divided by the activity around it, and stimuli outside its field suppress it.",
            "A unit of this network hears nothing of other units of its layer.",
            ("carandini2012", "cavanaugh2002"),
        ),
    ),
)

PARALLELS: Final[dict[str, Parallels]] = {"gradient-flow": _SYNAPSE_AND_WEIGHT, "feature-hierarchy": _HIERARCHY, "live-convnet": _FILTERS, "perception": PERCEPTION, "unit-physiology": PHYSIOLOGY, "synapse": SYNAPSE, "learning-rules": RULES_PARALLELS}
"""By the page's slug."""


def cited(slug: str) -> tuple[str, ...]:
    """Keys of references.bib that the page's table rests on, each once, in the order of its rows."""
    table = PARALLELS[slug]
    return tuple(dict.fromkeys(key for aspect in table.holds + table.breaks for key in aspect.citations))
