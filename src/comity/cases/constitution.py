"""What the parties fix before anyone reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

TasteRule = Literal["own", "mean"]
FactRule = Literal["mean", "median", "trimmed-mean", "precision", "evidence"]
PriorRule = Literal["linear", "logarithmic"]
RuleName = Literal["public", "private", "gain", "evidence"]
Divergence = Literal["raw", "affine", "strategic", "decision"]
SolutionName = Literal[
    "nash",
    "kalai-smorodinsky",
    "egalitarian",
    "utilitarian",
    "best-equilibrium",
    "best-correlated-equilibrium",
]
DisagreementName = Literal["maximin", "favourite-equilibrium", "no-deal", "point"]


@dataclass(frozen=True)
class AcceptanceRule:
    """A condition under which each party accepts the reports.

    Attributes
    ----------
    rule : ``public`` (divergence between reports), ``private`` (of a report from one's own
        model), ``gain`` (the play is worth at least one's default, by one's own model) or
        ``evidence`` (loss margin of a report on shared data).
    divergence : how distance is measured, for ``public`` and ``private``.
    tolerance : largest accepted distance; for ``gain`` the shortfall that is tolerated.
    """

    rule: RuleName
    divergence: Divergence = "raw"
    tolerance: float = 0.0


@dataclass(frozen=True)
class Talk:
    """Rounds before the decision in which parties move towards each other.

    Attributes
    ----------
    rounds : how many; 0 means none.
    tolerance_step : what each round of delay adds to every divergence tolerance.
    revise : weight in [0, 1] that a party moves its reported facts and prior towards the mean.
    share_evidence : whether shared evidence re-weights the facts between rounds.
    """

    rounds: int = 0
    tolerance_step: float = 0.0
    revise: float = 0.0
    share_evidence: bool = False


@dataclass(frozen=True)
class Constitution:
    """How reports become a play, and when parties accept it.

    Attributes
    ----------
    tastes, facts, prior : combination rule of each kind of block.
    precision : weight per party for ``facts = "precision"``; never self-declared.
    normalise : whether payoffs are scaled to min 0, max 1 per player and report first.
    acceptance : rules, all of which must hold.
    solution : the notion, or for a choice made together the notions in order of preference.
    acceptable : per party the notions it can accept; empty means any.
    lotteries : whether plays may be lotteries.
    objective : ``utilitarian`` or ``egalitarian``, for the best (correlated) equilibrium.
    disagreement : the point that bargaining starts from.
    disagreement_point : payoffs by party, where ``disagreement`` is ``point``.
    default : what a party does without agreement.
    enforcement : ``binding`` or ``self-enforcing``.
    tie_break : ``uniform`` lottery over ties, or ``first`` in index order.
    talk : rounds of talk.
    """

    tastes: TasteRule = "own"
    facts: FactRule = "mean"
    prior: PriorRule = "linear"
    precision: Mapping[str, float] = field(default_factory=dict)
    normalise: bool = False
    acceptance: tuple[AcceptanceRule, ...] = (AcceptanceRule("gain"),)
    solution: tuple[SolutionName, ...] = ("nash",)
    acceptable: Mapping[str, tuple[SolutionName, ...]] = field(default_factory=dict)
    lotteries: bool = True
    objective: Literal["utilitarian", "egalitarian"] = "utilitarian"
    disagreement: DisagreementName = "maximin"
    disagreement_point: Mapping[str, float] = field(default_factory=dict)
    default: Literal["maximin", "favourite-equilibrium", "no-deal", "policy"] = "maximin"
    policy: Mapping[str, str] = field(default_factory=dict)
    enforcement: Literal["binding", "self-enforcing"] = "binding"
    tie_break: Literal["uniform", "first"] = "uniform"
    talk: Talk = Talk()
