import dataclasses

import numpy as np

from comity.agreement.report.pictures import key, named_points, pictures


def test_two_parties_share_a_plane(river):
    found = pictures(river)
    assert found.wide is not None
    assert found.strips == ()
    moved = found.moving(river.scenarios[0])
    assert (moved["wide"]["x"], moved["wide"]["y"]) == (
        found.wide.x(river.deal[0]),
        found.wide.y(river.deal[1]),
    )


def test_the_moving_mark_stays_in_the_frame(river):
    found = pictures(river)
    for name, drawing in (("wide", found.wide), ("narrow", found.narrow)):
        frame = drawing.sheet.frame
        for scenario in river.scenarios[::5]:
            place = found.moving(scenario)[name]
            assert frame.left <= place["x"] <= frame.right
            assert frame.top <= place["y"] <= frame.bottom


def test_three_parties_have_a_line_each(three):
    found = pictures(three)
    assert found.wide is None
    assert [strip.party for strip in found.strips] == list(three.names)
    assert set(found.moving(three.scenarios[0])) == {"strip-0", "strip-1", "strip-2"}


def test_every_kind_of_mark_is_explained(river):
    kinds = {mark.kind for mark in named_points(river)}
    assert kinds <= {kind for kind, _ in key(river)}


def test_a_starting_point_in_other_units_is_not_drawn(river):
    case = river.agreement.case
    rules = dataclasses.replace(case.constitution, normalise=True)
    scaled = dataclasses.replace(
        river.agreement, case=dataclasses.replace(case, constitution=rules)
    )
    marks = named_points(dataclasses.replace(river, agreement=scaled))
    assert "start" not in {mark.kind for mark in marks}
    assert np.all([np.isfinite(mark.point).all() for mark in marks])
