"""Certified figures: what they say and what they become in JSON."""

import json
import math

import pytest

from comity.core.certified import Certified

# figure, its words, its JSON value
FIGURES = [
    (Certified.exact(2), "2", 2.0),
    (Certified.upper(0.5, "dual"), "<= 0.5 (dual)", 0.5),
    (Certified.lower(0.25, "grid"), ">= 0.25 (grid)", 0.25),
    (Certified.estimate(1, 0.5, 1.5, "bootstrap"), "about 1 [0.5, 1.5] (bootstrap)", 1.0),
    (Certified.unknown("no data"), "cannot tell (no data)", None),
    (Certified.upper(math.inf, "unbounded"), "<= inf (unbounded)", "Infinity"),
]


@pytest.mark.parametrize(("figure", "words", "value"), FIGURES)
def test_words_and_json(figure, words, value):
    assert str(figure) == words
    data = figure.to_dict()
    assert data["value"] == value
    assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_interval_is_kept():
    data = Certified.estimate(1, 0.5, 1.5, level=0.9).to_dict()
    assert (data["low"], data["high"], data["level"]) == (0.5, 1.5, 0.9)
    assert "low" not in Certified.exact(1).to_dict()


def test_it_is_a_number():
    assert float(Certified.lower(0.3)) == 0.3
    assert math.isnan(float(Certified.unknown("why")))
