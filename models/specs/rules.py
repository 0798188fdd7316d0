"""Every learning rule of the page: its name, equation, source, what a synapse has to know for it, and rates that suit it. Torch-free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from pydantic import Field, model_validator

from models.specs.dense import Checked, DenseRuleName

RuleName = DenseRuleName | Literal["composed"]
CONTROL: Final = "output_only"
Ingredient = Literal[
    "pre", "post", "slope", "noise", "average", "phases", "settling", "quiet", "layer", "label", "reward", "error", "fixed", "direct", "signs", "transposed"
]
"""What may have to reach a synapse; see INGREDIENTS."""
AtHand = Literal["here", "later", "layer", "broadcast", "carried", "weights"]
"""How far an ingredient is from the synapse; see AT_HAND."""


class Rates(NamedTuple):
    """Learning rates under plain descent that suit the rule on each kind of data: found by a coarse search, ours."""

    plane: float
    digits: float
    mnist: float


@dataclass(frozen=True)
class RuleDescription:
    """`hidden`: what the rule does in hidden layers. `network`: which forward pass it needs. `source`: a key of references.bib.

    `hidden_share`: ρ, the part of the lane's rate with which hidden layers learn.
    """

    name: str
    title: str
    equation: str
    hidden: str
    knows: tuple[Ingredient, ...]
    source: str
    rates: Rates
    network: Literal["dense", "relaxing", "normalised"] = "dense"
    hidden_share: float = 1.0


INGREDIENTS: Final[dict[Ingredient, tuple[str, AtHand, str]]] = {
    "pre": ("presynaptic activity", "here", "How active the sending neuron is."),
    "post": ("postsynaptic activity", "here", "How active the receiving neuron is."),
    "slope": ("slope of the activation", "here", "How much the receiving neuron would answer to a little more drive, f′(z)."),
    "noise": ("its own noise", "later", "A random change that was tried out, and has to be remembered until the outcome is known."),
    "average": ("a running average", "later", "What the neuron usually does: a slow threshold or a mean."),
    "phases": ("two phases", "later", "Activity once free and once pushed towards the answer, and the difference between the two."),
    "settling": ("time to settle", "later", "Activity has to come to rest, with the answer given, before anything is learned."),
    "quiet": ("a second pass of the same input", "layer", "The same input once more, without the noise or with its opposite: only so is it known how much of the outcome the noise made."),
    "layer": ("a number of its layer", "layer", "What the other neurons of the layer do: a sum over all of them."),
    "label": ("the label as an input", "layer", "The right or a wrong answer, shown together with the example."),
    "reward": ("a broadcast scalar", "broadcast", "One number for all synapses at each example: better or worse than expected."),
    "error": ("the output’s error vector", "carried", "One number for each output: how far off it is, and in which direction."),
    "fixed": ("fixed random feedback", "carried", "Connections of their own on the way down, which never learn."),
    "direct": ("fixed feedback from the output", "carried", "A fixed connection from every output to every hidden neuron."),
    "signs": ("signs of the weights above", "weights", "Whether each synapse that leaves the receiving neuron excites or inhibits."),
    "transposed": ("weights above, transposed", "weights", "The strength of every synapse that leaves the receiving neuron, on the way back."),
}
"""Ingredient → (noun, how far away it is, a sentence), the nearest first."""
AT_HAND: Final[dict[AtHand, tuple[str, str]]] = {
    "here": ("local", "At hand at the synapse, now."),
    "later": ("local, kept", "At hand at the synapse, but only if something remembers it."),
    "layer": ("not local", "Of other neurons of the layer, or of another pass or input."),
    "broadcast": ("one number for all", "From outside, the same for every synapse."),
    "carried": ("carried down", "Made elsewhere, with a number of its own for each neuron: it needs a way down."),
    "weights": ("other synapses’ weights", "How strong other synapses are, which no synapse can see: the weight transport problem (Grossberg 1987, Crick 1989)."),
}
"""How far away → (a word or three, a sentence)."""

_DESCRIPTIONS: Final = (
    RuleDescription("backpropagation", "Backpropagation", "δₖ = (Wₖ₊₁ᵀ δₖ₊₁) ∘ f′(zₖ),  ΔWₖ = −η δₖ aₖ₋₁ᵀ", "The error comes down through the transposed weights.", ("pre", "slope", "error", "transposed"), "rumelhart1986", Rates(0.03, 0.3, 0.1)),
    RuleDescription("feedback_alignment", "Feedback alignment", "δₖ = (Bₖ₊₁ δₖ₊₁) ∘ f′(zₖ),  ΔWₖ = −η δₖ aₖ₋₁ᵀ", "The error comes down through fixed random weights.", ("pre", "slope", "error", "fixed"), "lillicrap2016", Rates(0.03, 0.3, 0.1)),
    RuleDescription("direct_feedback_alignment", "Direct feedback alignment", "δₖ = (Bₖ e) ∘ f′(zₖ),  ΔWₖ = −η δₖ aₖ₋₁ᵀ", "The output’s error reaches each layer at once, through fixed random weights.", ("pre", "slope", "error", "direct"), "nokland2016", Rates(0.03, 0.3, 0.1)),
    RuleDescription("sign_symmetric", "Sign-symmetric feedback", "δₖ = (s·sign(Wₖ₊₁)ᵀ δₖ₊₁) ∘ f′(zₖ),  ΔWₖ = −η δₖ aₖ₋₁ᵀ", "The error comes down through the signs of the weights.", ("pre", "slope", "error", "signs"), "liao2016", Rates(0.03, 0.3, 0.1)),
    RuleDescription("output_only", "Output layer only", "ΔW = −η δ aᵀ at the output, 0 below it", "Hidden layers stay as they were drawn: the control.", ("pre", "error"), "widrow1960", Rates(0.03, 0.3, 0.1)),
    RuleDescription("hebb", "Hebb", "ΔWₖ = η ρ aₖ aₖ₋₁ᵀ,  ρ = 1/10,000", "What fires together grows together; nothing bounds it.", ("pre", "post"), "hebb1949", Rates(0.03, 0.3, 0.1), hidden_share=1e-4),
    RuleDescription("oja", "Oja", "Δwⱼ = η ρ yⱼ (x − Σᵢ yᵢ wᵢ),  ρ = 1/10", "Hebb’s product, less what the layer explains of its input already: weights stay bounded and spread over the first principal components.", ("pre", "post", "layer"), "oja1982", Rates(0.03, 0.3, 0.05), hidden_share=0.1),
    RuleDescription("bcm", "BCM", "Δw = η ρ x y (y − θ),  θ = E[y²],  ρ = 1/10,000", "Growth above a threshold, weakening below it; the threshold follows the neuron’s own activity.", ("pre", "post", "average"), "bienenstock1982", Rates(0.03, 0.3, 0.1), hidden_share=1e-4),
    RuleDescription("three_factor", "Three-factor", "e = pre × ξ/σ²,  Δw = η M e,  M = R(ξ) − R(0),  σ = 0.1", "Each neuron tries out noise ξ; what coincided with it is turned into a change by one number M for all: how much better the answer was than in a second pass of the same input without noise.", ("pre", "noise", "quiet", "reward"), "fremaux2016", Rates(0.01, 0.004, 0.002)),
    RuleDescription("predictive_coding", "Predictive coding", "εₖ = xₖ − Wₖ f(xₖ₋₁) − bₖ,  ΔWₖ = (η/κ) εₖ f(xₖ₋₁)ᵀ,  κ = 0.1", "With the answer given, activity x settles until predictions of each layer by the one below err as little as can be; what is left, ε, is the error.", ("pre", "slope", "settling", "error", "transposed"), "whittington2017", Rates(0.1, 0.1, 0.1)),
    RuleDescription("equilibrium_propagation", "Equilibrium propagation", "ΔWₖ = (η/2β) γᵏ⁻ᴴ (sₖ sₖ₋₁ᵀ|₊β − sₖ sₖ₋₁ᵀ|₋β),  β = 0.1,  γ = 0.1,  H hidden layers", "The network settles freely, then nudged towards the answer; the difference of its coincidences is the step.", ("pre", "post", "phases", "settling", "error", "transposed"), "scellier2017", Rates(0.06, 0.1, 0.1), "relaxing"),
    RuleDescription("forward_forward", "Forward-forward", "Gₖ = Σ aₖ²,  pₖ = 1/(1 + exp(−s (Gₖ − θ nₖ))),  ΔWₖ = η s (1 − pₖ) ∂Gₖ/∂Wₖ for the right label, −η s pₖ ∂Gₖ/∂Wₖ for a wrong one", "Each layer learns to be busy with right pairs and quiet with wrong ones.", ("pre", "post", "slope", "layer", "label"), "hinton2022", Rates(0.06, 0.1, 0.1), "normalised"),
    RuleDescription("weight_perturbation", "Weight perturbation", "ΔW = −η (L(W + ξ) − L(W − ξ)) ξ / 2σ²,  σ = 0.001", "All weights are shaken at once; what lowered the loss is kept in proportion.", ("noise", "quiet", "reward"), "jabri1992", Rates(0.01, 0.001, 0.0004)),
    RuleDescription("composed", "Composed", "Δw = η · pre · post · third", "A rule put together on this page.", ("pre",), "", Rates(0.03, 0.3, 0.1)),
)
RULES: Final[dict[str, RuleDescription]] = {rule.name: rule for rule in _DESCRIPTIONS}
"""By name, in the order in which they are offered."""


COMPOSED_BOUND: Final = 0.001
"""κ of a composed rule: strength of what keeps it in bounds beside a third factor. Without one it is 1."""
COMPOSED_NOISE: Final = 0.1
"""σ of the noise that a composed rule tries out, in units of a neuron's drive."""
FORBIDDEN: Final[tuple[tuple[dict[str, str], dict[str, str], str], ...]] = (
    ({"post": "noise"}, {"third": "reward"}, "noise teaches only together with a reward, which tells how the try turned out"),
    ({"third": "none"}, {"output": "delta"}, "without a third factor the output never hears the answer; let its layer learn by its own error"),
)
"""(parts of a recipe, parts that it then has to have, what is said where it has others)."""


class Recipe(Checked):
    """Ingredients of a composed rule: Δw = η · pre · post · third, less what keeps it in bounds."""

    pre: Literal["activity", "centred"] = Field("activity", title="Presynaptic", description="The sender's activity, or its difference from the batch's mean.")
    post: Literal["slope", "activity", "activity_above_threshold", "noise"] = Field("slope", title="Postsynaptic", description="The receiver's slope f′, its activity, its activity above a sliding threshold, or noise that it tried out.")
    third: Literal["none", "reward", "error_transposed", "error_fixed", "error_direct", "error_sign"] = Field("error_fixed", title="Third factor", description="What else reaches the synapse: nothing, one reward for all, or the error by way of Wᵀ, of fixed B, straight from the output, or of the signs of W.")
    keep: Literal["none", "oja", "decay"] = Field("none", title="Kept in bounds by", description="Nothing, Oja's −y²w, or a decay in proportion to w.")
    output: Literal["delta", "same"] = Field("delta", title="Output layer", description="Learns by its own error (delta rule), or by the same recipe.")

    @model_validator(mode="after")
    def _can_teach(self) -> Recipe:
        for parts, then, sentence in FORBIDDEN:
            if self._has(parts) and not self._has(then):
                raise ValueError(sentence)
        return self

    def _has(self, parts: dict[str, str]) -> bool:
        return all(getattr(self, part) == value for part, value in parts.items())


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


def hidden_share(lane: RuleLane) -> float:
    """ρ: the part of the lane's rate with which its hidden layers learn; of a recipe without a third factor, the named rules'."""
    if lane.recipe is None or lane.recipe.third != "none":
        return RULES[lane.rule].hidden_share
    return RULES["oja" if lane.recipe.keep == "oja" else "hebb"].hidden_share
