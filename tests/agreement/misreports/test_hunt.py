"""The search climbs, keeps to its tries, and leaves no share of the best that pays more."""

import numpy as np
import pytest

from comity.agreement.misreports.bends import bends_to, turned
from comity.agreement.misreports.hunt import Hunt
from comity.agreement.misreports.lies import moves
from comity.cases import Constitution
from comity.games import NormalForm

TRUTH = NormalForm.from_payoffs([[[1.0, 2.0], [3.0, 4.0]], [[4.0, 3.0], [2.0, 1.0]]], "AB")
STEPS = moves(TRUTH, "A", Constitution())
SHARES = (0.25, 0.5, 2.0, 4.0)


def entry(report):
    return float(report.table[0, 0, 1])


def test_a_climb_finds_the_top_of_a_hill():
    hunt = Hunt(TRUTH, lambda report: -((entry(report) - 2.7) ** 2), 2000)
    hunt.climb_from_best(STEPS)
    assert entry(hunt.best) == pytest.approx(2.7, abs=5e-3)


def test_tries_are_kept_to():
    hunt = Hunt(TRUTH, entry, 30)
    hunt.sweep(STEPS)
    hunt.climb_from_best(STEPS)
    hunt.restart(STEPS)
    assert hunt.tried == 30
    assert hunt.left == 0


def test_no_share_of_the_best_pays_more():
    """The top lies 20 times as far as the lie that was found."""
    hunt = Hunt(TRUTH, lambda report: -abs(entry(report) - 22), 2)
    first = next(s for s in STEPS if s.indices.tolist() == [1])(TRUTH, 1.0 / 3)
    hunt.run_through([first])
    hunt.stretch(SHARES)
    bends = bends_to(TRUTH, hunt.best)
    worths = [hunt.worth(turned(TRUTH, bends, share)) for share in SHARES]
    assert max(worths) <= hunt.best_value
    assert hunt.best_value >= -4


def test_a_lie_that_pays_ever_more_ends():
    hunt = Hunt(TRUTH, entry)
    hunt.run_through([STEPS[0](TRUTH, 1.0)])
    hunt.stretch(SHARES)
    assert np.isfinite(hunt.best_value)


def test_what_pays_the_same_is_no_better():
    hunt = Hunt(TRUTH, lambda report: 1.0, 50)
    hunt.sweep(STEPS)
    assert hunt.best is TRUTH
