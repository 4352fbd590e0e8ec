"""Reading .nfg files: both forms, exact numbers, and errors with line and column."""

import io
import warnings
from fractions import Fraction
from itertools import product

import pytest

from comity.core.errors import InputError, SizeError
from comity.games import Lottery
from comity.games.files import loads_nfg, read_nfg

PAYOFFS = """NFG 1 R "A \\"small\\" game" { "Ana" "Bo" }
{ 3 2 } "what it is for"
1 10  2 20  3 30   1/3 -1/18  0.1 1e-1  .5 -2
"""
OUTCOMES = """NFG 1 R "Outcomes" { "Ana" "Bo" }
{ { "up" "mid" "down" } { "left" "right" } }
""
{ { "win" 1, -1 } { "" 1/3 2.5 } }
1 0 2
2 2 1
"""
THREE = 'NFG 1 D "" { "a" "b" "c" } { 2 2 2 } ' + " ".join(str(k) for k in range(24))
NAMED = 'NFG 1 R "" { "a" "b" } { { "x" "y" } { "z" } } "" 1 2 3 4'
MIXED = 'NFG 1 R "" { "a" "b" } { { "x" "y" } 1 } 1, 2, 3, 4'


def test_payoff_form():
    game = loads_nfg(PAYOFFS)
    assert (game.title, game.comment, game.players) == (
        'A "small" game',
        "what it is for",
        ("Ana", "Bo"),
    )
    assert game.shape == (3, 2)
    assert game.actions[1] == ("action 1", "action 2")
    assert [tuple(game.exact[:, a, 0]) for a in range(3)] == [(1, 10), (2, 20), (3, 30)]
    assert game.exact[1, 0, 1] == Fraction(-1, 18)
    assert game.exact[0, 1, 1] == game.exact[1, 1, 1] == Fraction(1, 10)
    assert game.payoffs(Lottery.pure((2, 1))).tolist() == [0.5, -2.0]


def test_outcome_form():
    game = loads_nfg(OUTCOMES)
    assert game.actions == (("up", "mid", "down"), ("left", "right"))
    third = (Fraction(1, 3), Fraction(5, 2))
    expected = {(0, 0): (1, -1), (1, 0): (0, 0), (2, 0): third, (0, 1): third, (1, 1): third}
    for (a, b), payoffs in expected.items():
        assert tuple(game.exact[:, a, b]) == payoffs


def test_the_first_player_varies_fastest():
    game = loads_nfg(THREE)
    for k, (c, b, a) in enumerate(product(range(2), repeat=3)):
        assert game.table[:, a, b, c].tolist() == [3 * k, 3 * k + 1, 3 * k + 2]


@pytest.mark.parametrize("text", [NAMED, MIXED])
def test_names_and_commas_are_free(text):
    assert loads_nfg(text).table.ravel().tolist() == [1, 3, 2, 4]


def test_a_file_is_named_in_errors(tmp_path):
    path = tmp_path / "cut.nfg"
    path.write_text(PAYOFFS[:-6])
    with pytest.raises(InputError, match=r"cut\.nfg: line 3, column \d+: unexpected word"):
        read_nfg(path)


BAD = [
    ("", "line 1, column 1: unexpected word.*the end of the file"),
    ("EFG 2 R", "line 1, column 1: .*'EFG'.*'NFG'"),
    ("NFG 2 R", "column 5: .*'2'.*'1'"),
    ("NFG 1 X", "column 7"),
    ("NFG 1 R title", "the title in quotes"),
    ('NFG 1 R "title', "column 9: quoted text does not end"),
    ('NFG 1 R "" { }', "the name of a player"),
    ('NFG 1 R "" { "a" "a" } { 1 1 } 1 2', "stands twice"),
    ('NFG 1 R "" { "a" } { { "x" "x" } } 1 2', "stands twice"),
    ('NFG 1 R "" { "a" "b" } { 2 } 1 2', "number of strategies of 'b'"),
    ('NFG 1 R "" { "a" } { 2 2 } 1 2', "} after the strategies of the last player"),
    ('NFG 1 R "" { "a" } { 0 } ', "expected the number of strategies of 'a', 1 or more"),
    ('NFG 1 R "" { "a" } { 1.5 } 1', "number of strategies"),
    ('NFG 1 R "" { "a" } { -1 } 1', "number of strategies"),
    ('NFG 1 R "" { "a" } { { } } 1', "a strategy of 'a'"),
    ('NFG 1 R "" { "a" } { 2 } 1', "the end of the file; expected a number"),
    ('NFG 1 R "" { "a" } { 2 } 1 2 3', "found '3'; expected the end of the file"),
    ('NFG 1 R "" { "a" } { 2 } 1 x', "found 'x'; expected a number"),
    ('NFG 1 R "" { "a" } { 2 } 1 nan', "found 'nan'; expected a number"),
    ('NFG 1 R "" { "a" } { 2 } 1 1/0', "not a finite number"),
    ('NFG 1 R "" { "a" } { 2 } { { "" 1 } } 1 2', "no such outcome.*found 2; .*0 to 1"),
    ('NFG 1 R "" { "a" } { 2 } { { "" 1 } } 1', "the number of an outcome, 0 to 1"),
    ('NFG 1 R "" { "a" } { 2 } { { "" 1 2 } } 1 1', "} after the payoffs of an outcome"),
    ('NFG 1 R "" { "a" } { 2 } { { 1 } } 1 1', "the name of an outcome, in quotes"),
    ('NFG 1 R "" { "a" } { 2 } { { "" 1 }', "{ before an outcome, or }"),
]


@pytest.mark.parametrize(("text", "words"), BAD)
def test_bad_files(text, words):
    with pytest.raises(InputError, match=words):
        loads_nfg(text)


@pytest.mark.parametrize("sizes", ["1000 1000 1000", "1000000000 1 1", "9" * 18 + " 1 1"])
def test_tables_that_do_not_fit_are_refused_from_their_header(sizes):
    with pytest.raises(SizeError, match="too large to hold"):
        loads_nfg(f'NFG 1 R "" {{ "a" "b" "c" }} {{ {sizes} }} 1 2 3')


@pytest.fixture(scope="module")
def gambit():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("pygambit", reason="pygambit is not installed")


# Outcome 0 is left out: Gambit shows it as no outcome at all.
@pytest.mark.parametrize(
    "text", [PAYOFFS, OUTCOMES.replace("1 0 2", "1 1 2"), THREE, NAMED], ids=lambda t: t[8:20]
)
def test_gambit_reads_the_same(gambit, text):
    ours, theirs = loads_nfg(text), gambit.read_nfg(io.BytesIO(text.encode()))
    assert ours.title == theirs.title
    assert list(ours.players) == [p.label for p in theirs.players]
    for profile in product(*map(range, ours.shape)):
        for i, player in enumerate(theirs.players):
            assert ours.exact[(i, *profile)] == Fraction(str(theirs[profile][player]))
