"""Studies: the scalar figures of the design by the general machinery, seeds, workers, refusals."""

import dataclasses
import math

import numpy as np
import pytest
from scipy import stats

from comity.agreement import agree
from comity.agreement.misreports.posterior import inferred_posterior, normal_posterior
from comity.agreement.spreads import InferredSpread
from comity.agreement.studies.declared import Lie
from comity.agreement.studies.scalar import Scalar, scalar_case
from comity.agreement.studies.study import HONEST, study
from comity.cases import AcceptanceRule, Case, Constitution, Party, Talk
from comity.core.errors import InputError
from comity.games import Issue, Negotiation

NOISE = {"facts": 0.05}


def covers(figure, value, slack=0.0):
    assert figure.kind == "estimate"
    return figure.low - slack <= value <= figure.high + slack


@pytest.fixture(scope="module")
def exploited():
    """S = .1, t = .4, with the gain rule, against the bias that pays a liar best."""
    case = scalar_case(0.5, 0.5, 0.1, 0.4, gain_rule=True)
    lie = Lie("one", "fact fair share", (0.1161,), chance=0.5)
    return study(case, noise=NOISE, liars=[lie], draws=250, rng=7)


def test_gain_rule_of_the_design_by_the_general_machinery(exploited):
    outcome = exploited.outcomes["one lies"]
    assert covers(outcome.agreement_rate, 0.882)
    assert covers(outcome.gain["two"], 0.0370)
    assert covers(outcome.below_default["two"], 0.118)
    assert covers(outcome.gain["one"], 0.882 * (0.1 + 0.1161 / 2))
    assert outcome.amount == 0.1161


def test_honest_parties_split_the_surplus(exploited):
    honest = exploited.outcomes[HONEST]
    setting = Scalar(0.05, 0.1, 0.4, gain_rule=True)
    assert covers(honest.agreement_rate, setting.acceptance(0, 0))
    for name, gain in zip(("one", "two"), setting.gains(0, 0), strict=True):
        assert covers(honest.gain[name], gain)


def test_benchmarks_of_welfare(exploited):
    """Truly known, both keep S; so does the best outcome, which here is any deal."""
    assert exploited.informed.value == pytest.approx(0.2)
    assert exploited.first_best.value == pytest.approx(0.2)
    second = exploited.second_best
    assert second.welfare.value <= second.first_best.value + 1e-9
    assert second.incentive_slack >= -1e-9
    assert second.participation_slack >= -1e-9


def test_shares_of_welfare(exploited):
    outcome = exploited.outcomes["one lies"]
    assert covers(outcome.of_informed, 0.882)
    share = outcome.welfare.value / exploited.second_best.welfare.value
    assert outcome.of_second_best.value == pytest.approx(share)


def test_posterior_of_lying_covers_bayes_rule(exploited):
    """Distances are absolute here."""
    for row in exploited.posterior["one lies"]:
        exact = normal_posterior(row["distance"], 0.05, [0.1161], 0.5, signed=False).value
        assert row["lying"]["low"] - 0.01 <= exact <= row["lying"]["high"] + 0.01
    near, far = (exploited.lying("one lies", d).value for d in (0.01, 0.19))
    assert near < 0.5 < far


def test_posterior_where_few_lies_end_in_agreement():
    """What is refused is seen all the same: the rules must not thin out the distances."""
    sd, bias = 0.05, 0.15
    case = scalar_case(0.5, 0.5, 0.05, 10.0, gain_rule=True)
    lie = Lie("one", "fact fair share", (bias,))
    found = study(case, noise=NOISE, liars=[lie], draws=1500, rng=3, types=0)
    assert found.outcomes["one lies"].agreement_rate.value < 0.3
    for distance in (0.02, 0.05, 0.1, 0.15, 0.2):
        exact = normal_posterior(distance, sd, [bias], 0.5, signed=False).value
        seen = found.lying("one lies", distance)
        assert covers(seen, exact)
        assert seen.value == pytest.approx(exact, abs=0.1)


def test_shortfalls_by_scenario_and_party(exploited):
    """The honest party ends below by the bias less what noise gives back: both are closed forms."""
    assert set(exploited.true_shortfall) == {HONEST, "one lies"}
    for found in exploited.true_shortfall.values():
        assert set(found) == {"one", "two"}
    victim = exploited.true_shortfall["one lies"]["two"]
    assert covers(victim["chance"], 0.118)
    assert victim["size"] == exploited.outcomes["one lies"].shortfall["two"]
    assert 0 < victim["size"].value < 0.05


def late_case(discount, reservation=0.0):
    """A pie of 1 that can only be divided after a round of talk, which costs the discount."""
    model = Negotiation(
        players=("one", "two"),
        issues=(Issue("pie", ("all to one", "all to two")),),
        form="additive",
        prior=np.ones(1),
        quantities=("fair share",),
        facts=np.full((1, 1, 2), 0.5),
        weights=np.array([[-1.0], [1.0]]),
        tastes=np.array([[[1.5, 0.5]], [[-0.5, 0.5]]]),
        reservation=np.full(2, reservation),
        discount=np.full(2, discount),
    )
    rules = Constitution(
        acceptance=(AcceptanceRule("public", "raw", 0.0),),
        disagreement="no-deal",
        default="no-deal",
        talk=Talk(rounds=1, tolerance_step=10.0),
    )
    return Case("late", (Party("one", model), Party("two", model)), rules)


@pytest.mark.parametrize("discount", [1.0, 0.1])
def test_delay_costs_its_discount(discount):
    found = study(late_case(discount), noise=NOISE, liars=[], draws=10, rng=1, types=0)
    outcome = found.outcomes[HONEST]
    assert outcome.agreement_rate.value == 1
    assert outcome.welfare.value == pytest.approx(discount)
    assert outcome.of_informed.value == pytest.approx(discount)


def test_delay_can_end_below_default_and_a_liar_would_not_have_it():
    """After the talk the deal is worth .05 to each on average, and leaving at once .2."""
    lie = Lie("one", "fact fair share", (0.0,))
    found = study(late_case(0.1, 0.2), noise=NOISE, liars=[lie], draws=40, rng=1, types=0)
    honest = found.true_shortfall[HONEST]["two"]
    assert honest["chance"].value == 1
    assert honest["size"].value == pytest.approx(0.15, abs=0.005)
    assert found.outcomes["one lies"].agreement_rate.value == 0
    assert found.outcomes["one lies"].gain["one"].value == 0


def test_a_study_fills_the_certificate(exploited):
    case = scalar_case(0.5, 0.5, 0.1, 0.4, gain_rule=True)
    agreement = agree(case, rng=1, misreports="none")
    assert agreement.certificate.true_shortfall is None
    filled = exploited.certify(agreement)
    assert filled.certificate.true_shortfall == exploited.true_shortfall[HONEST]
    assert filled.to_dict()["certificate"]["true_shortfall"]["two"]["chance"]["kind"] == "estimate"
    assert filled.play == agreement.play
    with pytest.raises(InputError, match="another Case"):
        exploited.certify(agree(late_case(1.0), rng=1, misreports="none"))
    bare = dataclasses.replace(agreement, certificate=None)
    assert exploited.certify(bare) is bare


def test_tolerance_curve_of_the_design_by_the_general_machinery():
    """S = .5: an interior best tolerance near .159 against a liar that picks its bias."""
    case = scalar_case(0.5, 0.5, 0.5, 0.2)
    lie = Lie("one", "fact fair share", tuple(np.linspace(0, 0.3, 11)))
    tolerances = [0.04, 0.08, 0.12, 0.16, 0.2, 0.3, 0.5]
    found = study(case, noise=NOISE, liars=[lie], tolerances=tolerances, draws=150, rng=3, types=0)
    curve = found.tolerances["one lies"]
    setting = Scalar(0.05, 0.5, 0.2)
    for t, low, high in zip(tolerances, curve.low, curve.high, strict=True):
        exact = 0.5 * setting.kept_against_liar(t)
        assert low - 0.04 <= exact <= high + 0.04
    assert curve.best_tolerance.value in (0.12, 0.16, 0.2)
    assert found.second_best is None
    assert found.outcomes[HONEST].of_second_best.kind == "unknown"


@pytest.mark.parametrize("jobs", [1, 2])
def test_same_seed_same_answer_whatever_the_workers(jobs):
    case = scalar_case(0.5, 0.5, 0.1, 0.4)
    lie = Lie("two", "fact fair share", (-0.1,))
    one = study(case, noise=NOISE, liars=[lie], draws=60, rng=5, n_jobs=1)
    other = study(case, noise=NOISE, liars=[lie], draws=60, rng=5, n_jobs=jobs)
    assert one.to_dict() == other.to_dict()


def test_undeclared_lies_are_found():
    case = scalar_case(0.5, 0.5, 0.3, 0.4)
    found = study(case, noise=NOISE, liars=["one"], draws=40, rng=2, types=0)
    assert list(found.lies) == ["one lies"]
    honest, lying = (found.outcomes[s].gain["one"].value for s in (HONEST, "one lies"))
    assert lying > honest


def test_progress_is_told():
    told = []
    case = scalar_case(0.5, 0.5, 0.1, 0.4)
    study(
        case,
        noise=NOISE,
        liars=[],
        draws=30,
        rng=0,
        types=0,
        progress=lambda words, share: told.append(share),
    )
    assert told == sorted(told)
    assert told[-1] <= 1


def test_truth_can_be_drawn():
    """Truth varies; each draw is judged by its own truth, so honest gains stay the surplus."""
    case = scalar_case(0.5, 0.5, 0.2, 0.4)

    def truth(rng: np.random.Generator) -> Negotiation:
        return scalar_case(*[float(rng.uniform(0.35, 0.65))] * 2, 0.2).models["one"]

    found = study(case, truth=truth, noise=NOISE, liars=[], draws=80, rng=1, types=0)
    assert found.outcomes[HONEST].welfare.value == pytest.approx(0.4)


def test_nothing_declared_is_refused():
    with pytest.raises(InputError, match="uncertainty"):
        study(scalar_case(0.5, 0.5, 0.1, 0.4))


@pytest.mark.parametrize("draws", [0, 1, -3])
def test_too_few_draws_are_refused(draws):
    with pytest.raises(InputError, match="draws"):
        study(scalar_case(0.5, 0.5, 0.1, 0.4), noise=NOISE, draws=draws)


def test_unknown_liars_are_refused(exploited):
    with pytest.raises(InputError, match="liars"):
        study(scalar_case(0.5, 0.5, 0.1, 0.4), noise=NOISE, liars=["three"])
    with pytest.raises(InputError, match="scenario"):
        exploited.lying("three lies", 0.1)


def test_inferred_noise_is_averaged_over():
    """Honest distances mix two normals; the posterior of lying is that of the averages."""
    sds, weights = np.array([0.03, 0.12]), np.array([0.6, 0.4])
    spread = InferredSpread(sds, weights)
    lie = Lie("one", "fact fair share", (0.2,), chance=0.3)
    case = scalar_case(0.5, 0.5, surplus=0.2, tolerance=0.3)
    found = study(case, noise={"facts": spread}, liars=[lie], draws=500, rng=5, types=0)
    honest, _ = found.distances["one lies"]
    for edge in (0.05, 0.15, 0.3):
        chances = 2 * stats.norm.cdf(edge / (math.sqrt(2) * sds)) - 1
        assert np.mean(honest <= edge) == pytest.approx(float(weights @ chances), abs=0.06)
    for distance in (0.1, 0.25, 0.4):
        exact = inferred_posterior(distance, spread, [0.2], 0.3, signed=False).probability.value
        sampled = found.lying("one lies", distance)
        assert sampled.low - 0.03 <= exact <= sampled.high + 0.03
    assert any("drawn anew" in sentence for sentence in found.assumptions)
