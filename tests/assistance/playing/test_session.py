import pytest

from comity.assistance.games import catalogue_game
from comity.assistance.people import RATIONAL, noisy
from comity.assistance.playing import session, start
from comity.assistance.solving import solve_or_bound
from comity.core import InputError


def played(name, moves, **options):
    game = catalogue_game(name)
    procedure = options.pop("procedure", None) or noisy(game, 10.0)
    session = start(game, procedure, **options)
    moves = iter(moves)
    while not session.over:
        name = next(moves) if len(session.choices) > 1 else None
        chosen = session.choices[0] if name is None else game.person_actions.index(name)
        session.play(chosen)
    return session.finished()


def test_asks_and_bakes_what_it_hears():
    found = played("cake-or-pie", ["say pie"], goal="pie")
    assert [turn.assistant for turn in found.turns] == ["ask", "wait", "bake pie"]
    assert found.total == pytest.approx(0.95**2 - 0.1)
    assert found.known == pytest.approx(1)
    assert found.turns[1].belief[1] > 0.99
    assert "learn" in found.turns[0].why


def test_a_solution_that_is_there_is_taken(monkeypatch):
    game = catalogue_game("cake-or-pie")
    person = noisy(game, 10.0)
    solved = solve_or_bound(game, person)
    monkeypatch.setattr(session, "solve_or_bound", None)
    assert start(game, person, solved=solved).assistant is solved.assistant
    with pytest.raises(InputError, match="another person"):
        start(game, RATIONAL, solved=solved)


def test_beliefs_are_bayes():
    game = catalogue_game("chef-world", recipes=2)
    person = noisy(game, 3.0)
    session = start(game, person, goal="meringue")
    egg = game.person_actions.index("egg")
    session.play(egg)
    said = person.at(0, game.start)[:, egg]
    expected = game.prior * said / (game.prior @ said)
    assert session.belief == pytest.approx(expected)


def test_what_nobody_would_do_leaves_the_belief():
    game = catalogue_game("chef-world", recipes=2)
    session = start(game, RATIONAL, goal="pancakes")
    turn = session.play(game.person_actions.index("sugar"))
    while turn.expected and not session.over:
        turn = session.play(game.person_actions.index("wait"))
    assert not turn.expected
    assert session.belief.sum() == pytest.approx(1)


@pytest.mark.parametrize("helper", ["inverse-reward", "obey"])
def test_other_helpers_play_too(helper):
    found = played("off-switch", ["let it act"] * 2, goal="worth +1.5", helper=helper)
    assert found.helper == helper
    assert found.turns[0].why.startswith("It ")
    assert bool(found.turns[0].belief) == (helper != "obey")


def test_same_seed_same_game():
    assert played("wormy-apples", ["say trash"], rng=4) == played(
        "wormy-apples", ["say trash"], rng=4
    )


def test_faults_are_named():
    game = catalogue_game("cake-or-pie")
    with pytest.raises(InputError, match="no such goal"):
        start(game, RATIONAL, goal="tart")
    with pytest.raises(InputError, match="no such assistant"):
        start(game, RATIONAL, helper="butler")
    session = start(game, RATIONAL, goal="pie")
    with pytest.raises(InputError, match="cannot be done now"):
        session.play(game.person_actions.index("say pie"))
