"""Differences are ranked by what they do; each effect by running the protocol by hand."""

import dataclasses

import numpy as np
import pytest

from comity.agreement import agree
from comity.agreement.compare import compare, pieces_of
from comity.agreement.studies.scalar import scalar_case
from comity.cases import AcceptanceRule, Case, Constitution, Party, Talk, load
from comity.games import Issue, Negotiation, NormalForm


def facts_case(**changes):
    rng = np.random.default_rng(4)
    truth = rng.normal(size=(2, 2, 2))
    models = [
        NormalForm.from_payoffs(truth + 0.4 * rng.normal(size=truth.shape), "AB", block="facts")
        for _ in "AB"
    ]
    parties = tuple(Party(name, model) for name, model in zip("AB", models, strict=True))
    return Case("facts", parties, Constitution(**changes))


def payoffs_by_own_models(case, models):
    """Run `agree` with these models and value what is played by the original ones."""
    parties = tuple(Party(name, model) for name, model in models.items())
    run = agree(dataclasses.replace(case, parties=parties), rng=0, misreports="none")
    return np.array([m.payoffs(run.play)[i] for i, m in enumerate(case.models.values())])


def test_effects_by_running_the_protocol():
    case = facts_case(acceptance=())
    honest = payoffs_by_own_models(case, case.models)
    parts = {part.label: part.indices for part in case.models["A"].blocks()["facts"].parts}
    single = [d for d in compare(case).differences if d.part in parts]
    assert len(single) == 8
    for difference in single:
        effects = []
        for taker, giver in ("AB", "BA"):
            values = case.models[taker].facts.ravel().copy()
            values[parts[difference.part]] = case.models[giver].facts.ravel()[
                parts[difference.part]
            ]
            models = case.models | {taker: case.models[taker].replace("facts", values)}
            effects.append(np.abs(payoffs_by_own_models(case, models) - honest).max())
        assert difference.effect == pytest.approx(max(effects), abs=1e-7)


def test_ranked_by_effect_not_size():
    """The largest disagreement is about an outcome that nobody would choose."""
    first = np.array([[[3.0, 0], [1, -9]], [[1.0, 0], [3, -9]]])
    second = first.copy()
    second[:, 1, 1] = -2
    second[1, 0, 0] = 2.0
    models = [NormalForm.from_payoffs(t, "AB", block="facts") for t in (first, second)]
    case = Case(
        "trap",
        tuple(Party(n, m) for n, m in zip("AB", models, strict=True)),
        Constitution(acceptance=(), disagreement="point", disagreement_point={"A": 0.0, "B": 0.0}),
    )
    found = compare(case).differences
    largest = max(found, key=lambda d: d.size)
    assert largest.size == 7
    assert largest.effect == 0
    assert found[0].effect > 0
    assert found[0].size == 1
    assert found[0].changes_outcome


def test_scalar_by_hand():
    """Settling the fair share moves the deal by half the difference; the deal always gains."""
    found = compare(scalar_case(0.6, 0.5, 0.2))
    assert found.differences[0].effect == pytest.approx(0.05)
    assert found.total_effect == pytest.approx(0.05)
    assert not found.conflict, "walking away from a negotiation is no clash"
    assert not found.clash


def test_conflict_is_between_those_who_act():
    """Each acts for its own favourite equilibrium and they crash; dominant actions do not."""
    chicken = [[[0.0, -1.5], [5, -5]], [[0, 2], [-1, -5]]]
    harmony = [[[3.0, 2], [1, 0]], [[3, 1], [2, 0]]]
    rules = Constitution(acceptance=(), default="favourite-equilibrium")
    for table, expected in ((chicken, True), (harmony, False)):
        model = NormalForm.from_payoffs(table, "AB", block="facts")
        found = compare(Case("game", (Party("A", model), Party("B", model)), rules))
        assert found.conflict == expected


def test_a_deal_after_talk_is_worth_its_discount():
    """Now both get .4 after a round at a tenth; with one view, .5 and .3 at once."""
    parties = []
    for name, fair in (("one", 0.6), ("two", 0.4)):
        model = scalar_case(fair, fair, 0.5).models[name]
        parties.append(Party(name, dataclasses.replace(model, discount=np.full(2, 0.1))))
    rules = dataclasses.replace(
        scalar_case(0.6, 0.4, 0.5).constitution,
        acceptance=(AcceptanceRule("public", "raw", 0.0),),
        talk=Talk(rounds=1, tolerance_step=10.0),
    )
    found = compare(Case("late", tuple(parties), rules))
    assert found.total_effect == pytest.approx(0.46)
    assert found.differences[0].effect == pytest.approx(0.46)


def test_the_difference_that_makes_them_refuse_is_decisive():
    case = scalar_case(0.7, 0.4, 0.3, 0.2)
    assert agree(case, rng=0, misreports="none").status == "refused"
    top = compare(case).differences[0]
    assert top.decisive
    assert top.block == "facts"


def test_river_hinges_on_one_belief(examples):
    """Only how likely a long drought is decides whether acting alone goes as expected."""
    found = compare(load(examples / "river.toml"))
    top = found.differences[0]
    assert (top.block, top.values, top.decisive) == ("prior", (0.1, 0.5), True)
    assert [d.decisive for d in found.differences].count(True) == 1
    assert found.conflict
    assert found.clash
    assert top.effect_alone > 3


def test_settled_views_have_no_differences():
    model = facts_case().models["A"]
    same = Case("same", (Party("A", model), Party("B", model)), Constitution())
    found = compare(same)
    assert found.differences == ()
    assert found.total_effect == 0


def test_authority_on_tastes_stays_with_the_owner():
    """A's guess about B is replaced by B's word, which under own tastes changes no deal."""
    issue = [Issue("deal", tuple("abc"))]
    rows = np.array([[0, 2, 4.0], [4, 3, 0]]), np.array([[0, 2, 4.0], [4, 1, 0]])
    parties = tuple(
        Party(n, Negotiation.tabulated(("A", "B"), issue, r))
        for n, r in zip("AB", rows, strict=True)
    )
    case = Case("guess", parties, Constitution(disagreement="no-deal", default="no-deal"))
    found = compare(case).differences
    assert {d.block for d in found} == {"tastes[B]"}
    assert all(d.effect == 0 for d in found)


def test_three_parties_are_compared_in_pairs():
    rng = np.random.default_rng(2)
    truth = rng.normal(size=(3, 2, 2, 2))
    parties = tuple(
        Party(n, NormalForm.from_payoffs(truth + 0.1 * k, "ABC", block="facts"))
        for k, n in enumerate("ABC")
    )
    found = compare(Case("three", parties, Constitution()))
    assert {d.parties for d in found.differences} == {("A", "B"), ("A", "C"), ("B", "C")}


def test_what_was_left_out_is_said():
    found = compare(facts_case(), max_runs=6)
    assert len(found.differences) <= 3
    assert "not worked out" in found.assumptions[-1]
    assert "not worked out" not in " ".join(compare(facts_case()).assumptions)


def test_groups_move_a_quantity_as_a_whole():
    model = facts_case().models["A"]
    block = model.blocks()["facts"]
    pieces = pieces_of(model, block, np.ones(block.values.size, bool))
    groups = [piece for piece in pieces if piece.members]
    assert [len(group.members) for group in groups] == [4, 4]
    assert len(pieces) == 10
    alone = np.zeros(block.values.size, bool)
    alone[3] = True
    assert len(pieces_of(model, block, alone)) == 1


def test_refusals_by_distance_can_be_settled():
    case = facts_case(acceptance=(AcceptanceRule("public", "raw", 0.5),))
    found = compare(case)
    assert agree(case, rng=0, misreports="none").status == "refused"
    assert found.total_effect > 0
    gaps = np.abs(case.models["A"].facts - case.models["B"].facts)
    assert found.differences[0].decisive == (np.sort(gaps.ravel())[-2] <= 0.5)
