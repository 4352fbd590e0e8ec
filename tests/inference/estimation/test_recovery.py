"""Recovery: planted parameters come back as often as intervals say, and faults are found out."""

import dataclasses

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.estimation import recovery
from comity.inference.estimation.recovery import recover
from comity.inference.estimation.recovery_designs import design_for
from comity.inference.explanations import MOTIVES, PROCEDURES, explain
from comity.inference.explanations.simulate import draw_choices

FEW = 200
SHIPPED = [
    names
    for names in [(m, "logit") for m in MOTIVES] + [("own-payoff", p) for p in PROCEDURES]
    if explain(*names).parameters
]


def tolerance(replications):
    """Five Monte Carlo errors of a coverage of 90%."""
    return 5 * np.sqrt(0.09 / replications)


@pytest.mark.parametrize(
    "names",
    [
        ("fehr-schmidt", "logit"),
        ("own-payoff", "tremble"),
        ("own-payoff", "automaton grim"),
        ("own-payoff", "level-2"),
    ],
)
def test_sets_hold_what_was_planted_and_ranks_are_even(names):
    explanation = explain(*names)
    found = recover(explanation, design_for(explanation, decisions=200), replications=FEW, rng=1)
    assert found.missed == 0
    for parameter in found.parameters:
        assert parameter.by_ratio.value == pytest.approx(0.9, abs=tolerance(FEW))
        assert parameter.coverage.value == pytest.approx(0.9, abs=tolerance(FEW))
        assert parameter.evenness > 1e-5
        assert parameter.error < 1
        assert parameter.intervals > 0.95
        assert parameter.ranks.sum() == FEW


@pytest.fixture(scope="module")
def never_behind():
    """Divisions in which one always gets more than the other."""
    design = design_for(explain("fehr-schmidt", "logit"), decisions=200)
    ahead = tuple(
        dataclasses.replace(s, payoffs=np.sort(s.payoffs, axis=-1)[..., ::-1] + [0.1, 0.0])
        for s in design.situations
    )
    return dataclasses.replace(design, situations=ahead)


def test_what_a_design_does_not_identify_has_no_interval(never_behind):
    found = recover(explain("fehr-schmidt", "logit"), never_behind, replications=FEW, rng=2)
    behind, ahead, _ = found.parameters
    assert found.statuses["not identified"] > 0.95 * FEW
    assert behind.intervals == 0
    assert behind.coverage.kind == "unknown"
    assert behind.overall.value == behind.by_ratio.value == 1.0
    assert ahead.intervals > 0.95
    assert min(behind.evenness, ahead.evenness) > 1e-5


def test_a_simulator_that_errs_is_found_out(monkeypatch):
    """People who are half as sensitive again as was planted."""

    def draw(explanation, values, batch, rng):
        return draw_choices(explanation, {"sensitivity": 1.5 * values["sensitivity"]}, batch, rng)

    monkeypatch.setattr(recovery, "draw_choices", draw)
    found = recover(explain("own-payoff", "level-2"), replications=FEW, rng=3)
    (sensitivity,) = found.parameters
    assert sensitivity.evenness < 1e-6
    assert sensitivity.bias > 0
    assert len(found.faults) == 3
    assert "uneven" in str(found)


def test_the_same_seed_gives_the_same_answer_and_ranges_may_be_given():
    one, two = (
        recover(explain("own-payoff", "level-2"), replications=40, ranges=ranges, rng=4)
        for ranges in (None, {"sensitivity": (1.0, 20.0)})
    )
    assert one.to_dict() == two.to_dict()
    far = recover(
        explain("own-payoff", "level-2"), replications=40, ranges={"sensitivity": (1e4, 2e4)}
    )
    assert far.statuses.get("separable", 0) > 0


def test_wrong_input():
    with pytest.raises(InputError, match="no such parameter"):
        recover(explain("own-payoff", "level-2"), ranges={"envy": (0, 1)})
    with pytest.raises(InputError, match="nothing to recover"):
        recover(explain("own-payoff", "level-2"), replications=1)


@pytest.mark.slow
@pytest.mark.parametrize("names", SHIPPED)
def test_every_shipped_explanation_comes_back(names):
    found = recover(explain(*names), replications=100, rng=5)
    for parameter in found.parameters:
        assert parameter.by_ratio.value > 0.9 - tolerance(100)
        assert parameter.evenness > 1e-5
