"""Variants follow from their number and seed alone, and no held-out one is a development one."""

import itertools

import numpy as np
import pytest

from comity.cases import Constitution
from comity.core.errors import InputError
from comity.evaluation.suite import SUITE
from comity.evaluation.suite.family import seen_by_all
from comity.games import Issue, Negotiation


def numbers(variant):
    """All numbers of a variant."""
    models = [variant.truth, *variant.case.models.values()]
    return np.concatenate([b.values for model in models for b in model.blocks().values()])


@pytest.mark.parametrize("name", SUITE)
def test_same_number_same_variant(name):
    first, again = SUITE[name].variant(3, 5), SUITE[name].variant(3, 5)
    assert np.array_equal(numbers(first), numbers(again))
    assert first.seed == again.seed


@pytest.mark.parametrize("name", SUITE)
def test_numbers_seeds_and_splits_give_different_variants(name):
    family = SUITE[name]
    keys = itertools.product(range(4), range(2), ("held-out", "development"))
    seeds = [family.variant(number, seed, split).seed for number, seed, split in keys]
    assert len(set(seeds)) == len(seeds)


def test_no_entropy_belongs_to_both_splits():
    """By construction: one split draws from odd words, the other from even ones."""
    drawn = {"development": set(), "held-out": set()}
    for split, found in drawn.items():
        odd = split == "held-out"
        found |= {2 * number + odd for number in range(1000)}
    assert not drawn["development"] & drawn["held-out"]
    held, built = (SUITE["dilemmas"].variant(0, 0, s) for s in ("held-out", "development"))
    # What the words of entropy are is pinned: figures of a version must stay reproducible.
    words = [0xC0, *b"dilemmas", 0]
    for variant, last in ((held, 1), (built, 0)):
        rng = np.random.default_rng([*words, last])
        truth, _ = SUITE["dilemmas"].draw(rng)
        assert np.array_equal(truth.facts, variant.truth.facts)


@pytest.mark.parametrize("name", SUITE)
def test_all_variants_are_on_one_frame(name):
    frames = [SUITE[name].variant(k).truth.frame() for k in range(3)]
    assert frames[0] == frames[1] == frames[2]
    assert len(frames[0]["players"]) == SUITE[name].parties


@pytest.mark.parametrize("bad", [(-1, 0), (0, -1)])
def test_bad_numbers(bad):
    with pytest.raises(InputError, match="not a variant"):
        SUITE["dilemmas"].variant(*bad)


def test_views_have_the_noise_that_they_state(rng):
    """And each party knows its own tastes."""
    issue = Issue("x", tuple(map(str, range(300))))
    values = {"A": {"x": rng.random(300)}, "B": {"x": rng.random(300)}}
    truth = Negotiation.additive(["A", "B"], [issue], values)
    rules = Constitution(disagreement="no-deal", default="no-deal")
    case = seen_by_all("t", truth, {"tastes": 0.3}, rules, rng)
    seen = case.parties[0].model
    assert np.array_equal(seen.tastes[0], truth.tastes[0])
    assert np.std(seen.tastes[1] - truth.tastes[1]) == pytest.approx(0.3, rel=0.15)
    assert set(case.parties[0].uncertainty) == {"tastes[B]"}
