from dataclasses import dataclass, field
from itertools import product

import numpy as np
import pytest

from comity.core import InputError
from comity.learning.crossplay.cross_play import cross_play, known_optimum
from comity.learning.environments.make import make
from comity.learning.partners.catalogue import partner
from comity.learning.policies.playing import play
from lever_players import Puller

LEVER = make("lever")


def test_the_matrix_is_that_of_the_payoffs():
    levers = [0, 4, 4, 9]
    found = cross_play([Puller(k) for k in levers], [Puller(9)], environment=LEVER, games=3)
    pays = [1.0] * 9 + [0.9]
    expected = [[pays[a] if a == b else 0.0 for b in [*levers, 9]] for a in levers]
    assert found.matrix == pytest.approx(np.array(expected))
    group = found.groups[0]
    assert group.self_play.value == pytest.approx(3.9 / 4)
    assert group.cross_play.value == pytest.approx(2 / 12)
    assert group.gap.value == pytest.approx(3.9 / 4 - 2 / 12)
    assert group.regret.value == pytest.approx(1 - 2 / 12)
    assert group.met[0].score.value == pytest.approx(0.9 / 4)
    assert group.cross_play.low < group.cross_play.value < group.cross_play.high


def test_groups_are_kept_apart():
    groups = {"breaks": [Puller(0), Puller(1)], "keeps": [Puller(9), Puller(9)]}
    found = cross_play(groups, [Puller(9, "odd", "program")], environment=LEVER, games=2)
    assert found.group("breaks").cross_play.value == 0.0
    assert found.group("keeps").cross_play.value == pytest.approx(0.9)
    assert found.group("keeps").worst.partner == "odd"
    assert found.kinds == ("learned",) * 4 + ("program",)


def test_games_with_itself_are_counted_once():
    """Both seats of such a game are paid alike: a second look at it tells nothing new."""
    found = cross_play([partner("random", LEVER)], environment=LEVER, games=400, seed=1)
    chance = found.matrix[0, 0]
    assert found.errors[0, 0] == pytest.approx(np.sqrt(chance * (1 - chance) / 400), rel=0.05)
    score = found.groups[0].self_play
    assert score.high - score.low == pytest.approx(2 * 1.96 * found.errors[0, 0], rel=1e-3)


@dataclass(frozen=True)
class Odd:
    """Says which seat it takes: pulls the lever of its own number plus its seat."""

    own: int
    name: str = "odd"
    kind: str = "learned"
    seats: list = field(default_factory=list)

    def begin(self, environment, player, size, rng):
        self.seats.append(player)
        return size

    def act(self, memory, view):
        return np.full(memory, (self.own + view.player) % 3), memory

    def forget(self, memory, done, rng):
        return memory


def test_three_players_take_every_seat():
    environment = make("lever", payoffs=[1.0, 2.0, 3.0], players=3)
    row, column = Odd(0), Puller(1)
    found = cross_play([row], [column], environment=environment, games=1)
    # Only from the second seat does the row's agent pull what the others pull.
    assert found.matrix[0, 1] == pytest.approx(2.0 / 3)
    assert sorted(row.seats) == [0, 0, 1, 1, 2, 2]


def test_scores_are_the_rows_own_where_players_differ():
    class Uneven:
        """The lever game in which the second player is paid twice."""

        def __getattr__(self, name):
            return getattr(LEVER, name)

        def step(self, state, actions):
            step = LEVER.step(state, actions)
            return type(step)(step.state, step.rewards * np.array([1, 2]), step.done)

    found = cross_play([Puller(0)], environment=Uneven(), games=1)
    assert found.matrix[0, 0] == pytest.approx(1.5)
    assert found.optimum.kind == "unknown"


def test_the_answer_does_not_depend_on_the_processes():
    environment = make("tiny hanabi", game="E")
    agents = [Puller(k) for k in range(3)]
    one, two = (
        cross_play(agents, environment=environment, games=20, seed=4, jobs=jobs) for jobs in (1, 2)
    )
    assert np.array_equal(one.matrix, two.matrix)
    told = []
    cross_play(agents, environment=environment, games=1, progress=lambda *x: told.append(x))
    assert told == [(k, 9) for k in range(1, 10)]


def test_means_are_those_of_the_games():
    environment = make("tiny hanabi", game="A")
    agents = [Puller(0), Puller(1)]
    found = cross_play(agents, environment=environment, games=4000, seed=1)
    for row, column in product(range(2), repeat=2):
        payoffs = environment.payoffs
        truth = (payoffs[:, :, row, column].mean() + payoffs[:, :, column, row].mean()) / 2
        assert found.matrix[row, column] == pytest.approx(truth, abs=5 * found.errors[row, column])
    assert play(environment, agents, 1).scores.shape == (1, 2)


def test_one_agent_has_no_siblings():
    found = cross_play([Puller(0)], [Puller(0)], environment=LEVER, games=2).groups[0]
    assert found.cross_play.kind == found.gap.kind == found.regret.kind == "unknown"
    assert "one seed" in found.self_play.method
    assert found.worst.score.value == 1.0


def test_the_optimum_is_known_where_it_can_be_found():
    assert known_optimum(LEVER).value == 1.0
    assert known_optimum(make("lever", payoffs=[1.0] * 8, players=9)).kind == "unknown"


@pytest.mark.parametrize(
    "wrong", [{"population": []}, {"population": {"a": []}}, {"games": 0}, {"level": 1.0}]
)
def test_bad_input(wrong):
    with pytest.raises(InputError):
        cross_play(**({"population": [Puller(0)], "environment": LEVER} | wrong))
