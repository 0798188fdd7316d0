"""Words of the network's side: what it is made of and how it answers. Torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.glossary_term import Term

NETWORK: Final[tuple[Term, ...]] = (
    Term(
        "neuron", "Neuron", "both",
        "In the brain, a cell that receives and sends spikes. In a network, a unit that sums its weighted inputs and applies one function.",
        ("neuron", "neurons"),
        "The two share a name and a rough picture; a cell has time, chemistry and a shape, a unit has one number.",
        ("activation", "spike", "layer"), ("", "gradient-flow"),
    ),
    Term(
        "network", "Artificial neural network", "network",
        "A function made of layers of simple units, joined by weights that training sets.",
        ("artificial neural network", "artificial neural networks", "artificial network", "dense network", "deep networks"),
        related=("layer", "weight", "neuron"), pages=("", "gradient-flow", "feature-hierarchy"),
    ),
    Term(
        "weight", "Weight", "network",
        "The number by which one neuron’s activation is multiplied on its way to another. Learning changes weights.",
        ("weight", "weights"),
        "Synaptic strength is measured in a cell’s response and never changes sign in this lab’s model.",
        ("bias", "synaptic-strength", "gradient"), ("", "gradient-flow", "feature-hierarchy"),
    ),
    Term(
        "bias", "Bias", "network",
        "A number that a neuron adds to its summed input whatever the input is.",
        ("bias", "biases"),
        "Bias in the everyday sense, an unfair tilt of results, is another matter.",
        ("weight", "activation"),
    ),
    Term(
        "layer", "Layer", "both",
        "In a network, neurons that are computed together from the layer before. In cortex, one of the sheets of cells that lie above each other.",
        ("layer", "layers"),
        "A layer of cortex is anatomy; it is not one step of a computation.",
        ("hidden-layer", "network", "cortex"), ("", "gradient-flow", "feature-hierarchy"),
    ),
    Term(
        "hidden-layer", "Hidden layer", "network",
        "A layer between the inputs and the output. Without one a network can only draw straight borders.",
        ("hidden layer", "hidden layers", "hidden neurons"),
        related=("layer", "feature", "xor"),
    ),
    Term(
        "activation", "Activation", "network",
        "A neuron’s answer to one example: its activation function applied to its summed input.",
        ("activation", "activations"),
        "A firing rate: activations have no unit and can be negative.",
        ("activation-function", "firing-rate", "neuron"), ("", "gradient-flow"),
    ),
    Term(
        "activation-function", "Activation function", "network",
        "The function that a neuron applies to its summed input, such as tanh, sigmoid or ReLU. Without one all layers together would be a single linear one.",
        ("activation function", "activation functions"),
        related=("relu", "tanh", "sigmoid"), pages=("", "gradient-flow"),
    ),
    Term(
        "relu", "ReLU", "network",
        "Rectified linear unit: passes a positive sum on as it is and makes a negative one zero.",
        ("ReLU", "ReLUs"),
        related=("dead-relu", "he-initialisation", "activation-function"),
    ),
    Term(
        "tanh", "Tanh", "network",
        "The hyperbolic tangent: squeezes a sum into −1 to +1, steepest at zero.",
        ("tanh", "hyperbolic tangent"),
        related=("sigmoid", "saturation", "activation-function"),
    ),
    Term(
        "sigmoid", "Sigmoid", "network",
        "The logistic function: squeezes a sum into 0 to 1. Its slope is at most ¼, which shrinks errors on their way back.",
        ("sigmoid", "logistic"),
        related=("tanh", "vanishing-gradient", "softmax"),
    ),
    Term(
        "softmax", "Softmax", "network",
        "Turns several outputs into shares of certainty that are positive and sum to 1.",
        related=("cross-entropy", "class"),
    ),
    Term(
        "class", "Class", "network",
        "One of the kinds that examples are to be told apart into.",
        ("class", "classes"),
        related=("confusion-matrix", "softmax"),
    ),
    Term(
        "feature", "Feature", "both",
        "What a network is shown of an example, or what one of its units answers to; in the brain, the property of a stimulus that a cell prefers.",
        ("feature", "features"),
        related=("receptive-field", "feature-map", "hidden-layer"), pages=("", "gradient-flow", "feature-hierarchy"),
    ),
    Term(
        "xor", "Exclusive-or (XOR)", "network",
        "The task of saying whether exactly one of two things is so. Its points lie in four corners, and no single straight line parts them.",
        ("exclusive-or", "XOR"),
        related=("hidden-layer",),
    ),
    Term(
        "output-field", "Output field", "network",
        "The network’s answer drawn for every place of the plane. Blue is positive, orange negative.",
        ("output field", "response of each neuron over the plane"),
        "A receptive field is the part of a stimulus that can reach a cell, not the answer over all stimuli.",
        ("receptive-field", "class"), ("", "gradient-flow"),
    ),
    Term(
        "principal-component", "Principal component", "both",
        "The direction along which data vary most; the next one is the direction of most variance at right angles to it. Both fields use it to draw many neurons in a plane.",
        ("principal component", "principal components"),
        related=("activation", "layer"),
    ),
    Term(
        "regression", "Regression", "network",
        "Learning a number instead of a class.",
        related=("r-squared", "squared-error"),
    ),
    Term(
        "lane", "Lane", "network",
        "One network of a race. All lanes learn from the same data and the same first weights, on one clock.",
        ("lane", "lanes"),
        related=("learning-rate", "update"),
    ),
    Term(
        "seed", "Seed", "both",
        "A number that decides everything random in a run: data, first weights, the order of examples, spikes. The same seed gives the same run.",
        related=("poisson-process", "initialisation"),
    ),
)  # fmt: skip
