"""What goes over the wire comes back as it was."""

import dataclasses
import json

import numpy as np
import pytest

from agreement_situations import chicken, full_game, random_game, random_negotiation
from comity.agreement.transcripts.wire import (
    constitution_from_dict,
    constitution_to_dict,
    empty_game,
    evidence_from_list,
    evidence_to_list,
    report_from_dict,
    report_to_dict,
)
from comity.cases import AcceptanceRule, Constitution, Evidence, Talk
from comity.core.errors import InputError
from comity.games import Constraint, Issue, Negotiation


def games():
    rng = np.random.default_rng(4)
    additive = random_negotiation(rng, (3, 4), reservation=rng.random(2))
    return {
        "full": full_game(rng, players=3),
        "plain": random_game(rng, block="tastes"),
        "additive": dataclasses.replace(
            additive,
            discount=np.array([0.5, 0.7]),
            constraints=(Constraint(np.arange(7.0), 5.0, "a limit"),),
        ),
        "table": Negotiation.tabulated(
            ["A", "B"], [Issue("x", ("1", "2"))], rng.random((2, 2)), reservation=0.1
        ),
    }


@pytest.mark.parametrize("name", games())
def test_reports_return_exactly(name):
    game = games()[name]
    wire = json.loads(json.dumps([game.frame(), report_to_dict(game)]))
    back = report_from_dict(*wire)
    assert back.frame() == game.frame()
    assert np.array_equal(back.payoff_points(), game.payoff_points())
    for block, found in game.blocks().items():
        assert np.array_equal(back.blocks()[block].values, found.values)
    if isinstance(game, Negotiation):
        assert np.array_equal(back.discount, game.discount)


@pytest.mark.parametrize("name", games())
def test_an_empty_game_is_worth_nothing(name):
    game = empty_game(games()[name].frame())
    assert not game.payoff_points().any()


def test_constitutions_return_exactly():
    rules = Constitution(
        precision={"A": 1.5},
        acceptance=(AcceptanceRule("public", "affine", 0.2), AcceptanceRule("gain")),
        solution=("nash", "egalitarian"),
        acceptable={"A": ("nash",)},
        policy={"A": "C"},
        talk=Talk(2, 0.1, 0.5, True),
    )
    assert constitution_from_dict(json.loads(json.dumps(constitution_to_dict(rules)))) == rules


def test_evidence_returns_exactly():
    items = (Evidence("fish", np.array([0.1, 0.2]), sd=0.3, cell="C, D", source="a survey"),)
    (back,) = evidence_from_list(json.loads(json.dumps(evidence_to_list(items))))
    assert np.array_equal(back.values, items[0].values)
    assert dataclasses.replace(back, values=None) == dataclasses.replace(items[0], values=None)


FRAME, REPORT = chicken().frame(), report_to_dict(chicken())


@pytest.mark.parametrize(
    ("frame", "report", "message"),
    [
        ({**FRAME, "kind": "sport"}, REPORT, "unknown kind of frame"),
        ({**FRAME, "players": None}, REPORT, "players"),
        (FRAME, {}, "blocks"),
        (FRAME, {"blocks": {"facts": [1.0]}}, "blocks do not fit"),
        (FRAME, {"blocks": {**REPORT["blocks"], "tastes[A]": [1.0]}}, "tastes"),
        (FRAME, {"blocks": {**REPORT["blocks"], "tastes[A]": [1, 2, 3, None]}}, "tastes"),
    ],
)
def test_bad_data(frame, report, message):
    with pytest.raises(InputError, match=message):
        report_from_dict(frame, report)


def test_a_negotiator_must_state_its_patience(rng):
    game = random_negotiation(rng)
    with pytest.raises(InputError, match="discount"):
        report_from_dict(game.frame(), {"blocks": report_to_dict(game)["blocks"]})
