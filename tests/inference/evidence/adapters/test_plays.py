"""Play of any game: the same decisions whether a row holds one decision or a whole play."""

import itertools

import numpy as np
import pandas as pd
import pytest

from comity.core.errors import InputError
from comity.games import Issue, Negotiation, NormalForm
from comity.inference.evidence.adapters import plays

ACTIONS = (("up", "down"), ("left", "middle", "right"), ("in", "out"))
PLAYERS = ("A", "B", "C")
PAYOFFS = np.arange(36).reshape(3, 2, 3, 2)
GAME = NormalForm.from_payoffs(PAYOFFS, PLAYERS, ACTIONS)
COLUMNS = {"A": "a", "B": "b", "C": "c"}


def all_plays():
    return pd.DataFrame(list(itertools.product(*ACTIONS)), columns=["a", "b", "c"])


def by_decision(rows):
    listed = [
        {"person": f"{player}{k}", "player": player, "action": row[column], "play": k}
        for k, row in rows.iterrows()
        for player, column in COLUMNS.items()
    ]
    return pd.DataFrame(listed)


def paid(evidence):
    """Who gets what in each play, by the situation, the choice and the contingency."""
    return sorted(
        (evidence.people[p], *evidence.situations[s].payoffs[c, o])
        for p, s, c, o in zip(
            evidence.person, evidence.situation, evidence.choice, evidence.others, strict=True
        )
    )


def test_payoffs_are_those_of_the_profile_that_was_played():
    rows = all_plays()
    expected = []
    for k, row in rows.iterrows():
        profile = tuple(ACTIONS[i].index(row[c]) for i, c in enumerate("abc"))
        pay = PAYOFFS[(slice(None), *profile)]
        for i, player in enumerate(PLAYERS):
            others = [pay[j] for j in range(3) if j != i]
            expected.append((f"{player}{k}", pay[i], *others))
    names = {c: [f"{p}{k}" for k in range(len(rows))] for p, c in COLUMNS.items()}
    wide = rows.assign(**{f"who_{c}": names[c] for c in "abc"})
    people = {player: f"who_{column}" for player, column in COLUMNS.items()}
    assert paid(plays(wide, game=GAME, actions=COLUMNS, people=people)) == sorted(expected)
    assert paid(plays(by_decision(rows), game=GAME)) == sorted(expected)


def test_players_are_people_where_nobody_else_is_named():
    evidence = plays(all_plays(), game=GAME, actions=COLUMNS)
    assert evidence.people == PLAYERS
    assert [s.options for s in evidence.situations] == list(ACTIONS)
    assert evidence.games == PLAYERS


def test_what_is_not_known_of_the_others():
    rows = by_decision(all_plays()).drop(columns="play")
    assert set(plays(rows, game=GAME).others.tolist()) == {-1}
    some = by_decision(all_plays()).drop(index=0)
    assert sorted(plays(some, game=GAME).others.tolist())[:3] == [-1, -1, 0]
    one = plays(all_plays(), game=GAME, actions={"A": "a"}, people={"A": "b"})
    assert one.people == ACTIONS[1]
    assert set(one.others.tolist()) == {-1}


def test_history_and_beliefs_become_features():
    rows = all_plays().assign(mood=range(12), hope=1.5)
    evidence = plays(rows, game=GAME, actions={"A": "a"}, history=["mood"], beliefs=["hope"])
    assert [s.history["mood"].item() for s in evidence.situations] == list(range(12))
    assert {s.beliefs["hope"].item() for s in evidence.situations} == {1.5}


def test_outcomes_of_a_negotiation():
    values = {"Ana": {"fish": [1, 2]}, "Bo": {"fish": [4, 3]}}
    game = Negotiation.additive(["Ana", "Bo"], [Issue("fish", ("all", "half"))], values)
    names = [game.describe(game.outcome(k)) for k in range(2)]
    rows = pd.DataFrame({"person": ["a", "b"], "player": ["Ana", "Bo"], "action": names})
    evidence = plays(rows, game=game)
    assert evidence.choice.tolist() == [0, 1]
    assert evidence.situations[1].payoffs[:, 0].tolist() == [[4, 1], [3, 2]]
    with pytest.raises(InputError, match="one play a row is for games in normal form"):
        plays(rows, game=game, actions={"Ana": "action"})


def test_rows_that_cannot_be_used():
    rows = by_decision(all_plays()[:2]).assign(
        player=["A", "D", "C", None, "B", "C"], action=["up", "left", "left", "up", None, "out"]
    )
    assert [str(fault) for fault in plays(rows, game=GAME).faults] == [
        "row 1: impossible: player: found 'D'; expected a, b, c",
        "row 2: impossible: action: found 'left'; expected in, out",
        "row 3: missing: player: found nothing; expected a, b, c",
        "row 4: missing: action: found nothing; expected left, middle, right",
    ]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "game: no game .*NoneType"),
        ({"game": GAME, "actions": {"Z": "a"}}, "actions: no such player .*A, B, C"),
        ({"game": GAME, "actions": {"A": "z"}}, r"actions\.A: no such column .*a, b, c"),
        ({"game": GAME, "actions": COLUMNS, "people": {"A": "z"}}, r"people\.A: no such column"),
        ({"game": GAME, "actions": COLUMNS, "history": ["z"]}, "history: no such column"),
        ({"game": GAME}, "no column for 'person'"),
    ],
)
def test_tables_that_cannot_be_read(given, words):
    with pytest.raises(InputError, match=words):
        plays(all_plays(), **given)
