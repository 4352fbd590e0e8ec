"""Minimax regret against grids of lotteries, closed forms, and the protocol itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement.set_situations import lotteries, matching, ultimatum, with_views
from agreement_situations import CHICKEN, case_of, chicken, full_game, random_negotiation
from comity.agreement import agree, minimax_regret, regret_table
from comity.agreement.robustness.minimax import chosen
from comity.cases import AcceptanceRule, Case, Constitution, Party
from comity.core.errors import InputError
from comity.games import MixedProfile

BOUND = (AcceptanceRule("public", tolerance=1e9),)
"""Nobody refuses a play."""


@given(st.floats(0.02, 0.98))
@settings(max_examples=12)
def test_the_ultimatum_oracle(threshold):
    """Greedy with probability y0, at a largest regret of y0 (1 - y0); y0 is least favourable."""
    found = minimax_regret(ultimatum(threshold), of=["Proposer"])
    chances = {draw.name: draw.probability for draw in found.draws}
    assert chances["offer: nothing"] == pytest.approx(threshold, abs=1e-7)
    assert found.regret.value == pytest.approx(threshold * (1 - threshold), abs=1e-8)
    assert found.largest_regret["Proposer"].value == pytest.approx(found.regret.value)
    assert found.least_favourable["Responder: committed"] == pytest.approx(threshold, abs=1e-7)
    assert found.optimality_gap.value < 1e-8
    # What is refused is refused by the committed one alone, as often as it is drawn.
    assert found.refusal.value == pytest.approx(threshold, abs=1e-7)
    assert found.central_regret.value == pytest.approx(1 - threshold)
    assert found.never_below_default


@given(st.floats(0.02, 0.98))
@settings(max_examples=8)
def test_where_the_responders_regret_counts_too(threshold):
    """It loses its whole stake by a refusal: greedy with q, max(q, (1 - q) y0) least."""
    found = minimax_regret(ultimatum(threshold))
    share = threshold / (1 + threshold)
    assert found.regret.value == pytest.approx(share, abs=1e-8)
    chances = {draw.name: draw.probability for draw in found.draws}
    assert chances["offer: nothing"] == pytest.approx(share, abs=1e-7)
    refused = next(draw for draw in found.draws if draw.name == "offer: nothing").refused_in
    assert refused == ("Responder: committed",)


def test_a_game_of_two_views_by_hand():
    """A sees (C, C) or (D, D) as good, all alike for B: a fair coin, at half the stake."""
    first, second = np.zeros((2, 2, 2)), np.zeros((2, 2, 2))
    first[0, 0, 0] = second[0, 1, 1] = 1
    rules = Constitution(
        acceptance=BOUND, disagreement="point", disagreement_point={"A": 0, "B": -1}
    )
    case = Case("a coin", (Party("A", chicken(first)), Party("B", chicken(first))), rules)
    found = minimax_regret(with_views(case, A=[chicken(second)]))
    assert found.regret.value == pytest.approx(0.5, abs=1e-8)
    assert {d.name: d.probability for d in found.draws} == pytest.approx({"C, C": 0.5, "D, D": 0.5})
    assert found.play.probabilities == pytest.approx([0.5, 0.5])
    assert found.central_regret.value == pytest.approx(1)
    assert found.least_favourable == pytest.approx({"central": 0.5, "A: view 0": 0.5})


@pytest.mark.parametrize("seed", range(6))
def test_the_program_finds_what_a_fine_grid_finds(seed):
    """2 x 2 games, all plays bound: every lottery over four outcomes in steps of 1/40."""
    rng = np.random.default_rng(seed)
    tables = [rng.standard_normal((2, 2, 2)) for _ in range(2)]
    case = matching(*tables, Constitution(acceptance=BOUND))
    table, found = regret_table(case), minimax_regret(case)
    pure = [k for k, c in enumerate(table.choices) if c.play is not None and c.play.is_pure]
    assert len(pure) == 4
    shares = table.shares()[:, :, pure]
    grid = np.array([max(0.0, (shares @ x).max()) for x in lotteries(4, 40)])
    # Moving a lottery to the grid changes a chance by at most 1/40 in each of three plays.
    slack = 3 / 40 * np.ptp(shares, axis=2).max()
    assert found.regret.value <= grid.min() + 1e-8
    assert found.regret.value >= grid.min() - slack
    assert 0 <= found.optimality_gap.value < 1e-8 * max(1.0, np.abs(table.shares()).max())


@pytest.mark.parametrize("seed", range(6))
def test_no_lottery_over_the_plays_does_better(seed):
    """Random lotteries over all plays, and the bound by the dual weights in plain loops."""
    rng = np.random.default_rng(seed)
    game = random_negotiation(rng, (3, 3), reservation=0.6)
    words = [game.blocks()[f"tastes[{n}]"].values for n in "AB"]
    views = {
        "A": [game.replace("tastes[A]", rng.permutation(words[0]))],
        "B": [game.replace("tastes[B]", rng.permutation(words[1])) for _ in range(2)],
    }
    case = with_views(case_of([game, game]), **views)
    table, found = regret_table(case), minimax_regret(case)
    shares = table.shares()
    for x in rng.dirichlet(np.full(len(table.plays), 0.2), 2000):
        assert (shares @ x).max() >= found.regret.value - 1e-8
    assert found.regret.value <= found.central_regret.value + 1e-8
    assert found.optimality_gap.value < 1e-8
    assert sum(found.least_favourable.values()) == pytest.approx(1)


def test_every_figure_by_plain_loops(rng):
    game = full_game(rng)
    stern = game.blocks()["tastes[B]"].values + rng.standard_normal(10)
    case = with_views(case_of([game, game]), B=[game.replace("tastes[B]", stern)])
    table, found = regret_table(case), minimax_regret(case)
    x = np.zeros(len(table.plays))
    for draw in found.draws:
        x[table.plays.index(draw.name)] = draw.probability
    for i, name in enumerate(case.names):
        worth = [sum(x[p] * table.worth[m, i, p] for p in range(len(x))) for m in range(2)]
        regrets = [table.agreements[m, i] - worth[m] for m in range(2)]
        assert found.largest_regret[name].value == pytest.approx(max(0.0, *regrets))
        gains = [worth[m] - table.expected[m, i] for m in range(2)]
        assert found.worst_gain[name].value == pytest.approx(min(gains))
        assert found.stakes[name] == pytest.approx(
            max(table.agreements[m, i] - table.without[m, i] for m in range(2))
        )
    refused = [sum(x[p] for p in range(len(x)) if table.refused[m, :, p].any()) for m in range(2)]
    assert found.refusal.value == pytest.approx(max(refused))


RULES = [
    {"solution": ("nash",)},
    {"solution": ("kalai-smorodinsky",), "lotteries": False},
    {"solution": ("egalitarian",), "tie_break": "first"},
    {"solution": ("utilitarian",)},
    {"solution": ("nash",), "enforcement": "self-enforcing"},
    {"solution": ("best-correlated-equilibrium",), "enforcement": "self-enforcing"},
    {"solution": ("best-equilibrium",), "default": "favourite-equilibrium"},
]


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: "-".join(map(str, rules.values())))
@pytest.mark.parametrize("seed", [0, 1])
def test_a_set_of_one_gives_todays_answer(rules, seed):
    """Two views that differ, nobody unsure: the play of the protocol, and no regret."""
    rng = np.random.default_rng(seed)
    games = [chicken(CHICKEN + 0.4 * rng.standard_normal(CHICKEN.shape), "facts") for _ in "AB"]
    case = case_of(games, **rules)
    same(case)


def test_a_set_of_one_negotiation_gives_todays_answer(rng):
    same(case_of([random_negotiation(rng, reservation=0.5)] * 2))
    same(case_of([random_negotiation(rng, reservation=5.0)] * 2))


def same(case):
    found, agreement = minimax_regret(case), agree(case, rng=0, misreports="none")
    assert found.members == ("central",)
    assert found.regret.value <= 1e-8
    assert len(found.draws) == 1
    if agreement.status == "agreed":
        play, agreed = (
            p.to_lottery() if isinstance(p, MixedProfile) else p
            for p in (found.play, agreement.play)
        )
        assert play == agreed
    else:
        assert found.draws[0].name == "no agreement"
        assert found.play is None


def test_without_lotteries_every_play_is_compared():
    case = ultimatum(0.3)
    rules = Constitution(solution=("utilitarian",), lotteries=False, default="no-deal")
    single = type(case)(case.title, case.parties, rules)
    found = minimax_regret(single)
    table = regret_table(single)
    worst = np.clip(table.shares(), 0, None).max(axis=(0, 1))
    assert found.regret.value == worst.min()
    assert [draw.name for draw in found.draws] == [table.plays[int(worst.argmin())]]
    assert found.least_favourable == {}
    assert found.optimality_gap.value == 0


def test_of_equal_lotteries_the_mean_regret_decides_by_the_weights():
    """Plays 1 and 2 both risk 1 in the first member; they differ in the other two."""
    shares = np.array([[[1.0, 1, 1]], [[1.0, 0.8, 0]], [[1.0, 0, 0.8]]])
    for weights, play in (([0.2, 0.5, 0.3], 2), ([0.2, 0.3, 0.5], 1)):
        x, _ = chosen(shares, np.array(weights))
        assert x[play] == pytest.approx(1)
    # Where all is alike the first, that of the central models, is drawn.
    assert chosen(np.ones((2, 1, 3)), None)[0] == pytest.approx([1, 0, 0])
    assert chosen(-np.ones((2, 1, 3)), None)[0] == pytest.approx([1, 0, 0])


def test_only_parties_at_the_table_count():
    with pytest.raises(InputError, match="no such party"):
        minimax_regret(ultimatum(0.3), of=["Nobody"])


def test_it_is_told_in_a_few_lines_and_is_plain_json():
    found = minimax_regret(ultimatum(0.3))
    lines = str(found).splitlines()
    assert lines[0] == "over 2 joint members: regret 0.231 of a stake"
    assert "refused in Responder: committed" in lines[2]
    data = found.to_dict()
    assert data["regret"]["kind"] == "exact"
    assert data["draws"][0]["play"]["outcomes"] == [[1]]
    assert any("3 in all" in sentence for sentence in data["assumptions"])
