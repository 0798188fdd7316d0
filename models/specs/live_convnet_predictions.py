"""What the live convolutional network's presets ask before the run. Torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.prediction import OTHERWISE, Choice, Prediction, at_least, below, between, every, exactly

_HELD_OUT: Final = "After {step} updates {test_accuracy} of the held-out images are named right, and the test loss is {test_loss}."
_FOLLOWS: Final = ("test_loss", "test_accuracy")
_PATCHES: Final = (
    Choice("Below 35%", below("test_accuracy", 0.35)),
    Choice(
        "35% to 75%",
        between("test_accuracy", 0.35, 0.75),
        "A texture can be told by its grain; but the held-out part of a photograph shows other things than the part that was learned from.",
    ),
    Choice("75% or more", OTHERWISE),
)

PREDICTIONS: Final[dict[str, Prediction]] = {
    "mnist": Prediction(
        "Ten digits, so guessing is right once in ten. How many held-out digits will be named right after 100 updates of 64 images each?",
        (
            Choice("Fewer than 80%", below("test_accuracy", 0.8)),
            Choice("80% to 90%", between("test_accuracy", 0.8, 0.9)),
            Choice(
                "90% or more",
                OTHERWISE,
                "A kernel is the same at every place of the image, so each image teaches it hundreds of times.",
            ),
        ),
        _HELD_OUT,
        _FOLLOWS,
        after=100,
    ),
    "large-kernels": Prediction(
        "From which of six photographs is a patch of 28×28 pixels? Guessing is right for 17%. And after 500 updates, for patches of parts that were never shown?",
        _PATCHES,
        _HELD_OUT,
        _FOLLOWS,
        after=500,
    ),
    "no-pooling": Prediction(
        "No pooling: the maps are thinned by steps of two pixels. How many held-out digits will be named right after 200 updates?",
        (
            Choice("Fewer than 80%", below("test_accuracy", 0.8)),
            Choice("80% to 90%", between("test_accuracy", 0.8, 0.9)),
            Choice("90% or more", OTHERWISE, "One reason may be that MNIST’s digits are centred and of one size, so that pooling has little shift to forgive. Choose Shift under Augmentation, with and without pooling, to test it."),
        ),
        _HELD_OUT,
        _FOLLOWS,
        after=200,
    ),
    "sigmoid": Prediction(
        "Sigmoid units in three layers, and plain descent at rate 0.1. How many held-out digits will be named right after 200 updates?",
        (
            Choice(
                "Fewer than 20%",
                below("test_accuracy", 0.2),
                "Two things thin the error out: pooling and the many places of a map, which alone make the factor 28 to 39 in the same network with ReLU units "
                "(measured after 200 updates, three seeds), and a sigmoid’s slope, which is at most ¼. The softmax learns only how often each class occurs.",
            ),
            Choice("20% to 90%", between("test_accuracy", 0.2, 0.9)),
            Choice("90% or more", OTHERWISE),
        ),
        "After {step} updates {test_accuracy} are named right; an error at a place of layer 1 is {error_shrink} times smaller than one at the "
        "output.",
        ("error_shrink", "test_accuracy"),
        after=200,
    ),
    "too-high-a-rate": Prediction(
        "Steps a thousand times longer than they should be. What will 50 updates do?",
        (
            Choice("Teach it something", every(exactly("diverged", 0), below("test_loss", 2))),
            Choice(
                "Leave the range of numbers",
                exactly("diverged", 1),
                "Each step overshoots, larger weights make larger errors, and those make the next step longer still.",
            ),
            Choice("Leave it where it was", OTHERWISE),
        ),
        "The run stands at update {step}.",
        ("step",),
        after=50,
    ),
    "small-digits": Prediction(
        "Six kernels of 3×3 on digits of 8×8 pixels. How many held-out digits will be named right after 300 updates?",
        (
            Choice("Fewer than 80%", below("test_accuracy", 0.8)),
            Choice("80% to 90%", between("test_accuracy", 0.8, 0.9)),
            Choice("90% or more", OTHERWISE, "Sixty-four pixels are enough to tell ten digits apart, and 1,030 weights and biases to do it."),
        ),
        _HELD_OUT,
        _FOLLOWS,
        after=300,
    ),
    "natural-patches": Prediction(
        "Fur, cloth, coffee, brick, grass, gravel: guessing is right for 17% of the patches. And the network, after 500 updates, for patches of parts that were never shown?",
        _PATCHES,
        _HELD_OUT,
        _FOLLOWS,
        after=500,
    ),
    "augmented": Prediction(
        "Images are moved, turned and scaled before each look; held-out images are shown as they are. Which loss will be the lower one after 300 updates?",
        (
            Choice(
                "That of the held-out images",
                below("gap", 1),
                "What it learns from is harder than what it is tested on: no two looks at an image are alike.",
            ),
            Choice("That of the training images", at_least("gap", 1)),
        ),
        "After {step} updates the training loss is {train_loss} and the test loss {test_loss}.",
        ("test_loss", "test_accuracy"),
        after=300,
    ),
    "three-layers": Prediction(
        "Three ReLU convolutions. On its way from the output to a place of layer 1, how much smaller does the error get?",
        (
            Choice("Less than 3 times", below("error_shrink", 3)),
            Choice(
                "3 to 100 times",
                between("error_shrink", 3, 100),
                "Pooling sends the error to one place in four, and what reaches layer 1 is shared out over 28×28 places.",
            ),
            Choice("100 times or more", OTHERWISE),
        ),
        "After {step} updates the mean error at a place of layer 1 is {error_shrink} times smaller than at the output.",
        ("error_shrink", "test_accuracy"),
        after=200,
    ),
    "zero-start": Prediction(
        "All weights are zero. How many held-out digits will be named right after 200 updates?",
        (
            Choice(
                "Fewer than 20%",
                below("test_accuracy", 0.2),
                "Every map is zero, so no weight has a gradient: only the ten biases of the softmax can move.",
            ),
            Choice("20% or more", OTHERWISE),
        ),
        _HELD_OUT,
        _FOLLOWS,
        after=200,
    ),
}
