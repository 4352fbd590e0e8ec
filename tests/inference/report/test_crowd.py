import dataclasses

import pytest

from comity.inference.report.crowd import crowd
from comity.inference.report.words import shown_share
from inference.making import bare, understanding


def test_shares_and_counts_are_those_of_the_result(rich):
    found, people = crowd(rich), rich.people
    assert [r.name for r in found.rows] == list(people.explanations)
    for row in found.rows:
        share = people.shares[row.name]
        assert row.share == shown_share(share)
        assert row.middle == pytest.approx(200 * share.value, abs=0.06)
        assert row.low <= row.middle <= row.high
        assert row.told.split()[0] == str(people.told[row.name])
    assert found.untold.split()[0] == str(people.cannot_tell)
    assert sum(people.told.values()) + people.cannot_tell == len(people.posteriors)


@pytest.mark.parametrize(
    ("cannot", "words"),
    [
        (80, "40 of 120 people can be assigned with a probability of 90% or more. Of the other 80"),
        (0, "All 120 people can be assigned"),
        (120, "Of none of 120 people can be told"),
    ],
)
def test_how_many_cannot_be_assigned_is_said_first(rich, cannot, words):
    people = dataclasses.replace(rich.people, cannot_tell=cannot)
    assert crowd(understanding(people=people)).sentence.startswith(words)


def test_nobody_assigned():
    assert crowd(bare()) is None
