"""Two networks learn to judge the reflectance of surfaces in synthetic scenes; then both are asked about an illusion.

Arrays: `judged` f4 (networks, 64, 64), the judgements of the illusion, 0…1; `curve` f4 (n, 4): network, update, squared error of the last
batch, of held-out scenes; `scene`, `true`, `guess` f4 (64, 64): a held-out scene's luminance, its reflectance and the first network's
judgement. Previews hold all but `judged`. Trained once a process for each set of scenes; the answer to another illusion is then quick.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.experiments.perception_illusions import differences, drawn
from models.networks.reflectance_judge import ReflectanceJudge, prepared
from models.specs.reflectance import ReflectanceSpec
from models.tasks.illusions import SIDE as PICTURE
from models.tasks.scenes import SIDE, scenes
from models.types import Array

Progress = Callable[..., None]
Pictures = NDArray[np.float32]
TRAINING, HELD_OUT = 2048, 128
_BATCH = 16
_RATE = 8e-3
_LOOK = 20
"""Updates between two measurements on held-out scenes, each of which is shown."""
_SHOWN = 3
"""The held-out scene that is shown while the networks learn."""
_MOST_KEPT = 4


@dataclass
class Trained:
    """Both networks of one set of scenes, their curve and their errors on held-out scenes (root mean square, reflectance 0…1)."""

    networks: list[ReflectanceJudge] = field(default_factory=list)
    curve: list[tuple[float, float, float, float]] = field(default_factory=list)
    errors: list[float] = field(default_factory=list)
    pointwise: float = 0.0
    constant: float = 0.0
    shown: dict[str, Array] = field(default_factory=dict)


_KEPT: OrderedDict[tuple[str, int, int], Trained] = OrderedDict()


def build(spec: ReflectanceSpec) -> Reflectance:
    return Reflectance(spec)


class Reflectance:
    def __init__(self, spec: ReflectanceSpec) -> None:
        self.spec = spec

    def analyse(self, images: dict[str, bytes], progress: Progress) -> tuple[dict[str, Any], dict[str, Array]]:
        """`images` are not used. A cancelled job ends at the next measurement."""
        torch.set_num_threads(1)
        spec = self.spec
        key = (spec.light, spec.seed, spec.steps)
        trained = _KEPT.setdefault(key, Trained())
        if len(trained.networks) < spec.networks:
            train(trained, spec, progress)
        _KEPT.move_to_end(key)
        while len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)
        made = drawn(spec)
        fine = PICTURE // SIDE
        judged = np.stack([judgement(network, made.picture) for network in trained.networks[: spec.networks]])
        enlarged = judged.repeat(fine, 1).repeat(fine, 2)
        result = {
            "differences": [differences(one, made.pairs, 1.0) for one in enlarged],
            "errors": trained.errors[: spec.networks],
            "pointwise": trained.pointwise,
            "constant": trained.constant,
            "training_scenes": TRAINING,
            "held_out_scenes": HELD_OUT,
            "updates": spec.steps,
            "parameters": sum(weights.numel() for weights in trained.networks[0].parameters()),
        }
        return result, {"judged": judged, "curve": np.array(trained.curve, np.float32), **trained.shown}


def judgement(network: ReflectanceJudge, picture: Pictures) -> Pictures:
    """(64, 64) reflectances 0…1 of a (256, 256) luminance picture, which is averaged over 4 × 4 pixels first: 4 pixels a degree."""
    fine = picture.shape[0] // SIDE
    coarse = picture.reshape(SIDE, fine, SIDE, fine).mean((1, 3))
    with torch.no_grad():
        judged: Pictures = network(prepared(coarse[None]))[0, 0].numpy()
    return judged


def train(trained: Trained, spec: ReflectanceSpec, progress: Progress) -> None:
    """Those networks that are not there yet, one after the other, on the same scenes in different orders.

    Adam (Kingma and Ba 2015), one cycle of the rate.
    """
    progress(0.0, f"drawing {TRAINING + HELD_OUT:,} scenes")
    luminance, reflectance = scenes(spec.seed, 0, TRAINING, spec.light)
    lit, true = scenes(spec.seed, TRAINING, HELD_OUT, spec.light)  # further numbers of the same seed: no scene is in both sets
    data, held = (prepared(luminance), _wanted(reflectance)), (prepared(lit), _wanted(true))
    trained.pointwise, trained.constant = _pointwise(*data, *held), float(true.std())
    trained.shown |= {"scene": lit[_SHOWN], "true": true[_SHOWN]}
    for number in range(len(trained.networks), spec.networks):
        trained.curve = [row for row in trained.curve if row[0] < number]  # of a job that was cancelled on its way
        network = _learn(spec, number, data, held, trained, progress)
        trained.networks.append(network)
        trained.errors.append(_error(network, *held) ** 0.5)


def _wanted(reflectance: Pictures) -> Tensor:
    return torch.from_numpy(reflectance[:, None])


def _learn(
    spec: ReflectanceSpec, number: int, data: tuple[Tensor, Tensor], held: tuple[Tensor, Tensor], trained: Trained, progress: Progress
) -> ReflectanceJudge:
    generator = torch.Generator().manual_seed(spec.seed + number)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(spec.seed + number)
        network = ReflectanceJudge()
    optimiser = torch.optim.Adam(network.parameters(), _RATE)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimiser, _RATE, total_steps=spec.steps)
    for step in range(spec.steps):
        chosen = torch.randint(TRAINING, (_BATCH,), generator=generator)
        loss = torch.nn.functional.mse_loss(network(data[0][chosen]), data[1][chosen])
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        cycle.step()
        if (step + 1) % _LOOK == 0 or step + 1 == spec.steps:
            _look(trained, number, step + 1, float(loss.detach()), network, held, spec, progress)
    return network


def _look(
    trained: Trained,
    number: int,
    step: int,
    loss: float,
    network: ReflectanceJudge,
    held: tuple[Tensor, Tensor],
    spec: ReflectanceSpec,
    progress: Progress,
) -> None:
    """Measures on held-out scenes and shows how the network judges one of them now."""
    trained.curve.append((number, step, loss, _error(network, held[0][:32], held[1][:32])))
    with torch.no_grad():
        guess = network(held[0][_SHOWN : _SHOWN + 1])[0, 0].numpy()
    if number == 0:
        trained.shown["guess"] = guess
    share = (number * spec.steps + step) / (2 * spec.steps)
    preview = {"curve": np.array(trained.curve, np.float32), **trained.shown, "guess": guess}
    progress(share, f"network {number + 1} of 2: update {step:,} of {spec.steps:,}", preview)


def _error(network: ReflectanceJudge, pictures: Tensor, wanted: Tensor) -> float:
    """Mean squared error."""
    with torch.no_grad():
        return float(torch.nn.functional.mse_loss(network(pictures), wanted))


def _pointwise(pictures: Tensor, wanted: Tensor, held: Tensor, true: Tensor) -> float:
    """Root mean squared error, held out, of the best cubic of a pixel's own log luminance: what can be had without looking around."""
    powers = np.array([0, 1, 2, 3])
    fitted, *_ = np.linalg.lstsq(pictures.numpy()[::16].reshape(-1, 1) ** powers, wanted.numpy()[::16].ravel(), rcond=None)
    guess = held.numpy().reshape(-1, 1) ** powers @ fitted
    return float(np.sqrt(np.mean((guess - true.numpy().ravel()) ** 2)))
