import dataclasses

import pytest

from comity.inference.report.verdict import summary, verdict
from inference.making import COMMITTED, FEHR, REPUTATION, standings, understanding

UNTOLD = "Whether the one explanation weighed stands cannot be told"


def with_fates(*fates, classes=(), told=None):
    made = [
        dataclasses.replace(s, stands=fate)
        for s, fate in zip(standings(), fates, strict=False)
    ]  # fmt: skip
    people = dataclasses.replace(understanding().people, told=told or {COMMITTED: 9, FEHR: 0})
    return understanding(standings=tuple(made), classes=classes, people=people)


@pytest.mark.parametrize(
    ("fates", "tone", "heading"),
    [
        ((), "none", "No explanation was weighed."),
        ((True,), "holds", f"The one explanation that was weighed stands: {COMMITTED}."),
        ((False,), "dead", f"The one explanation that was weighed fell: {COMMITTED}."),
        ((None,), "none", f"{UNTOLD}: {COMMITTED}."),
        ((True, False, False), "holds", f"One explanation stands: {COMMITTED}."),
        ((True, None, False), "fragile",
         f"One explanation stands: {COMMITTED}. Of 1 it cannot be told."),
        ((True, True, False), "fragile", "2 of 3 explanations stand."),
        ((True, True, None), "fragile", "2 of 3 explanations stand. Of 1 it cannot be told."),
        ((False, False), "fragile", "None of these explanations fits everybody."),
        ((False, None), "none", "Whether any of these explanations stands cannot be told."),
    ],
)  # fmt: skip
def test_the_heading_says_what_stands(fates, tone, heading):
    found = verdict(with_fates(*fates))
    assert (found.tone, found.heading) == (tone, heading)


def test_those_that_coincide_are_said_to():
    together = with_fates(True, True, False, classes=((COMMITTED, REPUTATION), (FEHR,)))
    assert verdict(together).heading.endswith("As fitted, no such data could tell them apart.")
    apart = with_fates(True, True, True, classes=((COMMITTED, REPUTATION), (FEHR,)))
    assert "As fitted" not in verdict(apart).heading


@pytest.mark.parametrize(
    ("told", "tone"),
    [
        ({f"{COMMITTED} or {REPUTATION}": 9}, "holds"),
        ({COMMITTED: 8, FEHR: 1}, "fragile"),
    ],
)
def test_what_stands_for_everybody_while_some_follow_another(told, tone):
    found = verdict(with_fates(True, False, False, told=told))
    assert found.tone == tone
    assert found.heading.endswith("Some people follow another.") == (tone == "fragile")


def test_that_nobody_is_explained_is_worse():
    made = dataclasses.replace(with_fates(False, False), people=None)
    assert verdict(made).tone == "dead"


def test_findings_are_told_as_they_are(rich):
    assert verdict(rich).findings == rich.findings


def test_the_evidence_in_a_sentence(rich):
    assert summary(rich) == (
        "720 decisions of 120 people in 6 situations, from offers.csv. 4 rows could not be used."
    )
    one = rich.evidence.of_people([0])
    clean = dataclasses.replace(one, source="", faults=())
    assert summary(understanding(evidence=clean)) == "6 decisions of 1 person in 6 situations."
