"""The card fits any terminal and holds every part."""

import dataclasses
from io import StringIO

import pytest
from rich.console import Console

from comity.evaluation.card.terminal import show
from comity.evaluation.regression import compare_versions
from comity.evaluation.results import Fault
from evaluating import evaluated


def printed(width, evaluation, *regression):
    stream = StringIO()
    show(evaluation, Console(file=stream, width=width), *regression)
    return stream.getvalue()


@pytest.mark.parametrize("width", [40, 80, 120])
def test_it_fits(width):
    found = evaluated("refuses")
    broken = dataclasses.replace(found, faults=(Fault("act", "crash", 2, "a\x1b[31m b"),))
    text = printed(width, broken, compare_versions(evaluated("honest"), found))
    assert max(map(len, text.splitlines())) <= width
    squeezed = " ".join(text.split())
    for words in ("With programs", "by partner and family", "Against honest", "What went wrong"):
        assert words in squeezed
    assert "\x1b" not in text


def test_the_verdict_comes_first_and_a_star_marks_what_is_more_than_chance():
    text = printed(100, evaluated("honest"))
    assert text.index("In every match it scores as an honest party") < text.index("With programs")
    assert " *" not in text.replace("* more than chance", "")
    rows = printed(100, evaluated("silent")).splitlines()
    assert next(row for row in rows if row.startswith("↑ agreement")).endswith("points *")


def test_a_comparison_ends_with_its_verdict():
    text = printed(
        100, evaluated("refuses"), compare_versions(*map(evaluated, ("honest", "refuses")))
    )
    last = text[text.rindex("chance: how often") :].splitlines()
    assert last[1].startswith("Worse in agreement")
    assert "Too few matches bear on harm to bystanders" in " ".join(last)


def test_names_of_partners_stay_whole_on_eighty_columns():
    text = printed(80, evaluated("honest"))
    assert "reputation-building" in text
