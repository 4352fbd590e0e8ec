import numpy as np
import pytest

from comity.assistance.games import catalogue_game
from comity.assistance.people import check_procedure, demonstrating, explained
from comity.core import InputError

pytest.importorskip("jax")


@pytest.fixture(scope="module")
def game():
    return catalogue_game("chef-world", recipes=2, discount=0.9)


def test_planning_is_a_person_who_acts_alone(game):
    """Two programs that share nothing: explanations in JAX, and value iteration."""
    from comity.inference import explain

    found = explained(
        game, explain("own-payoff", "planning"), {"sensitivity": 4.0, "discount": 0.9}
    )
    check_procedure(found, game)
    assert found.table == pytest.approx(demonstrating(game, 4.0).table, abs=1e-6)


def test_a_member_brings_its_parameters(game):
    from comity.inference import Member, explain

    member = Member(explain("own-payoff", "lookahead-1"), {"sensitivity": 2.0}, "sees one step")
    found = explained(game, member)
    assert found.name == "sees one step"
    assert found.at(0, game.start) == pytest.approx(0.25)
    with pytest.raises(InputError, match="its own parameters"):
        explained(game, member, {"sensitivity": 1.0})


def test_parameters_must_be_stated(game):
    from comity.inference import explain

    with pytest.raises(InputError, match=r"not stated.*discount"):
        explained(game, explain("own-payoff", "planning"), {"sensitivity": 1.0})


def test_what_is_not_allowed_is_never_done():
    from comity.inference import explain

    game = catalogue_game("off-switch")
    found = explained(
        game, explain("own-payoff", "planning"), {"sensitivity": 1.0, "discount": 0.9},
        assistant=np.tile([0.0, 0, 0, 1.0], (3, 1)) * game.assistant_allowed
        + np.array([[0, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]]),
    )  # fmt: skip
    check_procedure(found, game)
    worth = np.array([-2, -1, 0.5, 1.5])
    acts = found.at(1, game.state("deferred"))[:, 1]
    assert acts == pytest.approx(1 / (1 + np.exp(-worth)), abs=1e-6)


def test_answers_are_honest():
    from comity.inference import explain

    game = catalogue_game("wormy-apples")
    found = explained(
        game, explain("own-payoff", "planning"), {"sensitivity": 30.0, "discount": 0.99}
    )
    table = found.at(2, game.state("wormy apples, asked"))
    for goal, word in enumerate(("say compost", "say trash")):
        assert table[goal, game.person_actions.index(word)] == pytest.approx(1, abs=1e-6)
