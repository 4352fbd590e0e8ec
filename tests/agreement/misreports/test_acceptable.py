"""The best acceptable lottery, against a linear program over all outcomes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from comity.agreement.misreports.acceptable import best_acceptable, each_by_its_own, floors
from comity.agreement.misreports.misreport import (
    honest_value,
    lie_value,
    misreport_bound,
    scenarios,
)
from comity.agreement.settle import Table
from comity.cases import AcceptanceRule, Case, Constitution, Party, Talk
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


def facts_and_tastes(rng, n, discount=None):
    """Views of one truth that differ in a fact, with tastes of their owners."""
    names = tuple("ABC"[:n])
    if discount is None:
        frame = {"players": names, "actions": (("x", "y"),) * n}
        cells, kind = 2**n, NormalForm
    else:
        issue = Issue("deal", tuple("uvwxyz"))
        frame = {"players": names, "issues": (issue,), "form": "tabulated"}
        frame |= {"reservation": np.full(n, -0.3), "discount": np.full(n, discount)}
        cells, kind = 6, Negotiation
    shared = {
        "prior": np.ones(1),
        "quantities": ("q",),
        "weights": rng.normal(size=(n, 1)),
        "tastes": rng.normal(size=(n, 1, cells)),
    }
    truth = rng.normal(size=(1, 1, cells))
    seen = [truth + 0.3 * rng.normal(size=truth.shape) for _ in names]
    if discount is None:
        frame["states"] = ("always",)
    return [kind(**frame, **shared, facts=facts) for facts in seen]


def random_lies(model, party, rng, count):
    """Facts and tastes bent a little and a lot, and tastes in units of which nobody is asked."""
    for _ in range(count):
        size = 10.0 ** rng.uniform(-1, 1.5)
        report = model.replace(
            "facts", model.facts.ravel() + size * rng.normal(size=model.facts.size)
        )
        own = model.blocks()[f"tastes[{party}]"].values
        bent = own + 3 * rng.normal(size=own.shape)
        yield report
        yield report.replace(f"tastes[{party}]", bent)
        yield report.replace(f"tastes[{party}]", 1e6 * bent)


TALKS = [
    Talk(),
    Talk(rounds=1, revise=0.9),
    Talk(rounds=2, revise=0.4, tolerance_step=0.1),
    Talk(rounds=1, tolerance_step=0.2),
]
JUDGES = [
    (AcceptanceRule("public", "decision", 0.1),),
    (AcceptanceRule("private", "decision", 0.1),),
    (AcceptanceRule("gain", tolerance=0.05), AcceptanceRule("public", "raw", 1.0)),
    (AcceptanceRule("gain"), AcceptanceRule("public", "decision", 0.1)),
]


@pytest.mark.parametrize("judges", JUDGES)
@pytest.mark.parametrize("talk", TALKS)
@pytest.mark.parametrize(("n", "discount"), [(2, None), (3, None), (2, 0.8), (3, 0.95)])
def test_no_lie_beats_the_bound(judges, talk, n, discount):
    """Also where talk draws the judge's report to the liar's, and whatever the liar's units."""
    rng = np.random.default_rng([n, talk.rounds, len(judges)])
    point = "maximin" if discount is None else "no-deal"
    rules = Constitution(acceptance=judges, disagreement=point, default=point, talk=talk)
    for _ in range(2):
        models = facts_and_tastes(rng, n, discount)
        parties = tuple(Party(p, m) for p, m in zip("ABC", models, strict=False))
        case = Case("lies", parties, rules)
        told = scenarios(case, "A")
        honest, bound = honest_value("A", told), misreport_bound(case, "A").value
        for report in random_lies(models[0], "A", rng, 4):
            assert lie_value("A", report, told) - honest <= bound + 1e-6


def test_talk_that_moves_reports_takes_a_public_floor_away():
    models = dict(zip("AB", facts_and_tastes(np.random.default_rng(0), 2), strict=True))
    for kind, talk, kept in [
        ("public", Talk(), True),
        ("public", Talk(rounds=1, revise=0.5), False),
        ("public", Talk(rounds=1, tolerance_step=0.5), True),
        ("private", Talk(rounds=1, revise=0.5), True),
    ]:
        judges = (AcceptanceRule(kind, "decision", 0.1),)
        limits = floors(Table.seat(models, Constitution(acceptance=judges, talk=talk)), "A")
        assert np.isfinite(limits[1]) == kept
