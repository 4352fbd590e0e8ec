"""Fictitious play against counts, also where the game changes on the way."""

import numpy as np

from comity.inference.evidence.table import Evidence
from comity.inference.explanations.catalogue import explain
from explaining import games, rounds

EXPLANATION = explain("own-payoff", "fictitious-play")
TABLES, SITUATIONS = games((3, 2), 2, seed=8)
RNG = np.random.default_rng(4)
VALUES = {"sensitivity": 0.6, "decay": 0.7, "experience": 2.0}


def written_out(payoffs, others):
    counts, found = np.array([1.0, 1.0]), []
    for table, other in zip(payoffs, others, strict=True):
        values = 0.6 * table @ (counts / counts.sum())
        weights = np.exp(values - values.max())
        found.append(weights / weights.sum())
        counts = 0.7 * counts
        counts[other] += 1
    return found


def test_counts():
    play = rounds(SITUATIONS[0], RNG.integers(0, 3, 20), RNG.integers(0, 2, 20))
    expected = written_out([TABLES[0, 0]] * 20, play.others)
    np.testing.assert_allclose(EXPLANATION.predict(VALUES, play), expected, rtol=1e-10)


def test_beliefs_carry_over_to_another_game_but_not_to_another_sequence():
    which, sequence = np.arange(20) % 2, np.arange(20) // 10
    others = RNG.integers(0, 2, 20)
    zeros = np.zeros(20, int)
    play = Evidence(
        tuple(SITUATIONS),
        ("somebody",),
        zeros,
        which,
        zeros,
        sequence=sequence,
        order=np.arange(20),
        others=others,
    )
    halves = [written_out(TABLES[which[h], 0], others[h]) for h in (slice(10), slice(10, 20))]
    np.testing.assert_allclose(
        EXPLANATION.predict(VALUES, play), np.concatenate(halves), rtol=1e-10
    )
