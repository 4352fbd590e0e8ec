"""Every field of the certificate, recomputed by plain loops."""

import dataclasses

import numpy as np
import pytest

from agreement_situations import case_of
from comity.agreement import agree
from comity.agreement.certificate import certify_agreement, information_of
from comity.cases import AcceptanceRule, Belief, Case, Constitution, Party
from comity.core import Certified
from comity.games import Issue, Negotiation, NormalForm

CHICKEN = np.array([[[0, -1.5], [5, -5]], [[0, 2], [-1, -5]]])


def chicken_case(**changes):
    rng = np.random.default_rng(11)
    models = [
        NormalForm.from_payoffs(
            CHICKEN + 0.3 * rng.normal(size=CHICKEN.shape),
            "AB",
            [["yield", "go"]] * 2,
            block="facts",
            bystanders=["town"],
            effects=rng.normal(size=(1, 2, 2)),
        )
        for _ in "AB"
    ]
    parties = tuple(Party(n, m) for n, m in zip("AB", models, strict=True))
    return Case("chicken", parties, Constitution(**changes))


def three_party_case(**changes):
    rng = np.random.default_rng(5)
    issues = [Issue("x", tuple("abc")), Issue("y", tuple("de"))]
    names = ("A", "B", "C")
    models = [
        Negotiation.tabulated(
            names, issues, rng.random((4, 3, 2)), bystanders=("D",), reservation=0.3
        )
        for _ in names
    ]
    parties = tuple(Party(n, m) for n, m in zip(names, models, strict=True))
    rules = {"disagreement": "no-deal", "default": "no-deal"} | changes
    return Case("three", parties, Constitution(**rules))


def lottery(play):
    """Return (outcome, probability) pairs of any play of a 2 x 2 game."""
    if hasattr(play, "strategies"):
        first, second = play.strategies
        return [((a, b), first[a] * second[b]) for a in range(2) for b in range(2)]
    return list(zip(play.outcomes, play.probabilities, strict=True))


def expected(table, play):
    return sum(p * table[outcome] for outcome, p in lottery(play))


def maximin_2x2(table):
    """Return the maximin strategy of the row player by a fine search of mixtures."""
    grid = np.linspace(0, 1, 200_001)
    worst = np.minimum(*(grid * table[0, b] + (1 - grid) * table[1, b] for b in range(2)))
    return np.array([grid[worst.argmax()], 1 - grid[worst.argmax()]])


def test_gains_by_hand():
    case = chicken_case()
    agreement = agree(case, rng=0, misreports="none")
    assert agreement.status == "agreed"
    for i, name in enumerate(case.names):
        table = case.models[name].table
        own = maximin_2x2(table[0]), maximin_2x2(table[1].T)
        default = own[0] @ table[i] @ own[1]
        gain = agreement.certificate.gain_private[name]
        assert gain.kind == "exact"
        assert gain.value == pytest.approx(expected(table[i], agreement.play) - default, abs=1e-4)
        # All are honest here, so what the reports show is what is true.
        assert agreement.certificate.gain_reported[name].value == pytest.approx(gain.value)


def test_deviation_gains_by_plain_loops():
    case = chicken_case()
    agreement = agree(case, rng=0, misreports="none")
    for i, name in enumerate(case.names):
        views = {"common": agreement.common, "own": case.models[name]}
        for view, model in views.items():
            gain = 0.0
            for told in range(2):
                best = 0.0
                for other in range(2):
                    change = 0.0
                    for outcome, p in lottery(agreement.play):
                        if outcome[i] == told:
                            moved = tuple(other if j == i else a for j, a in enumerate(outcome))
                            change += p * (model.table[i][moved] - model.table[i][outcome])
                    best = max(best, change)
                gain += best
            found = agreement.certificate.deviation_gain[name][view]
            assert found.value == pytest.approx(gain, abs=1e-9)


def test_bystanders_by_each_view():
    case = chicken_case()
    agreement = agree(case, rng=0, misreports="none")
    defaults = [maximin_2x2(case.models["A"].table[0]), maximin_2x2(case.models["B"].table[1].T)]
    views = {**case.models, "common": agreement.common}
    assert set(agreement.certificate.bystanders) == {"town"}
    assert set(agreement.certificate.bystanders["town"]) == set(views)
    for view, model in views.items():
        effects = model.values[2].reshape(2, 2)
        change = expected(effects, agreement.play) - defaults[0] @ effects @ defaults[1]
        assert agreement.certificate.bystanders["town"][view].value == pytest.approx(
            change, abs=1e-4
        )


def test_disagreement_moves_the_agreement():
    """The design's chicken: (1.75, .5) from maximin and (4.33, -.69) from the crash."""
    model = NormalForm.from_payoffs(CHICKEN, "AB", block="facts")
    case = Case("chicken", (Party("A", model), Party("B", model)), Constitution())
    agreement = agree(case, rng=0, misreports="none")
    other = agreement.certificate.disagreement_sensitivity["favourite-equilibrium"]
    assert agreement.payoffs == pytest.approx([1.75, 0.5], abs=1e-6)
    assert other["point"] == pytest.approx([-5, -5])
    assert other["payoffs"] == pytest.approx([4.333, -0.694], abs=2e-3)
    assert "maximin" not in agreement.certificate.disagreement_sensitivity


def test_lies_are_found_and_bounded():
    case = chicken_case()
    certificate = agree(case, rng=0, misreports="local").certificate
    for name in case.names:
        found, bound = certificate.misreport_found[name], certificate.misreport_bound[name]
        assert (found.kind, bound.kind) == ("lower_bound", "upper_bound")
        assert 0 < found.value <= bound.value + 1e-9
        changed = set(certificate.misreport_report[name])
        assert changed
        assert changed <= {"facts", f"tastes[{name}]"}
    assert certificate.information == "ex post"


def test_none_looks_for_no_lies_but_bounds_them():
    certificate = agree(chicken_case(), rng=0, misreports="none").certificate
    assert {figure.kind for figure in certificate.misreport_found.values()} == {"unknown"}
    assert {figure.kind for figure in certificate.misreport_bound.values()} == {"upper_bound"}


def test_three_parties_by_hand():
    case = three_party_case()
    agreement = agree(case, rng=0, misreports="none")
    assert agreement.status == "agreed"
    for i, name in enumerate(case.names):
        table = case.models[name].values[i].reshape(3, 2)
        worth = sum(
            p * table[o]
            for o, p in zip(agreement.play.outcomes, agreement.play.probabilities, strict=True)
        )
        leave = sum(p * max(0.0, 0.3 - table[o]) for o, p in lottery(agreement.play))
        assert agreement.certificate.gain_private[name].value == pytest.approx(worth - 0.3)
        assert agreement.certificate.deviation_gain[name]["own"].value == pytest.approx(leave)
    for view, model in case.models.items():
        table = model.values[3].reshape(3, 2)
        worth = sum(
            p * table[o]
            for o, p in zip(agreement.play.outcomes, agreement.play.probabilities, strict=True)
        )
        assert agreement.certificate.bystanders["D"][view].value == pytest.approx(worth)


def test_refusal_has_a_certificate_too():
    rule = AcceptanceRule("public", "raw", 1e-6)
    agreement = agree(chicken_case(acceptance=(rule,)), rng=0, misreports="none")
    assert agreement.status == "refused"
    certificate = agreement.certificate
    assert all(np.isfinite(figure.value) for figure in certificate.gain_private.values())
    assert certificate.bystanders["town"]["A"].value == pytest.approx(0, abs=1e-9)


def test_no_gain_has_a_certificate_too():
    agreement = agree(
        dataclasses.replace(
            three_party_case(disagreement="point", disagreement_point=dict.fromkeys("ABC", 5.0))
        ),
        rng=0,
        misreports="none",
    )
    assert agreement.status == "no gain"
    gains = agreement.certificate.gain_private.values()
    assert [figure.value for figure in gains] == pytest.approx([0, 0, 0])


def test_optimality_gap_is_proved():
    certificate = agree(chicken_case(), rng=0, misreports="none").certificate
    assert certificate.optimality_gap.kind == "exact"
    assert certificate.optimality_gap.value == 0


def test_information_is_interim_where_all_state_beliefs():
    case = three_party_case()
    assert information_of(case) == "ex post"
    sure = tuple(
        dataclasses.replace(
            party,
            beliefs=tuple(
                Belief(other, party.model.blocks()[f"tastes[{other}]"].values, 1.0)
                for other in case.names
                if other != party.name
            ),
        )
        for party in case.parties
    )
    assert information_of(dataclasses.replace(case, parties=sure)) == "interim"


def test_every_figure_is_certified_and_plain():
    agreement = agree(chicken_case(), rng=0, misreports="local")
    again = certify_agreement(agreement, misreports=5)
    assert again.misreport_found["A"].method.split(";")[0].endswith("parts")
    data = again.to_dict()
    assert data["gain_private"]["A"]["kind"] == "exact"
    for figures in (again.gain_reported, again.gain_private, again.misreport_bound):
        assert all(isinstance(figure, Certified) and figure.method for figure in figures.values())


AUMANN = NormalForm.from_payoffs([[[6.0, 2], [7, 0]], [[6, 7], [2, 0]]], ["A", "B"])


SPLIT = NormalForm.from_payoffs([[[4.0, 1], [5, 0]], [[1, 4], [-1, 0]]], ["A", "B"])


def test_a_mediators_figure_names_the_public_draw():
    """Aumann's chicken: told that both swerve, each would gain 1 by daring."""
    case = case_of([AUMANN] * 2, solution=("best-correlated-equilibrium",), acceptance=())
    agreement = agree(case, rng=1, misreports="none")
    both = dict(lottery(agreement.play))[(0, 0)]
    gain = agreement.certificate.deviation_gain["A"]["common"]
    assert gain.value == pytest.approx(0, abs=1e-9)
    assert f"a mediator tells each only its own part; {both:.4g}" in gain.method
    (said,) = [sentence for sentence in agreement.assumptions if "mediator" in sentence]
    assert f"A {both:.4g}, B {both:.4g}." in said


def test_without_a_mediator_the_figure_is_of_the_public_draw():
    """Half (4, 1), half (1, 4): A would leave the first, and gains nothing by leaving both."""
    zero = {"disagreement": "point", "disagreement_point": {"A": 0, "B": 0}}
    agreement = agree(case_of([SPLIT] * 2, acceptance=(), **zero), rng=1, misreports="none")
    assert np.allclose(agreement.payoffs, 2.5)
    gain = agreement.certificate.deviation_gain["A"]["common"]
    assert gain.value == pytest.approx(0.5)
    assert "told the whole draw, which is public" in gain.method
    assert not any("mediator" in sentence for sentence in agreement.assumptions)
