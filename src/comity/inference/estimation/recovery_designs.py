"""Designs that teach the parameters of an explanation: one for each kind of decision.

Payoffs have a typical range of about 1 unit, and features that a motive reads vary as much as they
do in experiments. A design is one person's decisions; the choices in it mean nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np

from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator
from comity.inference.estimation.likelihood import looks_back
from comity.inference.evidence.plans import decisions_by_state
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.motives.risk import CARA, CRRA
from comity.inference.explanations.procedures.quantal_response import QUANTAL_RESPONSE

ROUNDS = 20
"""Rounds of a sequence of repeated decisions."""


def allocations(rng: np.random.Generator) -> list[Situation]:
    """Return choices among three divisions, in which the other's part varies most.

    Half of them follow a kind or an unkind act of the other.
    """
    return [
        Situation(
            ("x", "y", "z"),
            np.column_stack([rng.uniform(0.3, 1.3, 3), rng.uniform(0.1, 2.1, 3)]).round(2),
            history={"kind": float(k % 4 == 1), "unkind": float(k % 4 == 3)},
        )
        for k in range(40)
    ]


def lotteries(rng: np.random.Generator) -> list[Situation]:
    """Return choices between a sure amount and two lotteries that pay more, at more risk."""
    found = []
    for chance, premium, size in product(
        (0.25, 0.5, 0.7), (0.0, 0.04, 0.08, 0.15), (0.5, 1.0, 2.0)
    ):
        high, low = np.sqrt((1 - chance) / chance), -np.sqrt(chance / (1 - chance))
        steps = np.arange(3)[:, None, None]
        amounts = 1 + steps * (premium + 0.3 * np.array([[high], [low]]))
        shares = np.array([chance, 1 - chance])
        found.append(Situation(("x", "y", "z"), size * amounts, contingencies=shares))
    return found


def ultimatum_answers(rng: np.random.Generator) -> list[Situation]:
    """Return answers to offers of a pie of 1, in rounds with and without a later one."""
    return [
        Situation(
            ("accept", "reject"),
            np.array([[offer, 1 - offer], [0, 0]]),
            history={"resists": np.array([0.0, 1.0]), "continues": continues},
            beliefs={"prize": prize},
        )
        for offer, continues, prize in product(
            (0.05, 0.1, 0.15, 0.2, 0.5, 0.6, 0.7, 0.8), (0.0, 0.5, 0.9), (0.05, 0.1)
        )
    ]


def trust_returns(rng: np.random.Generator) -> list[Situation]:
    """Return what to give back of 0.5 to 2, received at multipliers that investors misjudge."""
    found = []
    for sent, multiplier, expected in product((0.25, 0.5), (2, 4, 6), (0.3, 0.5)):
        received, believed = sent * multiplier, sent * 4
        back = np.linspace(0, 1, 6) * received
        found.append(
            Situation(
                tuple(f"{share:.0%}" for share in np.linspace(0, 1, 6)),
                np.column_stack([received - back, 0.5 - sent + back]),
                history={"received": received, "believed_received": believed},
                beliefs={"expected_payoff": 0.5 - sent + expected * believed},
            )
        )
    return found


def dated_budgets(rng: np.random.Generator) -> list[Situation]:
    """Return budgets split between a sooner and a later date, half of them sooner than later."""
    shares = np.linspace(0, 1, 6)
    return [
        Situation(
            tuple(f"{share:.0%} sooner" for share in shares),
            np.column_stack([shares, (1 - shares) * growth]) * size,
            ("sooner", "later"),
            delays=np.array([first, first + gap]),
        )
        for first, gap, growth, size in product(
            (0, 60), (60, 360), (0.9, 1.1, 1.4, 2.0), (0.5, 2.0)
        )
    ]


def small_games(rng: np.random.Generator) -> list[Situation]:
    """Return random games of two players with two or three options each."""
    return [
        Situation(
            tuple("abc"[:own]),
            rng.uniform(0, 1.5, size=(own, other, 2)).round(2),
            menus=(tuple("abc"[:other]),),
        )
        for own, other in product((2, 3), (2, 3))
        for _ in range(2)
    ]


def two_by_two_games(rng: np.random.Generator) -> list[Situation]:
    """Return four random games of two players with two options each."""
    menu = ("a", "b")
    return [
        Situation(menu, rng.uniform(0, 1.5, size=(2, 2, 2)).round(2), menus=(menu,))
        for _ in range(4)
    ]


def dilemmas(rng: np.random.Generator) -> list[Situation]:
    """Return one prisoner's dilemma."""
    payoffs = np.array([[[1.0, 1.0], [0.0, 1.5]], [[1.5, 0.0], [0.4, 0.4]]])
    return [Situation(("cooperate", "defect"), payoffs, menus=(("cooperate", "defect"),))]


def learning_games(rng: np.random.Generator) -> list[Situation]:
    """Return three games without an option that is always best."""
    return [
        Situation(
            ("a", "b", "c"),
            np.stack([np.eye(3)[order] + 0.3 * rng.random((3, 3)), rng.random((3, 3))], axis=-1),
            menus=(("a", "b", "c"),),
        )
        for order in ([0, 1, 2], [1, 2, 0], [2, 0, 1])
    ]


def plans(rng: np.random.Generator) -> list[Situation]:
    """Return three processes in which one takes a little, or goes on to a prize two states off.

    To go on fails as often as not; whoever takes something begins anew. Decisions at the prize
    itself are left out.
    """
    forward = np.array([[0.5, 0.5, 0.0], [0.0, 0.5, 0.5], [0.0, 0.0, 1.0]])
    transitions = np.stack([np.tile([1.0, 0.0, 0.0], (3, 1)), forward])
    states = ("start", "half way", "there")
    found: list[Situation] = []
    for little, prize in ((0.1, 1.0), (0.3, 1.0), (0.3, 2.0)):
        rewards = np.array([[little, little, prize], [0, 0, 0]])
        found += decisions_by_state(("take", "go on"), states, rewards, transitions)[:-1]
    return found


Make = Callable[[np.random.Generator], list[Situation]]
DESIGNS: dict[str, tuple[Make, int]] = {
    "allocations": (allocations, 400),
    "ultimatum answers": (ultimatum_answers, 400),
    "trust returns": (trust_returns, 400),
    "dated budgets": (dated_budgets, 400),
    "plans": (plans, 1000),
    "games": (small_games, 400),
    "two-by-two games": (two_by_two_games, 400),
    "dilemmas": (dilemmas, 400),
    "repeated games": (learning_games, 400),
    "lotteries": (lotteries, 400),
}
"""What is decided in a design, and how many decisions it has."""


def design_for(explanation: Explanation, *, decisions: int | None = None, rng: Rng = 0) -> Evidence:
    """Return a design that teaches an explanation's parameters, as the decisions of one person."""
    for name in _order(explanation):
        make, count = DESIGNS[name]
        generator = as_generator(rng)
        situations = make(generator)
        try:
            explanation.check(situations)
        except InputError:
            continue
        return _table(name, situations, decisions or count, generator)
    raise InputError(
        "no design states what this explanation needs",
        place=explanation.name,
        expected="a design of your own",
    )


def _order(explanation: Explanation) -> list[str]:
    """Return names of designs, the one first that is about this kind of decision."""
    motive, procedure = explanation.motive, explanation.procedure
    kinds = (
        ("repeated games", looks_back(explanation) and procedure.uses_motive),
        ("dilemmas", looks_back(explanation)),
        ("two-by-two games", procedure is QUANTAL_RESPONSE),
        ("games", procedure.strategic),
        ("lotteries", motive in (CRRA, CARA)),
        ("allocations", True),
    )
    first = next(name for name, fits in kinds if fits)
    return sorted(DESIGNS, key=lambda name: name != first)


def _table(
    name: str, situations: list[Situation], count: int, rng: np.random.Generator
) -> Evidence:
    """Return a table of decisions: situations in turn, or sequences of rounds of each in turn.

    In sequences the others do what they did before in half of the rounds, so that there is
    something to learn.
    """
    nothing, rounds = np.zeros(count, int), np.arange(count)
    if name not in ("dilemmas", "repeated games"):
        return Evidence(
            tuple(situations), ("somebody",), nothing, rounds % len(situations), nothing, (name,)
        )
    block = rounds // ROUNDS
    place = block % len(situations)
    sizes = np.array([s.shape[1] for s in situations])[place]
    others = rng.integers(sizes)
    for row in np.flatnonzero((rounds % ROUNDS > 0) & (rng.random(count) < 0.5)):
        others[row] = others[row - 1]
    return Evidence(
        tuple(situations),
        ("somebody",),
        nothing,
        place,
        nothing,
        (name,),
        sequence=block,
        others=others,
    )
