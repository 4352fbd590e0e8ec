"""The whole road: what it refuses, and what it says of people who play each other."""

import dataclasses

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.evidence import Situation
from comity.inference.understanding.understand import MET, doubts, understand


@pytest.mark.parametrize("level", [0.3, 1.0, float("nan")])
def test_a_level_must_be_one(answers, level):
    with pytest.raises(InputError, match="level"):
        understand(*answers[:1], behaviour=answers[1], level=level)


def test_nothing_is_weighed_twice(answers):
    with pytest.raises(InputError, match="different explanations"):
        understand(answers[0], ["commitment", "commitment x logit"], behaviour=answers[1])


def test_people_who_play_each_other_are_not_called_independent(answers):
    evidence = answers[0]
    assert doubts(evidence) == ()
    coin = Situation(("a", "b"), np.ones((2, 2, 1)))
    met = dataclasses.replace(
        evidence,
        situations=(coin,) * len(evidence.situations),
        others=np.where(np.arange(len(evidence)) == 3, 1, -1),
    )
    assert doubts(met) == (MET,)
