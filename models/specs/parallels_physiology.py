"""Where the parallel holds and breaks on the page of unit physiology. Plain data; torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.parallel_aspect import Aspect, Parallels

PHYSIOLOGY: Final = Parallels(
    holds=(
        Aspect(
            "One protocol",
            "Gratings, noise and plaids describe a cell that cannot be asked in any other way.",
            "The same stimuli, pixel for pixel, describe a network's unit, and its tuning curve can be drawn on the same axes.",
            ("hubel1962", "skottun1991"),
        ),
        Aspect(
            "Orientation and spatial frequency",
            "Cells of primary visual cortex prefer an orientation and a band of spatial frequencies.",
            "Some units of early stages do, more sharply than with their weights shuffled; others answer to every orientation alike.",
            ("hubel1962", "devalois1982frequency"),
        ),
        Aspect(
            "Response to bars, response to patterns",
            "F1/F0 falls on both sides of 1: some cells follow the bars of a drifting grating, others do not.",
            "So it does among units: stem filters mostly follow the bars, units a few stages on mostly do not.",
            ("skottun1991",),
        ),
    ),
    breaks=(
        Aspect(
            "Surround",
            "A grating that grows beyond the field lowers the response of most recorded cells. The model does it only with a divisive pool.",
            "Beyond its receptive field a unit is blind: what lies outside changes nothing, and suppression can come from inside only.",
            ("cavanaugh2002", "carandini2012"),
        ),
        Aspect(
            "Contrast",
            "Responses of cells saturate, and a mask shifts the curve along the contrast axis. Division describes both.",
            "A unit's curve bends where its rectifiers and its ceiling make it bend; nothing divides by the neighbours' activity.",
            ("carandini2012", "peirce2007"),
        ),
        Aspect(
            "Width of tuning",
            "Recorded circular variance is broad. Gabor cells sampled from counts of preferred values are narrower than cortex.",
            "Neither number says that a network's unit is more or less like a cell: a stem filter of three pixels cannot be narrow.",
            ("ringach2002orientation", "dapello2020"),
        ),
        Aspect(
            "What is recorded",
            "Spikes: noisy, adapting, and dependent on where the animal looks and what it does. The model has none of this here.",
            "An activation: the same number each time, which may be negative; what lies below the answer to grey is cut off here.",
            ("ringach2002orientation",),
        ),
    ),
)
