"""The independent script itself, against figures worked out by hand."""

from fractions import Fraction as F

import casino_exact as exact
import pytest

KNOWN = [
    ("nash", False, "uniform", F(119, 6), F(119, 6), F(41, 2)),
    ("nash", True, "uniform", F(2381, 120), F(2381, 120), F(103, 5)),
    ("kalai-smorodinsky", False, "uniform", F(59, 3), F(59, 3), F(61, 3)),
    ("kalai-smorodinsky, smallest share only", False, "uniform", F(157, 8), F(157, 8), F(487, 24)),
    ("egalitarian", True, "uniform", F(178, 9), F(178, 9), F(181, 9)),
    ("utilitarian", False, "uniform", F(20), F(20), F(24)),
    ("nash", False, "first", F(119, 6), F(119, 6), F(190, 9)),
    ("kalai-smorodinsky", False, "first", F(59, 3), F(713, 36), F(743, 36)),
]


@pytest.mark.parametrize(("concept", "lotteries", "tie_break", "honest", "interim", "post"), KNOWN)
def test_known_fractions(concept, lotteries, tie_break, honest, interim, post):
    assert exact.figures(concept, lotteries, tie_break) == (honest, interim, post)


def test_same_rankings_share_every_tied_deal():
    """Both want the same: 36 points to divide, and four deals give 18 to each."""
    play = exact.listed("nash", (5, 4, 3), (5, 4, 3), "uniform")
    assert len(play) == 4
    assert {exact.worth((5, 4, 3), deal, 0) for deal in play} == {18}


@pytest.mark.parametrize("concept", ["nash", "egalitarian", "kalai-smorodinsky"])
def test_lotteries_leave_nothing_to_deals(concept):
    """On every pair the smallest gain, or the product, is at least that of the best deal."""
    for first in exact.TYPES:
        for second in exact.TYPES:
            gains = [
                [
                    sum(p * (exact.worth(kind, deal, role) - 5) for deal, p in play.items())
                    for role, kind in enumerate((first, second))
                ]
                for play in (
                    exact.lottery(concept, first, second),
                    exact.listed(concept, first, second, "first"),
                )
            ]
            lottery, deal = gains
            if concept == "nash":
                assert lottery[0] * lottery[1] >= deal[0] * deal[1]
            elif concept == "egalitarian":
                assert min(lottery) >= min(deal)
            assert sum(exact.lottery(concept, first, second).values()) == 1
