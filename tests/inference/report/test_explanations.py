import dataclasses
import math

from comity.inference.report.explanations import dot, panels, rows
from comity.inference.report.words import shown, shown_share
from inference.making import COMMITTED, REPUTATION, standings


def test_rows_say_what_the_result_says(rich):
    found = rows(rich)
    assert [r.name for r in found] == [s.name for s in rich.standings]
    assert [r.status for r in found] == ["stands"] * 3 + ["cannot tell", "fell", "fell"]
    for row, standing in zip(found, rich.standings, strict=True):
        assert row.held_out == shown(standing.held_out)
        assert row.accuracy == shown_share(standing.accuracy)
        assert row.verdict == standing.verdict
        assert [name for name, *_ in row.parameters] == list(standing.estimates)


def test_twins_are_those_of_the_same_class(rich):
    twins = {r.name: r.twins for r in rows(rich)}
    assert twins[COMMITTED] == (REPUTATION,)
    assert twins[REPUTATION] == (COMMITTED,)
    assert sum(map(bool, twins.values())) == 2


def test_a_panel_holds_each_explanation_that_has_the_parameter(rich):
    found = {p.name: p for p in panels(rich)}
    for name, panel in found.items():
        owners = [s for s in rich.standings if name in s.estimates]
        assert [lane.label for lane in panel.plot.lanes] == [s.name for s in owners]
        for lane, standing in zip(panel.plot.lanes, owners, strict=True):
            (point,) = lane.dots
            figure = standing.estimates[name]
            assert (point.value, point.low, point.high) == (figure.value, figure.low, figure.high)
    assert "beta" not in found
    assert "stake" not in found
    assert list(found)[-1] == "precision"


def test_a_meaning_is_said_where_it_is_the_same_for_all(rich):
    meanings = {p.name: p.meaning for p in panels(rich)}
    assert meanings["precision"] == "how closely choices follow utility"
    first, *rest = rich.standings
    other = dataclasses.replace(first, meanings={**first.meanings, "precision": "another thing"})
    changed = dataclasses.replace(rich, standings=(other, *rest))
    assert {p.name: p.meaning for p in panels(changed)}["precision"] == ""


def test_an_unknown_figure_is_no_dot():
    unknown = standings()[1].estimates["stake"]
    assert math.isnan(dot(unknown, "stands").value)
    assert dot(unknown, "stands").title == "cannot tell"
