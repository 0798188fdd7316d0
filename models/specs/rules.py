"""Every learning rule of the page: its name, equation, source, what a synapse has to know for it, and rates that suit it. Torch-free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from pydantic import Field, model_validator

from models.specs.dense import Checked, DenseRuleName

RuleName = DenseRuleName | Literal["composed"]
CONTROL: Final = "output_only"
Ingredient = Literal[
    "pre", "post", "slope", "reward", "error", "transposed", "fixed", "direct", "signs", "phases", "noise", "average", "label"
]
"""What may have to reach a synapse; see INGREDIENTS."""


class Rates(NamedTuple):
    """Learning rates under plain descent that suit the rule on each kind of data: found by a coarse search, ours."""

    plane: float
    digits: float
    mnist: float


@dataclass(frozen=True)
class RuleDescription:
    """`hidden`: what the rule does in hidden layers, one sentence. `network`: which forward pass it needs. `source`: a key of references.bib."""

    name: str
    title: str
    equation: str
    hidden: str
    knows: tuple[Ingredient, ...]
    source: str
    rates: Rates
    network: Literal["dense", "relaxing", "normalised"] = "dense"


INGREDIENTS: Final[dict[str, tuple[str, str]]] = {
    "pre": ("presynaptic activity", "How active the sending neuron is: at the synapse itself."),
    "post": ("postsynaptic activity", "How active the receiving neuron is: at the synapse itself."),
    "slope": ("slope of the activation", "How much the receiving neuron would answer to a little more drive, f′(z): a number of that neuron."),
    "reward": ("a broadcast scalar", "One number for all synapses: better or worse than expected."),
    "error": ("the output's error vector", "One number for each output: how far off it is, and in which direction."),
    "transposed": ("another layer's weights, transposed", "The strength of every synapse that leaves the receiving neuron, on the way back."),
    "fixed": ("fixed random feedback", "Connections of their own on the way down, which never learn."),
    "direct": ("fixed feedback from the output", "A fixed connection from every output to every hidden neuron."),
    "signs": ("the signs of the weights above", "Whether each synapse that leaves the receiving neuron excites or inhibits."),
    "phases": ("two phases", "Activity once free and once pushed towards the answer, and the difference between the two."),
    "noise": ("its own noise", "A random change that was tried out, and has to be remembered until the outcome is known."),
    "average": ("a running average", "What the neuron usually does: a slow threshold or a mean."),
    "label": ("the label as an input", "The right or a wrong answer, shown together with the example."),
}
"""Ingredient → (noun, a sentence)."""

_DESCRIPTIONS: Final = (
    RuleDescription("backpropagation", "Backpropagation", "δₖ = (Wₖ₊₁ᵀ δₖ₊₁) ∘ f′(zₖ),  ΔWₖ = −η δₖ aₖ₋₁ᵀ", "The error comes down through the transposed weights.", ("pre", "slope", "error", "transposed"), "rumelhart1986", Rates(0.03, 0.3, 0.1)),
    RuleDescription("feedback_alignment", "Feedback alignment", "δₖ = (Bₖ₊₁ δₖ₊₁) ∘ f′(zₖ),  ΔWₖ = −η δₖ aₖ₋₁ᵀ", "The error comes down through fixed random weights.", ("pre", "slope", "error", "fixed"), "lillicrap2016", Rates(0.03, 0.3, 0.1)),
    RuleDescription("direct_feedback_alignment", "Direct feedback alignment", "δₖ = (Bₖ e) ∘ f′(zₖ),  ΔWₖ = −η δₖ aₖ₋₁ᵀ", "The output's error reaches each layer at once, through fixed random weights.", ("pre", "slope", "error", "direct"), "nokland2016", Rates(0.03, 0.3, 0.1)),
    RuleDescription("sign_symmetric", "Sign-symmetric feedback", "δₖ = (s·sign(Wₖ₊₁)ᵀ δₖ₊₁) ∘ f′(zₖ),  ΔWₖ = −η δₖ aₖ₋₁ᵀ", "The error comes down through the signs of the weights.", ("pre", "slope", "error", "signs"), "liao2016", Rates(0.03, 0.3, 0.1)),
    RuleDescription("output_only", "Output layer only", "ΔW_L = −η δ_L a_{L−1}ᵀ,  ΔWₖ = 0 below", "Hidden layers stay as they were drawn: the control.", ("pre", "error"), "widrow1960", Rates(0.03, 0.3, 0.1)),
    RuleDescription("hebb", "Hebb", "ΔWₖ = η aₖ aₖ₋₁ᵀ", "What fires together grows together; nothing bounds it.", ("pre", "post"), "hebb1949", Rates(0.03, 0.3, 0.1)),
    RuleDescription("oja", "Oja", "Δw = η y (x − y w)", "Hebb's product with a decay that keeps each neuron's weights at length 1.", ("pre", "post"), "oja1982", Rates(0.03, 0.3, 0.05)),
    RuleDescription("bcm", "BCM", "Δw = η x y (y − θ),  θ = E[y²]", "Growth above a threshold, weakening below it; the threshold follows the neuron's own activity.", ("pre", "post", "average"), "bienenstock1982", Rates(0.03, 0.3, 0.1)),
    RuleDescription("three_factor", "Three-factor", "ė = −e/τₑ + pre × post,  Δw = η M e", "A trace of coincidence, turned into a change by one reward for all.", ("pre", "post", "noise", "reward"), "fremaux2016", Rates(0.02, 0.004, 0.002)),
    RuleDescription("predictive_coding", "Predictive coding", "εₖ = aₖ − f(Wₖ aₖ₋₁ + bₖ),  ΔWₖ = η εₖ aₖ₋₁ᵀ", "Activity settles until each layer's prediction of the next is as good as can be; what is left is the error.", ("pre", "slope", "error", "transposed", "phases"), "whittington2017", Rates(0.03, 0.3, 0.1)),
    RuleDescription("equilibrium_propagation", "Equilibrium propagation", "ΔWₖ = (η/2β) (sₖ sₖ₋₁ᵀ|₊β − sₖ sₖ₋₁ᵀ|₋β)", "The network settles freely, then nudged towards the answer; the difference of its coincidences is the step.", ("pre", "post", "phases", "error", "transposed"), "scellier2017", Rates(0.03, 0.3, 0.1), "relaxing"),
    RuleDescription("forward_forward", "Forward-forward", "goodness Gₖ = Σ aₖ²: up for the right label, down for a wrong one", "Each layer learns to be busy with right pairs and quiet with wrong ones.", ("pre", "post", "label"), "hinton2022", Rates(0.03, 0.1, 0.03), "normalised"),
    RuleDescription("weight_perturbation", "Weight perturbation", "ΔW = −η (L(W + ξ) − L(W − ξ)) ξ / 2σ²", "All weights are shaken at once; what lowered the loss is kept in proportion.", ("noise", "reward"), "jabri1992", Rates(0.01, 0.001, 0.0004)),
    RuleDescription("composed", "Composed", "Δw = η · pre · post · third", "A rule put together on this page.", ("pre",), "", Rates(0.03, 0.3, 0.1)),
)
RULES: Final[dict[str, RuleDescription]] = {rule.name: rule for rule in _DESCRIPTIONS}
"""By name, in the order in which they are offered."""


class Recipe(Checked):
    """Ingredients of a composed rule: Δw = η · pre · post · third, less what keeps it in bounds."""

    pre: Literal["activity", "centred"] = Field("activity", title="Presynaptic", description="The sender's activity, or its difference from the batch's mean.")
    post: Literal["slope", "activity", "activity_above_threshold", "noise"] = Field("slope", title="Postsynaptic", description="The receiver's slope f′, its activity, its activity above a sliding threshold, or noise that it tried out.")
    third: Literal["none", "reward", "error_transposed", "error_fixed", "error_direct", "error_sign"] = Field("error_fixed", title="Third factor", description="What else reaches the synapse: nothing, one reward for all, or the error by way of Wᵀ, of fixed B, straight from the output, or of the signs of W.")
    keep: Literal["none", "oja", "decay"] = Field("none", title="Kept in bounds by", description="Nothing, Oja's −y²w, or a decay in proportion to w.")
    output: Literal["delta", "same"] = Field("delta", title="Output layer", description="Learns by its own error (delta rule), or by the same recipe.")


class RuleLane(Checked):
    """One lane: a rule, its rate (empty: the one that suits it), and the recipe of a composed one."""

    rule: RuleName = Field(title="Rule", description="How this lane's weights change.")
    rate: float | None = Field(None, ge=1e-6, le=10, title="Rate", description="Learning rate of this lane; empty: the one that suits its rule.")
    recipe: Recipe | None = None

    @model_validator(mode="after")
    def _recipe_where_it_belongs(self) -> RuleLane:
        if (self.recipe is not None) != (self.rule == "composed"):
            raise ValueError("a composed rule has a recipe, and no other rule has one")
        return self
