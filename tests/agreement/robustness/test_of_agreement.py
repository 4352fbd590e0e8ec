"""What an agreement risks where a view is another one: by plain loops, and in its certificate."""

import dataclasses

import numpy as np
import pytest

from agreement.set_situations import ultimatum, with_views
from agreement_situations import case_of, random_negotiation
from comity.agreement import agree
from comity.agreement.robustness.members import joint_members
from comity.agreement.robustness.of_agreement import rests_on, robustness_of


def test_a_case_of_single_views_has_none(rng):
    agreement = agree(case_of([random_negotiation(rng)] * 2), rng=0, misreports="none")
    assert agreement.certificate.robustness is None
    assert robustness_of(agreement) is None
    assert not [s for s in agreement.assumptions if "central view" in s]
    assert rests_on(agreement.case) == ()


def test_the_greedy_deal_by_hand():
    """It rests on the builder: the committed would refuse it, and lose by it if it were bound."""
    agreement = agree(ultimatum(0.3), rng=0, misreports="none")
    assert agreement.play.outcomes == ((0,),)
    found = agreement.certificate.robustness
    figures = {n: (f["largest_regret"].value, f["worst_gain"].value) for n, f in found.items()}
    assert figures == {
        "Proposer": (pytest.approx(0.7), pytest.approx(1)),
        "Responder": (pytest.approx(0.15), pytest.approx(-1)),
    }
    told = found["Proposer"]["largest_regret"].method
    assert told == "in the member “Responder: committed”, where Responder would refuse it"
    assert "The agreement rests on the central view of Responder (also fitting: committed)." in (
        agreement.assumptions
    )
    assert (
        agreement.to_dict()["certificate"]["robustness"]["Responder"]["worst_gain"]["value"] == -1
    )


def test_by_plain_loops_after_a_round_of_talk(rng):
    """A deal reached late is worth less, as everywhere in its certificate."""
    game = dataclasses.replace(
        random_negotiation(rng, reservation=0.2), discount=np.array([0.9, 0.8])
    )
    word = game.blocks()["tastes[B]"].values
    case = with_views(case_of([game, game]), B=[game.replace("tastes[B]", 0.9 * word[::-1])])
    found = agree(case, rng=0, misreports="none")
    for i, name in enumerate(case.names):
        gains = []
        for member in joint_members(case):
            model = member.models[name]
            gains.append(model.payoffs(found.play)[i] - model.reservation[i])
        assert found.certificate.robustness[name]["worst_gain"].value == pytest.approx(min(gains))
    # The same deal after two rounds: A's part of it has shrunk to .81.
    late = dataclasses.replace(found, transcript=[{"type": "solve", "data": {"round": 2}}])
    worth = 0.81 * game.payoffs(found.play)[0] - game.reservation[0]
    assert robustness_of(late)["A"]["worst_gain"].value == pytest.approx(worth)


def test_without_agreement_it_is_what_they_forgo(rng):
    """No deal is good enough for the central B; the other one would have made one."""
    game = random_negotiation(rng)
    proud = game.replace("tastes[B]", [*game.blocks()["tastes[B]"].values[:-1], 9.0])
    case = with_views(case_of([proud, proud]), B=[game])
    agreement = agree(case, rng=0, misreports="none")
    assert agreement.status == "no gain"
    possible = agree(case_of([game, game]), rng=0, misreports="none")
    found = agreement.certificate.robustness
    assert found["A"]["largest_regret"].value == pytest.approx(game.payoffs(possible.play)[0])
    assert found["A"]["worst_gain"].value == 0


def test_too_many_members_are_a_reason_and_no_error(rng):
    game = random_negotiation(rng)
    word = game.blocks()["tastes[B]"].values
    many = [game.replace("tastes[B]", word + k) for k in range(1, 260)]
    agreement = agree(with_views(case_of([game, game]), B=many), rng=0, misreports="none")
    figure = agreement.certificate.robustness["A"]["worst_gain"]
    assert figure.kind == "unknown"
    assert "too many combinations" in figure.method
