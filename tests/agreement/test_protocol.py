"""Runs from invitation to play: every status, oracles end to end, and what is not told."""

import dataclasses
import json

import numpy as np
import pytest

from agreement_situations import (
    CHICKEN,
    case_of,
    chicken,
    full_game,
    random_game,
    random_negotiation,
)
from comity.agreement import Decision, agree, verify
from comity.agreement.parties import Committed, Honest, Silent
from comity.agreement.studies.scalar import scalar_case
from comity.cases import AcceptanceRule, Evidence, Talk
from comity.core.errors import InputError
from comity.games import Lottery, NormalForm

PUBLIC = AcceptanceRule("public", "raw", 0.1)


def run(case, rng=1, **options):
    return agree(case, rng=rng, misreports="none", **options)


@pytest.mark.parametrize(
    ("disagreement", "payoffs"),
    [("maximin", [1.75, 0.5]), ("favourite-equilibrium", [13 / 3, -9 / 13])],
)
def test_chicken(disagreement, payoffs):
    case = case_of([chicken()] * 2, disagreement=disagreement, default="favourite-equilibrium")
    agreement = run(case)
    assert agreement.status == "agreed"
    assert np.allclose(agreement.payoffs, payoffs)
    assert np.allclose(agreement.common.payoffs(agreement.default_play), [-5, -5])
    assert agreement.solution == "nash"


@pytest.mark.parametrize("first", [0.3, 0.55, 0.7])
@pytest.mark.parametrize("second", [0.4, 0.5])
def test_the_scalar_setting_gives_the_mean_report(first, second):
    agreement = run(scalar_case(first, second, 0.5, 0.25))
    assert agreement.status == ("agreed" if abs(first - second) <= 0.25 else "refused")
    share = agreement.common.values[0] - (0.5 - (first + second) / 2)
    assert np.allclose(share, [1, 0])
    if agreement.status == "agreed":
        chance = dict(zip(agreement.play.outcomes, agreement.play.probabilities, strict=True))
        assert np.isclose(chance[(0,)], (first + second) / 2)


def test_refusal_plays_each_ones_own_default():
    views = [chicken(CHICKEN), chicken(np.stack([CHICKEN[0], [[0, -2], [-1, -5]]]))]
    case = case_of(
        views,
        default="favourite-equilibrium",
        tastes="mean",
        acceptance=(AcceptanceRule("public", "raw", 0.5),),
    )
    agreement = run(case)
    assert agreement.status == "refused"
    # A goes on by its own model and B, who fears it, swerves
    assert agreement.play.to_lottery().outcomes == ((1, 0),)


def test_a_refused_deal_is_no_deal():
    agreement = run(scalar_case(0.9, 0.1, 0.5, 0.2))
    assert agreement.status == "refused"
    assert agreement.play is None
    assert agreement.payoffs.tolist() == [0, 0]
    assert [decision.accepts for decision in agreement.decisions] == [False, False]


def test_who_stays_away_sends_all_to_their_defaults():
    case = case_of([chicken()] * 2, default="favourite-equilibrium")
    agreement = run(case, parties={"B": Silent()})
    assert agreement.status == "declined"
    assert agreement.common is None
    assert agreement.payoffs.tolist() == [-5, -5]
    assert "There is no common model" in agreement.assumptions[-1]


def test_no_gain():
    case = case_of([chicken()] * 2, disagreement="point", disagreement_point={"A": 9, "B": 9})
    agreement = run(case)
    assert agreement.status == "no gain"
    assert agreement.decisions == ()


def test_no_common_notion_is_a_refusal():
    case = case_of([chicken()] * 2, acceptable={"A": ("nash",), "B": ("utilitarian",)})
    agreement = run(case)
    assert agreement.status == "refused"
    assert "No solution is acceptable to all parties." in agreement.assumptions
    assert verify(agreement.transcript).ok


def test_the_notion_is_chosen_together():
    case = case_of(
        [chicken()] * 2, solution=("nash", "egalitarian"), acceptable={"B": ("egalitarian",)}
    )
    agreement = run(case)
    assert agreement.solution == "egalitarian"
    gains = agreement.payoffs - agreement.disagreement
    assert np.isclose(*gains)


def test_three_parties_and_a_bystander(rng):
    game = full_game(rng, players=3)
    noisy = [game.replace("facts", game.facts.ravel() + e) for e in (0.0, 0.05, -0.02)]
    agreement = run(case_of(noisy, facts="trimmed-mean"))
    assert agreement.status == "agreed"
    assert np.allclose(agreement.common.facts, game.facts)
    assert verify(agreement.transcript).ok


def test_same_seed_same_run(rng):
    case = case_of([random_game(rng), random_game(rng)])
    first, second = run(case, rng=7), run(case, rng=7)
    assert first.transcript == second.transcript
    assert first.transcript != run(case, rng=8).transcript


def test_without_a_seed_nonces_are_fresh():
    case = case_of([chicken()] * 2)
    assert run(case, rng=None).transcript[-1]["hash"] != run(case, rng=None).transcript[-1]["hash"]


def test_the_transcript_is_plain_json_and_holds_no_private_model():
    """The true estimate of a party that lies appears nowhere in what is recorded."""
    case = scalar_case(0.512345, 0.5, 0.5, 0.3, gain_rule=True)

    class Liar(Honest):
        def report(self, context):
            return context.model.replace("facts", [0.6, 0.6])

    agreement = run(case, parties={"one": Liar()})
    text = json.dumps(agreement.transcript)
    assert json.loads(text) == agreement.transcript
    assert "0.6" in text
    assert "512345" not in text
    assert verify(agreement.transcript, case).ok


def test_a_public_rule_binds_whoever_would_accept():
    case = scalar_case(0.9, 0.1, 0.5, 0.2)

    class Yes(Honest):
        def respond(self, context, proposal):
            return Decision(context.name, True, ("Anything will do.",))

    agreement = run(case, parties={"one": Yes(), "two": Yes()})
    assert agreement.status == "refused"
    assert "The constitution refuses for it" in agreement.decisions[0].reasons[1]
    assert verify(agreement.transcript).ok


def test_talk_until_the_tolerance_suffices():
    """Reports .3 apart, tolerance .1 and .05 more each round: agreed in the fourth round."""
    case = scalar_case(0.65, 0.35, 0.5, 0.1)
    rules = dataclasses.replace(case.constitution, talk=Talk(rounds=5, tolerance_step=0.05))
    agreement = run(dataclasses.replace(case, constitution=rules))
    assert agreement.status == "agreed"
    rounds = [step["data"]["round"] for step in agreement.transcript if step["type"] == "talk"]
    assert rounds == [1, 2, 3, 4]
    assert verify(agreement.transcript).ok


def test_talk_until_the_reports_are_close():
    """Each round halves the distance: .4, .2, .1."""
    case = scalar_case(0.7, 0.3, 0.5, 0.1)
    rules = dataclasses.replace(case.constitution, talk=Talk(rounds=5, revise=0.5))
    agreement = run(dataclasses.replace(case, constitution=rules))
    kinds = [step["type"] for step in agreement.transcript]
    assert (agreement.status, kinds.count("talk")) == ("agreed", 2)
    assert np.allclose(agreement.reports["one"].facts, 0.55)
    assert verify(agreement.transcript).ok


def test_talk_of_evidence():
    case = scalar_case(0.7, 0.3, 0.5, 0.1)
    rules = dataclasses.replace(case.constitution, talk=Talk(rounds=1, share_evidence=True))
    evidence = (Evidence("fair share", np.full(50, 0.7), sd=0.2),)
    agreement = run(dataclasses.replace(case, constitution=rules, evidence=evidence))
    assert agreement.status == "agreed"
    assert np.allclose(agreement.common.facts, 0.7, atol=1e-6)


def test_delay_costs_in_a_negotiation():
    case = scalar_case(0.65, 0.35, 0.5, 0.25)
    models = [dataclasses.replace(m, discount=np.array([0.5, 0.8])) for m in case.models.values()]
    late = dataclasses.replace(
        case,
        parties=tuple(
            dataclasses.replace(p, model=m) for p, m in zip(case.parties, models, strict=True)
        ),
        constitution=dataclasses.replace(
            case.constitution, talk=Talk(rounds=1, tolerance_step=0.05)
        ),
    )
    agreement = run(late)
    assert agreement.status == "agreed"
    assert np.allclose(agreement.payoffs, [0.25, 0.4])


def test_talk_can_end_without_agreement():
    case = scalar_case(0.9, 0.1, 0.5, 0.1)
    rules = dataclasses.replace(case.constitution, talk=Talk(rounds=2, tolerance_step=0.01))
    agreement = run(dataclasses.replace(case, constitution=rules))
    assert agreement.status == "refused"
    assert [s["type"] for s in agreement.transcript].count("solve") == 3


def test_acts_without_agreement():
    """Both are committed to go on unless they get 4: they crash, whatever their default rule."""
    case = case_of([chicken()] * 2, default="maximin")
    both = {name: Committed(4.0, "D") for name in "AB"}
    agreement = run(case, parties=both)
    assert agreement.status == "refused"
    assert agreement.payoffs.tolist() == [-5, -5]


@pytest.mark.parametrize(
    ("enforcement", "words"), [("binding", "is held to"), ("self-enforcing", "breaks")]
)
def test_who_breaks_the_agreement_is_noted(enforcement, words):
    class Traitor(Honest):
        def act(self, context, play):
            return "D"

    case = case_of([chicken()] * 2, enforcement=enforcement)
    agreement = run(case, parties={"A": Traitor()})
    assert agreement.transcript[-1]["data"]["acts"] == {"A": "D", "B": "comply"}
    assert any(words in sentence for sentence in agreement.assumptions)


def test_lotteries_are_drawn_from_all_nonces():
    outcomes = set()
    for seed in range(30):
        agreement = run(case_of([chicken()] * 2), rng=seed)
        outcomes.add(tuple(agreement.transcript[-1]["data"]["outcome"]))
    assert outcomes == {(1, 0), (0, 1)}


def test_progress_is_told_in_order():
    told = []
    run(case_of([chicken()] * 2), progress=lambda words, share: told.append((words, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert told[-1] == ("done", 1.0)


def test_unknown_party():
    with pytest.raises(InputError, match=r"parties\.Z"):
        run(case_of([chicken()] * 2), parties={"Z": Honest()})


@pytest.mark.parametrize("report", [NormalForm.from_payoffs(np.zeros((2, 3, 3)), ["A", "B"]), 7])
def test_a_report_must_be_on_the_frame(report):
    class Lost(Honest):
        def report(self, context):
            return report

    with pytest.raises(InputError, match=r"reports\.A"):
        run(case_of([chicken()] * 2), parties={"A": Lost()})


@pytest.mark.parametrize("notion", ["nash", "kalai-smorodinsky", "egalitarian", "utilitarian"])
def test_renaming_the_parties_renames_the_agreement(notion, rng):
    """Exchange the two parties everywhere: payoffs are exchanged."""
    tables = CHICKEN + 0.1 * rng.standard_normal((2, 2, 2, 2))
    views = [chicken(t, block="facts") for t in tables]
    swapped = [chicken(t[::-1].transpose(0, 2, 1), block="facts") for t in tables[::-1]]
    first, second = (run(case_of(v, solution=(notion,))) for v in (views, swapped))
    assert first.status == second.status
    assert np.allclose(first.payoffs, second.payoffs[::-1], atol=1e-7)


def test_a_large_additive_domain(rng):
    games = [random_negotiation(rng, (10,) * 20, reservation=8.0) for _ in "AB"]
    agreement = run(case_of(games))
    assert agreement.status == "agreed"
    assert verify(agreement.transcript).ok


STAG = NormalForm.from_payoffs([[[4, 0], [3, 3]], [[4, 3], [0, 3]]], ["A", "B"])


@pytest.mark.parametrize("enforcement", ["binding", "self-enforcing"])
def test_what_was_played_after_a_breach(enforcement):
    """A hunts hare although both agreed on stag: it gets 3 and B nothing, unless it is held."""

    class Breaker(Honest):
        def act(self, context, play):
            return context.model.actions[context.place][1]

    case = case_of([STAG] * 2, enforcement=enforcement, solution=("utilitarian",), acceptance=())
    agreement = run(case, parties={"A": Breaker()})
    assert agreement.payoffs.tolist() == [4, 4]
    kept = enforcement == "binding"
    assert agreement.acts == {"A": STAG.actions[0][1], "B": "comply"}
    assert agreement.played == (agreement.play if kept else Lottery.pure((1, 0)))
    assert agreement.payoffs_played.tolist() == ([4, 4] if kept else [3, 0])
    assert ("somebody broke it" in agreement.certificate.gain_private["B"].method) is not kept
    assert verify(agreement.transcript, case).ok


def test_a_breach_of_a_lottery_keeps_the_parts_of_the_others():
    class Traitor(Honest):
        def act(self, context, play):
            return "D"

    case = case_of([chicken()] * 2, enforcement="self-enforcing")
    agreement = run(case, parties={"A": Traitor()})
    play = agreement.play
    crash = sum(p for o, p in zip(play.outcomes, play.probabilities, strict=True) if o[1])
    expected = (1 - crash) * np.array([5, -1]) + crash * np.array([-5, -5])
    assert np.allclose(agreement.payoffs_played, expected)


def test_a_deal_that_somebody_leaves_is_no_deal(rng):
    class Leaver(Honest):
        def act(self, context, play):
            return "leave"

    game = random_negotiation(rng, (3, 3), reservation=0.3)
    rules = {"enforcement": "self-enforcing", "disagreement": "no-deal", "default": "no-deal"}
    agreement = run(case_of([game] * 2, **rules), parties={"B": Leaver()})
    assert agreement.status == "agreed"
    assert agreement.played is None
    assert agreement.payoffs_played.tolist() == game.reservation.tolist()


def test_an_act_is_an_action():
    class Odd(Honest):
        def act(self, context, play):
            return "whistle"

    with pytest.raises(InputError, match=r"acts\.A"):
        run(case_of([STAG] * 2, enforcement="self-enforcing"), parties={"A": Odd()})


def test_what_is_played_is_what_was_agreed_or_the_defaults():
    for case in (case_of([chicken()] * 2), scalar_case(0.9, 0.1, 0.5, 0.2)):
        agreement = run(case)
        assert agreement.played == agreement.play
        assert np.array_equal(agreement.payoffs_played, agreement.payoffs)
