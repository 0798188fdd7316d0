"""Oja's rule: Δw_j = η y_j (x − Σ_i y_i w_i) in hidden layers.

For one neuron that is Oja 1982 (doi:10.1007/BF00275687), Δw = η y (x − y w): the decay −y²w keeps a linear neuron's weights at length 1
and leaves them along the first eigenvector of E[x xᵀ]. A layer of several neurons has three forms, by the i that are summed over:
- `subspace`, the default (Oja 1989, "Neural networks, principal components, and subspaces", Int. J. Neural Systems 1, 61–68): the whole
  layer. Together the neurons span the first components.
- `ordered` (Sanger 1989, doi:10.1016/0893-6080(89)90044-0): i ≤ j. Neuron j finds component j.
- `each` (1982 for every neuron by itself): i = j. Every neuron finds the same first component, and the layer says one number: on digits
  accuracy falls to chance, where `subspace` does a little better than the control.
The first two need the activity and the weights of other neurons of the layer, so they are less local than their name.
"""

from __future__ import annotations

from typing import Final, Literal, final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models.rules.dense_rule import Floats
from models.rules.local_rule import LocalRule
from models.rules.optimisers import Optimiser
from models.types import Batches, LayeredLearner

Form = Literal["each", "subspace", "ordered"]
HIDDEN_SHARE: Final = 0.1
_EACH: Final = 0
_SUBSPACE: Final = 1
_FORMS: Final[dict[str, int]] = {"each": _EACH, "subspace": _SUBSPACE, "ordered": 2}


@njit(cache=True)
def own_decay(sizes: NDArray[np.int64], parameters: Floats, units: Floats, layers: int, strength: float, gradient: Floats) -> None:
    """Adds `strength`·mean(y²)·w to the gradient of the first `layers` layers' weights."""
    offset = 0
    above = sizes[0]
    examples = units.shape[0]
    for k in range(1, layers + 1):
        n_in, n_out = sizes[k - 1], sizes[k]
        for j in range(n_out):
            square = 0.0
            for e in range(examples):
                square += units[e, above + j] * units[e, above + j]
            square *= strength / examples
            row = offset + j * n_in
            for i in range(n_in):
                gradient[row + i] += square * parameters[row + i]
        offset += (n_in + 1) * n_out
        above += n_out


@njit(cache=True)
def common_decay(sizes: NDArray[np.int64], parameters: Floats, units: Floats, form: int, gradient: Floats) -> None:
    """Adds the mean of y_j Σ_i y_i w_i to the hidden weights' gradient: i over the layer (subspace), or up to j (ordered)."""
    offset = 0
    below = 0
    examples = units.shape[0]
    explained = np.empty(sizes.max())
    for k in range(1, sizes.size - 1):
        n_in, n_out = sizes[k - 1], sizes[k]
        above = below + n_in
        for e in range(examples):
            explained[:n_in] = 0.0
            if form == _SUBSPACE:
                for j in range(n_out):
                    row, y = offset + j * n_in, units[e, above + j]
                    for i in range(n_in):
                        explained[i] += y * parameters[row + i]
            for j in range(n_out):
                row, y = offset + j * n_in, units[e, above + j]
                if form != _SUBSPACE:
                    for i in range(n_in):
                        explained[i] += y * parameters[row + i]
                part = y / examples
                for i in range(n_in):
                    gradient[row + i] += part * explained[i]
        offset += (n_in + 1) * n_out
        below = above


@final
class Oja(LocalRule):
    def __init__(
        self,
        network: LayeredLearner,
        batches: Batches,
        loss_code: int,
        optimiser: Optimiser,
        seed: int = 0,
        *,
        form: Form = "subspace",
        hidden_share: float = HIDDEN_SHARE,
    ) -> None:
        super().__init__(network, batches, loss_code, optimiser, seed, hidden_share=hidden_share)
        self.form = _FORMS[form]

    def postsynaptic(self, activity: Floats, deltas: Floats) -> None:
        np.negative(activity, deltas)

    def bound(self, examples: int) -> None:
        network = self.network
        if self.form == _EACH:
            own_decay(network.sizes, network.parameters, network.units, network.sizes.size - 2, 1.0, self.gradient)
        else:
            common_decay(network.sizes, network.parameters, network.units, self.form, self.gradient)
