"""Blocks: they hold all numbers, every number once, and can be put back."""

import numpy as np
import pytest

from comity.core.errors import InputError, SizeError
from comity.games import NormalForm

KINDS = ["game", "negotiation"]


@pytest.mark.parametrize("kind", KINDS)
def test_values_against_the_formula(kind, request):
    model = request.getfixturevalue(kind)
    for i, row in enumerate(model.values):
        for c, found in enumerate(row):
            expected = sum(
                p
                * (
                    model.tastes[i, s, c]
                    + sum(model.weights[i, k] * f[s, c] for k, f in enumerate(model.facts))
                )
                for s, p in enumerate(model.prior)
            )
            assert found == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_names_kinds_and_owners(kind, request):
    model = request.getfixturevalue(kind)
    blocks = model.blocks()
    assert list(blocks) == ["prior", "facts", *(f"tastes[{name}]" for name in model.affected)]
    for name, block in blocks.items():
        assert block.name == name
        assert block.kind == name.split("[")[0]
        assert block.owner == (name[7:-1] if block.kind == "tastes" else None)


@pytest.mark.parametrize("kind", KINDS)
def test_parts_cover_every_value_once(kind, request):
    for block in request.getfixturevalue(kind).blocks().values():
        covered = np.concatenate([part.indices.ravel() for part in block.parts])
        assert sorted(covered.tolist()) == list(range(len(block.values)))
        labels = [part.label for part in block.parts]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("kind", KINDS)
def test_replacing_a_block_changes_it_and_nothing_else(kind, request, rng):
    model = request.getfixturevalue(kind)
    for name, block in model.blocks().items():
        fresh = rng.dirichlet(np.ones(len(block.values)))
        changed = model.replace(name, fresh)
        assert changed.frame() == model.frame()
        for other, now in changed.blocks().items():
            expected = fresh if other == name else model.blocks()[other].values
            np.testing.assert_array_equal(now.values, expected)
        back = changed.replace(name, block.values)
        np.testing.assert_array_equal(back.values, model.values)


def test_no_block_where_there_is_nothing_to_disagree_on():
    game = NormalForm.from_payoffs([[1, 2]])
    assert list(game.blocks()) == ["tastes[player 1]"]
    for absent in ("prior", "facts", "tastes[nobody]"):
        with pytest.raises(InputError, match="no such block"):
            game.replace(absent, np.ones(1))


def test_numbers_cannot_be_changed_in_place(game):
    for array in (game.prior, game.facts, game.weights, game.tastes, game.values, game.table):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def parts_of(**changes):
    """A valid model's arguments, some of them spoilt."""
    fields = {
        "players": ("Ana", "Bo"),
        "actions": (("x",), ("y", "z")),
        "states": ("dry", "wet"),
        "quantities": ("flow",),
        "prior": [0.5, 0.5],
        "facts": np.zeros((1, 2, 2)),
        "weights": np.zeros((2, 1)),
        "tastes": np.zeros((2, 2, 2)),
    }
    return fields | changes


SPOILT = [
    ({"players": (), "actions": ()}, InputError, "there are no players"),
    ({"players": ("Ana", "Ana")}, InputError, "stands twice"),
    ({"bystanders": ("Bo",), "weights": np.zeros((3, 1))}, InputError, "stands twice"),
    ({"states": ()}, InputError, "there are no states"),
    ({"states": ("dry", " ")}, InputError, r"states\[1\]: a name is empty"),
    ({"quantities": ("flow", "flow")}, InputError, "stands twice"),
    ({"prior": [0.5, 0.6]}, InputError, "do not sum to 1"),
    ({"prior": [1.5, -0.5]}, InputError, "negative"),
    ({"facts": np.zeros((1, 2, 3))}, InputError, "facts: shape does not fit"),
    ({"weights": np.zeros((2, 2))}, InputError, "weights: shape does not fit"),
    ({"tastes": np.full((2, 2, 2), np.inf)}, InputError, r"tastes\[0, 0, 0\]: not finite"),
    ({"actions": (tuple(map(str, range(5000))),) * 2}, SizeError, "25,000,000 cells"),
]


@pytest.mark.parametrize(("changes", "kind", "words"), SPOILT)
def test_spoilt_models(changes, kind, words):
    NormalForm(**parts_of())
    with pytest.raises(kind, match=words):
        NormalForm(**parts_of(**changes))


@pytest.mark.parametrize("values", [[1.0], [np.nan] * 12, "many"])
def test_bad_values_for_a_block(game, values):
    with pytest.raises(InputError, match=r"tastes\[Bo\]"):
        game.replace("tastes[Bo]", values)
