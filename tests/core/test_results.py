"""Results become plain JSON and show themselves."""

import json
import math
from dataclasses import dataclass, field

import numpy as np
import pytest

from comity.core.certified import Certified
from comity.core.results import Result, brief, plain

VALUES = [
    (np.float64(1.5), 1.5),
    (np.arange(3), [0, 1, 2]),
    ((1, {2}), [1, [2]]),
    ({1: np.bool_(True)}, {"1": True}),
    (math.nan, None),
    (np.array([math.inf, -math.inf]), ["Infinity", "-Infinity"]),
    (Certified.exact(1), {"value": 1.0, "kind": "exact", "method": ""}),
    (1 + 2j, "(1+2j)"),
]


@pytest.mark.parametrize(("value", "expected"), VALUES)
def test_plain(value, expected):
    assert plain(value) == expected
    json.dumps(plain(value), allow_nan=False)


@dataclass(frozen=True)
class Answer(Result):
    points: np.ndarray
    note: str = "a < b"
    secret: int = field(default=1, repr=False)


def test_fields_that_are_not_plain_are_left_out():
    @dataclass(frozen=True)
    class Table:
        rows: int
        room: int = field(default=9, metadata={"plain": False})

    assert plain(Table(2)) == {"rows": 2}


def test_result_shows_its_fields_but_the_hidden_ones():
    answer = Answer(np.ones(2))
    assert answer.to_dict() == {"points": [1.0, 1.0], "note": "a < b"}
    page = answer._repr_html_()
    assert "a &lt; b" in page
    assert "Answer" in page


def test_long_fields_are_cut():
    assert len(Answer(np.zeros(1000))._repr_html_()) < 600


def test_a_result_is_printed_in_short_lines():
    told = str(Answer(np.zeros((1000, 2)), note="x" * 500))
    assert told.splitlines()[:2] == ["Answer", "  points: array of 1000 x 2"]
    assert max(map(len, told.splitlines())) < 120
    assert "secret" not in told
    assert "points: 0.5, 2" in str(Answer(np.array([0.5, 2.0])))


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, "none"), ((), "none"), ({}, "none"), (list(range(13)), "13 entries"), ("a\nb", "a b")],
)
def test_brief(value, expected):
    assert brief(value) == expected
