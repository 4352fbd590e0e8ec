import dataclasses

from comity.core import Certified
from comity.inference.report.predictors import plot, rows, scored_on
from comity.inference.report.words import shown
from inference.making import understanding


def test_rows_keep_the_order_and_the_figures(rich):
    found = rows(rich)
    assert [r.name for r in found] == [c.name for c in rich.comparisons]
    assert [r.behind for r in found] == [shown(c.behind) for c in rich.comparisons]
    assert [r.best for r in found] == [True] + [False] * (len(found) - 1)
    assert {r.name for r in found if r.yardstick} == {"own share so far", "all options alike"}


def test_the_plot_shows_how_far_each_is_behind(rich):
    lanes = plot(rich).lanes
    assert [lane.dots[0].value for lane in lanes] == [c.behind.value for c in rich.comparisons]
    assert [lane.label for lane in lanes if "yardstick" in lane.label] == [
        "own share so far (yardstick)",
        "all options alike (yardstick)",
    ]
    assert lanes[0].text == "the best"


def test_what_cannot_be_compared_is_in_the_table_alone(rich):
    last = dataclasses.replace(rich.comparisons[-1], behind=Certified.unknown("one person"))
    changed = understanding(comparisons=(*rich.comparisons[:-1], last))
    assert len(plot(changed).lanes) == len(rich.comparisons) - 1
    assert rows(changed)[-1].behind.why == "one person"


def test_one_predictor_has_no_plot(rich):
    assert plot(understanding(comparisons=rich.comparisons[:1])) is None


def test_what_was_held_out_is_said(rich):
    assert scored_on(rich) == "people of other folds"
    assert scored_on(understanding(comparisons=())) == ""
