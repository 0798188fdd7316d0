"""The question that each preset of the dense lab asks before it runs, by the preset's name. Torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.prediction import OTHERWISE, Choice, Prediction, at_least, below, between, every, exactly
from models.specs.predictions_compare import COMPARED

_LOSS_AND_SCORE: Final = "the test loss is {test_loss} and {test_accuracy} of the unseen points are right."

_PREDICTIONS: Final[dict[str, Prediction]] = {
    "first-look": Prediction(
        "Six hidden neurons have to fence in the blue points. Guessing has a test loss of 0.5: where will it stand after 1,000 updates?",
        (
            Choice("Below 0.1", below("test_loss", 0.1), "Each hidden neuron draws one soft line; the output joins the lines into a ring."),
            Choice("Between 0.1 and 0.4", between("test_loss", 0.1, 0.4)),
            Choice("0.4 or more", OTHERWISE),
        ),
        f"After {{step}} updates {_LOSS_AND_SCORE}",
        ("test_loss", "test_accuracy"),
        after=1000,
    ),
    "xor-without-hidden": Prediction(
        "No hidden layer: one straight line has to tell exclusive-or’s four corners apart. Where will the test loss stand after 2,000 updates?",
        (
            Choice("Below 0.1", below("test_loss", 0.1)),
            Choice("Halfway: 0.1 to 0.4", between("test_loss", 0.1, 0.4)),
            Choice(
                "0.4 or more, much as by guessing",
                OTHERWISE,
                "Whichever way a line lies, each side of it holds points of both kinds; more updates only turn it about.",
            ),
        ),
        f"After {{step}} updates {_LOSS_AND_SCORE}",
        ("test_loss", "test_accuracy"),
        after=2000,
    ),
    "xor-with-product": Prediction(
        "Exclusive-or again, still without a hidden layer, but the product xy is one of the inputs. When will the test loss be below 0.1?",
        (
            Choice(
                "Within 100 updates",
                below("solved_at", 100),
                "The sign of xy is the answer itself, so one weight is enough: the right input was half the learning.",
            ),
            Choice("After 100 to 1,000 updates", between("solved_at", 100, 1000)),
            Choice("Later, or never", OTHERWISE),
        ),
        "The test loss came below 0.1 at update {solved_at}; after {step} it is {test_loss}.",
        ("test_loss", "test_accuracy"),
        after=1000,
        measures={"solved_at": {"of": "updates_to", "curve": "test_loss", "goal": 0.1}},
    ),
    "vanishing-sigmoid": Prediction(
        "Six sigmoid layers. On its way from the output back to layer 1, how much smaller does the error get?",
        (
            Choice("Less than 100 times", below("error_shrink", 100)),
            Choice("100 to 10,000 times", between("error_shrink", 100, 10_000)),
            Choice(
                "10,000 times or more",
                OTHERWISE,
                "A sigmoid’s slope is at most ¼, and at each of the six layers the error is multiplied by a slope and by small weights.",
            ),
        ),
        "After {step} updates the mean error in layer 1 is {error_shrink} times smaller than at the output, and one update moves layer 1 by "
        "{layer_1_moves} of its length. The test loss is {test_loss}.",
        ("error_shrink", "test_loss"),
        after=500,
        measures={"layer_1_moves": {"of": "update_ratio", "layer": 1}},
    ),
    "exploding-start": Prediction(
        "Four linear layers whose first weights are ten times too large. What will 50 updates do?",
        (
            Choice("Bring the loss down", every(exactly("diverged", 0), below("test_loss", 100))),
            Choice(
                "Overflow: no numbers any more",
                exactly("diverged", 1),
                "Every layer makes the error larger on its way back, so each update is too far, and the next error is larger still.",
            ),
            Choice("Neither: it stays high", OTHERWISE),
        ),
        "The run stands at update {step}; its test loss is {test_loss}.",
        ("step", "test_loss"),
        after=50,
    ),
    "large-start": Prediction(
        "The same oversized start with a tenth of the rate. Always saying “half and half” has a test loss of 0.69: when will this network’s be below 1?",
        (
            Choice("Within 100 updates", below("sane_at", 100)),
            Choice(
                "After 100 to 3,000 updates",
                between("sane_at", 100, 3000),
                "All those updates undid the start; only then could learning begin, and four linear layers still make one straight line.",
            ),
            Choice("Later, or never", OTHERWISE),
        ),
        "The test loss came below 1 at update {sane_at}; after {step} it is {test_loss}.",
        ("test_loss", "test_accuracy"),
        after=3000,
        measures={"sane_at": {"of": "updates_to", "curve": "test_loss", "goal": 1.0}},
    ),
    "dead-relus": Prediction(
        "ReLU units at a rate of 3. In the layer that suffers most, what share of the units will be silent for every training point after 200 updates?",
        (
            Choice("Less than a quarter", below("silent", 0.25)),
            Choice("A quarter to three quarters", between("silent", 0.25, 0.75)),
            Choice(
                "Three quarters or more",
                OTHERWISE,
                "The first steps pushed their sums below zero for all points; there a ReLU’s slope is zero, so no gradient brings them back.",
            ),
        ),
        "After {step} updates {silent} of that layer’s units are silent, and the test loss is {test_loss}.",
        ("silent", "test_loss"),
        after=200,
    ),
    "zero-start": Prediction(
        "All weights start at exactly zero. Guessing has a test loss of 0.5: where will it stand after 1,000 updates?",
        (
            Choice("Below 0.1", below("test_loss", 0.1)),
            Choice("Between 0.1 and 0.4", between("test_loss", 0.1, 0.4)),
            Choice(
                "0.4 or more",
                OTHERWISE,
                "Zero weights pass no activation on and no error back: only the output’s bias has a gradient.",
            ),
        ),
        "After {step} updates {near_zero} of the weights are still within 0.01 of zero, and the test loss is {test_loss}.",
        ("near_zero", "test_loss"),
        after=1000,
    ),
    "spiral": Prediction(
        "Two arms wound around each other, seven features, two layers of eight. How many unseen points will be right after 1,500 updates?",
        (
            Choice("Fewer than 70%", below("test_accuracy", 0.7)),
            Choice("70% to 90%", between("test_accuracy", 0.7, 0.9)),
            Choice(
                "90% or more",
                at_least("test_accuracy", 0.9),
                "Sixteen neurons on seven features bend the border often enough to follow both arms.",
            ),
        ),
        f"After {{step}} updates {_LOSS_AND_SCORE}",
        ("test_loss", "test_accuracy"),
        after=1500,
    ),
    "momentum": Prediction(
        "The spiral again, by steps that keep nine tenths of the step before. How low will 2,000 updates bring the test loss?",
        (
            Choice(
                "Below 0.1", below("test_loss", 0.1), "Steps that agree add up to ten times one step, so flat stretches are run through."
            ),
            Choice("0.1 to 0.25", between("test_loss", 0.1, 0.25)),
            Choice("0.25 or more", OTHERWISE),
        ),
        f"After {{step}} updates {_LOSS_AND_SCORE}",
        ("test_loss", "test_accuracy"),
        after=2000,
    ),
    "l1-prunes": Prediction(
        "A constant pull draws every weight towards zero while the network learns. What share of its weights will have arrived after 4,000 updates?",
        (
            Choice("Less than a quarter", below("near_zero", 0.25)),
            Choice("A quarter to a half", between("near_zero", 0.25, 0.5)),
            Choice(
                "Half or more",
                at_least("near_zero", 0.5),
                "The pull does not weaken near zero, so weights that the task does not need go all the way.",
            ),
        ),
        "After {step} updates {near_zero} of the weights are within 0.01 of zero, and still {test_accuracy} of the unseen points are right.",
        ("near_zero", "test_accuracy"),
        after=4000,
    ),
}

PREDICTIONS: Final[dict[str, Prediction]] = {**_PREDICTIONS, **COMPARED}
