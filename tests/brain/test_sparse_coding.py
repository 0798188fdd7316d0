"""Sparse coding: its codes are the minimum, its atoms become Gabors as published, and it can be put back bit for bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from models.brain.sparse_coding import ATOMS, PATCHES, SPARSENESS, Dictionary, SparseCoding, encode
from models.experiments.convnet_brain import BrainSide, summary
from models.probes.gabor_fit import R2, gabor_fits
from models.tasks.natural_patches import SIDE, NaturalPatches, photographs, whitened
from models.types import Refused, Subscription

LEARNT = 1500
"""Updates of the dictionary, about two seconds."""


def learn(seed: int, updates: int) -> SparseCoding:
    dictionary = Dictionary(seed)
    rule = SparseCoding(dictionary, NaturalPatches(seed, PATCHES), {})
    for update in range(updates):
        dictionary.apply(rule.learn(update))
    return rule


@pytest.fixture(scope="module")
def learnt() -> SparseCoding:
    return learn(1, LEARNT)


def ista(atoms: np.ndarray, patch: np.ndarray, steps: int) -> np.ndarray:
    """Iterated shrinkage (Daubechies, Defrise and De Mol 2004), slow and plain: the oracle."""
    rate = 1 / np.linalg.norm(atoms, 2) ** 2
    code = np.zeros(len(atoms))
    for _ in range(steps):
        ahead = code + rate * atoms @ (patch - code @ atoms)
        code = np.sign(ahead) * np.maximum(np.abs(ahead) - rate * SPARSENESS, 0)
    return code


def test_codes_are_the_minimum(learnt: SparseCoding):
    patches = learnt.patches.batch(987)[:4].copy()
    codes = np.zeros((4, ATOMS), np.float32)
    encode(learnt.dictionary.atoms, patches, np.float32(SPARSENESS), codes)

    def cost(patch: np.ndarray, code: np.ndarray) -> float:
        return float(0.5 * ((patch - code @ learnt.dictionary.atoms) ** 2).sum() + SPARSENESS * np.abs(code).sum())

    for patch, code in zip(patches, codes, strict=True):
        assert cost(patch, code) <= cost(patch, ista(learnt.dictionary.atoms.astype(np.float64), patch, 1500)) * 1.002
        # At the minimum an idle atom's pull is at most λ, and one at work is pulled by exactly λ, up to the last small moves.
        pull = learnt.dictionary.atoms @ (patch - code @ learnt.dictionary.atoms)
        assert np.abs(pull[code == 0]).max() <= SPARSENESS + 0.05
        assert pull[code != 0] == pytest.approx(SPARSENESS * np.sign(code[code != 0]), abs=0.05)


def test_atoms_become_gabors_with_too_few_blobs(learnt: SparseCoding):
    """Olshausen and Field 1996: localised, oriented, bandpass. A trial with nine seconds gave R² > .7 for 90%, medians .32 and .81,
    10% blobs; Ringach 2002 has .37, .44 and 24% in macaque V1: the code's fields are too long, and too few of them are blobs."""
    fits = gabor_fits(learnt.dictionary.atoms.reshape(-1, SIDE, SIDE))
    good = fits[fits[:, R2] > 0.7]
    assert len(good) / ATOMS >= 0.75
    found = summary(fits)
    assert found["nx"] == pytest.approx(0.32, abs=0.08)
    assert found["ny"] == pytest.approx(0.81, abs=0.15)
    assert found["blobs"] < 0.18
    # The control: the atoms that it began with.
    assert (gabor_fits(Dictionary(1).atoms.reshape(-1, SIDE, SIDE))[:, R2] > 0.5).mean() < 0.02


def test_the_cost_falls_and_few_atoms_are_at_work(learnt: SparseCoding):
    curve = learnt.curve()
    assert curve[-1, 0] == LEARNT and len(curve) < 200
    early = curve[(curve[:, 0] > 5) & (curve[:, 0] < 30), 1].mean()
    assert curve[-1, 1] < 0.65 * early
    assert 0.02 < curve[-1, 2] < 0.15
    assert np.linalg.norm(learnt.dictionary.atoms, axis=1) == pytest.approx(np.ones(ATOMS), abs=1e-5)


def test_whitening_evens_the_spectrum_and_cuts_what_pixels_cannot_carry():
    """A picture of power 1/f² becomes flat times exp(−2(f/f₀)⁴): equal power at .05 and .15, and e^−2·(.45/.4)⁴ = .04 of it at .45."""
    rng = np.random.default_rng(0)
    f = np.hypot(np.fft.fftfreq(256)[:, None], np.fft.rfftfreq(256)[None])
    picture = np.fft.irfft2(np.fft.rfft2(rng.standard_normal((256, 256))) / np.maximum(f, 1e-3), s=(256, 256))
    power = np.abs(np.fft.rfft2(whitened(picture))) ** 2
    at = [power[np.abs(f - centre) < 0.01].mean() for centre in (0.05, 0.15, 0.45)]
    assert at[1] / at[0] == pytest.approx(np.exp(-2 * ((0.15 / 0.4) ** 4 - (0.05 / 0.4) ** 4)), rel=0.25)
    assert at[2] / at[0] == pytest.approx(np.exp(-2 * (0.45 / 0.4) ** 4), rel=0.4)
    assert all(abs(float(one.mean())) < 1e-3 and float(one.std()) == pytest.approx(1, abs=1e-3) for one in photographs())


def test_patches_belong_to_seed_and_update():
    patches = NaturalPatches(5, 8)
    first, second = patches.batch(3).copy(), patches.batch(4).copy()
    assert np.array_equal(NaturalPatches(5, 8).batch(3), first)
    assert not np.array_equal(first, second) and not np.array_equal(NaturalPatches(6, 8).batch(3), first)
    assert np.abs(first.mean(axis=1)).max() < 1e-5


def steps(brain: BrainSide, first: int, last: int) -> None:
    for step in range(first, last):
        brain.lane.learner.apply(brain.lane.rule.updates(step))


def everything(brain: BrainSide) -> dict[str, Any]:
    return {**brain.lane.learner.state(), **brain.lane.rule.state(), **brain.readings(Subscription(frozenset(["sparse/*"])), None, None, 0)}


def test_a_restored_lane_goes_on_bit_for_bit():
    brain = BrainSide(7, {"sparse_every": 3})
    steps(brain, 0, 20)
    kept = brain.lane.learner.state(), brain.lane.rule.state()
    steps(brain, 20, 50)
    other = BrainSide(7, {"sparse_every": 3})
    other.lane.learner.restore(kept[0])
    other.lane.rule.restore(kept[1])
    steps(other, 20, 50)
    expected, found = everything(brain), everything(other)
    assert all(np.array_equal(expected[name], found[name]) for name in expected)
    assert brain.rule.made == 17  # updates 0, 3, … 48


def test_the_clock_may_change_while_it_learns():
    settings = {"sparse_every": 4}
    brain = BrainSide(1, settings)
    steps(brain, 0, 8)
    settings["sparse_every"] = 2
    steps(brain, 8, 16)
    assert brain.rule.made == 2 + 4


@pytest.mark.parametrize("spoilt", ["parameters", "usage", "meter", "curve"])
def test_a_file_that_no_run_saved_is_refused(spoilt: str):
    brain = BrainSide(1, {})
    learner, rule = brain.lane.learner.state(), brain.lane.rule.state()
    (learner if spoilt == "parameters" else rule)[spoilt] = np.full(3, np.nan)
    with pytest.raises(Refused, match="sparse"):
        brain.lane.learner.restore(learner)
        brain.lane.rule.restore(rule)


def test_fits_are_renewed_in_turn_while_a_run_plays_and_exact_when_it_rests():
    brain = BrainSide(2, {"sparse_every": 1})
    playing, resting = (Subscription(frozenset(["gabor/*", "sparse/fit"]), None, passing) for passing in (True, False))
    rng = np.random.default_rng(0)
    filters = rng.standard_normal((8, 1, 5, 5)).astype(np.float32)
    brain.readings(playing, filters, filters, 0)
    steps(brain, 0, 1)
    moved = filters + 0.5
    passing = brain.readings(playing, moved, filters, 1)
    assert np.array_equal(passing["gabor/fit"], passing["gabor/control"]), "renewed at once, less than half a second after"
    assert np.array_equal(passing["gabor/filter"], filters[:, 0]), "a filter shown beside its fit is the fitted one"
    brain._network._moments[:] -= 1  # a second later
    renewed: set[int] = set()
    for _ in range(200):
        # However little time a frame has for it, each filter comes to its turn.
        brain._network._asked -= 0.02
        fits = brain.readings(playing, moved, filters, 1)["gabor/fit"]
        renewed |= set(np.flatnonzero((fits != passing["gabor/fit"]).any(axis=1)).tolist())
    assert renewed == set(range(8))
    rest = brain.readings(resting, moved, filters, 1)
    assert np.array_equal(rest["gabor/fit"], gabor_fits(moved[:, 0]))
    assert np.array_equal(rest["sparse/fit"], gabor_fits(brain.dictionary.atoms.reshape(-1, SIDE, SIDE)))
