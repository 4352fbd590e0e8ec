import numpy as np
import pytest

from comity.assistance.people import check_procedure
from comity.assistance.principals import Principal, share
from comity.core import InputError
from sharing import evening


def test_joint_goals_and_moves():
    shared = evening()
    assert shared.game.goals == ("jazz / jazz", "jazz / rock", "rock / jazz", "rock / rock")
    assert shared.game.prior == pytest.approx([0.14, 0.56, 0.06, 0.24])
    assert shared.game.person_actions == (
        "jazz + jazz",
        "jazz + rock",
        "rock + jazz",
        "rock + rock",
    )
    assert shared.own_goals.tolist() == [[0, 0, 1, 1], [0, 1, 0, 1]]
    assert shared.rewards[0, 0, 0, 0].tolist() == pytest.approx([0.2, 1.2, 0.2])
    assert shared.effects[0, 0, 0].tolist() == [0, 0, -1]


def test_each_acts_on_its_own():
    shared = evening()
    check_procedure(shared.person, shared.game)
    table = shared.person.at(0, 0)  # Ana's own worth differs by 0.2, Bo's by 0.4.
    ana, bo = 1 / (1 + np.exp(-4 * 0.2)), 1 / (1 + np.exp(-4 * 0.4))
    expected = [ana * bo, ana * (1 - bo), (1 - ana) * bo, (1 - ana) * (1 - bo)]
    assert table[0] == pytest.approx(expected)


def test_own_games_average_over_the_others():
    shared = evening()
    ana = shared.own_games[0]
    assert ana.goals == ("jazz", "rock")
    assert ana.chances.sum(axis=-1) == pytest.approx(1)
    assert ana.rewards[0, 0] == pytest.approx(shared.rewards[0, 0, 0].reshape(2, 2, 3).mean(axis=1))


def test_menus_of_states_are_kept():
    shared = share(
        ["a", "b"],
        ["wait", "go"],
        {
            "Ana": Principal(("wait", "call"), {"x": 0.5, "y": 0.5}, lambda g, s, m, a: a == "go",
                             may=lambda s: ["wait"] if s == "a" else ["wait", "call"]),
            "Bo": Principal(("wait", "sing"), {"z": 1.0}, lambda g, s, m, a: m[1] == "sing"),
        },
        lambda s, m, a: "b",
        start="a",
        horizon=2,
    )  # fmt: skip
    assert shared.game.person_allowed[0].tolist() == [True, True, False, False]
    check_procedure(shared.person, shared.game)
    assert shared.own_games[0].person_allowed.tolist() == [[True, False], [True, True]]


def test_norms_must_leave_something():
    shared = evening()
    with pytest.raises(InputError, match="norms forbid everything"):
        shared.forbidding(np.ones((1, 3), bool), "silence")
    with pytest.raises(InputError, match="no principal"):
        share(["a"], ["wait"], {}, lambda s, m, a: "a", start="a", horizon=1)
