"""The last sentences of a comparison name what changed and what could not have been seen."""

import dataclasses

from comity.core import Certified
from comity.evaluation.card.conclusion import conclusion
from comity.evaluation.regression import Change, Regression


def change(title, verdict, matches=12):
    figure = Certified.estimate(0.1, 0.0, 0.2)
    return Change(title, title, "programs", False, 0.4, 0.5, figure, matches, 0.5, verdict)


BOTH = Regression(
    "old",
    "new",
    (
        change("agreement", "worse"),
        change("own gain", "worse"),
        change("harm", "better"),
        change("joint gain", "no change seen"),
    ),
    0.95,
    0,
)


def test_what_became_worse_and_what_better():
    assert conclusion(BOTH) == (
        "Worse in agreement and own gain; better in harm (95%, all scores at once).",
    )
    same = dataclasses.replace(BOTH, changes=BOTH.changes[3:])
    assert conclusion(same) == ("No change is certain (95%, all scores at once).",)


def test_moves_that_failed():
    assert conclusion(dataclasses.replace(BOTH, faults=3))[1] == "3 moves more failed."
    assert conclusion(dataclasses.replace(BOTH, faults=-1))[1] == "1 move fewer failed."


def test_what_so_few_matches_cannot_tell():
    few = (change("agreement", "no change seen", 2), change("harm", "no change seen", 1))
    told = conclusion(dataclasses.replace(BOTH, changes=few))
    assert told[1].startswith("No change can be certain by 2 matches")
    assert "50% of the time" in told[1]
    some = (change("agreement", "worse", 30), change("harm", "no change seen", 5))
    told = conclusion(dataclasses.replace(BOTH, changes=some))
    assert told[1].startswith("Too few matches bear on harm for any change there")
