"""Which solution concept keeps which promise, as data: each cell with its reason or counterexample.

Two players, lotteries allowed, and a disagreement point that is given (and moves along with shifts,
scales and names). The tests check every cell both ways: where a promise holds by random instances,
where it fails by the counterexample that stands here.
"""

from __future__ import annotations

from dataclasses import dataclass

Table = tuple[tuple[tuple[float, ...], ...], ...]
"""Payoffs by player, row and column."""


@dataclass(frozen=True)
class Axiom:
    """A promise that a solution concept may keep.

    Attributes
    ----------
    name : short.
    statement : what is promised, in one sentence.
    source : who asked for it first.
    """

    name: str
    statement: str
    source: str


@dataclass(frozen=True)
class Counterexample:
    """A situation, and the change after which a promise is broken.

    Attributes
    ----------
    before, after : payoffs; equal where the promise concerns one situation.
    disagreement, disagreement_after : the disagreement points.
    """

    before: Table
    after: Table
    disagreement: tuple[float, float] = (0.0, 0.0)
    disagreement_after: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Cell:
    """Whether a concept keeps a promise.

    Attributes
    ----------
    concept, axiom : which.
    holds : whether it does.
    because : why, in a few words.
    counterexample : where it does not.
    """

    concept: str
    axiom: str
    holds: bool
    because: str
    counterexample: Counterexample | None = None


AXIOMS = (
    Axiom("scale", "multiplying one player's payoffs changes nothing else", "Nash (1950)"),
    Axiom("shift", "adding a constant to one player's payoffs changes nothing else", "Nash (1950)"),
    Axiom("relabelling", "names of players and actions do not matter", "Nash (1951)"),
    Axiom("symmetry", "players in the same position get the same", "Nash (1950)"),
    Axiom("Pareto", "no other play is better for one and worse for none", "Nash (1950)"),
    Axiom(
        "dominated actions",
        "an action that is always worse for its player may be left out",
        "Luce and Raiffa (1957)",
    ),
    Axiom(
        "irrelevant alternatives",
        "leaving out what is not played changes nothing",
        "Nash (1950)",
    ),
    Axiom(
        "individual monotonicity",
        "more for player 2 at every level of player 1, whose best stays, never hurts player 2",
        "Kalai and Smorodinsky (1975)",
    ),
    Axiom("strong monotonicity", "more to choose from never hurts anyone", "Kalai (1977)"),
    Axiom("worst-off monotonicity", "more to choose from never lowers the smallest gain", "comity"),
)


def _options(*payoffs: tuple[float, float]) -> Table:
    """Return the situation in which one of these payoff pairs is chosen together."""
    return tuple(tuple((float(pair[i]),) for pair in payoffs) for i in (0, 1))


_SPLIT = _options((1, 0), (0, 1))
_SPLIT_TIMES_3 = _options((3, 0), (0, 1))
_SEXES: Table = (((2, 0), (0, 1)), ((1, 0), (0, 2)))
_SEXES_TIMES_3: Table = (((6, 0), (0, 3)), ((1, 0), (0, 2)))
_DILEMMA: Table = (((3, 0), (5, 1)), ((3, 5), (0, 1)))
_DEFECTION: Table = (((1,),), ((1,),))
_COOPERATION: Table = (((3,),), ((3,),))
_PUNISHMENT: Table = (((2, -9),), ((3, 1),))
_NO_PUNISHMENT: Table = (((2,),), ((3,),))
_UNUSED: Table = (((4, 0), (0, 1), (5, 0)), ((4, 0), (0, 1), (0, 3)))
_UNUSED_LEFT_OUT: Table = (((4, 0), (0, 1)), ((4, 0), (0, 1)))
_KALAI_SMORODINSKY = Counterexample(
    _options((0, 1), (1, 0), (0.75, 0.75)), _options((0, 1), (1, 0), (0.75, 0.75), (1, 0.7))
)
_HIGHER_IDEAL = Counterexample(
    _options((1, 0), (0, 1), (0.9, 0.9)), _options((1, 0), (0, 1), (0.9, 0.9), (3, 0))
)
_TEMPTATION = Counterexample(_DEFECTION, _DILEMMA)
_LOSS_OF_TRUST = Counterexample(_COOPERATION, _DILEMMA)
_BARGAINING = ("nash", "kalai-smorodinsky", "egalitarian", "utilitarian")
_EQUILIBRIA = ("best-equilibrium", "best-correlated-equilibrium")
_EVERY = (*_BARGAINING, *_EQUILIBRIA)


def _keep(axiom: str, because: str, *concepts: str) -> tuple[Cell, ...]:
    return tuple(Cell(concept, axiom, True, because) for concept in concepts)


def _break(axiom: str, because: str, example: Counterexample, *concepts: str) -> tuple[Cell, ...]:
    return tuple(Cell(concept, axiom, False, because, example) for concept in concepts)


CELLS = (
    *_keep("scale", "products and shares are free of units", *_BARGAINING[:2], "maximin"),
    *_break(
        "scale",
        "payoffs of different people are compared",
        Counterexample(_SPLIT, _SPLIT_TIMES_3),
        *_BARGAINING[2:],
    ),
    *_break(
        "scale",
        "the objective compares payoffs of different people",
        Counterexample(_SEXES, _SEXES_TIMES_3),
        *_EQUILIBRIA,
    ),
    *_keep("shift", "only gains and differences count", *_EVERY, "maximin"),
    *_keep("relabelling", "ties are broken alike for all", *_EVERY, "maximin"),
    *_keep("symmetry", "ties are broken alike for all", *_EVERY, "maximin"),
    *_keep("Pareto", "an undominated play has the larger objective", *_BARGAINING),
    *_break(
        "Pareto",
        "what is best for all may not be an equilibrium",
        Counterexample(_DILEMMA, _DILEMMA),
        *_EQUILIBRIA,
    ),
    *_keep("dominated actions", "no equilibrium uses them", *_EQUILIBRIA),
    *_break(
        "dominated actions",
        "what a player would never do alone may be done by agreement",
        _TEMPTATION,
        *_BARGAINING,
    ),
    *_break(
        "dominated actions",
        "an action that hurts its player too can be a threat to the other",
        Counterexample(_NO_PUNISHMENT, _PUNISHMENT),
        "maximin",
    ),
    *_keep(
        "irrelevant alternatives", "the best of all is the best of fewer", "nash", "egalitarian"
    ),
    *_break(
        "irrelevant alternatives",
        "an ideal that is lost lowers its owner's share",
        Counterexample(_options((0, 1), (1, 0), (0.5, 0.5)), _options((0, 1), (0.5, 0.5))),
        "kalai-smorodinsky",
    ),
    *_break(
        "irrelevant alternatives",
        "a draw among ties changes with the ties",
        Counterexample(_options((2, 0), (0, 2), (1, 1)), _options((2, 0), (1, 1))),
        "utilitarian",
    ),
    *_break(
        "irrelevant alternatives",
        "an action nobody plays can be what keeps a better play from being stable",
        Counterexample(_UNUSED, _UNUSED_LEFT_OUT),
        *_EQUILIBRIA,
    ),
    *_keep("individual monotonicity", "shares of the same ideal", *_BARGAINING[1:3]),
    *_break(
        "individual monotonicity",
        "the trade-off matters, not only how much there is",
        _KALAI_SMORODINSKY,
        "nash",
        "utilitarian",
    ),
    *_break(
        "strong monotonicity",
        "a new play may be worth a loss for one",
        _KALAI_SMORODINSKY,
        "nash",
        "utilitarian",
    ),
    *_break(
        "strong monotonicity",
        "a higher ideal for one is a smaller share for the other",
        _HIGHER_IDEAL,
        "kalai-smorodinsky",
    ),
    *_break(
        "strong monotonicity",
        "what the better off had to spare is given up for the worst off",
        Counterexample(_options((1, 3)), _options((1, 3), (2, 2))),
        "egalitarian",
    ),
    *_break(
        "strong monotonicity", "a temptation can ruin an equilibrium", _LOSS_OF_TRUST, *_EQUILIBRIA
    ),
    *_keep("worst-off monotonicity", "it is what is maximised", "egalitarian"),
    *_break(
        "worst-off monotonicity",
        "a new play may be worth a loss for the worst off",
        Counterexample(_options((1, 1)), _options((1, 1), (9, 0.5))),
        "nash",
        "utilitarian",
    ),
    *_break(
        "worst-off monotonicity",
        "a higher ideal for one is a smaller share for the other",
        _HIGHER_IDEAL,
        "kalai-smorodinsky",
    ),
    *_break(
        "worst-off monotonicity",
        "a temptation can ruin an equilibrium",
        _LOSS_OF_TRUST,
        *_EQUILIBRIA,
    ),
)
"""Every cell that means something; a pair that is not here does not."""
