"""What an agreement, a comparison and a study come with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from comity.cases import Case
from comity.core import Certified, Result
from comity.games import Game, Play


@dataclass(frozen=True)
class Certificate(Result):
    """Why an agreement holds, and how wrong it could be.

    Every mapping is by party name, but for ``bystanders`` (by bystander).

    Attributes
    ----------
    gain_reported : gain over the default by each one's report; public.
    gain_private : gain over the default by each one's own model; each computes its own.
    deviation_gain : gain from breaking the agreement under the ``common`` and the ``own`` model,
        by who hears the public draw; by who hears only its own part from a mediator where the
        play is an equilibrium (the method then names the gain from the public draw).
    misreport_found : the most a party was found to gain by another report (lower bound).
    misreport_bound : the most it could gain over everything the others would accept.
    misreport_report : the report behind ``misreport_found``, as blocks that differ from the truth.
    information : what the misreport figures assume a party knows: ``ex post``, ``interim`` or
        ``ex ante``.
    bystanders : effect on each bystander of the agreement less that of the defaults, by view:
        ``{bystander: {view: effect}}`` with the views of all parties and ``common``.
    disagreement_sensitivity : payoffs under each other disagreement point that is defined:
        ``{name: {"point": [...], "payoffs": [...]}}``.
    optimality_gap : how far the solution could be from optimal (duality gap).
    true_shortfall : ``chance`` of truly ending below default given agreement, and its mean
        ``size`` then, where all are honest; only after a study (`Study.certify`).
    robustness : ``largest_regret`` and ``worst_gain`` over the views that fit, by party in its own
        units; only where a party has several (`comity.agreement.minimax_regret`).
    """

    gain_reported: Mapping[str, Certified]
    gain_private: Mapping[str, Certified]
    deviation_gain: Mapping[str, Mapping[str, Certified]]
    misreport_found: Mapping[str, Certified]
    misreport_bound: Mapping[str, Certified]
    misreport_report: Mapping[str, Mapping[str, Any]]
    information: Literal["ex post", "interim", "ex ante"]
    bystanders: Mapping[str, Mapping[str, Certified]]
    disagreement_sensitivity: Mapping[str, Mapping[str, Any]]
    optimality_gap: Certified
    true_shortfall: Mapping[str, Mapping[str, Certified]] | None = None
    robustness: Mapping[str, Mapping[str, Certified]] | None = None


@dataclass(frozen=True)
class Decision:
    """What a party answered to the reports, and why.

    Attributes
    ----------
    party : its name.
    accepts : its answer.
    reasons : one sentence per rule, with the figure and the tolerance.
    """

    party: str
    accepts: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Agreement(Result):
    """The outcome of one run of the protocol.

    Attributes
    ----------
    status : ``agreed``; ``refused`` (somebody refused); ``declined`` (somebody did not take
        part); ``no gain`` (no deal is better for all than the disagreement point).
    case : what went in.
    common : the combined game, where reports were combined.
    play : what was agreed; without agreement the defaults, which are played.
    solution : the notion that was applied.
    disagreement : the point bargaining started from, shape (n,).
    payoffs : of ``play`` under the common model, shape (n,); own-model payoffs are in
        ``certificate.gain_private``.
    reports : the model each party stated.
    default_play : what happens without agreement, under the common model.
    decisions : each one's answer.
    certificate : why it holds.
    transcript : every step, hash-chained, plain JSON; `verify` checks it offline.
    assumptions : sentences that the figures rest on.
    acts : what each one did: ``comply``, or the action it took instead.
    played : what was played: ``play``, but where somebody broke an agreement that nobody
        enforces. ``None`` for no deal, which is also what a deal is that somebody leaves.
    payoffs_played : of ``played`` under the common model, shape (n,).
    """

    status: Literal["agreed", "refused", "declined", "no gain"]
    case: Case = field(repr=False)
    common: Game | None = field(repr=False)
    play: Play | None
    solution: str
    disagreement: np.ndarray
    payoffs: np.ndarray
    reports: Mapping[str, Game] = field(repr=False)
    default_play: Play | None
    decisions: tuple[Decision, ...]
    certificate: Certificate | None
    transcript: list[dict[str, Any]]
    assumptions: tuple[str, ...] = ()
    acts: Mapping[str, str] = field(default_factory=dict)
    played: Play | None = None
    payoffs_played: np.ndarray = field(default_factory=lambda: np.zeros(0))

    def __str__(self) -> str:
        from comity.agreement.telling import tell_agreement

        return tell_agreement(self)

    def plot(self, ax: Any = None) -> Any:
        """Return the Axes of the payoff picture, each outcome by each one's own model."""
        from comity.agreement._plots import plot_agreement

        return plot_agreement(self, ax)


@dataclass(frozen=True)
class Difference(Result):
    """One place where two views differ, with what it does to the agreement.

    Attributes
    ----------
    block, part : where.
    parties : the two who differ.
    values : what each states there (mean over the part).
    size : largest absolute difference over the part.
    effect : largest change of any party's payoff in the agreement, by its own model, when one
        view of this part replaces the other.
    changes_outcome : whether the agreed play changes.
    decisive : whether settling this part alone turns conflict into agreement, or back, or decides
        whether somebody who acts alone gets less than its own view promised it.
    effect_alone : the same change in what happens if all act alone, without agreement.
    """

    block: str
    part: str
    parties: tuple[str, str]
    values: tuple[float, float]
    size: float
    effect: float
    changes_outcome: bool
    decisive: bool
    effect_alone: float = 0.0


@dataclass(frozen=True)
class Comparison(Result):
    """Where the views differ, ranked by how much each difference changes the agreement.

    Attributes
    ----------
    differences : largest effect first.
    total_effect : effect of settling all differences at once.
    conflict : whether all, acting alone on their own views, end up worse off than by the
        agreement; never in a negotiation, where nobody acts without a deal.
    clash : whether acting alone leaves somebody with less than its own view promised it, because
        another acts on another view.
    assumptions : sentences that the figures rest on, and what was left out for its cost.
    """

    differences: tuple[Difference, ...]
    total_effect: float
    conflict: bool
    clash: bool = False
    assumptions: tuple[str, ...] = ()

    def __str__(self) -> str:
        from comity.agreement.telling import tell_comparison

        return tell_comparison(self)

    def plot(self, ax: Any = None) -> Any:
        """Return the Axes of a bar chart of the differences that change most."""
        from comity.agreement._plots import plot_comparison

        return plot_comparison(self, ax)
