import numpy as np
import pytest

from comity.cases.elicitation.scales import direct, from_order, spread_out, swing_weights, weighted
from comity.cases.elicitation.utilities import rank_order_weights

OPTIONS = ("a", "b", "c", "d")
GROUPS = (("b",), ("a",), ("d",), ("c",))


def test_order_alone_spaces_evenly():
    scale, notes = from_order(GROUPS, (), OPTIONS, "Ana")
    np.testing.assert_allclose(scale.values[0], [2 / 3, 1, 0, 1 / 3])
    assert scale.sds[0][[1, 2]].tolist() == [0, 0]
    assert np.all(scale.sds[0][[0, 3]] > 0.2)
    assert notes == []


def test_a_rating_pins_down_and_its_neighbour_follows():
    scale, _ = from_order(GROUPS, [(1, 0.9)], OPTIONS, "Ana")
    np.testing.assert_allclose(scale.values[0], [0.9, 1, 0, 0.45])
    assert scale.sds[0][0] < scale.sds[0][3]


def test_equals_are_equal():
    scale, _ = from_order((("a", "b"), ("c", "d")), (), OPTIONS, "Ana")
    assert scale.values[0].tolist() == [1, 1, 0, 0]
    flat, _ = from_order((OPTIONS,), (), OPTIONS, "Ana")
    assert flat.values[0].tolist() == [0, 0, 0, 0]


def test_a_gamble_that_disagrees_is_pointed_out():
    agreeing, quiet = from_order(GROUPS, [(1, 0.7), (1, 0.65)], OPTIONS, "Ana")
    apart, notes = from_order(GROUPS, [(1, 0.9), (1, 0.4)], OPTIONS, "Ana")
    assert quiet == []
    assert len(notes) == 1
    assert "90 and 40" in notes[0]
    assert apart.sds[0][0] > 2 * agreeing.sds[0][0]


def test_ratings_against_the_order_are_pointed_out():
    plain, _ = from_order(GROUPS, [(1, 0.6), (2, 0.5)], OPTIONS, "Ana")
    scale, notes = from_order(GROUPS, [(1, 0.3), (2, 0.5)], OPTIONS, "Ana")
    assert "'a' was put above 'd' but rated lower" in notes[0]
    assert np.all(scale.sds[0][[0, 3]] > plain.sds[0][[0, 3]])


def test_swings_by_order_points_and_check():
    groups = (("room",), ("rent",), ("fee",))
    parts = ("rent", "room", "fee")
    by_order, _ = swing_weights(parts, groups, [None, None], None, "Ana")
    assert by_order.values == pytest.approx(rank_order_weights(3).values[[1, 0, 2]])
    by_points, notes = swing_weights(parts, groups, [50, 25], 2, "Ana")
    assert by_points.values == pytest.approx(np.array([50, 100, 25]) / 175)
    assert notes == []
    assert np.all(by_points.sd < by_order.sd)
    odd, notes = swing_weights(parts, groups, [50, 25], 20, "Ana")
    assert "the check says 20" in notes[0]
    assert np.all(odd.sd > by_points.sd)


def test_swings_said_in_part_or_against_the_order_are_noted():
    groups, parts = (("a",), ("b",), ("c",)), ("a", "b", "c")
    _, notes = swing_weights(parts, groups, [None, 30], None, "Ana")
    assert "how much 'b' matters was not stated" in notes[0]
    _, notes = swing_weights(parts, groups, [120, 30], None, "Ana")
    assert "'a' was put above 'b' but given fewer points" in notes[0]


def test_tied_issues_weigh_the_same():
    fit, _ = swing_weights(("a", "b", "c"), (("a", "b"), ("c",)), [None, None], None, "Ana")
    assert fit.values[0] == fit.values[1] > fit.values[2]
    assert fit.values.sum() == pytest.approx(1)


def test_everything_at_its_best_is_worth_the_whole_scale():
    parts = {"x": ("a", "b"), "y": ("a", "b", "c")}
    ratings = [
        from_order((("a",), ("b",)), (), parts["x"], "")[0],
        from_order((("c",), ("b",), ("a",)), (), parts["y"], "")[0],
    ]
    scale = weighted(parts, ratings, rank_order_weights(2), 100)
    assert sum(v.max() for v in scale.values) == pytest.approx(100)
    assert scale.unsure
    assert spread_out(parts, ratings[:1], 100).values[0].tolist() == [100, 0]


def test_numbers_of_ones_own_are_taken_as_they_are():
    scale = direct({"x": ("a", "b")}, [(10, 3)])
    assert scale.values[0].tolist() == [10, 3]
    assert (scale.top, scale.unsure) == (10, False)
