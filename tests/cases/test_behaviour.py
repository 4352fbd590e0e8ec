"""Past behaviour in a Case file: read, refused, and written back to the same words."""

import pytest

from comity.cases import Question, dumps, loads
from comity.core.errors import InputError

CASE = """
title = "A last offer"
[frame.actions]
Proposer = ["take all", "share"]
Responder = ["accept", "refuse"]
[models.Proposer.tastes]
Proposer = { payoffs = [[1, 0], [0.5, 0]] }
Responder = { payoffs = [[0, 0], [0.5, 0]] }
[models.Responder.tastes]
Proposer = { payoffs = [[1, 0], [0.5, 0]] }
Responder = { payoffs = [[0, 0], [0.5, 0]] }
[behaviour]
kind = "ultimatum"
about = "Responder"
moves = "after"
columns = { offer = "propose" }
options = { total = 100 }
explanations = ["commitment x logit"]
history = { continues = 0, resists = { refuse = 1 } }
level = 0.95
[[behaviour.questions]]
name = "ten, once and for all"
options = ["accept", "refuse"]
payoffs = [[0.1, 0.9], [0, 0]]
history = { continues = 0 }
cost = 2
[[behaviour.situations]]
name = "after all is taken"
after = "take all"
options = ["accept", "refuse"]
payoffs = [[0, 0], [0, 1]]
delays = [0, 7]
[[behaviour.situations]]
name = "after sharing"
after = "share"
options = ["accept", "refuse"]
payoffs = [[0.5, 0], [0, 1]]
"""


def test_reading():
    behaviour = loads(CASE).behaviour
    assert (behaviour.kind, behaviour.about, behaviour.moves) == ("ultimatum", "Responder", "after")
    assert behaviour.history == {"continues": 0.0, "resists": {"refuse": 1.0}}
    assert behaviour.questions == (
        Question(
            "ten, once and for all",
            ("accept", "refuse"),
            ((0.1, 0.9), (0.0, 0.0)),
            history={"continues": 0.0},
            cost=2.0,
        ),
    )


def test_situations_stand_in_for_the_payoffs():
    taken, shared = loads(CASE).behaviour.situations
    assert (taken.after, taken.delays, shared.delays) == ("take all", (0.0, 7.0), ())


@pytest.mark.parametrize("form", ["toml", "json"])
def test_round_trip(form):
    case = loads(CASE)
    assert loads(dumps(case, form)).behaviour == case.behaviour


def test_no_behaviour_is_none():
    assert loads(CASE[: CASE.index("[behaviour]")]).behaviour is None


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('about = "Responder"', 'about = "Nobody"', "behaviour.about"),
        ('moves = "after"', 'moves = "later"', "behaviour.moves"),
        ("level = 0.95", "level = 1.5", "behaviour.level"),
        ("[[0.1, 0.9], [0, 0]]", "[[0.1, 0.9]]", "behaviour.questions.0.payoffs"),
        ("[[0.1, 0.9], [0, 0]]", "[[0.1, 0.9], [0]]", "behaviour.questions.0.payoffs"),
        ("cost = 2", "cost = 0", "behaviour.questions.0.cost"),
        ('after = "share"', 'after = "take all"', "behaviour.situations"),
        ("delays = [0, 7]", "delays = [7]", "behaviour.situations.0.delays"),
        ('kind = "ultimatum"', 'knd = "ultimatum"', "behaviour"),
    ],
)
def test_what_is_wrong_is_placed(old, new, place):
    with pytest.raises(InputError, match=place.replace(".", r"\.")):
        loads(CASE.replace(old, new))
