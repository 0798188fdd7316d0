"""Named starts of the dense lab: each a change of the default spec, with a sentence that says what is to be seen, and the question that is
asked before the run shows it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from models.specs.dense import PLANE_FEATURES
from models.specs.predictions import PREDICTIONS
from models.types import Preset

_STARTS: Final[tuple[Preset, ...]] = (
    Preset("first-look", "A first look", "Six neurons learn to fence in the blue points. Watch the output field close around them.", {}),
    Preset(
        "xor-without-hidden",
        "XOR without a hidden layer",
        "A single straight line cannot separate exclusive-or, however long it trains.",
        {"dataset": "xor", "hidden_layers": []},
    ),
    Preset(
        "xor-with-product",
        "XOR with one product",
        "The feature xy does in one weight what no line could: the right input is half the learning.",
        {"dataset": "xor", "hidden_layers": [], "features": ["x", "y", "xy"]},
    ),
    Preset(
        "vanishing-sigmoid",
        "Vanishing sigmoid",
        "Six sigmoid layers: the error shrinks at every layer on its way back, and the first layers hardly move.",
        {"activation": "sigmoid", "hidden_layers": [8, 8, 8, 8, 8, 8], "initialisation": "uniform"},
    ),
    Preset(
        "exploding-start",
        "Exploding start",
        "Linear layers that start ten times too large: the error grows at every layer on its way back, and within ten updates the weights overflow. Press Step.",
        {
            "activation": "linear",
            "hidden_layers": [8, 8, 8, 8],
            "initialisation": "too_large",
            "learning_rate": 0.001,
            "loss": "cross_entropy",
        },
    ),
    Preset(
        "large-start",
        "A start that is too large",
        "The same start with a tenth of the rate survives, but its first thousand updates only undo the start.",
        {
            "activation": "linear",
            "hidden_layers": [8, 8, 8, 8],
            "initialisation": "too_large",
            "learning_rate": 0.0001,
            "loss": "cross_entropy",
        },
    ),
    Preset(
        "dead-relus",
        "Dead ReLUs",
        "A few large steps push ReLU units below zero for every point; no gradient ever brings them back.",
        {"activation": "relu", "hidden_layers": [8, 8], "initialisation": "he", "learning_rate": 3.0, "loss": "cross_entropy"},
    ),
    Preset(
        "overfitting-noise",
        "Overfitting noise",
        "Few noisy points and a large network: the train loss falls on while the test loss rises again.",
        {
            "seed": 5,
            "dataset": "gaussians",
            "noise": 0.5,
            "samples": 60,
            "train_share": 0.3,
            "hidden_layers": [8, 8, 8],
            "learning_rate": 0.1,
            "batch_size": 5,
        },
    ),
    Preset(
        "too-high-a-rate",
        "Too high a rate",
        "Steps overshoot the valley and land on its other side: about every second one raises the loss.",
        {"learning_rate": 3.0, "hidden_layers": [8, 8], "loss": "cross_entropy"},
    ),
    Preset(
        "zero-start",
        "Zero initialisation",
        "With all weights zero no activation is passed on and no error passed back: only the output’s bias ever moves.",
        {"initialisation": "zero"},
    ),
    Preset(
        "spiral",
        "The spiral",
        "Two arms wound around each other: all seven features and two layers of eight untangle them.",
        {"dataset": "spiral", "hidden_layers": [8, 8], "features": list(PLANE_FEATURES), "optimiser": "adam", "learning_rate": 0.02},
    ),
    Preset(
        "momentum",
        "Momentum on the spiral's slope",
        "The same network with a memory of its last step: it runs through flat stretches where plain descent crawls.",
        {"dataset": "spiral", "hidden_layers": [8, 8], "features": list(PLANE_FEATURES), "optimiser": "momentum", "learning_rate": 0.01},
    ),
    Preset(
        "l1-prunes",
        "L1 lets weights go",
        "A constant pull towards zero removes what the task does not need; L2 would only shrink it.",
        {"features": list(PLANE_FEATURES), "regularisation": "l1", "regularisation_rate": 0.01, "hidden_layers": [4]},
    ),
    Preset(
        "deep-relu",
        "Deep, and it still learns",
        "Six ReLU layers with He’s initialisation: the error reaches layer 1 some ten times smaller, not a hundred thousand times, and the network learns.",
        {"activation": "relu", "initialisation": "he", "hidden_layers": [8, 8, 8, 8, 8, 8], "learning_rate": 0.01},
    ),
    Preset(
        "digits",
        "Handwritten digits",
        "Sixteen neurons read 8×8 digits. Their weights, drawn as images, show what each one looks for.",
        {"dataset": "digits", "activation": "relu", "initialisation": "he", "learning_rate": 0.1},
    ),
    Preset(
        "three-classes",
        "Three clouds, three answers",
        "Three output neurons share out certainty by softmax. Watch the borders between them form.",
        {"dataset": "gaussians", "classes": 3, "noise": 0.1, "hidden_layers": [6]},
    ),
    Preset(
        "five-arms",
        "Five arms",
        "A spiral of five arms: five outputs, two layers of eight, and borders that have to wind with the points.",
        {"dataset": "spiral", "classes": 5, "samples": 600, "hidden_layers": [8, 8], "optimiser": "adam", "learning_rate": 0.02},
    ),
    Preset(
        "regression-slope",
        "A value instead of a class",
        "The target is a tilted plane: one linear neuron without a hidden layer is enough, and R² climbs to 1.",
        {"dataset": "slope", "hidden_layers": []},
    ),
    Preset(
        "regression-hills",
        "Hills and hollows",
        "Six Gaussian hills and hollows: R² climbs fast to the broad shape, then slowly, as each hill gets its outline.",
        {"dataset": "hills", "hidden_layers": [8, 8], "optimiser": "adam", "learning_rate": 0.01},
    ),
    Preset(
        "race-rates",
        "A race of four rates",
        "The same data, the same first weights, four learning rates: the highest that does not overshoot is the first to learn.",
        {
            "hidden_layers": [8, 8],
            "learning_rate": 0.003,
            "lanes": [{"learning_rate": 0.03}, {"learning_rate": 0.3}, {"learning_rate": 3.0}],
        },
    ),
    Preset(
        "race-optimisers",
        "A race of three optimisers",
        "Plain descent, momentum and Adam down the same slope. Look at updates, then at seconds of compute.",
        {
            "dataset": "spiral",
            "hidden_layers": [8, 8],
            "features": list(PLANE_FEATURES),
            "learning_rate": 0.01,
            "lanes": [{"optimiser": "momentum"}, {"optimiser": "adam"}],
        },
    ),
    Preset(
        "race-depth",
        "A race of depths",
        "No hidden layer, one, two and four of the same width: more layers cost more for each update, and may need fewer.",
        {
            "hidden_layers": [],
            "learning_rate": 0.05,
            "lanes": [{"hidden_layers": [8]}, {"hidden_layers": [8, 8]}, {"hidden_layers": [8, 8, 8, 8]}],
        },
    ),
)

PRESETS: Final[tuple[Preset, ...]] = tuple(replace(start, prediction=PREDICTIONS[start.name].described()) for start in _STARTS)
