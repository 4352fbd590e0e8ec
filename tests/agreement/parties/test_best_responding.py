"""The search finds known optima, and nothing where honesty is best."""

import dataclasses

import numpy as np
import pytest

from agreement_situations import case_of, random_negotiation
from comity.agreement import agree
from comity.agreement.parties import BestResponding, Context, best_responding
from comity.agreement.parties.best_responding import climb
from comity.agreement.studies.scalar import Scalar, scalar_case
from comity.cases import load
from comity.core.errors import InputError


def test_climbing_finds_a_concave_peak():
    def payoff(amounts):
        return -((amounts.get("x", 0) - 1.3) ** 2) - amounts.get("y", 0) ** 2

    found = climb(payoff, {"x": 1.0, "y": 1.0}, reach=1.0, steps=24)
    assert np.isclose(found["x"], 1.3, atol=1e-4)
    assert np.isclose(found.get("y", 0), 0, atol=1e-4)


def test_an_unknown_direction():
    case = scalar_case(0.5, 0.5, 0.5)
    with pytest.raises(InputError, match=r"parties\.one\.options\.only"):
        BestResponding(only=("charm",)).report(Context(case.parties[0], case.constitution))


def test_a_sure_party_goes_to_the_edge_of_the_tolerance():
    """Without noise the best bias against an honest other is the tolerance itself."""
    case = scalar_case(0.5, 0.5, 0.5, 0.2, gain_rule=True)
    liar = BestResponding(steps=12, only=("fact fair share",))
    report = liar.report(Context(case.parties[0], case.constitution))
    assert np.allclose(report.facts, 0.7, atol=1e-3)
    agreement = agree(case, parties={"one": liar}, rng=0, misreports="none")
    assert agreement.status == "agreed"
    assert np.isclose(case.models["one"].payoffs(agreement.play)[0], 0.6, atol=1e-3)


@pytest.mark.slow
def test_an_unsure_party_finds_the_bias_of_the_closed_form():
    """S = .5, t = .2, sd = .05 each: the best bias against an honest other."""
    case = scalar_case(0.5, 0.5, 0.5, 0.2)
    party = dataclasses.replace(case.parties[0], uncertainty={"facts": np.full(2, 0.05)})
    liar = BestResponding(draws=600, steps=7, reach=0.1, only=("fact fair share",))
    report = liar.report(Context(party, case.constitution, seed=3))
    best = Scalar(0.05, 0.5, 0.2).best_response()
    assert abs(report.facts[0, 0, 0] - 0.5 - best) < 0.02


def test_it_never_expects_less_than_the_truth(rng):
    game = random_negotiation(rng, (3, 3), reservation=0.3)
    case = case_of([game] * 2)

    def worth(parties):
        return game.payoffs(agree(case, parties=parties, rng=0, misreports="none").play)[0]

    assert worth({"A": BestResponding(steps=3)}) >= worth({}) - 1e-9


def test_distance_is_no_concern_of_its_own():
    case = scalar_case(0.9, 0.1, 0.5)
    rules = dataclasses.replace(case.constitution, acceptance=())
    case = dataclasses.replace(case, constitution=rules)
    agreement = agree(
        case,
        parties={"one": BestResponding(steps=1, only=("no deal",))},
        rng=0,
        misreports="none",
    )
    assert agreement.decisions[0].accepts
    assert "to it and its default" in agreement.decisions[0].reasons[0]


def test_it_weighs_no_more_than_its_tries():
    weighed = []

    def payoff(amounts):
        weighed.append(dict(amounts))
        return amounts.get("x", 0.0)

    found = climb(payoff, {"x": 1.0}, reach=1.0, steps=6, tries=7)
    assert len(weighed) == 7
    assert found["x"] == max(tried.get("x", 0.0) for tried in weighed)


def test_an_unsure_party_weighs_few_reports_unless_told(monkeypatch, examples):
    weighed, told = [], []

    def count(name, report, others):
        weighed.append(len(others))
        return float(len(weighed))

    monkeypatch.setattr(best_responding, "lie_value", count)
    case = load(examples / "river.toml")
    agree(
        case,
        parties={"Egypt": BestResponding()},
        misreports="none",
        rng=0,
        progress=lambda words, share: told.append(words),
    )
    assert sum(weighed) <= 3200
    assert "Egypt makes its report" in told
