"""A synapse with several coupled variables: the bidirectional chain of Benna and Fusi (2016), and a single exponential beside it.

The chain (10.1038/nn.4401) is drawn as beakers joined by tubes. Variable k = 1…m has the liquid level u_k, the beaker's width C_k and
a tube of conductance g_k to the next:

    C_k du_k/dt = g_{k−1} (u_{k−1} − u_k) − g_k (u_k − u_{k+1}),        C_k = 2^(k−1),   g_k = 2^(−k−2),

with no tube on the left of the first, and u_{m+1} = 0: the last one leaks. Plasticity pours into u_1, which is the synapse's strength.
Time is in units of the chain's `fastest` time; the exchange of beaker k takes C_k / g_k = 2^(2k+1) of them, so m beakers span 4^m.
What u_1 keeps of one event falls as t^(−1/2) between the first and the last of these times and exponentially after: at time t the
liquid has spread over beakers whose widths add up to about √t. Doubling widths are the published example; how long the unit of time is in
seconds, how many beakers there are, and where u_1 is cut are choices of whoever builds the chain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
MOST_BEAKERS: Final = 16


@final
class BeakerChain:
    """The linear chain between events, solved exactly: u(t) = C^(−1/2) V exp(−λt) Vᵀ C^(1/2) u(0)."""

    def __init__(self, beakers: int, fastest: float, leak: bool = True) -> None:
        """`beakers` 1…16; `fastest`: seconds of one unit of time. Raises ValueError outside."""
        if not 1 <= beakers <= MOST_BEAKERS or not fastest > 0:
            raise ValueError(f"a chain has 1 to {MOST_BEAKERS} beakers and a unit of time above 0 s")
        order = np.arange(1, beakers + 1)
        self.fastest = fastest
        self.widths: Values = np.exp2(order - 1.0)
        """C_k, (m,)."""
        self.tubes: Values = np.exp2(-order - 2.0)
        """g_k to the next beaker, (m,); the last one is the leak."""
        if not leak:
            self.tubes[-1] = 0.0
        root = np.sqrt(self.widths)
        flow = np.diag(self.tubes + np.concatenate(([0.0], self.tubes[:-1])))
        flow -= np.diag(self.tubes[:-1], 1) + np.diag(self.tubes[:-1], -1)
        rates, vectors = np.linalg.eigh(flow / np.outer(root, root))
        self.rates: Values = np.maximum(rates, 0.0) / fastest
        """Decay rates of the chain's modes, 1/s, slowest first."""
        self._out, self._into = vectors / root[:, None], vectors.T * root

    def after(self, levels: Values, seconds: float | Values) -> Values:
        """Levels (m,) after so many seconds without an event: (m,), or (m, n) for n durations ≥ 0."""
        modes = self._into @ levels
        decayed = np.exp(-np.multiply.outer(self.rates, np.asarray(seconds, np.float64)))
        return np.asarray(self._out @ (decayed.T * modes).T)

    def content(self, levels: Values) -> Values:
        """C_k u_k: how much each beaker holds, same shape."""
        return np.asarray((levels.T * self.widths).T)

    @property
    def slowest(self) -> float:
        """Seconds after which the slowest mode has fallen to 1/e; infinite without a leak."""
        return float("inf") if self.rates[0] <= 0 else float(1 / self.rates[0])


@dataclass(frozen=True)
class Course:
    """What a schedule of uses left: `after` (n uses,) of the chain's strength right after each, and how to read any instant."""

    chain: BeakerChain
    uses: Values
    """Instants of the uses in seconds, ascending."""
    states: Values
    """(uses, m): levels right after each."""
    lost: Values
    """(uses,): what each use did not add because u_1 was full."""

    def levels(self, instants: Values) -> Values:
        """(m, n) levels at instants in seconds; at the instant of a use, after it; before the first, empty."""
        last = np.searchsorted(self.uses, instants, side="right") - 1
        found = np.zeros((self.states.shape[1], len(instants)))
        for use in np.unique(last[last >= 0]):
            here = last == use
            found[:, here] = self.chain.after(self.states[use], instants[here] - self.uses[use])
        return found


def course(chain: BeakerChain, uses: Sequence[float] | Values, amount: float = 1.0, limit: float | None = None) -> Course:
    """Every use pours `amount` into u_1, which holds at most `limit`; what would spill over is lost. None: no limit, the linear chain."""
    instants = np.asarray(uses, np.float64)
    states = np.zeros((len(instants), len(chain.widths)))
    lost = np.zeros(len(instants))
    levels = np.zeros(len(chain.widths))
    for i, instant in enumerate(instants):
        levels = chain.after(levels, instant - instants[i - 1]) if i else levels
        filled = levels[0] + amount
        levels[0] = filled if limit is None else min(filled, max(limit, levels[0]))
        lost[i] = filled - levels[0]
        states[i] = levels
    return Course(chain, instants, states, lost)


def exponential(
    uses: Sequence[float] | Values, instants: Values, lifetime: float, amount: float = 1.0, limit: float | None = None
) -> Values:
    """(n,) strength of a synapse with one variable, dw/dt = −w/`lifetime` (s), under the same uses and limit: the control."""
    moments, at_use, strength = np.asarray(uses, np.float64), [], 0.0
    for i, instant in enumerate(moments):
        strength *= float(np.exp(-(instant - moments[i - 1]) / lifetime)) if i else 1.0
        strength = strength + amount if limit is None else min(strength + amount, max(limit, strength))
        at_use.append(strength)
    last = np.searchsorted(moments, instants, side="right") - 1
    since = instants - moments[np.maximum(last, 0)]
    return np.where(last >= 0, np.asarray(at_use)[np.maximum(last, 0)] * np.exp(-np.maximum(since, 0) / lifetime), 0.0)
