"""What is recorded, and that all agents see the same draws."""

import numpy as np
import pytest

from agreement_situations import case_of, chicken
from comity.agreement.parties import Exaggerating, Honest, Silent
from comity.evaluation import yardsticks
from comity.evaluation.panel import ENCOUNTERS, PANEL
from comity.evaluation.playing import Schedule, play
from comity.evaluation.suite.family import Family
from evaluating import AlwaysAccepts, AlwaysRefuses, schedule


def test_a_silent_agent_never_agrees_and_gains_nothing():
    (record,) = play(schedule(PANEL, ("dilemmas", "bystanders")), [Silent()])
    assert not record.agreed.any()
    # A spiteful partner hurts whom it can: in dilemmas silence does not protect.
    place = list(PANEL).index("spiteful")
    assert np.allclose(np.delete(record.own, place, axis=0), 0)
    assert np.allclose(record.own[:, 1], 0)
    assert np.isnan(record.harm[:, 0]).all()
    assert np.allclose(record.harm[:, 1], 0)


def test_agents_of_one_schedule_see_the_same_draws():
    first, second = play(schedule(matches=3), [Honest(), Honest()])
    (alone,) = play(schedule(matches=3), [Honest()])
    for name in ("agreed", "own", "joint", "other", "below"):
        assert np.array_equal(getattr(first, name), getattr(second, name))
        assert np.array_equal(getattr(first, name), getattr(alone, name))


def test_splits_and_seeds_are_other_draws():
    runs = [play(s, [Honest()])[0].own for s in (
        schedule(), schedule(seed=1), schedule(split="development")
    )]  # fmt: skip
    assert not np.array_equal(runs[0], runs[1])
    assert not np.array_equal(runs[0], runs[2])


CHICKEN = Family(
    "dilemmas",
    "Chicken",
    "chicken",
    "One game, known to all.",
    2,
    lambda rng: (chicken(), case_of([chicken()] * 2, default="favourite-equilibrium")),
)


def test_gains_in_a_case_by_hand(monkeypatch):
    """Nash gives (1.75, .5) over the crash at (-5, -5); the seat goes round."""
    unit = yardsticks.Yardstick("first-best", 10.0)
    monkeypatch.setitem(yardsticks.YARDSTICKS, "dilemmas", unit)
    plan = Schedule((PANEL["honest"],), (CHICKEN,), 2, 0, "held-out")
    (record,) = play(plan, [Honest()])
    assert np.allclose(record.own[0, 0, 0], 6.75 / 5)
    assert np.allclose(record.own[0, 0, 1], 5.5 / 5)
    assert np.allclose(record.other[0, 0, 0], 5.5 / 5)
    assert np.allclose(record.joint, 12.25 / 10)
    assert record.own.shape == (1, 1, 2, ENCOUNTERS)


class Defers(AlwaysAccepts):
    """States that all it wants is for the other to have its favourite."""

    def report(self, context):
        model, place = context.model, context.place
        other = context.model.players[1 - place]
        values = model.blocks()[f"tastes[{other}]"].values
        return model.replace(f"tastes[{context.name}]", values)


def test_one_who_accepts_all_is_exploited_by_exactly_this_much(monkeypatch):
    """B claims to value what A does: the best for A is (D, C), worth (5, -1) to the two.

    Honest, B gains 5.5 over the crash; deferring it gains 4, and A 10 instead of 6.75.
    """
    unit = yardsticks.Yardstick("first-best", 2.0)
    monkeypatch.setitem(yardsticks.YARDSTICKS, "dilemmas", unit)
    plan = Schedule((PANEL["honest"],), (CHICKEN,), 2, 0, "held-out")
    honest, deferring = play(plan, [Honest(), Defers()])
    as_b = 1
    assert np.allclose(honest.own[0, 0, as_b], 5.5)
    assert np.allclose(deferring.own[0, 0, as_b], 4.0)
    assert np.allclose(deferring.other[0, 0, as_b], 10.0)


def test_below_default_counts_true_losses_only():
    """One who accepts all loses sometimes where its view misled it; one who refuses never does."""
    plan = schedule(("honest", "exaggerating"), ("bargaining",), matches=6)
    accepting, refusing = play(plan, [AlwaysAccepts(), AlwaysRefuses()])
    assert not refusing.below.any()
    assert not refusing.agreed.any()
    assert np.array_equal(accepting.below, (accepting.agreed == 1) & (accepting.own < -1e-9))
    assert accepting.below.any()


@pytest.mark.parametrize(("by_history", "times"), [(False, 1), (True, 3)])
def test_reports_without_memory_are_worked_out_once(by_history, times):
    asked = []

    class Counting(Exaggerating):
        def report(self, context):
            asked.append(context.seed)
            return super().report(context)

    import dataclasses

    partner = dataclasses.replace(
        PANEL["exaggerating"],
        make=lambda party, rules, seed: Counting(),
        report_by_history=by_history,
    )
    plan = dataclasses.replace(schedule(), partners=(partner,))
    play(plan, [Honest(), Honest(), AlwaysAccepts()])
    assert len(asked) == plan.matches * ENCOUNTERS * times


def test_progress_grows_to_all(rng):
    seen = []
    play(schedule(matches=2), [Silent()], lambda words, share: seen.append(share))
    assert seen == sorted(seen)
    assert seen[0] == 0
    assert seen[-1] < 1


def test_the_size_of_a_schedule():
    assert schedule(PANEL, ("dilemmas",), 3).size == len(PANEL) * 3 * ENCOUNTERS


def test_what_an_agent_raises_is_not_hidden_here():
    class Broken(Honest):
        def report(self, context):
            raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        play(schedule(), [Broken()])


def test_an_agent_without_memory_meets_the_mixture_itself():
    """With the one handed over it does as with the honest one first and the committed one then."""
    plan = schedule(("honest", "committed", "handed-over"), ("bystanders", "dilemmas"))
    (record,) = play(plan, [Honest()])
    honest, committed, handed = record.own
    half = ENCOUNTERS // 2
    assert np.array_equal(handed[..., :half], honest[..., :half])
    assert np.array_equal(handed[..., half:], committed[..., half:])
    assert not np.array_equal(handed, honest)
