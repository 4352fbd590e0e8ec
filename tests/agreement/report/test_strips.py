import pytest

from comity.agreement.report.space import own_view
from comity.agreement.report.strips import kept_inside, payoff_range, strips


def test_a_strip_runs_from_worst_to_best(three):
    game = own_view(three.agreement.case.models)
    for k, strip in enumerate(strips(three)):
        points = game.payoff_points()[:, k]
        assert (strip.low, strip.high) == (strip.scale(points.min()), strip.scale(points.max()))
        assert strip.expected == strip.scale(3.0)


def test_a_range_is_the_same_searched_or_listed(three, monkeypatch):
    game = own_view(three.agreement.case.models)
    listed = payoff_range(game, 1)
    monkeypatch.setattr("comity.agreement.report.strips.MAX_LISTED", 1)
    assert payoff_range(game, 1) == pytest.approx(listed)


def test_words_stay_on_the_sheet(three):
    sheet = strips(three)[0].sheet
    assert kept_inside(5, "some words", sheet) == "start"
    assert kept_inside(sheet.width - 5, "some words", sheet) == "end"
    assert kept_inside(sheet.width / 2, "some words", sheet) == "middle"


def test_a_moving_mark_tells_its_figure(three):
    strip = strips(three)[0]
    assert strip.moving("The deal", 7.0)["lines"] == ["The deal: 7"]
