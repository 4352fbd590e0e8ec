"""Pools against loops and closed forms, and what must hold for every rule."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement_situations import chicken, full_game, random_game, random_negotiation
from comity.agreement import combine
from comity.agreement.models.combine import precision_weights
from comity.cases import Constitution, Evidence
from comity.core.errors import InputError
from comity.games import Game, NormalForm

EVIDENCE = (Evidence("fish", np.array([0.3, 0.1]), sd=0.5), Evidence("smoke", np.zeros(1), sd=1.0))
RULES = [
    Constitution(facts="mean"),
    Constitution(facts="median"),
    Constitution(facts="trimmed-mean"),
    Constitution(facts="precision", precision={"A": 1, "B": 2, "C": 3}),
    Constitution(facts="evidence"),
    Constitution(tastes="mean", prior="logarithmic"),
    Constitution(prior="logarithmic"),
]
IDS = [f"{c.tastes}, {c.facts}, {c.prior}" for c in RULES]


def same(first: Game, second: Game, tolerance=1e-12) -> bool:
    theirs = second.blocks()
    return all(
        np.allclose(block.values, theirs[name].values, atol=tolerance, rtol=0)
        for name, block in first.blocks().items()
    )


def three(rng):
    return {name: full_game(rng, players=3) for name in "ABC"}


@pytest.mark.parametrize("rules", RULES, ids=IDS)
def test_equal_reports_give_that_report(rules, rng):
    game = full_game(rng, players=3)
    assert same(combine(dict.fromkeys("ABC", game), rules, EVIDENCE), game)


@pytest.mark.parametrize("rules", RULES, ids=IDS)
def test_the_order_of_reports_does_not_matter(rules, rng):
    reports = three(rng)
    backwards = dict(reversed(reports.items()))
    assert same(combine(reports, rules, EVIDENCE), combine(backwards, rules, EVIDENCE), 0)


@pytest.mark.parametrize("rules", RULES, ids=IDS)
def test_renaming_the_parties_renames_the_result(rules, rng):
    """Exchange A and C everywhere; the common model must be the same with A and C exchanged."""
    if rules.facts == "precision":
        rules = dataclasses.replace(rules, precision={"A": 3, "B": 2, "C": 1})
        back = dataclasses.replace(rules, precision={"A": 1, "B": 2, "C": 3})
    else:
        back = rules
    reports = three(rng)
    swapped = {"A": swap(reports["C"]), "B": swap(reports["B"]), "C": swap(reports["A"])}
    assert same(combine(swapped, rules, EVIDENCE), swap(combine(reports, back, EVIDENCE)))


def swap(game: NormalForm) -> NormalForm:
    """Exchange the first and third player: their rows, and their axes of every table."""
    rows = [2, 1, 0, 3]
    axes = np.arange(8).reshape(2, 2, 2).transpose(2, 1, 0).ravel()
    return dataclasses.replace(
        game,
        facts=game.facts[:, :, axes],
        weights=game.weights[rows],
        tastes=game.tastes[rows][:, :, axes],
    )


def test_on_own_tastes_each_is_the_authority(rng):
    reports = {"A": full_game(rng), "B": full_game(rng)}
    common = combine(reports, Constitution(tastes="own")).blocks()
    for name, report in reports.items():
        block = f"tastes[{name}]"
        assert np.array_equal(common[block].values, report.blocks()[block].values)


def test_nobody_is_the_authority_on_bystanders(rng):
    reports = {"A": full_game(rng), "B": full_game(rng)}
    common = combine(reports, Constitution(tastes="own", facts="mean")).blocks()
    said = [report.blocks()["tastes[Z]"].values for report in reports.values()]
    assert np.allclose(common["tastes[Z]"].values, np.mean(said, axis=0))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("mean", lambda rows: rows.mean(axis=0)),
        ("median", lambda rows: np.median(rows, axis=0)),
        ("trimmed-mean", lambda rows: np.median(rows, axis=0)),
        ("precision", lambda rows: (rows * [[0.5], [0.3], [0.2]]).sum(axis=0)),
    ],
)
def test_facts_against_arithmetic(rule, expected, rng):
    reports = three(rng)
    rules = Constitution(facts=rule, precision={"A": 5, "B": 3, "C": 2})
    rows = np.array([report.facts.ravel() for report in reports.values()])
    assert np.allclose(combine(reports, rules).facts.ravel(), expected(rows))


def test_a_trimmed_mean_of_four_leaves_out_two(rng):
    tables = [np.full((4, 1, 1, 1, 1), value) for value in (1.0, 2.0, 4.0, 1000.0)]
    reports = {
        name: NormalForm.from_payoffs(table, list("ABCD"), block="facts")
        for name, table in zip("ABCD", tables, strict=True)
    }
    assert combine(reports, Constitution(facts="trimmed-mean")).facts[0, 0, 0] == 3.0


def test_evidence_weighs_facts_by_likelihood():
    good, bad = (chicken(block="facts").replace("facts", np.full(8, f)) for f in (1.0, 3.0))
    evidence = (Evidence("payoff of A", np.array([1.5, 1.5]), sd=1.0),)
    common = combine({"A": good, "B": bad}, Constitution(facts="evidence"), evidence)
    # losses 2 * .5^2 / 2 = .25 and 2 * 1.5^2 / 2 = 2.25
    share = 1 / (1 + np.exp(-2.0))
    assert np.allclose(common.facts[0], share * 1 + (1 - share) * 3)
    # no data on what B gets: equal weights
    assert np.allclose(common.facts[1], 2.0)


def test_pools_of_priors(rng):
    reports = {"A": full_game(rng, states=3), "B": full_game(rng, states=3)}
    first, second = (report.prior for report in reports.values())
    linear = combine(reports, Constitution(prior="linear")).prior
    logarithmic = combine(reports, Constitution(prior="logarithmic")).prior
    assert np.allclose(linear, (first + second) / 2)
    geometric = np.sqrt(first * second)
    assert np.allclose(logarithmic, geometric / geometric.sum())


def test_a_logarithmic_pool_is_externally_bayesian(rng):
    """Updating all reports by one likelihood and pooling is the same as pooling and updating."""
    reports = {"A": full_game(rng, states=4), "B": full_game(rng, states=4)}
    likelihood = rng.random(4)

    def updated(game):
        posterior = game.prior * likelihood
        return game.replace("prior", posterior / posterior.sum())

    rules = Constitution(prior="logarithmic")
    after = combine({name: updated(report) for name, report in reports.items()}, rules)
    assert np.allclose(after.prior, updated(combine(reports, rules)).prior)


def test_a_logarithmic_pool_drops_what_one_excludes():
    games = [full_game(np.random.default_rng(0), states=3) for _ in "AB"]
    reports = {
        "A": games[0].replace("prior", [0.5, 0.5, 0.0]),
        "B": games[1].replace("prior", [0.0, 0.5, 0.5]),
    }
    assert combine(reports, Constitution(prior="logarithmic")).prior.tolist() == [0, 1, 0]


def test_disjoint_priors_have_no_logarithmic_pool(rng):
    game = full_game(rng)
    reports = {"A": game.replace("prior", [1, 0]), "B": game.replace("prior", [0, 1])}
    with pytest.raises(InputError, match="disjoint support"):
        combine(reports, Constitution(prior="logarithmic"))
    assert combine(reports, Constitution(prior="linear")).prior.tolist() == [0.5, 0.5]


def test_each_says_how_patient_it_is(rng):
    games = [random_negotiation(rng), random_negotiation(rng)]
    reports = {
        "A": dataclasses.replace(games[0], discount=np.array([0.9, 0.5])),
        "B": dataclasses.replace(games[1], discount=np.array([0.5, 0.8])),
    }
    common = combine(reports, Constitution())
    assert common.discount.tolist() == [0.9, 0.8]


def test_own_reservation_values_stand(rng):
    games = {name: random_negotiation(rng, reservation=rng.random(2)) for name in "AB"}
    common = combine(games, Constitution())
    assert common.reservation.tolist() == [games["A"].reservation[0], games["B"].reservation[1]]
    mean = combine(games, Constitution(tastes="mean")).reservation
    assert np.allclose(mean, (games["A"].reservation + games["B"].reservation) / 2)


@given(
    scales=st.lists(st.floats(0.1, 50), min_size=4, max_size=4),
    shifts=st.lists(st.floats(-20, 20), min_size=4, max_size=4),
)
def test_normalised_reports_forget_zero_and_unit(scales, shifts):
    rng = np.random.default_rng(3)
    tables = rng.standard_normal((2, 2, 3, 3))
    a, b = np.array(scales).reshape(2, 2, 1, 1), np.array(shifts).reshape(2, 2, 1, 1)
    rules = Constitution(normalise=True)

    def common(raw):
        games = [NormalForm.from_payoffs(t, ["A", "B"], block="facts") for t in raw]
        return combine(dict(zip("AB", games, strict=True)), rules)

    assert np.allclose(common(a * tables + b).table, common(tables).table, atol=1e-8)


@pytest.mark.parametrize(
    ("reports", "rules", "message"),
    [
        ({}, Constitution(), "no report"),
        ({"A": chicken()}, Constitution(), "reports.B"),
        (
            {"A": chicken(), "B": random_game(np.random.default_rng(0))},
            Constitution(),
            "not on one frame",
        ),
        (
            dict.fromkeys("AB", chicken(block="facts")),
            Constitution(facts="trimmed-mean"),
            "three reports",
        ),
        (
            dict.fromkeys("AB", chicken(block="facts")),
            Constitution(facts="precision", precision={"A": 1}),
            "constitution.precision.B",
        ),
        (
            dict.fromkeys("AB", chicken(block="facts")),
            Constitution(facts="evidence"),
            "there is none",
        ),
    ],
)
def test_refusals(reports, rules, message):
    with pytest.raises(InputError, match=message):
        combine(reports, rules)


@pytest.mark.parametrize("weights", [{"A": 0, "B": 0}, {"A": -1, "B": 2}, {"A": np.nan, "B": 1}])
def test_unusable_precision(weights):
    with pytest.raises(InputError, match=r"constitution\.precision"):
        precision_weights(("A", "B"), Constitution(precision=weights))
