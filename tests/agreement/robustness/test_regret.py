"""Regrets by plain loops, from the whole protocol run on each member's own Case."""

import dataclasses

import numpy as np
import pytest

from agreement.set_situations import matching, ultimatum, with_views
from agreement_situations import CHICKEN, case_of, full_game, random_negotiation
from comity.agreement import agree, default_payoffs, regret_table
from comity.agreement.robustness.members import joint_members
from comity.cases import Constitution, Party
from comity.games import Lottery


def by_loops(case, table):
    """What each would get more if the member were known: `agree` on each member, loops over all."""
    regret = np.zeros(table.regret.shape)
    for m, member in enumerate(joint_members(case)):
        parties = tuple(Party(name, model) for name, model in member.models.items())
        known = agree(dataclasses.replace(case, parties=parties), rng=0, misreports="none")
        for i, name in enumerate(case.names):
            best = member.models[name].payoffs(known.play)[i]
            for p, choice in enumerate(table.choices):
                got = member.models[name].payoffs(choice.play)[i] if choice.play else np.nan
                if choice.play is None or refused(case, member, choice.play):
                    got = default_payoffs(member.models[name], case.constitution)[i]
                regret[m, i, p] = max(0.0, best - got)
    return regret


def refused(case, member, play):
    """Whether somebody is below its default in every member that has its own tastes."""
    for i, name in enumerate(case.names):
        alike = [
            other.models[name]
            for other in joint_members(case)
            if np.array_equal(own(other, name), own(member, name))
        ]
        short = [
            m.payoffs(play)[i] < default_payoffs(m, case.constitution)[i] - 1e-9 for m in alike
        ]
        if all(short):
            return True
    return False


def own(member, name):
    return member.models[name].blocks()[f"tastes[{name}]"].values


def test_a_game_of_actions_by_plain_loops(rng):
    """One who sees everything alike, so that its default is what really happens."""
    game = full_game(rng)
    case = case_of([game, game], solution=("egalitarian",))
    stern = game.blocks()["tastes[B]"].values + rng.standard_normal(10)
    case = with_views(case, B=[game.replace("tastes[B]", stern)])
    table = regret_table(case)
    assert table.exhaustive
    np.testing.assert_allclose(table.regret, by_loops(case, table), atol=1e-7)
    assert table.refused.any()


def test_a_negotiation_by_plain_loops(rng):
    game = random_negotiation(rng, (3, 2), reservation=0.5)
    word = game.blocks()["tastes[A]"].values
    case = with_views(case_of([game, game]), A=[game.replace("tastes[A]", word[::-1])])
    table = regret_table(case)
    assert len(table.plays) >= 7
    np.testing.assert_allclose(table.regret, by_loops(case, table), atol=1e-7)


def test_the_ultimatum_by_hand():
    table = regret_table(ultimatum(0.3))
    assert table.members == ("central", "Responder: committed")
    assert table.plays == ("offer: nothing", "offer: the threshold", "no agreement")
    assert table.agreements.tolist() == [[1, 0], [0.7, 0.15]]
    assert table.regret[:, 0].tolist() == [[0, pytest.approx(0.3), 1], [0.7, 0, 0.7]]
    assert table.regret[:, 1].tolist() == [[0, 0, 0], [0.15, 0, 0.15]]
    assert table.stakes.tolist() == [1, 0.15]
    assert table.shares([0])[:, 0].min() == 0
    assert table.shares()[0, 1, 1] == pytest.approx(-1)
    assert table.refused[:, 1].tolist() == [[False] * 3, [True, False, False]]


def test_units_and_zeros_of_payoffs_do_not_matter(rng):
    game = random_negotiation(rng, (3, 3), reservation=0.4)
    word = game.blocks()["tastes[B]"].values
    stern = rng.permutation(word)

    def shares(scale, shift):
        first, second = (
            game.replace("tastes[B]", np.append(scale * v[:-1] + shift / 2, scale * v[-1] + shift))
            for v in (word, stern)
        )
        return regret_table(with_views(case_of([first, first]), B=[second])).shares()

    np.testing.assert_allclose(shares(7.0, -3.0), shares(1.0, 0.0), atol=1e-7)


def test_a_play_that_was_given_is_looked_at_alone():
    table = regret_table(ultimatum(0.3), {"half": Lottery.uniform([(0,), (1,)])})
    assert table.plays == ("half",)
    assert not table.exhaustive
    # -1/2 + .15/2 is below no deal, so the committed responder refuses.
    assert table.regret[:, 0, 0] == pytest.approx([0.15, 0.7])


def test_a_large_negotiation_looks_at_agreements_and_where_they_end(rng):
    game = random_negotiation(rng, (9, 9, 9))
    word = game.blocks()["tastes[B]"].values
    table = regret_table(with_views(case_of([game, game]), B=[game.replace("tastes[B]", word**2)]))
    assert not table.exhaustive
    assert len(table.plays) < 10
    ends = {o for c in table.choices if c.play is not None for o in c.play.outcomes}
    alone = {c.play.outcomes[0] for c in table.choices if c.play and c.play.is_pure}
    assert ends == alone


def test_an_answer_leaves_some_members_with_their_stakes():
    table = regret_table(ultimatum(0.3, weight=0.25))
    assert table.weights == pytest.approx([0.75, 0.25])
    part = table.within([1])
    assert part.members == ("Responder: committed",)
    assert part.stakes is table.stakes
    np.testing.assert_array_equal(part.regret, table.regret[1:])
    assert part.weights.tolist() == [0.25]


def test_knowing_the_facts_a_party_refuses_more():
    """Safe in one view: A would take (C, C). In the other it is worth less than acting alone."""
    bad = CHICKEN.copy()
    bad[0, 0, 0] = -4
    table = regret_table(matching(CHICKEN, bad, Constitution()))
    at = table.plays.index("C, C")
    assert not table.refused[:, 0, at].any()
    assert table.within([1]).refused[0, 0, at]


def test_nothing_at_stake_is_no_division_by_zero():
    zero = np.zeros((2, 2, 2))
    table = regret_table(matching(zero, zero + 1.0))
    assert table.stakes.tolist() == [1, 1]
    assert table.regret.max() == 0
