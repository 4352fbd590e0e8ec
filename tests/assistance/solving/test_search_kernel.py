import numpy as np
import pytest

from comity.assistance.games import catalogue_game
from comity.assistance.people import noisy
from comity.assistance.solving.hidden import one_person
from comity.assistance.solving.search import _rules, _tree
from comity.assistance.solving.search_kernel import grow


def grown(name, belief=None, steps=4, simulations=500, sensitivity=2.0, **settings):
    game = catalogue_game(name, **settings)
    person = noisy(game, sensitivity)
    hidden = one_person(game, person)
    rules, tree = _rules(hidden), _tree(hidden, simulations)
    start = game.prior if belief is None else np.array(belief)
    size = grow(rules, tree, game.start, 0, steps, start, simulations, 3, 0.5)
    return game, person, tree, size


def test_counts_and_means_of_a_tree():
    _, _, tree, size = grown("chef-world", recipes=2)
    assert 1 < size <= 501
    assert tree.visits[0].sum() == 500
    for node in range(size):  # A visit below is a visit here that was not the last.
        below = tree.child[node][tree.child[node] >= 0]
        assert tree.visits[below].sum() <= tree.visits[node].sum()
    assert (tree.means >= 0).all()
    assert (tree.means <= 1).all()


def test_means_are_expected_returns():
    """With one step left and a known goal the mean is what the person's table makes of it."""
    game, person, tree, _ = grown(
        "off-switch", belief=[0, 0, 0, 1.0], steps=2, simulations=20_000, sensitivity=1.0
    )
    act, defer = (game.assistant_actions.index(name) for name in ("act", "defer"))
    said = person.at(1, game.state("deferred"))[3, game.person_actions.index("let it act")]
    assert tree.means[0, act] == pytest.approx(1.5)
    assert tree.means[0, defer] == pytest.approx(1.5 * said, abs=0.1)


def test_nothing_is_done_that_is_not_allowed():
    game, _, tree, _ = grown("off-switch", steps=2, simulations=300)
    assert (tree.visits[0] > 0).tolist() == game.assistant_allowed[game.start].tolist()
