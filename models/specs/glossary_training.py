"""Words for how a network learns and how that is judged. Torch-free."""

from __future__ import annotations

from typing import Final

from models.specs.glossary_term import Term

TRAINING: Final[tuple[Term, ...]] = (
    Term(
        "loss", "Loss", "network",
        "One number for how wrong the network’s answers are, averaged over examples. Learning is what makes it fall.",
        ("loss",),
        "Nothing like it is known to be written down in a brain; the rule of a synapse refers to none.",
        ("train-loss", "test-loss", "gradient"), ("", "gradient-flow"),
    ),
    Term(
        "train-loss", "Train loss", "network",
        "The loss over the examples that the network learns from.",
        ("train loss", "training loss"), related=("test-loss", "overfitting"),
    ),
    Term(
        "test-loss", "Test loss", "network",
        "The loss over examples that were held back: what the network is worth on what it has not seen.",
        related=("train-loss", "overfitting"),
    ),
    Term(
        "squared-error", "Squared error", "network",
        "A loss: half the squared difference between answer and target.",
        ("squared error",), related=("cross-entropy", "regression"),
    ),
    Term(
        "cross-entropy", "Cross-entropy", "network",
        "A loss for classes: minus the logarithm of the share of certainty that went to the right class.",
        related=("softmax", "squared-error"),
    ),
    Term(
        "gradient", "Gradient", "network",
        "For each weight, how much the loss would change if the weight were raised by a little. An update goes against it.",
        ("gradient", "gradients"), related=("backpropagation", "gradient-descent", "delta"), pages=("", "gradient-flow"),
    ),
    Term(
        "gradient-descent", "Gradient descent", "network",
        "Learning by many small steps against the gradient. With one small batch for each step it is called stochastic.",
        ("gradient descent", "plain descent", "gradient step"), related=("learning-rate", "batch", "momentum"), pages=("", "gradient-flow"),
    ),
    Term(
        "backpropagation", "Backpropagation", "network",
        "Computes the gradient for all weights at once by carrying the output’s error back through the layers, multiplied by weights and slopes.",
        ("backpropagation",),
        "Whether feedback in cortex carries something like this error is an open question.",
        ("delta", "gradient"), ("", "gradient-flow"), ("rumelhart1986", "lillicrap2020"),
    ),
    Term(
        "delta", "Delta (δ)", "network",
        "The error that backpropagation assigns to one neuron: how the loss changes with the neuron’s summed input.",
        ("δ", "delta", "error signal"),
        "The lab’s Δ stands for a change, as in Δw; δ is an error.",
        ("backpropagation", "gradient"), citations=("rumelhart1986",),
    ),
    Term(
        "update", "Update", "network",
        "One change of all weights, from one batch. The lab counts steps in updates.",
        ("update", "updates"), "An update has no duration; the lab sets it beside 200 ms of stimulus by choice.",
        ("batch", "epoch", "learning-rate"), ("", "gradient-flow"),
    ),
    Term(
        "learning-rate", "Learning rate", "network",
        "How far one update moves a weight along its gradient. Too low is slow; too high overshoots.",
        ("learning rate", "learning rates"), "A firing rate is spikes in a second.", ("gradient-descent", "plasticity", "overshooting"),
    ),
    Term(
        "overshooting", "Overshooting", "network",
        "Steps so long that they land on the other side of the valley in the loss, often higher up.",
        ("overshoot", "overshoots", "overshooting"), related=("learning-rate", "divergence"),
    ),
    Term(
        "divergence", "Divergence", "network",
        "A run whose weights grow until they leave the range of numbers.",
        ("diverged", "divergence"), related=("overshooting", "exploding-gradient"),
    ),
    Term(
        "epoch", "Epoch", "network",
        "One pass through all training examples.",
        ("epoch", "epochs"), related=("batch", "update"),
    ),
    Term(
        "batch", "Batch", "network",
        "The examples whose gradients are averaged into one update.",
        ("batch", "batches"), related=("epoch", "update"),
    ),
    Term(
        "momentum", "Momentum", "network",
        "An optimiser that keeps a share of its last step, so that steps that agree add up.",
        related=("adam", "gradient-descent"), citations=("polyak1964",),
    ),
    Term(
        "adam", "Adam", "network",
        "An optimiser that scales each weight’s step by running averages of its gradient and of the gradient’s square.",
        ("Adam",), related=("momentum", "learning-rate"), citations=("kingma2015",),
    ),
    Term(
        "regularisation", "Regularisation", "network",
        "A pull on the weights that does not come from the data, against overfitting.",
        related=("l1", "l2", "overfitting"),
    ),
    Term(
        "l1", "L1", "network",
        "Regularisation by a constant pull towards zero: weights that the task does not need reach it.",
        ("L1",), related=("l2", "regularisation"),
    ),
    Term(
        "l2", "L2", "network",
        "Regularisation by a pull in proportion to the weight: it shrinks weights and seldom removes one.",
        ("L2",), related=("l1", "regularisation"),
    ),
    Term(
        "initialisation", "Initialisation", "network",
        "How the first weights are drawn. It decides how signals and errors grow or shrink from layer to layer.",
        ("initialisation", "first weights"), related=("xavier-initialisation", "he-initialisation", "seed"),
    ),
    Term(
        "xavier-initialisation", "Xavier initialisation", "network",
        "First weights drawn so that signals and errors keep their size through layers such as tanh.",
        ("Xavier",), related=("he-initialisation", "initialisation"), citations=("glorot2010",),
    ),
    Term(
        "he-initialisation", "He initialisation", "network",
        "First weights drawn with a variance of 2 divided by the number of inputs: twice what linear units would need, to make up for ReLU units that are off.",
        ("He initialisation", "He’s first weights"), related=("relu", "xavier-initialisation"), citations=("he2015",),
    ),
    Term(
        "vanishing-gradient", "Vanishing gradient", "network",
        "An error that shrinks at every layer on its way back, until the first layers hardly learn.",
        ("vanishing gradient", "vanishing gradients"), related=("sigmoid", "exploding-gradient"), citations=("glorot2010",),
    ),
    Term(
        "exploding-gradient", "Exploding gradient", "network",
        "An error that grows at every layer on its way back, until updates are far too large.",
        ("exploding gradient", "exploding gradients"), related=("vanishing-gradient", "divergence"),
    ),
    Term(
        "saturation", "Saturation", "network",
        "Of a tanh or sigmoid unit: driven so far that its slope is almost zero, so that hardly any error passes back.",
        ("saturation", "saturated"), "A cell whose firing rate can rise no further is called saturated too; nothing is passed back there.",
        ("tanh", "sigmoid", "dead-relu"),
    ),
    Term(
        "dead-relu", "Dead ReLU", "network",
        "A ReLU unit that is silent for every training point. Its slope is zero there, so no gradient brings it back.",
        ("dead ReLU", "Dead ReLUs"), "A silent neuron in a brain is not lost: its synapses change by rules of their own.", ("relu", "saturation"),
    ),
    Term(
        "overfitting", "Overfitting", "network",
        "Learning the accidents of the training examples: the train loss falls on while the test loss rises.",
        ("overfitting", "overfit"), related=("test-loss", "regularisation"), pages=("", "gradient-flow"),
    ),
    Term(
        "accuracy", "Accuracy", "network",
        "The share of examples that are put into the right class.",
        related=("confusion-matrix", "test-loss"), pages=("", "gradient-flow"),
    ),
    Term(
        "r-squared", "R²", "both",
        "The share of a target’s variance that the answers explain: 1 is perfect, 0 no better than always saying the mean; worse is negative.",
        ("R²",), related=("regression", "squared-error"),
    ),
    Term(
        "confusion-matrix", "Confusion matrix", "network",
        "A table of true class against predicted class; what is off the diagonal was mistaken.",
        ("confusion matrix", "confusion"), related=("accuracy", "class"),
    ),
    Term(
        "histogram", "Histogram", "both",
        "Bars that show how many values fall into each interval.",
        ("histogram", "histograms"), related=("weight", "gradient"),
    ),
)  # fmt: skip
