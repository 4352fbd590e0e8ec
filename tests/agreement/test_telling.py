"""Agreements and comparisons print as a few lines."""

import pytest

import comity as co
from agreement.set_situations import ultimatum
from comity.agreement.results import Comparison, Difference


@pytest.fixture
def river(examples):
    return co.load(examples / "river.toml")


def test_an_agreement_is_printed_in_words(river):
    told = str(co.agree(river, rng=1, misreports="none"))
    first, *rest = told.splitlines()
    assert first == f"{river.title}: agreed (nash)"
    assert sum(line.startswith("  Ethiopia (gain: ") for line in rest) == 1
    assert "array" not in told
    assert len(told) < 1500


def test_where_several_views_fit_the_worst_gain_is_told():
    lines = str(co.agree(ultimatum(0.3), rng=1, misreports="none")).splitlines()
    assert lines[-1].startswith("  Responder (gain: 0;")
    assert lines[-1].endswith("gain at worst over the views that fit: −1)")


def test_a_comparison_is_printed_in_words(river):
    told = str(co.compare(river)).splitlines()
    assert "difference" in told[0]
    assert "Ethiopia" in told[1]
    assert len(told) <= 7


def test_the_rest_is_counted():
    one = Difference("facts", "x", ("A", "B"), (0.0, 1.0), 1.0, 0.5, True, True)
    assert str(Comparison((one,) * 7, 0.5, False)).splitlines()[-1] == "  and 2 more"
    lines = str(Comparison((one,), 0.5, False, True)).splitlines()
    assert lines == [
        "1 difference; acting alone, they would clash",
        "  x: A 0, B 1; changes what a deal pays by 0.5, decisive",
    ]
