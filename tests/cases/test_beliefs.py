import numpy as np
import pytest

from cases.bad_files import DEAL
from comity.cases import loads
from comity.core.errors import InputError


def beliefs(text):
    return loads(DEAL + text).parties[1].beliefs


def test_any_order_gives_every_order_the_same_chance():
    found = beliefs('[[models.Bo.beliefs]]\nabout = "Ana"\nany_order_of = [6, 2]\n')
    assert [b.probability for b in found] == [0.5, 0.5]
    rents = sorted(b.values[0] - b.values[4] for b in found)
    rooms = sorted(b.values[5] - b.values[6] for b in found)
    assert rents == rooms == [2, 6]
    # Ana wants a low rent and the big room, as Bo's guess (her own word) says.
    assert all(np.all(np.diff(b.values[:5]) < 0) for b in found)
    assert all(b.values[-1] == 2 for b in found)


def test_equal_swings_count_once():
    assert len(beliefs('[[models.Bo.beliefs]]\nabout = "Ana"\nany_order_of = [3, 3]\n')) == 1


def test_open_probabilities_share_the_rest():
    way = '[[models.Bo.beliefs]]\nabout = "Ana"\n{}tastes.values = {{ rent = 1, room = {} }}\n'
    found = beliefs(way.format("probability = 0.5\n", 0) + way.format("", 1) + way.format("", 2))
    assert [b.probability for b in found] == [0.5, 0.25, 0.25]
    assert [b.values[5] for b in found] == [0, 1, 2]
    # What no deal is worth to Ana was not said, so her own word is used.
    assert {b.values[-1] for b in found} == {2.0}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "tastes or any_order_of"),
        ("any_order_of = [1, 2]\ntastes = { values = { rent = 1, room = 1 } }", "one of the two"),
        ("probability = 1.5\nany_order_of = [1, 2]", "do not sum to 1"),
        ("probability = -1\nany_order_of = [1, 2]", "do not sum to 1"),
    ],
)
def test_what_is_no_belief(text, words):
    with pytest.raises(InputError, match=words):
        beliefs(f'[[models.Bo.beliefs]]\nabout = "Ana"\n{text}\n')


def test_a_guess_without_direction_gives_no_orders():
    flat = DEAL.replace("low = 10, high = 0", "low = 1, high = 1")
    with pytest.raises(InputError, match="which options are better"):
        loads(flat + '[[models.Bo.beliefs]]\nabout = "Ana"\nany_order_of = [1, 2]\n')
