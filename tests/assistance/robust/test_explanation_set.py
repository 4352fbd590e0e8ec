import pytest

from comity.assistance.games import catalogue_game
from comity.assistance.people import demonstrating
from comity.assistance.robust import standing_people, wrong_model
from comity.core import InputError

pytest.importorskip("jax")


@pytest.fixture(scope="module")
def members():
    from comity.inference import Member, explain

    return [
        Member(explain("own-payoff", "planning"), {"sensitivity": 6.0, "discount": 0.95}),
        Member(explain("own-payoff", "lookahead-1"), {"sensitivity": 6.0}),
    ]


@pytest.fixture(scope="module")
def game():
    return catalogue_game("chef-world", recipes=2, horizon=3)


def survivors(*standing):
    from comity.inference import ConfidenceSet
    from comity.inference.identification.confidence_set import Survivor

    names = ("own-payoff x planning", "own-payoff x lookahead-1")
    rows = tuple(Survivor(name, name in standing, 0.0, 0.0) for name in names)
    return ConfidenceSet(0.9, "split likelihood ratios", rows, 50)


def test_the_set_becomes_people_and_regret_is_over_all(game, members):
    people = standing_people(game, members)
    assert list(people) == ["own-payoff x planning", "own-payoff x lookahead-1"]
    assert people["own-payoff x planning"].table == pytest.approx(
        demonstrating(game, 6.0).table, abs=1e-6
    )
    found = wrong_model(game, people)
    assert found.regret.shape == (2, 2)
    assert found.safest.value <= found.choice_regret + 1e-9


def test_what_fell_is_left_out(game, members):
    people = standing_people(game, members, survivors("own-payoff x lookahead-1"))
    assert list(people) == ["own-payoff x lookahead-1"]
    with pytest.raises(InputError, match="none of these"):
        standing_people(game, members, survivors())


def test_names_are_told_apart(game, members):
    with pytest.raises(InputError, match="names"):
        standing_people(game, [members[0], members[0]])
