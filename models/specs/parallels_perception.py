"""Perception's table: light, contrast, context and noise, in models of the brain and in networks. Torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.parallel_aspect import Aspect, Parallels

PERCEPTION: Final = Parallels(
    holds=(
        Aspect(
            "Context decides",
            "A grey looks lighter on dark than on light ground, and filters with a centre and a surround answer so as well.",
            "A network that learned to judge reflectance in uneven light errs the same way: dark ground speaks for dim light.",
            ("blakeslee1999", "corney2007"),
        ),
        Aspect(
            "Dividing by the neighbourhood",
            "Divisive normalisation describes many responses in retina and cortex, and a mask that moves a contrast response sideways.",
            "ODOG's division by a root mean square and a layer normalisation are the same arithmetic; EfficientNet has fixed numbers in that place.",
            ("carandini2012", "blakeslee1999", "tan2019"),
        ),
        Aspect(
            "Illusions without a brain's parts",
            "White's effect follows from oriented filters and a division, with nothing said of surfaces or light.",
            "Networks that were trained on synthetic scenes showed it too, once the scenes had depth: a second way to the same report.",
            ("blakeslee1999", "corney2007"),
        ),
    ),
    breaks=(
        Aspect(
            "Adaptation to light",
            "A photoreceptor's response curve follows the background, so that the same contrast gives the same response in dim and in bright light.",
            "The weights of a trained network follow nothing: ten times less light is another picture, and the page shows where its label is lost.",
            ("normann1979", "tan2019"),
        ),
        Aspect(
            "Weber's law",
            "The light that must be added rises from a constant over a square root to a constant share of the background.",
            "A unit without a cut needs the same addition on every background: its drive is a straight line in the pixels.",
            ("barlow1957", "rose1948"),
        ),
        Aspect(
            "Batch normalisation",
            "Adaptation and normalisation are computed from what surrounds a stimulus now.",
            "Batch normalisation divides by what the training images were like; once training ends its numbers stay.",
            ("carandini2012", "tan2019"),
        ),
        Aspect(
            "Contrast",
            "Responses level off at high contrast, and some cells even answer less; the normalisation shown here cannot bend down.",
            "The first layer's drive is a straight line in contrast. A mask is added to it and divides nothing.",
            ("peirce2007", "carandini2012"),
        ),
        Aspect(
            "What is asked",
            "People say how light a patch looks. The filter models predict that report and know nothing of surfaces.",
            "The judge is asked how much light a surface gives back, and depends on the scenes that it was trained with; two networks may disagree.",
            ("corney2007", "blakeslee1999"),
        ),
        Aspect(
            "The Hermann grid",
            "A round filter that is small beside the streets answers to crossings as people do, and goes on answering where wavy streets have abolished the spots.",
            "The judge was trained on patches, not on grids: what it answers there is shown, and not held against what people report.",
            ("schiller2005", "geier2008"),
        ),
        Aspect(
            "Noise",
            "In a published experiment people named noisy images better than the networks of that time; later networks came level.",
            "EfficientNet, on this page's photographs, loses labels as noise grows; how fast is measured here, with its interval.",
            ("geirhos2018",),
        ),
    ),
)
"""The page's two halves."""
