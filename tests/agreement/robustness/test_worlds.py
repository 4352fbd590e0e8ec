"""What each joint member leads to, against the whole protocol and plain loops."""

import dataclasses

import numpy as np
import pytest

from agreement.set_situations import matching, ultimatum, with_views
from agreement_situations import CHICKEN, case_of, chicken, random_negotiation
from comity.agreement import agree
from comity.agreement.robustness.worlds import refusals, worlds
from comity.cases import AcceptanceRule, Constitution, Party
from comity.core.errors import InputError
from comity.games import Lottery


def test_each_member_is_a_case_like_any_other(rng):
    game = random_negotiation(rng, reservation=0.3)
    word = game.blocks()["tastes[B]"].values
    case = with_views(case_of([game, game]), B=[game.replace("tastes[B]", word[::-1] * 0.9)])
    found = worlds(case)
    for member, settled, worth in zip(found.members, found.settled, found.agreements, strict=True):
        parties = tuple(Party(name, model) for name, model in member.models.items())
        agreement = agree(dataclasses.replace(case, parties=parties), rng=0, misreports="none")
        assert settled.status == agreement.status
        own = [m.payoffs(agreement.play)[i] for i, m in enumerate(member.models.values())]
        assert worth == pytest.approx(own)
    reservations = [[0.3, member.models["B"].reservation[1]] for member in found.members]
    assert found.without.tolist() == found.expected.tolist() == reservations


def test_a_play_is_worth_what_each_ones_own_view_says():
    case = ultimatum(0.3)
    found = worlds(case)
    greedy = found.carried_out(Lottery.pure((0,)))
    assert greedy.tolist() == [[1, 0], [1, -1]]
    assert found.carried_out(None).tolist() == [[0, 0], [0, 0]]
    assert found.unwelcome(Lottery.pure((0,))).tolist() == [[False, False], [False, True]]


def test_delay_makes_deals_worth_less(rng):
    game = dataclasses.replace(random_negotiation(rng), discount=np.array([0.5, 1.0]))
    other = game.replace("tastes[A]", game.blocks()["tastes[A]"].values * 2)
    found = worlds(with_views(case_of([game, game]), A=[other]))
    play = Lottery.pure((1, 1))
    assert found.carried_out(play, 2)[:, 0] == pytest.approx(found.carried_out(play)[:, 0] / 4)
    assert found.carried_out(play, 2)[:, 1] == pytest.approx(found.carried_out(play)[:, 1])


def test_only_the_gain_rule_refuses():
    case = ultimatum(0.3)
    public = dataclasses.replace(case.constitution, acceptance=(AcceptanceRule("public"),))
    found = worlds(dataclasses.replace(case, constitution=public))
    assert not found.unwelcome(Lottery.pure((0,))).any()
    kind = dataclasses.replace(case.constitution, acceptance=(AcceptanceRule("gain", tolerance=2),))
    assert (
        not worlds(dataclasses.replace(case, constitution=kind)).unwelcome(Lottery.pure((0,))).any()
    )


def test_what_nobody_enforces_is_broken_where_that_pays():
    """(C, C) tempts B in both views; A where daring pays, and where it does not (D, C) does."""
    calm = CHICKEN.copy()
    calm[0, 1, 0], calm[1, 0, 1] = -1, -1
    rules = Constitution(enforcement="self-enforcing", acceptance=(AcceptanceRule("public"),))
    found = worlds(matching(CHICKEN, calm, rules))
    assert found.unwelcome(Lottery.pure((0, 0))).tolist() == [[True, True], [False, True]]
    assert found.unwelcome(Lottery.pure((1, 0))).tolist() == [[False, False], [True, False]]


def test_refusals_by_plain_loops(rng):
    for _ in range(20):
        unwelcome = rng.random((6, 2, 3)) < 0.6
        known = rng.integers(0, 2, (6, 2))
        found = refusals(unwelcome, known)
        for m in range(6):
            for i in range(2):
                for p in range(3):
                    alike = [k for k in range(6) if known[k, i] == known[m, i]]
                    assert found[m, i, p] == all(unwelcome[k, i, p] for k in alike)


def test_each_knows_its_own_tastes_and_nobody_which_facts_hold():
    other = CHICKEN - 10.0
    assert worlds(matching(CHICKEN, other)).known.tolist() == [[0, 0], [0, 0]]
    tastes = worlds(with_views(case_of([chicken()] * 2), A=[chicken(other)]))
    assert tastes.known.tolist() == [[0, 0], [1, 0]]


def test_patience_is_a_taste(rng):
    game = random_negotiation(rng)
    hasty = dataclasses.replace(game, discount=np.array([0.5, 1.0]))
    assert worlds(with_views(case_of([game, game]), A=[hasty])).known.tolist() == [[0, 0], [1, 0]]


def test_a_member_in_which_the_constitution_fails_is_named():
    """A logarithmic pool of priors that have no state in common."""
    tables = {"dry": CHICKEN, "wet": CHICKEN}
    game = chicken().with_states(tables, [1.0, 0.0])
    rules = {"prior": "logarithmic"}
    case = with_views(case_of([game, game], **rules), B=[game.replace("prior", [0.0, 1.0])])
    with pytest.raises(InputError, match=r"alternatives \(B: view 0\)"):
        worlds(case)
