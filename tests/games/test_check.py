"""The report of `check_game`, on every game of the catalogue and on games of every size."""

import json

import numpy as np
import pytest

from comity.games import Constraint, Issue, Negotiation, check_game
from comity.games.catalogue import ENTRIES

from .conftest import full_game, full_negotiation


@pytest.mark.parametrize("name", ENTRIES)
def test_the_catalogue_keeps_the_protocol(name):
    report = check_game(ENTRIES[name].make())
    assert report.ok, str(report)
    assert {check.status for check in report.checks} == {"passed"}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    "make", [full_game, full_negotiation, lambda rng: full_negotiation(rng, constrained=False)]
)
def test_games_with_everything_keep_it(make, seed):
    report = check_game(make(np.random.default_rng(seed)), rng=seed)
    assert report.ok, str(report)


def huge(constraints=()):
    rng = np.random.default_rng(1)
    issues = [Issue.integers(f"i{j}", 0, 9) for j in range(20)]
    values = {p: {i.name: rng.normal(size=10) for i in issues} for p in ("Ana", "Bo")}
    return Negotiation.additive(["Ana", "Bo"], issues, values, constraints=constraints)


def test_what_cannot_be_listed_is_skipped_with_the_reason():
    report = check_game(huge())
    assert report.ok, str(report)
    (skipped,) = [check for check in report.checks if check.status == "skipped"]
    assert skipped.name == "payoff points are the payoffs of their outcomes"


@pytest.mark.slow
def test_constrained_games_that_cannot_be_listed():
    limit = Constraint(np.tile(np.arange(10.0), 20), 60)
    report = check_game(huge([limit]))
    assert report.ok, str(report)


def test_same_seed_same_report():
    game = huge()
    assert check_game(game, rng=5) == check_game(game, rng=5)


def test_the_report_reads_well():
    report = check_game(ENTRIES["chicken"].make())
    assert str(report).splitlines()[:2] == [
        "NormalForm: ok",
        "passed  has every member of the protocol",
    ]
    assert json.dumps(report.to_dict())
    assert report.faults == ()


def test_something_else_is_no_game():
    report = check_game("a game")
    assert not report.ok
    assert "missing: best_plan, best_reply" in report.faults[0].detail
