"""Decision tables from predictions: sums by hand, and the ultimatum oracle by the general road."""

import numpy as np
import pytest

from comity.core import InputError
from comity.games import Negotiation, NormalForm
from comity.games.catalogue import divide_the_pie
from comity.inference.evidence import Situation
from comity.inference.explanations import explain
from comity.inference.explanations.member import Member, choice_tables
from comity.inference.shift.outcomes import choose_in, outcomes_by_member
from comity.inference.shift.settings import PerOption, after_seeing, of_situations, offers, unseen
from comity.inference.shift.ultimatum import Ultimatum

EGOIST = explain("own-payoff", "logit")
GAME = NormalForm.from_payoffs(
    [[[3, 0], [5, 1]], [[3, 5], [0, 1]]], ["Ana", "Bo"], [["trust", "take"], ["help", "harm"]]
)
SHARP, BLUNT = (
    Member(EGOIST, {"sensitivity": 2.0}, "sharp"),
    Member(EGOIST, {"sensitivity": 0.1}, "blunt"),
)


def logistic(x):
    return 1 / (1 + np.exp(-x))


def test_after_seeing_by_hand():
    found = outcomes_by_member(after_seeing(GAME, "Ana"), [SHARP, BLUNT])
    for m, sensitivity in enumerate([2.0, 0.1]):
        help_trust, help_take = logistic(sensitivity * (3 - 5)), logistic(sensitivity * (0 - 1))
        expected = [
            [3 * help_trust, 3 * help_trust + 5 * (1 - help_trust)],
            [5 * help_take + 1 * (1 - help_take), 1 * (1 - help_take)],
        ]
        assert found.payoffs[:, m] == pytest.approx(np.array(expected))
    assert found.decision().payoffs == pytest.approx(found.payoffs[:, :, 0])
    assert found.chances_of("harm")[0, 0] == pytest.approx(logistic(4.0))


def test_at_the_same_time_by_hand():
    found = outcomes_by_member(unseen(GAME, "Ana", expected=[0.25, 0.75]), [SHARP])
    # Bo expects help to yield 0.75 and harm 2.
    helps = logistic(2.0 * (0.75 - 2.0))
    assert found.payoffs[:, 0, 0] == pytest.approx([3 * helps, 5 * helps + 1 - helps])
    assert found.predictions.probabilities.shape == (1, 1, 2)


def test_draws_give_means_and_intervals():
    draws = np.array([[0.0], [0.5], [3.0]])
    found = outcomes_by_member(
        after_seeing(GAME, 0), [SHARP, BLUNT], draws=[draws, None], level=0.5
    )
    worth = 3 * logistic(-2 * draws[:, 0])
    assert found.payoffs[0, 0, 0] == pytest.approx(worth.mean())
    assert found.low[0, 0, 0] == pytest.approx(np.quantile(worth, 0.25))
    assert found.high[0, 0, 0] == pytest.approx(np.quantile(worth, 0.75))
    assert found.low[0, 1, 0] == found.high[0, 1, 0] == pytest.approx(3 * logistic(-0.2))
    by_draw = found.payoffs_by_draw()
    assert by_draw.shape == (2, 4)
    assert by_draw[0] == pytest.approx([*worth, 3 * logistic(-0.2)])
    assert found.chances_of("help")[0, 0] == pytest.approx(logistic(-2 * draws[:, 0]).mean())


def test_an_action_that_is_best_by_every_member_needs_no_weights():
    found = choose_in(after_seeing(GAME, "Ana"), [SHARP, BLUNT])
    assert found.dominant == "take"
    assert found.bayes is None
    assert found.regret.value.value == pytest.approx(0, abs=1e-12)
    assert "best by every member: take" in str(found)


# The ultimatum oracle: offers in tenths, the committed take 0.3 or more; leaving costs the people a
# little, so that nobody stands at a tie. Logit is so steep that 1e-9 is the most anybody errs.
THRESHOLD, PATIENCE = 0.3, 0.9
PIE = divide_the_pie(10)
PIECES = PIE.issues[0].name
ULTIMATUM = Negotiation.additive(
    ["Ana", "Bo"],
    PIE.issues,
    {"Ana": {PIECES: np.arange(11) / 10}, "Bo": {PIECES: 1 - np.arange(11) / 10}},
    reservation=[0.0, -0.005],
)
CUT = 0.275
COMMITTED = Member(
    explain("commitment", "logit"), {"threshold": CUT, "sensitivity": 5000.0}, "committed"
)
BUILDER = Member(
    explain("reputation", "logit"), {"patience": PATIENCE, "sensitivity": 5000.0}, "builder"
)


def ultimatum(continues):
    return offers(
        ULTIMATUM,
        "Ana",
        history={"resists": PerOption({"reject": 1.0}), "continues": continues},
        beliefs={"prize": CUT * (1 - PATIENCE) / PATIENCE},
    )


ORACLE = Ultimatum.coinciding(THRESHOLD, discount=PATIENCE)


def test_while_the_game_goes_on_no_answer_moves_the_prior():
    setting = ultimatum(1.0)
    tables = choice_tables([COMMITTED, BUILDER], setting.situations)
    assert tables[0] == pytest.approx(tables[1], abs=1e-9)
    offered = 1 - np.arange(11) / 10
    assert tables[0, :, 0] == pytest.approx(
        ORACLE.accepts("committed", offered + 1e-9).astype(float), abs=1e-9
    )
    prior = 0.2
    for taken in (0, 1):
        likely = tables[:, :, taken] > 1e-6
        ratio = tables[0, :, taken][likely[0]] / tables[1, :, taken][likely[1]]
        posterior = prior * ratio / (prior * ratio + 1 - prior)
        assert posterior == pytest.approx(prior, abs=1e-9)
        assert ORACLE.posterior(prior, [0.5], [True]) == prior


def test_in_the_last_round_the_prior_alone_decides():
    found = choose_in(ultimatum(0.0), [BUILDER, COMMITTED], failing="reject")
    decision = found.outcomes.decision()
    all_of_it, enough = f"{PIECES}: 10", f"{PIECES}: 7"
    path = found.paths["builder", "committed"]
    assert path.breaks == pytest.approx([THRESHOLD], abs=1e-9)
    assert path.actions == (all_of_it, enough)
    for belief in (0.1, 0.29, 0.31, 0.8):
        best = decision.bayes({"committed": belief, "builder": 1 - belief}).action
        assert (best == all_of_it) == ORACLE.asks_for_all(belief)
        weights = [1 - belief, belief]
        failures = choose_in(ultimatum(0.0), [BUILDER, COMMITTED], weights, failing="reject")
        assert failures.bayes.action == best
        chance = failures.failures[best].mean.value
        assert chance == pytest.approx(ORACLE.failure(belief), abs=1e-9)


def test_in_the_last_round_minimax_regret_is_that_of_the_oracle():
    found = choose_in(ultimatum(0.0), [BUILDER, COMMITTED]).regret
    greedy, regret = ORACLE.minimax_regret()
    chances = dict(zip(found.actions, found.chances, strict=True))
    assert found.value.value == pytest.approx(regret, abs=1e-9)
    assert chances[f"{PIECES}: 10"] == pytest.approx(greedy, abs=1e-9)
    assert chances[f"{PIECES}: 7"] == pytest.approx(1 - greedy, abs=1e-9)


def test_where_the_two_part_is_named():
    found = choose_in(ultimatum(0.0), [BUILDER, COMMITTED], failing="reject")
    parting = found.outcomes.predictions.partings[0]
    assert parting.gap == pytest.approx(1, abs=1e-9)
    assert {parting.lowest, parting.highest} == {"builder", "committed"}
    text = str(found)
    assert f"least regret 0.21: {PIECES}: 7 0.700, {PIECES}: 10 0.300" in text
    assert "changes where the weight on committed against builder is 0.3" in text
    assert f"{PIECES}: 10: No agreement with chance" in text


def test_options_that_are_not_there():
    both = of_situations(
        [
            Situation(("accept", "reject"), [[1, 2], [0, 0]], name="offer"),
            Situation(("fine",), [[3, 1]], name="order"),
        ]
    )
    found = outcomes_by_member(both, [SHARP])
    assert found.chances_of("reject")[1].tolist() == [0]
    assert found.payoffs[1, 0].tolist() == [1, 3]
    with pytest.raises(
        InputError, match=r"no such option.*found leave; expected accept, reject, fine"
    ):
        found.chances_of("leave")


def test_a_missing_feature_is_named():
    with pytest.raises(InputError, match=r"commitment.*that state resists"):
        outcomes_by_member(offers(ULTIMATUM, "Ana"), [COMMITTED])
