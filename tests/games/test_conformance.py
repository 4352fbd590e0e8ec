"""Games broken on purpose, one way each: `check_game` must say what is wrong."""

import dataclasses

import numpy as np
import pytest

from comity.games import (
    Block,
    Issue,
    Lottery,
    MixedProfile,
    Negotiation,
    NormalForm,
    Plan,
    Reply,
    check_game,
)
from comity.games.conformance import CHECKS, Broken, expect, refuses, same


def fault(check, words):
    """Mark a broken class with the check that must fail, and a word of its message."""

    def mark(broken):
        broken.check, broken.words = check, words
        return broken

    return mark


@fault("payoff points are the payoffs", "payoffs of")
class PointsInAnotherOrder(NormalForm):
    def payoff_points(self):
        return super().payoff_points()[::-1]


@fault("payoff points are the payoffs", "points for size")
class TooManyPoints(NormalForm):
    def payoff_points(self):
        return np.vstack([super().payoff_points()] * 2)

    def outcome(self, index):
        return super().outcome(index % self.size)


@fault("payoff points are the payoffs", "not finite")
class PointsNotFinite(NormalForm):
    def payoff_points(self):
        return super().payoff_points() * np.array([1, np.inf])


@fault("lotteries pay the average", "payoffs of a lottery")
class LotteryPaysItsFirstOutcome(NormalForm):
    def payoffs(self, play):
        first = Lottery.pure(play.outcomes[0]) if isinstance(play, Lottery) else play
        return super().payoffs(first)


@fault("lotteries pay the average", "effects has shape")
class EffectsOfPlayers(NormalForm):
    def effects(self, play):
        return self.payoffs(play)


@fault("mixed profiles pay the product", "payoffs of a mixed profile")
class MixedPaysItsMode(NormalForm):
    def payoffs(self, play):
        if isinstance(play, MixedProfile):
            play = Lottery.pure([int(s.argmax()) for s in play.strategies])
        return super().payoffs(play)


@fault("no outcome exceeds the bound", "above the bound")
class WorstPlan(NormalForm):
    def best_plan(self, weights):
        plan = super().best_plan(-np.asarray(weights))
        return Plan(plan.outcome, plan.payoffs, -plan.value, -plan.value)


@fault("no outcome exceeds the bound", "value of a plan")
class PlanBoasts(NormalForm):
    def best_plan(self, weights):
        plan = super().best_plan(weights)
        return dataclasses.replace(plan, value=plan.value + 1, upper_bound=plan.value + 1)


@fault("no outcome exceeds the bound", "below its value")
class BoundBelow(NormalForm):
    def best_plan(self, weights):
        plan = super().best_plan(weights)
        return dataclasses.replace(plan, upper_bound=plan.value - 1)


@fault("no deviation gains more", "gain of player")
class NobodyDeviates(NormalForm):
    def best_reply(self, player, play, signal="private"):
        super().best_reply(player, play, signal)
        return Reply(player, "none", 0.0)


@fault("no deviation gains more", "gain ")
class NegativeGain(NormalForm):
    def best_reply(self, player, play, signal="private"):
        reply = super().best_reply(player, play, signal)
        return dataclasses.replace(reply, gain=reply.gain - 1)


@fault("no deviation gains more", "hears public")
class HearsOnlyItsPart(NormalForm):
    def best_reply(self, player, play, signal="private"):
        return super().best_reply(player, play, "private" if signal == "public" else signal)


@fault("no deviation gains more", "names another player")
class ReplyOfTheFirst(NormalForm):
    def best_reply(self, player, play, signal="private"):
        return dataclasses.replace(super().best_reply(player, play, signal), player=0)


@fault("no deviation gains more", "gain of player")
class NobodyLeaves(Negotiation):
    def best_reply(self, player, play, signal="private"):
        super().best_reply(player, play, signal)
        return Reply(player, "none", 0.0)


@fault("frame is plain JSON", "not JSON data")
class FrameOfArrays(NormalForm):
    def frame(self):
        return super().frame() | {"prior": self.prior}


@fault("frame is plain JSON", "other players")
class FrameOfOthers(NormalForm):
    def frame(self):
        return super().frame() | {"players": ["somebody"]}


@fault("outcomes are tuples", "not a tuple of ints")
class OutcomesAreArrays(NormalForm):
    def outcome(self, index):
        return tuple(np.array(super().outcome(index)))


@fault("outcomes are tuples", "one description")
class OutcomesReadAlike(NormalForm):
    def describe(self, outcome):
        return "something"


@fault("blocks are whole", "no block tastes")
class BlocksAreMissing(NormalForm):
    def blocks(self):
        return dict(list(super().blocks().items())[:1])


@fault("blocks are whole", "do not cover each value once")
class PartsOverlap(NormalForm):
    def blocks(self):
        def doubled(block):
            return Block(block.name, block.kind, block.owner, block.values, block.parts * 2)

        return {name: doubled(block) for name, block in super().blocks().items()}


@fault("blocks can be replaced", "after replacing")
class ReplaceDoesNothing(NormalForm):
    def replace(self, block, values):
        super().replace(block, values)
        return self


@fault("blocks can be replaced", "replacing tastes[player 1] by itself")
class ReplaceChangesAll(NormalForm):
    def replace(self, block, values):
        changed = super().replace(block, values)
        return changed._changed(tastes=np.broadcast_to(changed.tastes[:1], changed.tastes.shape))


@fault("blocks can be replaced", "")
class ReplaceInPlace(NormalForm):
    def replace(self, block, values):
        changed = super().replace(block, values)
        self.__dict__.update(vars(changed))
        self.__dict__.pop("table", None)
        return changed


@fault("answers are copies", "caller changed")
class AnswersAreAliases(NormalForm):
    def payoff_points(self):
        if "shared" not in self.__dict__:
            self.__dict__["shared"] = np.array(super().payoff_points())
        return self.__dict__["shared"]


@fault("mistakes are refused", "an unknown signal is accepted")
class AnySignal(NormalForm):
    def best_reply(self, player, play, signal="private"):
        known = signal if signal in ("private", "public", "none") else "none"
        return super().best_reply(player, play, known)


@fault("mistakes are refused", "raises KeyError, not InputError")
class PlainErrors(NormalForm):
    def replace(self, block, values):
        return super().replace(self.blocks()[block].name, values)


@fault("has every member", "missing: describe")
class NoWords(NormalForm):
    @property
    def describe(self):
        raise AttributeError


@fault("has every member", "size is")
class SizeIsAFloat(NormalForm):
    size = 4.0


@fault("outcomes can be found", "ZeroDivisionError")
class PointsFail(NormalForm):
    def payoff_points(self):
        return 1 / 0


BROKEN = [c for c in list(globals().values()) if isinstance(c, type) and hasattr(c, "check")]


def example(kind, seed=3):
    rng = np.random.default_rng(seed)
    if issubclass(kind, Negotiation):
        issues = [Issue("rent", ("low", "high")), Issue.integers("weeks", 1, 3)]
        values = {p: {i.name: rng.normal(size=len(i.options)) for i in issues} for p in "AB"}
        return kind.additive(["A", "B"], issues, values, reservation=0.5)
    return kind.from_payoffs(
        rng.normal(size=(2, 3, 2)), bystanders=["fish"], effects=rng.normal(size=(1, 3, 2))
    )


@pytest.mark.parametrize("kind", BROKEN, ids=lambda kind: kind.__name__)
def test_broken_games_are_caught(kind):
    report = check_game(example(kind), rng=1)
    assert not report.ok
    assert any(f.name.startswith(kind.check) and kind.words in f.detail for f in report.faults), (
        str(report)
    )


@pytest.mark.parametrize("kind", [NormalForm, Negotiation])
def test_what_they_were_broken_from_is_whole(kind):
    assert check_game(example(kind), rng=1).ok


def test_every_check_catches_something():
    caught = {kind.check for kind in BROKEN}
    assert [name for name in CHECKS if not any(name.startswith(c) for c in caught)] == []


def test_the_tools_of_a_check():
    expect(True, "x")
    same([1.0], [1.0 + 1e-12], "x")
    for broken in (
        lambda: expect(0, "x"),
        lambda: same([1.0], [1.1], "x"),
        lambda: same([1.0], [[1.0]], "x"),
        lambda: refuses(lambda: None, "x"),
        lambda: refuses(lambda: 1 / 0, "x"),
    ):
        with pytest.raises(Broken, match="x"):
            broken()
