"""What the answers say: sentences whose numbers come from the models and the recordings just computed."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.experiments.synapse_network import START, Learned
from models.specs.recordings import SJOSTROM_2001
from models.specs.stdp_curve import StdpCurveSpec
from models.specs.synapse import PRESYNAPTIC_ONLY, SynapseSpec
from models.specs.synapse_fields import MODELS, ModelFields

Floats = NDArray[np.float64]
_RAISED: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
FITTED: Final = "calcium_cortical"
"""Over frequencies: the calcium model with the set that was fitted to these recordings, beside the chosen one."""
TITLES: Final = MODELS | {FITTED: "Calcium model, set cortical, which was fitted to these recordings"}
LARGE: Final = 1.0
"""A weight that more than doubles is beyond all that was recorded under these protocols: the largest mean is +75%."""
FALLEN: Final = 0.5
"""Of c₀: a threshold that ends below this has come down within the protocol."""
_UNBOUNDED: Final = {
    "pair": "the rule has no upper bound of its own",
    "triplet": "the rule has no upper bound of its own; it was fitted to 60 pairs at up to 50 Hz",
    "triplet_nearest": "the rule has no upper bound of its own; its constants were fitted to 60 pairs at up to 50 Hz",
    "bcm": "the rule has no upper bound of its own, and its constants are this page’s choice",
}
SETTLED: Final = 0.01
"""Counts: an error below this moves the network's weight by less than a thousandth at the rate that the page begins with."""


def percent(change: float) -> str:
    """Signed, three significant digits at most."""
    value = 100.0 * change
    shown = f"{abs(value):.0f}" if abs(value) >= 100 else f"{abs(value):.3g}"
    return "0%" if abs(value) < 0.05 else f"{'+' if value > 0 else '−'}{shown}%"


def figure(value: float) -> str:
    """Three significant digits: 0.0123, −1.24, and below a thousandth 7.14×10⁻⁶."""
    if value == 0 or abs(value) >= 1e-3:
        return f"{value:.3g}".replace("-", "−")
    mantissa, exponent = f"{value:.2e}".split("e")
    return f"{mantissa.replace('-', '−')}×10{str(int(exponent)).translate(_RAISED)}"


def share(value: float) -> str:
    """Of many synapses: “12.3%”, “fewer than 0.1%” or “none”."""
    return "none" if value <= 0 else "fewer than 0.1%" if value < 1e-3 else f"{100 * value:.3g}%"


def moved(change: float) -> str:
    """“strengthens by 12%”, “weakens by 3%” or “stays”."""
    if abs(change) < 5e-4:
        return "leaves the weight as it was"
    return f"{'strengthens' if change > 0 else 'weakens'} the weight by {percent(abs(change)).removeprefix('+')}"


def model_said(name: str, change: float, spec: ModelFields) -> str:
    """One model's result, and where its equations were left: a published rule has no bound of its own."""
    title = MODELS[name] if name != "calcium" else f"Calcium model, set {spec.calcium_set}"
    if change < -1.0 and name != "calcium":
        return f"{title}: the sum of its steps is {percent(change)}, more than there is: the rule has no lower bound of its own."
    if change > LARGE and name in _UNBOUNDED:
        return f"{title} {moved(change)}: {_UNBOUNDED[name]}."
    return f"{title} {moved(change)}."


def calcium_said(found: dict[str, Any], spec: SynapseSpec) -> str:
    """Time above the thresholds, and what follows, simulated too; under a protocol that rests on an assumption, for every set."""
    others = f" {sets_said(found['sets'])}" if spec.protocol in PRESYNAPTIC_ONLY else ""
    above_p, above_d = found["above_p_ms"], found["above_d_ms"]
    if above_d <= 0:
        return (
            f"Calcium never passes θd, so set {spec.calcium_set} changes nothing: "
            f"a transient alone stays below the threshold, or only reaches it.{others}"
        )
    too = f"{_time(above_p)} of that above θp too" if above_p > 0 else "never passes θp"
    return (
        f"Calcium spends {_time(above_d)} above θd, and {too}. Of weak synapses {share(found['up'])} become strong, "
        f"of strong ones {share(found['down'])} weak.{_simulated(found)}{others}"
    )


def _simulated(found: dict[str, Any]) -> str:
    if (run := found["simulated"]) is None:
        return ""
    error = f" ± {100 * run['standard_error']:.2g}" if run["standard_error"] else ""
    simulated = f"{run['synapses']} synapses simulated with noise, {percent(run['change'])}{error}"
    return f" The closed form says {percent(found['change'])}; {simulated}."


def sets_said(sets: dict[str, float]) -> str:
    """Which of the published sets weaken and which strengthen a synapse under this protocol; changes below 1% count as none."""
    sorts: dict[str, list[str]] = {"weakened": [], "within 1%": [], "strengthened": []}
    for name, change in sets.items():
        sorts["weakened" if change <= -0.01 else "strengthened" if change >= 0.01 else "within 1%"].append(name)
    told = [f"{does} under {' and '.join(filter(None, [', '.join(names[:-1]), names[-1]]))}" for does, names in sorts.items() if names]
    return f"Set by set, the synapse is {'; '.join(told)}."


def network_said(found: Learned, mirrored: float | None, spec: SynapseSpec) -> list[str]:
    """What the weight did, and where the analogy breaks."""
    if found.diverged:
        return [
            f"The network’s weight has diverged: with counts of up to {found.x.max():.0f} in a bin, a rate of {spec.learning_rate:g} is "
            "too high. A shorter bin or a lower rate holds it."
        ]
    end = float(found.weight[-1]) if found.weight.size else START
    stays = f"{end:.3g}" == f"{START:g}"
    went = f"leaves the network’s weight at {START:g}" if stays else f"moves the network’s weight from {START:g} to {figure(end)}"
    told = [f"Gradient descent {went}, in bins of {spec.bin_ms:g} ms."]
    errors = np.abs(found.error[found.x > 0])
    large = np.flatnonzero(errors >= SETTLED)
    if errors.size and (first := int(large[-1]) + 2 if large.size else 1) <= errors.size:
        told.append(
            f"From bin {first} of {errors.size} on its error stays below {SETTLED:g} and its steps all but stop; the synapse has no "
            "error to stop it."
        )
    if mirrored is not None and found.weight.size:
        same = "the same, as order within a bin is not counted"
        why = same if abs(mirrored - end) < 5e-4 else "not the same, as the spikes fall into other bins"
        told.append(f"With Δt reversed it ends at {figure(mirrored)}: {why}.")
    return told


def bcm_said(found: dict[str, Any], average_s: float) -> str:
    """Where the threshold went, what that did to the change, and what it does to a neuron that is left alone with its input."""
    target, end, loop = found["target_hz"], found["threshold_ends_hz"], found["loop"]
    fallen = (
        f" θ has fallen far below c₀ within the protocol, at a time constant of {average_s:g} s that is this page’s choice: had it stayed "
        f"at {target:g} Hz, the same spikes would change the weight by {percent(found['held'])} and not by {percent(found['change'])}."
        if end < FALLEN * target
        else ""
    )
    slow = ": its threshold moves too slowly for its weight" if loop["sliding"] < 0.2 * target else ""
    return (
        f"BCM’s threshold starts at {target:.3g} Hz and ends at {figure(end)}; the postsynaptic rate reaches "
        f"{found['highest_hz']:.3g} Hz.{fallen} A neuron that is driven through such a synapse alone begins at "
        f"{loop['begins']:.3g} Hz and after {loop['seconds']:,.0f} s "
        f"{_still(loop['sliding'], target)}{slow}; with the threshold held still it {_still(loop['fixed'], target)}."
    )


def _still(rate: float, target: float) -> str:
    """Without a sliding threshold the rate has nowhere to stay."""
    return "runs away" if rate > 5.0 * target else "falls silent" if rate < 0.2 * target else f"fires at {rate:.3g} Hz"


def curve_sentences(spec: StdpCurveSpec, axis: Floats, found: dict[str, Floats]) -> list[str]:
    """One sentence a model, and in frequency mode how far each lies from the recordings."""
    say = _interval if spec.mode == "interval" else _frequency
    told = [say(name, axis, values, spec) for name, values in found.items()]
    if "bcm" in found:
        told.append(
            f"BCM knows rates, not spikes, and has no curve of its own over Δt: each spike is smoothed over {spec.bcm_window_s:g} s, and "
            "the order of two spikes leaves only what that smoothing lets through."
        )
    return told


def _interval(name: str, axis: Floats, values: Floats, spec: StdpCurveSpec) -> str:
    high, low = int(values.argmax()), int(values.argmin())
    title = MODELS[name] if name != "calcium" else f"Calcium model, set {spec.calcium_set}"
    if values[high] - values[low] < 5e-4:
        return f"{title}: {percent(values[high])} at every interval."
    told = f"{title}: from {percent(values[low])} at {axis[low]:.3g} ms to {percent(values[high])} at {axis[high]:.3g} ms."
    return told.replace(" -", " −")


def _frequency(name: str, axis: Floats, values: Floats, spec: StdpCurveSpec) -> str:
    title = TITLES[name] if name != "calcium" else f"Calcium model, set {spec.calcium_set}"
    ends = f"{title}: at {axis[-1]:.3g} Hz {percent(values[0, -1])} for +{spec.at_ms:g} ms and {percent(values[1, -1])} for −{spec.at_ms:g}"
    if (off := misfit(axis, values, spec.at_ms)) is None:
        return f"{ends}."
    return f"{ends}; on average {off:.2g} standard errors from the recorded points."


def misfit(axis: Floats, values: Floats, at_ms: float) -> float | None:
    """Root mean square distance (standard errors) from the recorded points within the axis; None where there are none at ±`at_ms`."""
    off = [
        (np.interp(point.frequency_hz, axis, values[0 if point.delta_ms > 0 else 1]) - point.mean) / point.standard_error
        for point in SJOSTROM_2001
        if abs(point.delta_ms) == at_ms and axis[0] <= point.frequency_hz <= axis[-1]
    ]
    return float(np.sqrt(np.mean(np.square(off)))) if off else None


def _time(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.3g} s" if milliseconds >= 1000 else f"{milliseconds:.3g} ms"
