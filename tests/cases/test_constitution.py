import dataclasses

import pytest

from comity.cases import AcceptanceRule, Constitution, Talk


def test_what_is_usual():
    law = Constitution()
    assert (law.tastes, law.facts, law.prior) == ("own", "mean", "linear")
    assert law.solution == ("nash",)
    assert law.acceptance == (AcceptanceRule("gain", tolerance=0.0),)
    assert law.talk == Talk(rounds=0)


def test_fixed_before_anyone_reports():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Constitution().facts = "median"
