"""Predictions on deep networks, several classes, values and races, by the preset's name. Torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.prediction import OTHERWISE, Choice, Prediction, at_least, below, between, every, exactly

COMPARED: Final[dict[str, Prediction]] = {
    "overfitting-noise": Prediction(
        "Few noisy points to learn from and a large network. The train loss will fall; what will the test loss do within 3,000 updates?",
        (
            Choice("Fall along with it", every(below("lowest_share", 0.9), below("risen", 1.2))),
            Choice(
                "Fall, then rise again",
                every(below("lowest_share", 0.9), at_least("risen", 1.2)),
                "After that the network fitted the accidents of its few training points, which the unseen points do not share.",
            ),
            Choice("Hardly fall at all", OTHERWISE),
        ),
        "The test loss was lowest, {lowest_loss}, at update {lowest_at}; at {step} it is {test_loss}, and the train loss {train_loss}.",
        ("train_loss", "test_loss"),
        after=3000,
        measures={
            "lowest_loss": {"of": "lowest", "curve": "test_loss"},
            "lowest_at": {"of": "lowest_at", "curve": "test_loss"},
            "lowest_share": {"of": "lowest_share", "curve": "test_loss"},
            "risen": {"of": "risen", "curve": "test_loss"},
        },
    ),
    "too-high-a-rate": Prediction(
        "A rate of 3, a hundred times the usual. Of the measured steps, how many will raise the train loss instead of lowering it?",
        (
            Choice("Fewer than one in ten", below("rises", 0.1)),
            Choice("One to three in ten", between("rises", 0.1, 0.3)),
            Choice(
                "Three in ten or more",
                OTHERWISE,
                "Each step is longer than the valley is wide, so the next point is as often higher as lower.",
            ),
        ),
        "Up to update {step}, {rises} of the measured steps raised the train loss; it stands at {train_loss}.",
        ("rises", "train_loss"),
        after=1000,
        measures={"rises": {"of": "rises", "curve": "train_loss"}},
    ),
    "deep-relu": Prediction(
        "Six ReLU layers with He’s first weights. On its way from the output back to layer 1, how much smaller does the error get?",
        (
            Choice(
                "Less than 100 times",
                below("error_shrink", 100),
                "A ReLU that is on has a slope of 1, and He’s first weights are as large as it takes to make up for those that are off.",
            ),
            Choice("100 to 10,000 times", between("error_shrink", 100, 10_000)),
            Choice("10,000 times or more", OTHERWISE),
        ),
        "After {step} updates the mean error in layer 1 is {error_shrink} times smaller than at the output, and the test loss is {test_loss}.",
        ("error_shrink", "test_loss"),
        after=1000,
    ),
    "digits": Prediction(
        "Sixteen hidden neurons look at handwritten digits of 8×8 pixels. How many unseen digits will be read right after 1,000 updates?",
        (
            Choice("Fewer than 70%", below("test_accuracy", 0.7)),
            Choice("70% to 90%", between("test_accuracy", 0.7, 0.9)),
            Choice(
                "90% or more", at_least("test_accuracy", 0.9), "Sixteen weighted sums of pixels already tell most of the ten digits apart."
            ),
        ),
        "After {step} updates {test_accuracy} of the unseen digits are read right; the test loss is {test_loss}.",
        ("test_loss", "test_accuracy"),
        after=1000,
    ),
    "three-classes": Prediction(
        "Three clouds, and an output neuron for each. When will the test loss be below 0.2?",
        (
            Choice("Within 20 updates", below("solved_at", 20)),
            Choice(
                "After 20 to 500 updates",
                between("solved_at", 20, 500),
                "The clouds hardly overlap, so a few nearly straight borders are enough.",
            ),
            Choice("Later, or never", OTHERWISE),
        ),
        "The test loss came below 0.2 at update {solved_at}; after {step} it is {test_loss}, and {test_accuracy} of the unseen points are right.",
        ("test_loss", "test_accuracy"),
        after=500,
        measures={"solved_at": {"of": "updates_to", "curve": "test_loss", "goal": 0.2}},
    ),
    "five-arms": Prediction(
        "Five arms wound around each other, told apart from x and y alone. How many unseen points will be right after 3,000 updates?",
        (
            Choice("Fewer than half", below("test_accuracy", 0.5)),
            Choice("50% to 90%", between("test_accuracy", 0.5, 0.9)),
            Choice(
                "90% or more",
                at_least("test_accuracy", 0.9),
                "Two layers of eight can wind: the second bends what the first has already bent.",
            ),
        ),
        "After {step} updates {test_accuracy} of the unseen points are right; the test loss is {test_loss}.",
        ("test_loss", "test_accuracy"),
        after=3000,
    ),
    "regression-slope": Prediction(
        "The target is a number: the height of a tilted plane. With one linear neuron and no hidden layer, how close to 1 will R² be after 200 updates?",
        (
            Choice("Below 0.5", below("test_r2", 0.5)),
            Choice("0.5 to 0.95", between("test_r2", 0.5, 0.95)),
            Choice("0.95 or more", at_least("test_r2", 0.95), "A tilted plane is exactly what one linear neuron computes."),
        ),
        "After {step} updates R² on unseen points is {test_r2}, and the test loss {test_loss}.",
        ("test_r2", "test_loss"),
        after=200,
    ),
    "regression-hills": Prediction(
        "Three hills and three hollows, two layers of eight. How much of the heights’ variance will be explained (R²) after 1,000 updates?",
        (
            Choice("Less than half", below("test_r2", 0.5)),
            Choice(
                "50% to 95%", between("test_r2", 0.5, 0.95), "The broad shape comes soon; each hill’s own outline takes many updates more."
            ),
            Choice("95% or more", at_least("test_r2", 0.95)),
        ),
        "After {step} updates R² on unseen points is {test_r2}, and the test loss {test_loss}.",
        ("test_r2", "test_loss"),
        after=1000,
    ),
    "race-rates": Prediction(
        "Four networks differ in their learning rate alone. Which one will first bring the test loss to 0.05?",
        (
            Choice("0.003", exactly("winner", 1)),
            Choice("0.03", exactly("winner", 2)),
            Choice("0.3", exactly("winner", 3), "A longer step arrives sooner, up to the length at which steps overshoot."),
            Choice("3", exactly("winner", 4)),
        ),
        "Lane {winner} was there first, at update {step}. By then rate 0.003 had a test loss of {loss_1}, 0.03 of {loss_2}, 0.3 of {loss_3}, 3 of {loss_4}.",
        ("loss_1", "loss_2", "loss_3", "loss_4"),
        settled=True,
        measures={f"loss_{k}": {"of": "lane_loss", "lane": k} for k in (1, 2, 3, 4)},
    ),
    "race-optimisers": Prediction(
        "Plain descent, momentum and Adam on the spiral, at the same rate and from the same weights. Which one will first bring the test loss to 0.05?",
        (
            Choice("Plain descent", exactly("winner", 1)),
            Choice("Momentum", exactly("winner", 2), "Adam and momentum led in turn; on the last stretch momentum’s long runs were ahead."),
            Choice("Adam", exactly("winner", 3)),
        ),
        "Lane {winner} was there first, at update {step}. By then plain descent had a test loss of {loss_1}, momentum of {loss_2}, Adam of {loss_3}.",
        ("loss_1", "loss_2", "loss_3"),
        settled=True,
        measures={f"loss_{k}": {"of": "lane_loss", "lane": k} for k in (1, 2, 3)},
    ),
    "race-depth": Prediction(
        "No hidden layer, one, two or four of eight neurons each. Counted in updates, which one will first bring the test loss to 0.05?",
        (
            Choice("None", exactly("winner", 1)),
            Choice("One", exactly("winner", 2)),
            Choice("Two", exactly("winner", 3)),
            Choice(
                "Four",
                exactly("winner", 4),
                "Each layer bends what the one before has bent; that each of its updates costs more, the seconds show.",
            ),
        ),
        "Lane {winner} was there first, at update {step}, after {winner_seconds} s of compute. By then none had a test loss of {loss_1}, one of {loss_2}, two of {loss_3}, four of {loss_4}.",
        ("loss_1", "loss_2", "loss_3", "loss_4"),
        settled=True,
        measures={f"loss_{k}": {"of": "lane_loss", "lane": k} for k in (1, 2, 3, 4)},
    ),
}
