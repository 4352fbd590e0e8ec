"""Writing .nfg files: what is written reads back exactly."""

import io
import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core.errors import InputError
from comity.games import NormalForm
from comity.games.files import dumps_nfg, loads_nfg, read_nfg, write_nfg
from comity.games.normal_form import exact_table

FORMS = ["payoffs", "outcomes"]


def game_of(values, shape, **names) -> NormalForm:
    exact = exact_table(values, (len(shape), *shape))
    return NormalForm.from_payoffs(exact, exact=exact, **names)


@pytest.mark.parametrize("form", FORMS)
def test_thirds_and_eighteenths_come_back(form, tmp_path):
    values = [Fraction(k - 5, 18) for k in range(12)] + [Fraction(1, 3)] * 24
    game = game_of(values, (2, 3, 2), title='a "q"', comment="back\\slash\nand line")
    again = read_nfg(write_nfg(game, tmp_path / "game.nfg", form))
    assert np.array_equal(again.exact, game.exact)
    assert (again.title, again.comment) == (game.title, game.comment)
    assert (again.players, again.actions) == (game.players, game.actions)


@pytest.mark.parametrize("form", FORMS)
@given(st.lists(st.floats(-1e100, 1e100), min_size=4, max_size=4))
def test_every_digit_of_a_float_comes_back(form, values):
    game = NormalForm.from_payoffs(np.reshape(values, (1, 4)))
    assert np.array_equal(loads_nfg(dumps_nfg(game, form)).table, game.table)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2))
def test_any_names_come_back(names):
    game = NormalForm.from_payoffs([[1, 2]], title=names[0], comment=names[1])
    again = loads_nfg(dumps_nfg(game))
    assert (again.title, again.comment) == (game.title, game.comment)


def test_the_text_is_what_a_person_would_write():
    game = NormalForm.from_payoffs([[[3, 0], [5, 0.5]], [[3, 5], [0, 1]]], ["Ana", "Bo"])
    assert dumps_nfg(game).splitlines() == [
        'NFG 1 R "" { "Ana" "Bo" }',
        "",
        "{",
        '  { "action 1" "action 2" }',
        '  { "action 1" "action 2" }',
        "}",
        '""',
        "",
        "3 3",
        "5 0",
        "0 5",
        "0.5 1",
    ]


def test_states_are_written_in_expectation(rng):
    tables = {"dry": rng.normal(size=(2, 2, 2)), "wet": rng.normal(size=(2, 2, 2))}
    game = NormalForm.from_payoffs(np.zeros((2, 2, 2))).with_states(tables, [0.5, 0.5])
    assert np.array_equal(loads_nfg(dumps_nfg(game)).table, game.table)


def test_what_the_format_cannot_hold_is_refused(tmp_path):
    game = NormalForm.from_payoffs([[1, 2]], bystanders=["fish"])
    with pytest.raises(InputError, match=r"holds no bystanders.*fish"):
        write_nfg(game, tmp_path / "game.nfg")
    with pytest.raises(InputError, match="unknown form"):
        dumps_nfg(NormalForm.from_payoffs([[1, 2]]), "table")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", FORMS)
def test_gambit_reads_what_we_write(form, rng):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gambit = pytest.importorskip("pygambit", reason="pygambit is not installed")
    game = game_of([Fraction(k, 7) for k in range(12)], (2, 3), title='a "q" b')
    theirs = gambit.read_nfg(io.BytesIO(dumps_nfg(game, form).encode()))
    assert theirs.title == game.title
    for profile in np.ndindex(*game.shape):
        for i, player in enumerate(theirs.players):
            found = theirs[tuple(map(int, profile))][player]
            assert Fraction(str(found)) == game.exact[(i, *profile)]
