"""The draw follows the lottery, and depends on every nonce."""

import numpy as np
import pytest

from comity.agreement.transcripts.draw import draw_seed, drawn_outcome, uniform_draw
from comity.games import Lottery, MixedProfile

LOTTERY = Lottery(((2, 0), (0, 1), (1, 1)), np.array([0.2, 0.5, 0.3]))


@pytest.mark.parametrize(
    ("number", "outcome"),
    [(0.0, (0, 1)), (0.49, (0, 1)), (0.5, (1, 1)), (0.79, (1, 1)), (0.81, (2, 0)), (1.0, (2, 0))],
)
def test_outcomes_in_index_order(number, outcome):
    assert drawn_outcome(LOTTERY, number) == outcome


def test_frequencies_follow_the_probabilities():
    seeds = [draw_seed("case", {"A": str(k), "B": "x"}) for k in range(4000)]
    numbers = [uniform_draw(seed) for seed in seeds]
    assert 0 <= min(numbers) < max(numbers) < 1
    drawn = [drawn_outcome(LOTTERY, number) for number in numbers]
    for outcome, chance in zip(LOTTERY.outcomes, LOTTERY.probabilities, strict=True):
        assert abs(drawn.count(outcome) / 4000 - chance) < 4 * np.sqrt(chance / 4000)


def test_every_nonce_counts():
    nonces = {"A": "1", "B": "2"}
    seeds = {draw_seed("case", {**nonces, name: "3"}) for name in nonces}
    assert len(seeds | {draw_seed("case", nonces), draw_seed("other", nonces)}) == 4
    assert draw_seed("case", dict(reversed(nonces.items()))) == draw_seed("case", nonces)


def test_mixed_strategies_are_drawn_jointly():
    profile = MixedProfile((np.array([0.5, 0.5]), np.array([0.0, 1.0])))
    assert {drawn_outcome(profile, x) for x in (0.2, 0.7)} == {(0, 1), (1, 1)}
