"""Issues and limits on deals."""

import numpy as np
import pytest

from comity.core.errors import InputError, SizeError
from comity.games import Constraint, Issue


@pytest.mark.parametrize(
    ("low", "high", "step", "options"),
    [(0, 3, 1, "0 1 2 3"), (-2, 2, 2, "-2 0 2"), (1, 6, 4, "1 5"), (5, 5, 1, "5")],
)
def test_ranges(low, high, step, options):
    assert Issue.integers("x", low, high, step).options == tuple(options.split())


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (lambda: Issue("x", ()), InputError, r"issues\.x: an issue has no options"),
        (lambda: Issue("x", ("a", "a")), InputError, r"issues\.x\.options\[1\].*twice"),
        (lambda: Issue.integers("x", 1, 0), InputError, "range is empty"),
        (lambda: Issue.integers("x", 0, 1, 0), InputError, "range is empty"),
        (lambda: Issue.integers("x", 0, 10**9), SizeError, "1,000,000,001 cells"),
        (lambda: Constraint([1, np.nan], 1), InputError, r"coefficients\[1\]: not finite"),
        (lambda: Constraint([1], np.inf), InputError, "limit: not finite"),
        (lambda: Constraint(["much"], 1, "cap"), InputError, "constraint 'cap': not numbers"),
    ],
)
def test_bad_issues_and_limits(make, kind, words):
    with pytest.raises(kind, match=words):
        make()


def test_limit_allows_rounding_but_no_more():
    limit = Constraint([0.1, 0.2, 1000.0], 0.3)
    assert limit.kept(0.1 + 0.2)
    assert not limit.kept(0.3 + 1e-5)
    assert limit.kept(np.array([0.2, 0.4])).tolist() == [True, False]
