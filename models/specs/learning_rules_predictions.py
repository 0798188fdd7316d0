"""What presets of the page on learning rules ask before the run: about the first lane, whose numbers the curves keep. Torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.prediction import OTHERWISE, Choice, Prediction, at_least, below, between

_READ: Final = "After {step} updates the first lane reads {test_accuracy} of the held-out digits right."
_FOLLOWS: Final = ("test_accuracy", "test_loss")

PREDICTIONS: Final[dict[str, Prediction]] = {
    "finding-the-angle": Prediction(
        "In the first lane the error comes down through random weights that never learn. How many held-out digits will it read right after 500 updates?",
        (
            Choice("Fewer than 50%: random weights tell nothing", below("test_accuracy", 0.5)),
            Choice("50% to 85%", between("test_accuracy", 0.5, 0.85)),
            Choice("85% or more", at_least("test_accuracy", 0.85), "The weights above come to fit the random ones, so that what arrives points along the error after all: see the angles fall. And the output layer alone reads most digits: see the control."),
        ),
        _READ, _FOLLOWS, after=500,
    ),
    "reward-alone": Prediction(
        "No synapse hears an error: all hear the same reward. How many held-out digits will be read right after 1,000 updates? Guessing gets 10%.",
        (
            Choice("Fewer than 20%, much as by guessing", below("test_accuracy", 0.2)),
            Choice("20% to 90%", between("test_accuracy", 0.2, 0.9), "On average its steps lead where the gradient does, but each one carries the noise of all the other neurons: it learns, slowly."),
            Choice("90% or more", OTHERWISE),
        ),
        _READ, _FOLLOWS, after=1000,
    ),
    "hurried": Prediction(
        "Steps thirty times as long as suits. How many held-out digits will backpropagation read right after 100 updates?",
        (
            Choice("Fewer than 20%, much as by guessing", below("test_accuracy", 0.2), "Steps that long drive hidden units to the ends of tanh, where the slope is all but nothing: they hear no error any more. The control’s hidden layers cannot be driven anywhere."),
            Choice("20% to 80%", between("test_accuracy", 0.2, 0.8)),
            Choice("80% or more", OTHERWISE),
        ),
        _READ, _FOLLOWS, after=100,
    ),
}  # fmt: skip
