"""The best acceptable lottery, against a linear program over all outcomes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from comity.agreement.acceptable import best_acceptable, each_by_its_own, floors
from comity.agreement.settle import Table
from comity.cases import AcceptanceRule, Constitution
from comity.games import Issue, Lottery, Negotiation, NormalForm


def by_listing(points, player, limits):
    """Return the best expected payoff over all lotteries above the floors, or None."""
    others = [j for j in range(points.shape[1]) if np.isfinite(limits[j])]
    found = linprog(
        -points[:, player],
        A_ub=-points[:, others].T,
        b_ub=-limits[others],
        A_eq=np.ones((1, len(points))),
        b_eq=[1],
    )
    return -found.fun if found.status == 0 else None


@given(st.integers(0, 2**32), st.sampled_from([2, 3]))
def test_bound_by_listing_all_outcomes(seed, n):
    rng = np.random.default_rng(seed)
    game = NormalForm.from_payoffs(rng.normal(size=(n, *[2 + n % 2] * n)))
    limits = rng.normal(size=n) * 0.5
    limits[0] = -np.inf
    expected = by_listing(game.payoff_points(), 0, limits)
    found = best_acceptable(game, 0, limits)
    if expected is None:
        assert found.value < game.payoff_points()[:, 0].max() + 1e-9
    else:
        assert found.value == pytest.approx(expected, abs=1e-7)
        assert found.value >= expected - 1e-8


def test_nothing_restrains():
    game = NormalForm.from_payoffs([[[1, 4]], [[3, -9]]])
    assert best_acceptable(game, 0, np.array([-np.inf, -np.inf])).value == 4


def test_huge_domains_need_no_listing(rng):
    issues = [Issue(f"issue {k}", tuple(map(str, range(10)))) for k in range(20)]
    values = {name: {issue.name: rng.random(10) for issue in issues} for name in ("A", "B")}
    game = Negotiation.additive(("A", "B"), issues, values)
    limits = np.array([-np.inf, 12.0])
    found = best_acceptable(game, 0, limits)
    top = game.best_plan([1, 0]).value
    assert 0 < found.value < top
    # At the dual prices no lottery is worth more: a Lagrangian bound at any price is no lower.
    for price in np.linspace(0.05, 5, 50):
        assert found.value <= game.best_plan([1, price]).upper_bound - price * 12.0 + 1e-9


def test_own_models_side_by_side(rng):
    tables = rng.normal(size=(2, 2, 3, 3))
    models = {name: NormalForm.from_payoffs(t, "AB") for name, t in zip("AB", tables, strict=True)}
    both = each_by_its_own(models)
    play = Lottery.uniform([(0, 1), (2, 2)])
    assert both.payoffs(play)[0] == pytest.approx(models["A"].payoffs(play)[0])
    assert both.payoffs(play)[1] == pytest.approx(models["B"].payoffs(play)[1])


def negotiation(row_a, row_b, reservation=(0.5, 1.5)):
    issue = Issue("deal", ("x", "y"))
    return Negotiation.tabulated(
        ("A", "B"), [issue], np.array([row_a, row_b]), reservation=reservation
    )


def table(*acceptance, **changes):
    models = {"A": negotiation([0, 2], [2, 0]), "B": negotiation([0, 3], [4, 1])}
    constitution = Constitution(
        acceptance=acceptance, disagreement="no-deal", default="no-deal", **changes
    )
    return Table.seat(models, constitution)


def test_floors_follow_the_rules():
    gain = floors(table(AcceptanceRule("gain", tolerance=0.25), tastes="mean"), "A")
    assert gain[0] == -np.inf
    assert gain[1] == pytest.approx(1.25, abs=1e-6)
    assert floors(table(tastes="mean"), "A")[1] == -np.inf
    distance = AcceptanceRule("public", "raw", 0.1)
    assert floors(table(distance, tastes="mean"), "A")[1] == -np.inf


def test_own_tastes_secure_no_deal_without_any_rule():
    assert floors(table(), "A")[1] == pytest.approx(1.5, abs=1e-6)


def test_negotiations_keep_each_own_row():
    both = each_by_its_own(table().models)
    assert both.payoff_points().tolist() == [[0, 4], [2, 1]]
    assert both.reservation.tolist() == [0.5, 1.5]
