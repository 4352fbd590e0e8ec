"""comity's machinery on every pair of reports, against exact fractions from independent loops."""

from pathlib import Path
from types import SimpleNamespace

import casino_exact
import casino_tables
import numpy as np
import pytest
from casino_rules import (
    NASH,
    RULES,
    UTILITARIAN,
    WIDER,
    enumeration,
    figures,
    model,
    opposed,
    wider_figures,
    worth,
)

PAGE = Path(__file__).parents[2] / "docs" / "results" / "casino.md"


@pytest.fixture(scope="module")
def settled():
    return {rule: enumeration(rule) for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_gives_the_exact_figures(settled, rule):
    found = figures(settled[rule])
    exact = casino_exact.figures(rule.concept, rule.lotteries, rule.tie_break)
    shown = (found.honest, found.interim, found.ex_post)
    assert shown == pytest.approx([float(x) for x in exact], abs=1e-8)


def test_honesty_is_the_interim_best_reply_of_everyone_under_nash(settled):
    for player in (0, 1):
        assert settled[NASH].interim_gain(player) == pytest.approx(0, abs=1e-12)
    assert figures(settled[NASH]).honest == pytest.approx(119 / 6)
    assert figures(settled[NASH]).ex_post == pytest.approx(20.5)


def test_uniform_ties_treat_both_roles_alike(settled):
    for rule in RULES:
        points = worth(settled[rule])
        alike = np.allclose(points[0], points[1], atol=1e-6)
        assert alike == (rule.tie_break == "uniform"), rule.name


def test_lies_pay_only_against_the_opposed_and_the_sure(settled):
    only, threshold = opposed(worth(settled[NASH]))
    assert only
    assert threshold == pytest.approx(0.375)
    assert not opposed(worth(settled[UTILITARIAN]))[0]


def test_threshold_by_a_fine_grid(settled):
    """Beliefs with chance q on one ranking and the rest on the other five equally."""
    points = worth(settled[NASH])[0, 0]
    pays = []
    for q in np.linspace(0.37, 0.38, 11):
        beliefs = np.full((6, 6), (1 - q) / 5) + np.eye(6) * (q - (1 - q) / 5)
        expected = points @ beliefs.T
        pays.append((expected.max(axis=0) > expected[0] + 1e-9).any())
    assert pays == [False] * 6 + [True] * 5


def test_a_model_values_packages_by_rank():
    game = model(0, own=0, guess=5)
    assert game.payoff_points().max(axis=0).tolist() == [36, 36]
    assert game.payoffs(_all_to_first()).tolist() == [36, 0]
    assert game.reservation.tolist() == [5, 5]


def _all_to_first():
    from comity.games import Lottery

    return Lottery.pure((3, 3, 3))


@pytest.mark.parametrize("concept", ["nash", "egalitarian", "utilitarian"])
def test_claims_beyond_a_ranking_never_hurt_the_liar(concept):
    plain, *more = (wider_figures(claims, concept) for claims in WIDER)
    for found in more:
        assert found.honest == pytest.approx(plain.honest)
        assert found.interim >= plain.interim - 1e-9
        assert found.ex_post >= plain.ex_post - 1e-9


def test_ties_break_honesty():
    """Known figures of the claims: any of 3, 4 and 5 for each issue; a free walk-away."""
    assert wider_figures(WIDER[1], "nash").interim == pytest.approx(21.5)
    assert wider_figures(WIDER[2], "nash").interim == pytest.approx(20.0)
    assert wider_figures(WIDER[3], "nash").interim == pytest.approx(22.68333333)


def test_the_page_shows_what_the_machinery_gives(settled):
    study = SimpleNamespace(figures={rule: figures(found) for rule, found in settled.items()})
    points = {rule: worth(found) for rule, found in settled.items()}
    page = PAGE.read_text(encoding="utf-8")
    assert casino_tables.exact_table(study) in page
    assert casino_tables.wider_table() in page
    assert casino_tables.audit_rates_table(SimpleNamespace(points=points)) in page
