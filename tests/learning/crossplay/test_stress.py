import json

import pytest

from comity.core import InputError
from comity.learning.crossplay.disturbed import Disturbance
from comity.learning.crossplay.stress import stress_test
from comity.learning.environments.make import make
from lever_players import Puller

LEVER = make("lever", payoffs=[1.0, 1.0])


def test_what_a_disturbance_costs():
    errs = Disturbance("errs", "half its moves are random", 0, 0, 0.5, "random")
    gone = Disturbance("is gone", "another plays", 0, 0, 1.0, "other")
    found = stress_test(
        [Puller(0, "same"), Puller(1, "other")],
        Puller(0),
        environment=LEVER,
        other=Puller(1),
        disturbances=[errs, gone],
        fixed=["same"],
        games=2000,
    )
    losses = {(s.agent, s.disturbance): s.loss for s in found.strains}
    assert losses["same", "errs"].value == pytest.approx(0.25, abs=0.03)
    assert losses["same", "errs"].low < 0.25 < losses["same", "errs"].high
    assert losses["same", "is gone"].value == 1.0
    assert losses["other", "is gone"].value == -1.0
    assert found.fixed == ("same",)
    assert json.dumps(found.to_dict(), allow_nan=False)


def test_the_standard_disturbances_unless_others_are_given():
    found = stress_test([Puller(0)], Puller(0), environment=LEVER, games=10)
    assert [s.disturbance for s in found.strains] == list(found.words)
    assert len(found.words) == 3


def test_nobody_to_test():
    with pytest.raises(InputError):
        stress_test([], Puller(0), environment=LEVER)
