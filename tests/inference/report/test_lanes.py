import math

import pytest

from comity.inference.report.lanes import NARROW, WIDE, Dot, Lane, Lanes

ONE = Lane("a", (Dot(1.0, 0.5, 2.0),), "1 (0.5 to 2)")
TWO = Lane("b and a longer name that needs more than one line", (Dot(-1.0), Dot(3.0, 2.5, 3.5)))


@pytest.mark.parametrize("size", [0, 1])
def test_everything_stands_on_the_axis(size):
    plot = Lanes([ONE, TWO], reference=0.0).sizes[size]
    sheet = (WIDE, NARROW)[size]
    assert plot.sheet is sheet
    for track in plot.tracks:
        for x, y, low, high, _ in track.dots:
            ends = [v for v in (x, low, high) if not math.isnan(v)]
            assert all(sheet.start <= v <= sheet.end for v in ends)
            assert 0 < y < plot.bottom


def test_pixels_are_linear_in_the_values():
    plot = Lanes([ONE], span=(0.0, 4.0)).sizes[0]
    ((x, _, low, high, _),) = plot.tracks[0].dots
    share = [(v - WIDE.start) / (WIDE.end - WIDE.start) for v in (x, low, high)]
    assert share == pytest.approx([0.25, 0.125, 0.5], abs=1e-3)


def test_the_axis_holds_the_reference():
    plot = Lanes([Lane("a", (Dot(10.0, 9.0, 11.0),))], reference=0.0).sizes[0]
    assert WIDE.start <= plot.reference < plot.tracks[0].dots[0][2]


def test_lanes_do_not_overlap():
    for plot in Lanes([ONE, TWO, ONE]).sizes:
        for above, below in zip(plot.tracks, plot.tracks[1:], strict=False):
            assert max(y for _, y, *_ in above.dots) < min(y for _, y, *_ in below.dots)
            assert above.lines[-1][0] < below.lines[0][0]
        assert plot.tracks[-1].dots[-1][1] < plot.bottom < plot.height


def test_an_interval_without_an_end_stops_where_the_axis_does():
    lanes = [ONE, Lane("b", (Dot(1.0, -math.inf, math.inf),))]
    plot = Lanes(lanes).sizes[0]
    _, _, low, high, _ = plot.tracks[1].dots[0]
    assert (low, high) == (WIDE.start, WIDE.end)


def test_what_cannot_be_told_has_no_place():
    plot = Lanes([ONE, Lane("b", (Dot(math.nan),), "cannot tell")]).sizes[0]
    assert math.isnan(plot.tracks[1].dots[0][0])
    assert plot.tracks[1].text[1] == "cannot tell"


def test_nothing_to_show_has_an_axis_still():
    assert Lanes([Lane("a", ())]).sizes[0].ticks


def test_shares_have_per_cent():
    assert "50%" in dict(map(reversed, Lanes([ONE], span=(0.0, 1.0), shares=True).sizes[1].ticks))
