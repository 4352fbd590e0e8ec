"""Only games with cells pass; blocks without labels hold what labelled ones do."""

import dataclasses

import numpy as np
import pytest

from agreement_situations import chicken, full_game, random_negotiation
from comity.agreement.models.narrow import flat_blocks, in_blocks, with_blocks
from comity.core.errors import InputError


def test_games_in_blocks_pass_unchanged(rng):
    for game in (chicken(), random_negotiation(rng)):
        assert in_blocks(game, "to test") is game


def test_others_are_refused():
    with pytest.raises(InputError, match=r"no cells to test \(found str"):
        in_blocks("a game", "to test")


def games():
    rng = np.random.default_rng(8)
    limited = dataclasses.replace(
        random_negotiation(rng, (3, 2), reservation=0.4), discount=np.array([0.5, 0.9])
    )
    return {"full": full_game(rng, players=3), "plain": chicken(), "negotiation": limited}


class Foreign:
    """A game of one's own, known only by the protocol."""

    def __init__(self, inner):
        self.inner = inner

    def blocks(self):
        return self.inner.blocks()

    def replace(self, name, values):
        return Foreign(self.inner.replace(name, values))


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("name", games())
def test_the_same_blocks_without_labels(name, own):
    game = Foreign(games()[name]) if own else games()[name]
    flat, labelled = flat_blocks(game), game.blocks()
    assert list(flat) == list(labelled)
    for block in flat:
        assert (flat[block].kind, flat[block].owner) == (
            labelled[block].kind,
            labelled[block].owner,
        )
        assert np.array_equal(flat[block].values, labelled[block].values)


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("name", games())
def test_replacing_all_at_once_is_replacing_one_by_one(name, own):
    game = Foreign(games()[name]) if own else games()[name]
    changed = {b: f.values * 0.5 + (b == "prior") * 0.25 for b, f in flat_blocks(game).items()}
    expected = game
    for block, values in changed.items():
        expected = expected.replace(block, values)
    found = flat_blocks(with_blocks(game, changed))
    for block, flat in flat_blocks(expected).items():
        assert np.array_equal(found[block].values, flat.values)


def test_what_is_not_named_stays():
    for game in games().values():
        some = {"tastes[A]": flat_blocks(game)["tastes[A]"].values + 1}
        found = with_blocks(game, some)
        for block, flat in flat_blocks(game).items():
            moved = block == "tastes[A]"
            assert np.array_equal(flat_blocks(found)[block].values, flat.values + moved)
        assert found.frame() == game.frame()
