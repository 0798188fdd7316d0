"""The map of claims: each of the 27, the pages that test it, and the verdict that they support so far. Torch-free.

A verdict needs a page that exists and tests the claim; it is never stronger than what that page shows. The rest are coming.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Verdict = Literal["holds", "holds in part", "does not hold", "coming"]

OPEN_PAGES: Final = ("/", "/gradient-flow", "/feature-hierarchy", "/live-convnet", "/unit-physiology", "/perception", "/synapse", "/learning-rules")
"""Pages that exist now; a claim's other pages are shown without a link."""


@dataclass(frozen=True)
class Claim:
    """A claim, the pages that test it, the verdict, one sentence of reason, and keys of references.bib."""

    number: int
    text: str
    pages: tuple[str, ...]
    verdict: Verdict
    reason: str
    citations: tuple[str, ...] = ()

    @property
    def open_pages(self) -> tuple[str, ...]:
        return tuple(page for page in self.pages if page in OPEN_PAGES)


def _coming(number: int, text: str, pages: tuple[str, ...], reason: str, *citations: str) -> Claim:
    return Claim(number, text, pages, "coming", reason, citations)


CLAIMS: Final[tuple[Claim, ...]] = (
    _coming(1, "Networks mirror the brain's way to learn, recognise patterns and adapt", ("/",),
            "This sums up all the others; it gets a verdict when they have theirs."),
    Claim(2, "Neurons strengthen connections by repeated activation; artificial ones adjust weights by a mathematical rule", ("/gradient-flow", "/synapse"), "holds in part",
          "Both change with what happens at a connection's two ends, but the weight follows an error carried back from the output, and repeated activation alone can weaken the modelled synapse as well as strengthen it.",
          ("pfister2006", "sjostrom2001", "rumelhart1986")),
    Claim(3, "A synapse in use grows more efficient; an idle one fades", ("/synapse",), "holds in part",
          "How it is used decides: the same number of pairs strengthens or weakens a model synapse by their timing and rate, as recorded; the consolidating model keeps more of spaced use than of massed, and what it loses when idle comes back with use.",
          ("graupner2012", "sjostrom2001", "benna2016")),
    Claim(4, "Repeated firing corresponds to weight adjustment by backpropagation", ("/synapse", "/learning-rules"), "does not hold",
          "A synapse's change rests on spikes at its two ends and their order, a weight's on an error that came down from the output: on the same spikes the weight's step is the same for either order within a bin, and is none once the error is gone.",
          ("pfister2006", "sjostrom2001", "rumelhart1986")),
    Claim(5, "Transmitter release strengthening a connection corresponds to a gradient step", ("/synapse",), "does not hold",
          "Release is transmission: it uses up vesicles that come back within seconds and changes how much the next spike sends, where a gradient step changes what is kept, by an error that release knows nothing of.",
          ("tsodyks1998",)),
    Claim(6, "Long-term potentiation of active circuits corresponds to activation functions and gradient descent", ("/synapse",), "holds in part",
          "On the same patterns both strengthen connections between units that are active together and complete a part to the whole; but the Hebbian rule has no error and no end, and patterns that overlap harm it and not descent.",
          ("bliss1973", "hopfield1982")),
    Claim(7, "Reward and error chemistry in the brain corresponds to error minimisation by backpropagation", ("/learning-rules", "/reward"), "holds in part",
          "One broadcast reward, compared with a second try of the same input, lowers the loss as well, many times more slowly than an error of each neuron's own; which signals of the second kind reach a synapse in the brain is open.",
          ("fremaux2016", "lillicrap2020")),
    Claim(8, "Cortex builds features in a hierarchy, and so do convolutional layers", ("/feature-hierarchy",), "holds in part",
          "Up both ladders units come to read larger parts of the photograph, among the models from C1 on; but the brain’s rungs are models, no mechanism of V2 to IT is agreed, and which rung stands beside which is this lab’s choice.",
          ("hubel1962", "riesenhuber1999", "serre2007", "tan2019")),
    Claim(9, "Primary visual cortex detects edges, as a first convolutional layer does", ("/live-convnet", "/unit-physiology"), "holds in part",
          "Model cells of V1 and filters learned from images both prefer edges of one orientation; but small random filters are fitted well too, macaque cells are tuned more broadly and many are blobs, and a Gabor-like first layer is no evidence of V1.",
          ("hubel1962", "dapello2020", "ringach2002")),
    Claim(10, "Later areas join edges into shapes, as middle layers do", ("/feature-hierarchy", "/perception"), "holds in part",
          "Middle stages answer to joint arrangements over larger fields on both sides; but whether these are shapes is another matter: networks trained on ImageNet decided by shape in 22% of conflicts, people in 96%.",
          ("geirhos2019", "riesenhuber1999")),
    Claim(11, "High areas recognise scenes and objects, as deep layers do", ("/feature-hierarchy",), "holds in part",
          "The network’s last stage names many photographs of its thousand categories, and recorded inferior temporal cortex groups images by category; that both group alike would not show that they do it alike.",
          ("russakovsky2015", "kriegeskorte2008")),
    Claim(12, "Filters slide over an image and find local patterns before global ones", ("/live-convnet",), "holds",
          "Of the network it is true by construction, and the page shows every product of it: one kernel slides over the image, each later layer reads a larger part, and no cell of a brain slides.",
          ("lecun1998",)),
    _coming(13, "The brain stays plastic for life and reorganises; networks keep updating their weights", ("/lifelong",),
            "The page will teach one task after another and measure what is forgotten.", "kirkpatrick2017"),
    _coming(14, "The brain recovers after damage", ("/lesion",),
            "The page will remove units, retrain, and compare with removing others at random."),
    _coming(15, "Transfer: a network trained on general images soon recognises medical scans, as experience speeds a person's learning", ("/transfer",),
            "The page will train on scans with and without earlier experience."),
    _coming(16, "The brain learns from few, sparse and noisy examples; deep networks need large curated sets or overfit", ("/few-examples",),
            "The page will set people's recorded scores beside networks' on the same task.", "lake2015", "geirhos2018"),
    _coming(17, "Brains are frugal with energy; training large models is not", ("/energy",),
            "The page will keep one budget for both, term by term.", "howarth2012", "attwell2001"),
    _coming(18, "Brain activity can be interpreted; networks are black boxes", ("/open-the-box",),
            "The page will try the same measuring tools on both."),
    _coming(19, "Spiking neurons and event-driven computation bring low power and real-time response", ("/spiking",),
            "The page will count operations at equal accuracy."),
    _coming(20, "Plasticity rules and cortical columns inside networks reduce hunger for data and make them flexible", ("/hybrid",),
            "The page will add such parts to a network and take them away again."),
    _coming(21, "Bias, autonomy and accountability call for deliberate design", ("/ethics",),
            "The page will show error rates by group, with group sizes."),
    Claim(22, "Diverse training images make recognition robust to lighting, angle and occlusion", ("/perception",), "holds in part",
          "Of two networks trained here on digits, the one that saw them moved, turned, scaled and lit differently withstands low contrast far better and turning a little better; dimmer light hardly costs either, and against covering, which neither saw, it is no better.",
          ("geirhos2018",)),
    _coming(23, "Attention and transformers capture syntax and context much as people understand language", ("/language",),
            "The page will set a model's surprise beside people's reading times."),
    _coming(24, "Reward learning in machines parallels conditioning in animals", ("/reward",),
            "The page will run the classical conditioning experiments on learning rules."),
    _coming(25, "Networks amplify neural learning, at speeds and scales the brain cannot match", ("/energy", "/few-examples"),
            "The pages will count examples, seconds and joules on both sides.", "levy2021"),
    Claim(26, "Each field gives the other tools: the brain a blueprint, the network a probe for neural mechanisms", ("/unit-physiology", "/feature-hierarchy"), "holds in part",
          "A physiologist’s protocols measure network units as they measure cells, and published cell counts make a model population; what a match in such numbers says of mechanism stays open.",
          ("dapello2020", "kriegeskorte2008", "ringach2002")),
    Claim(27, "Light and variance in the input shape what is perceived", ("/perception",), "holds",
          "Equal greys look different beside different neighbours, thresholds follow the background, and noise takes labels away from networks sooner than from people.",
          ("carandini2012", "blakeslee1999", "geirhos2018")),
)
