"""The words of both fields that the pages use: what each means, in which field, and what it is not. Torch-free.

A term's `forms` are the words that a page's text may use for it. A form with a capital letter is matched as it stands (IT, not it), others
in any case. `citations` are keys of references.bib, given where a number, an origin or a finding is claimed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from models.specs.glossary_brain import BRAIN
from models.specs.glossary_network import NETWORK
from models.specs.glossary_rules import RULES
from models.specs.glossary_seeing import SEEING
from models.specs.glossary_term import Field, Term
from models.specs.glossary_training import TRAINING
from models.specs.glossary_vision import VISION

__all__ = ["TERMS", "VIEW_TERMS", "Field", "Term", "term"]

_PLANE_ONLY: Final = frozenset({"lane", "xor", "output-field", "principal-component", "regression", "r-squared", "squared-error"})
"""Words of the dense lab alone; all others on networks and their training are the convolutional network's as well."""


def _also_convolutional(entry: Term) -> Term:
    here = "gradient-flow" in entry.pages and "live-convnet" not in entry.pages and entry.slug not in _PLANE_ONLY
    return replace(entry, pages=(*entry.pages, "live-convnet")) if here else entry


def _also_measured(entry: Term) -> Term:
    return replace(entry, pages=(*dict.fromkeys((*entry.pages, "unit-physiology", "perception")),))


_BESIDE_A_SYNAPSE: Final = frozenset({"adam", "gradient", "gradient-descent", "learning-rate", "loss", "momentum", "update", "weight"})
"""Words of networks that the page on the synapse uses as well, beside all of the brain's."""


def _also_synaptic(entry: Term) -> Term:
    here = entry.slug in _BESIDE_A_SYNAPSE or (entry in BRAIN and "gradient-flow" in entry.pages)
    return replace(entry, pages=(*entry.pages, "synapse")) if here else entry


_NOT_UNDER_RULES: Final = frozenset({"principal-component", "r-squared", "regression"}) | {entry.slug for entry in BRAIN}
_SYNAPSE_UNDER_RULES: Final = frozenset(
    {"firing-rate", "hebbian", "plasticity", "postsynaptic", "presynaptic", "spike", "stdp", "synapse", "synaptic-strength"}
)


def _also_of_rules(entry: Term) -> Term:
    """The page on learning rules trains the dense lab's network, beside one synapse."""
    shared = "gradient-flow" in entry.pages and "learning-rules" not in entry.pages
    here = shared and (entry.slug not in _NOT_UNDER_RULES or entry.slug in _SYNAPSE_UNDER_RULES)
    return replace(entry, pages=(*entry.pages, "learning-rules")) if here else entry


_LEARNING: Final = tuple(_also_of_rules(_also_convolutional(_also_synaptic(entry))) for entry in (*NETWORK, *TRAINING))
_SYNAPSES: Final = tuple(_also_of_rules(_also_synaptic(entry)) for entry in BRAIN)
TERMS: Final[tuple[Term, ...]] = tuple(sorted((*_SYNAPSES, *_LEARNING, *RULES, *map(_also_measured, SEEING), *VISION), key=lambda entry: entry.name.casefold()))

VIEW_TERMS: Final[dict[str, tuple[str, ...]]] = {
    "lab": (
        "accuracy", "activation", "adam", "confusion-matrix", "delta", "epoch", "gradient", "gradient-descent", "hidden-layer", "histogram",
        "learning-rate", "loss", "momentum", "neuron", "output-field", "poisson-process", "principal-component", "r-squared", "relu", "sigmoid",
        "softmax", "spike", "synapse", "synaptic-trace", "test-loss", "train-loss", "update", "weight", "bias", "lane",
    ),
    "rules": (
        "accuracy", "activation", "backpropagation", "batch", "gradient", "hidden-layer", "lane", "learning-rate", "loss", "neuron",
        "softmax", "spike", "synapse", "test-loss", "update", "weight",
    ),
    "home": ("gradient", "neuron", "spike", "synapse", "weight"),
    "convnet": (
        "accuracy", "activation", "bias", "confusion-matrix", "convolution", "gradient", "histogram", "learning-rate", "loss", "softmax", "update",
    ),
}  # fmt: skip
"""By the live view's layout: terms that its own text explains. Page text below the view leaves them to it."""

_BY_SLUG: Final = {entry.slug: entry for entry in TERMS}


def term(slug: str) -> Term:
    """Raises KeyError for an unknown term."""
    return _BY_SLUG[slug]
