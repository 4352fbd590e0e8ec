"""Designs for recovery: one for every explanation of the catalogue, of the kind it is about."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.estimation.recovery_designs import DESIGNS, design_for
from comity.inference.explanations import MOTIVES, PROCEDURES, Explanation, Motive, explain

KINDS = {
    "bruhin-fehr-schunk": "allocations",
    "risk-absolute": "lotteries",
    "commitment": "ultimatum answers",
    "moral-opportunist": "trust returns",
    "present-bias": "dated budgets",
    "level-2": "games",
    "quantal-response": "two-by-two games",
    "ewa": "repeated games",
    "memory-one": "dilemmas",
    "planning": "plans",
}


def shipped():
    return [explain(m, "logit") for m in MOTIVES] + [explain("own-payoff", p) for p in PROCEDURES]


def test_every_explanation_has_a_design_that_it_accepts():
    for explanation in shipped():
        design = design_for(explanation)
        explanation.check(design.situations)
        assert len(design.people) == 1
        assert len(design) == DESIGNS[design.games[0]][1]
        kind = KINDS.get(explanation.motive.name) or KINDS.get(explanation.procedure.name)
        assert kind in (None, design.games[0])


def test_payoffs_have_a_range_near_one():
    for make, _ in DESIGNS.values():
        own = [s.payoffs[:, :, 0] for s in make(np.random.default_rng(0))]
        assert 0.3 < np.median([np.ptp(table) for table in own]) < 2.1


def test_sequences_restart_and_the_others_are_known():
    design = design_for(explain("own-payoff", "fictitious-play"), decisions=100)
    assert len(np.unique(design.sequence)) == 5
    assert (design.others >= 0).all()
    same = design.others[1:] == design.others[:-1]
    assert 0.5 < same.mean() < 0.85


def test_the_same_seed_gives_the_same_design():
    one, two, other = (design_for(explain("own-payoff", "ewa"), rng=seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(one.others, two.others)
    assert (one.others != other.others).any()


def test_needs_of_ones_own_want_a_design_of_ones_own():
    motive = Motive("moody", lambda p, role, history, beliefs: p[..., role], needs=("weather",))
    with pytest.raises(InputError, match="no design"):
        design_for(Explanation(motive, PROCEDURES["logit"]))
