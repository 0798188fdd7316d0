"""Starts of the spike-timing tab, each with what to watch for, and some with a question before the run. Torch-free.

A question's measures are the models' names, and mean the change that the answer gives for them (0.2: a fifth stronger).
"""

from __future__ import annotations

from typing import Any, Final

from models.specs.prediction import OTHERWISE, Choice, Prediction, at_least, below, between, every
from models.types import Preset

_SMALL: Final = 0.02
"""Changes below 2% count as none in the questions."""
_TIMING: Final = ["pair", "triplet", "calcium"]
_RATE: Final = ["pair", "triplet", "triplet_nearest"]


def _question(question: str, choices: tuple[Choice, ...], found: str, *models: str) -> dict[str, Any]:
    return Prediction(question, choices, found, models).described()


PRESETS: Final[tuple[Preset, ...]] = (
    Preset(
        "pre-first",
        "Pre before post, 1 Hz",
        "The presynaptic spike comes 10 ms before the postsynaptic one, which passes both of calcium’s thresholds alone. Watch how much longer calcium stays above the upper one when that of the presynaptic spike comes on top.",
        {"models": _TIMING},
    ),
    Preset(
        "post-first",
        "Post before pre, 1 Hz",
        "The same spikes in the other order. The synapse weakens; the network’s weight, which counts spikes in bins, does what it did before.",
        {"delta_ms": -24, "bin_ms": 50, "models": _TIMING},
        _question(
            "Sixty pairs, the postsynaptic spike 24 ms early. What does the calcium model’s synapse do?",
            (
                Choice("It strengthens by 2% or more", at_least("calcium", _SMALL)),
                Choice("It stays within 2%", between("calcium", -_SMALL, _SMALL)),
                Choice(
                    "It weakens",
                    OTHERWISE,
                    "The calcium of the two spikes hardly adds up: it is above the upper threshold for less than half of its time above the lower one, and depression wins.",
                ),
            ),
            "Under the calcium model the weight changes by {calcium}, under the pair rule by {pair}.",
            "calcium",
            "pair",
        ),
    ),
    Preset(
        "sjostrom-50",
        "Sjöström 50 Hz, continuous",
        "Sixty pairs at 50 Hz, post first. The recorded synapses grew; the pair rule says that they shrink, the triplet rule does not.",
        {"rate_hz": 50, "delta_ms": -10, "models": _RATE, "calcium_set": "cortical", "moments": 1000},
        _question(
            "At 1 Hz, post before pre weakens a synapse under both rules. Sixty pairs at 50 Hz, in the same order: which rule turns round?",
            (
                Choice("Both strengthen it", every(at_least("pair", 0), at_least("triplet", 0))),
                Choice(
                    "The triplet rule alone",
                    every(below("pair", 0), at_least("triplet", 0)),
                    "At 50 Hz every postsynaptic spike finds the slow trace of those before it still high; the pair rule has no such trace.",
                ),
                Choice("Neither", OTHERWISE),
            ),
            "The pair rule changes the weight by {pair}, the triplet rule by {triplet}; the recording is +75%.",
            "pair",
            "triplet",
        ),
    ),
    Preset(
        "sjostrom-bursts",
        "The recorded bursts at 50 Hz",
        "As it was recorded: fifteen bursts of five pairs, ten seconds apart. Five spikes hardly fill the triplet rule’s slow trace; the calcium model needs no such trace.",
        {"rate_hz": 50, "delta_ms": -10, "pairs": 5, "bursts": 15, "models": ["triplet", "triplet_nearest", "calcium"], "calcium_set": "cortical", "moments": 1000},
        _question(
            "The triplet rule’s constants give the recorded growth when sixty pairs come in one train. The recordings came in bursts of five. Which still grows by 20% or more?",
            (
                Choice("The triplet rule and the calcium model", every(at_least("triplet", 0.2), at_least("calcium", 0.2))),
                Choice("The triplet rule alone", every(at_least("triplet", 0.2), below("calcium", 0.2))),
                Choice(
                    "The calcium model alone",
                    every(below("triplet", 0.2), at_least("calcium", 0.2)),
                    "Five spikes at 50 Hz last 80 ms, less than the slow trace’s 114 ms, and it dies in every pause; calcium adds up within two or three.",
                ),
                Choice("Neither", OTHERWISE),
            ),
            "The triplet rule changes the weight by {triplet}, the calcium model by {calcium}; the recording is +75%.",
            "triplet",
            "calcium",
        ),
    ),
    Preset(
        "tetanus",
        "Tetanus",
        "A hundred pulses in one second. Calcium has no time to fall: watch it stay above both thresholds.",
        {"protocol": "tetanus", "calcium_set": "D′", "models": ["calcium", "bcm"]},
        _question(
            "Set D′ of the calcium model weakens the synapse at every interval when pairs come once a second. And a hundred pulses in one second?",
            (
                Choice("They weaken it too", below("calcium", -_SMALL)),
                Choice("They change less than 2%", between("calcium", -_SMALL, _SMALL)),
                Choice(
                    "They strengthen it",
                    OTHERWISE,
                    "Single transients stay below the upper threshold; a hundred a second add up, and calcium stays above it.",
                ),
            ),
            "Under set D′ the weight changes by {calcium}.",
            "calcium",
        ),
    ),
    Preset(
        "low-frequency",
        "Low frequency",
        "Nine hundred pulses at one a second, under the same calcium set as the tetanus: each transient passes the lower threshold alone. BCM weakens the synapse too, as its theory predicts at low rates, but only because θ is slow here: its 600 s are this page’s choice.",
        {"protocol": "low_frequency", "calcium_set": "D′", "models": ["calcium", "bcm"], "bcm_average_s": 600, "moments": 1200},
    ),
    Preset(
        "theta-burst",
        "Theta burst",
        "Bursts of four, five a second, as hippocampal cells fire in a moving animal. Watch what a burst’s last spikes add to the calcium.",
        {"protocol": "theta_burst", "models": ["triplet", "calcium", "bcm"]},
    ),
    Preset(
        "poisson",
        "Poisson, uncorrelated",
        "Two cells that know nothing of each other, at 10 Hz. Chance pairs do not cancel: the pair rule’s depression has the larger area (A₂⁻τ⁻ > A₂⁺τ⁺), so it weakens the synapse, as the triplet rule does; another seed changes that by about five points. Set DP of the calcium model strengthens it.",
        {"protocol": "poisson", "models": ["pair", "triplet", "calcium", "bcm"]},
    ),
    Preset(
        "poisson-correlated",
        "Poisson, half shared",
        "Half of the spikes are fired by both cells, 10 ms apart. Compare it with the uncorrelated trains of the same rates.",
        {"protocol": "poisson", "correlation": 0.5, "models": ["pair", "triplet", "calcium", "bcm"]},
    ),
    Preset(
        "sliding-threshold",
        "A threshold that slides",
        "Both cells fire at 20 Hz for half a minute. BCM strengthens the synapse at first; then its threshold overtakes the rate, and the same spikes weaken it.",
        {"protocol": "poisson", "pre_hz": 20, "post_hz": 20, "seconds": 30, "models": ["bcm"]},
    ),
    Preset(
        "triplets",
        "Triplets: pre, post, pre",
        "A third spike turns a pair that strengthens into one that also weakens. The pair rule adds the two up; the calcium model looks at the sum of calcium.",
        {"protocol": "triplets", "models": ["pair", "triplet", "calcium"]},
    ),
    Preset(
        "quadruplets",
        "Quadruplets",
        "Post–pre, then pre–post 30 ms later. Move the time between the pairs through zero and see which rule minds.",
        {"protocol": "quadruplets", "delta_ms": 5, "between_ms": 30, "models": ["pair", "triplet", "calcium"]},
    ),
    Preset(
        "own",
        "Draw your own spikes",
        "Three pairs to begin with. Add spikes and take them away, and see what each of them does to the weight.",
        {"protocol": "own", "models": ["pair", "triplet", "calcium"]},
    ),
)
