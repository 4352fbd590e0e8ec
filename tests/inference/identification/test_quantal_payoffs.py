"""Logit play: planted payoffs, dimensions by counting, invariances, and coverage."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.identification.own_payoffs import own_payoffs
from comity.inference.identification.quantal_payoffs import (
    payoffs_from_quantal_counts,
    payoffs_from_quantal_play,
)

RNG = np.random.default_rng(0)
TABLE = RNG.random((3, 2)) * 0.8 + 0.1
MIXES = [np.array([0.3, 0.7]), np.array([0.9, 0.1]), np.array([0.55, 0.45])]
NOISE = 0.4


def reply(table, mix, noise=NOISE):
    """Logit choice, one exponential at a time."""
    worth = [sum(u * p for u, p in zip(row, mix, strict=True)) for row in table]
    weights = [np.exp(w / noise) for w in worth]
    return np.array(weights) / sum(weights)


def plays(count, table=TABLE):
    return [(reply(table, mix), mix) for mix in MIXES[:count]]


@pytest.mark.parametrize("treatments", [1, 2, 3])
@pytest.mark.parametrize("noise", [None, NOISE])
def test_dimension_counts_unknowns_less_independent_equations(treatments, noise):
    """Two equations a treatment, independent up to as many as the other has actions."""
    found = payoffs_from_quantal_play(plays(treatments), 0, noise=noise)
    equations = 2 * min(treatments, 2)
    # With the noise unknown a third treatment still adds nothing: payoffs and noise scale together.
    assert found.dimension == 6 + (noise is None) - equations
    point = np.append(TABLE, NOISE) if noise is None else TABLE.ravel()
    assert found.contains(point)


def test_own_differences_are_point_identified_with_enough_mixes_and_known_noise():
    found = payoffs_from_quantal_play(plays(2), 0, noise=NOISE)
    unknowns = own_payoffs((3, 2), 0, None)
    for label, (low, high) in unknowns.differences(found).items():
        better, rest = label.split(" above ")
        worse, joint = rest.split(", at ")
        truth = TABLE[int(better), int(joint)] - TABLE[int(worse), int(joint)]
        assert (low, high) == pytest.approx((truth, truth), abs=1e-7)
    assert found.point_identified == ()


def test_one_mix_identifies_expected_differences_only():
    found = payoffs_from_quantal_play(plays(1), 0, noise=NOISE)
    row = own_payoffs((3, 2), 0, None).advantage(1, 0, MIXES[0])
    truth = (TABLE[1] - TABLE[0]) @ MIXES[0]
    assert found.between(row) == pytest.approx((truth, truth), abs=1e-8)
    low, high = own_payoffs((3, 2), 0, None).differences(found)["1 above 0, at 0"]
    assert high - low > 0.1


def test_noise_is_bounded_above_by_the_range_of_payoffs_and_never_below():
    """On [0, 1] log-odds of at most L need noise at most 1 / L; noise 0 is indifference."""
    found = payoffs_from_quantal_play(plays(1), 0)
    own = reply(TABLE, MIXES[0])
    most = 1 / np.log(own.max() / own.min())
    assert found.bounds[-1] == pytest.approx((0, most), abs=1e-7)
    assert "scale" in found.never_identified[0]
    assert "scale" not in " ".join(
        payoffs_from_quantal_play(plays(1), 0, noise=NOISE).never_identified
    )


def test_scale_and_terms_of_the_others_alone_give_the_same_play():
    moved = 0.5 * TABLE + np.array([0.1, 0.3])
    for mix in MIXES:
        np.testing.assert_allclose(reply(moved, mix, NOISE / 2), reply(TABLE, mix), atol=1e-12)
    found = payoffs_from_quantal_play(plays(3), 0)
    assert found.contains(np.append(moved, NOISE / 2))
    assert not found.contains(np.append(moved, NOISE))


def test_bounds_by_vertices():
    found = payoffs_from_quantal_play(plays(2), 0)
    corners = found.vertices()
    np.testing.assert_allclose(found.bounds[:, 0], corners.min(axis=0), atol=1e-7)
    np.testing.assert_allclose(found.bounds[:, 1], corners.max(axis=0), atol=1e-7)
    for x in corners[corners[:, -1] > 1e-6]:
        for mix in MIXES[:2]:
            table, noise = x[:-1].reshape(3, 2), x[-1]
            np.testing.assert_allclose(reply(table, mix, noise), reply(TABLE, mix), atol=1e-5)


def test_noise_too_large_for_the_range_is_an_empty_set():
    found = payoffs_from_quantal_play(plays(1), 0, noise=10.0)
    assert found.empty
    assert found.misfit > 0.1


def test_known_payoffs_and_the_second_player():
    mirrored = [(mix, own) for own, mix in plays(2)]
    known = {("0", "0"): TABLE[0, 0], ("1", "0"): TABLE[0, 1]}
    found = payoffs_from_quantal_play(mirrored, 1, noise=NOISE, known_payoffs=known)
    assert found.dimension == 0
    np.testing.assert_allclose(found.bounds[:, 0], TABLE.T.ravel(), atol=1e-7)


def test_three_players_use_the_product_of_the_others():
    rng = np.random.default_rng(7)
    table = rng.random((2, 2, 3))
    mixes = rng.dirichlet([1, 1], 7), rng.dirichlet([1, 1, 1], 7)
    seen = [
        (reply(table.reshape(2, 6), np.outer(p, q).ravel()), p, q)
        for p, q in zip(*mixes, strict=True)
    ]
    found = payoffs_from_quantal_play(seen, 0, noise=NOISE)
    assert found.contains(table.ravel())
    assert found.dimension == 6


@pytest.mark.parametrize("noise", [None, NOISE])
def test_sets_from_counts_hold_the_truth_and_shrink(noise):
    rng = np.random.default_rng(3)
    point = np.append(TABLE, NOISE) if noise is None else TABLE.ravel()
    held = 0
    for _ in range(8):
        counts = [[rng.multinomial(60, mix) for mix in play] for play in plays(2)]
        held += payoffs_from_quantal_counts(counts, 0, level=0.9, noise=noise).contains(point)
    assert held >= 7
    exact = payoffs_from_quantal_play(plays(2), 0, noise=noise)
    many = [[np.round(mix * 10**9) for mix in play] for play in plays(2)]
    near = payoffs_from_quantal_counts(many, 0, noise=noise)
    np.testing.assert_allclose(near.bounds, exact.bounds, atol=2e-3)


def test_actions_never_seen_limit_one_side_only():
    found = payoffs_from_quantal_counts([([30, 0], [5, 0])], 0, noise=0.2)
    low, high = found.between(own_payoffs((2, 2), 0, None).advantage(0, 1, np.array([1.0, 0])))
    assert low > -1
    assert high == pytest.approx(1)


@pytest.mark.parametrize(
    ("seen", "more", "message"),
    [
        ([([1.0, 0.0], [0.5, 0.5])], {}, "a chance"),
        ([([0.5, 0.5], [0.5, 0.5])], {"noise": 0.0}, "noise"),
        ([], {}, "no play"),
        ([([0.5, 0.5], [0.5, 0.5]), ([1.0], [1.0])], {}, "different games"),
        ([([0.5, 0.5], [0.5, 0.5])], {"bounds": (0, np.inf)}, "range"),
    ],
)
def test_wrong_input(seen, more, message):
    with pytest.raises(InputError, match=message):
        payoffs_from_quantal_play(seen, 0, **more)
