"""What audits, evidence and acceptance rules do to lies, and to honest people.

An *audit* checks a report against the truth with some chance. *Evidence* refuses a report that the
speaker's own words before the deal make too unlikely. *Acceptance* is comity's: the gain rule, and
decision divergence, by which one refuses a deal worth too much less than the one expected from
one's own guess of the other. A liar foresees all of it, since it knows its own words; rules bind
all, and where they refuse there is no deal, worth 5 to each.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from casino_lies import STRICT, best_reports, scored
from casino_people import People
from casino_rules import TYPES

from comity.games.files.casino import WALK_AWAY


def audit_needed(points: np.ndarray, fine: float | None = None) -> float:
    """Return the least chance of an audit that makes honesty best, whatever a liar knows.

    A lie found out voids the deal; with `fine` the true deal is restored and the liar pays.
    """
    truth = points[:, range(TYPES), range(TYPES)][:, :, None, :]
    gain = points - truth
    at_stake = points - WALK_AWAY if fine is None else gain + fine
    rate = np.divide(gain, at_stake, out=np.zeros_like(gain), where=gain > STRICT)
    return float(rate.max())


def audited(
    points: np.ndarray,
    people: People,
    belief: np.ndarray,
    rate: float,
    fine: float | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Return who lies under audits, and what each gets if all report what seems best, (2n,)."""
    promised = np.einsum("nab,nb->na", points[people.role, people.kind], belief)
    rows, truth = np.arange(len(people.kind)), people.kind
    caught = promised[rows, truth][:, None] - fine if fine is not None else WALK_AWAY
    expected = (1 - rate) * promised + rate * caught
    expected[rows, truth] = promised[rows, truth]
    report, _ = best_reports(expected, truth)
    return report != truth, _after_audits(points, people, report, rate, fine)


def _after_audits(
    points: np.ndarray, people: People, report: np.ndarray, rate: float, fine: float | None
) -> np.ndarray:
    """Return expected points where each report is audited on its own with this chance."""
    partner, truth = people.partner, people.kind
    found = rate * (report != truth)
    total = np.zeros(len(truth))
    for mine_found, theirs_found in ((0, 0), (0, 1), (1, 0), (1, 1)):
        chance = (found if mine_found else 1 - found) * (
            found[partner] if theirs_found else 1 - found[partner]
        )
        if fine is None and (mine_found or theirs_found):
            total += chance * WALK_AWAY
            continue
        own = truth if mine_found else report
        other = people.other if theirs_found else report[partner]
        total += chance * (scored(points, people, own, other) - (fine or 0.0) * mine_found)
    return total


@dataclass(frozen=True)
class Acceptance:
    """Who accepts what under a rule.

    Attributes
    ----------
    foreseen : (2n, 6, 6), whether an honest other of type b accepts one's report a: [n, a, b].
    accepts : (2n, 6, 6), whether one accepts having reported a where the other reports b.
    """

    foreseen: np.ndarray
    accepts: np.ndarray


def gain_rule(points: np.ndarray, people: People) -> Acceptance:
    """Refuse what is worth less than no deal by one's own model."""
    kinds = np.arange(TYPES)
    honest_other = points[1 - people.role][:, kinds, kinds]
    return Acceptance(
        honest_other.swapaxes(1, 2) >= WALK_AWAY - STRICT,
        points[people.role, people.kind] >= WALK_AWAY - STRICT,
    )


def evidence_rule(people: People, threshold: float) -> Acceptance:
    """Refuse a report whose probability by the other's words is below the threshold."""
    full = (len(people.kind), TYPES, TYPES)
    passes = people.held_of >= threshold
    return Acceptance(
        np.broadcast_to(passes[:, :, None], full),
        np.broadcast_to(passes[people.partner][:, None, :], full),
    )


def decision_rule(points: np.ndarray, people: People, tolerance: float) -> Acceptance:
    """Refuse what costs more than the tolerance against one's guess, the likeliest ranking."""
    kinds, guess = np.arange(TYPES), people.held_of.argmax(axis=1)
    other = points[1 - people.role][:, kinds, kinds]
    loss = other[np.arange(len(guess)), :, guess][:, :, None] - other
    wanted = points[people.role, people.kind, people.kind, guess[people.partner]]
    mine = wanted[:, None, None] - points[people.role, people.kind]
    return Acceptance(loss.swapaxes(1, 2) <= tolerance + STRICT, mine <= tolerance + STRICT)


@dataclass(frozen=True)
class Protected:
    """What a rule does, a row a person.

    Attributes
    ----------
    refused : whether its honest report is refused.
    honest : points if all are honest.
    lies : whether it would lie under the rule.
    forced : whether it would only because the truth would be refused.
    points : what each gets if all report what seems best.
    """

    refused: np.ndarray
    honest: np.ndarray
    lies: np.ndarray
    forced: np.ndarray
    points: np.ndarray


def protected(
    points: np.ndarray, people: People, belief: np.ndarray, rule: Acceptance
) -> Protected:
    """Return what a rule does to honest people and to people who say what seems best."""
    mine = points[people.role, people.kind]
    expected = np.einsum("nab,nb->na", np.where(rule.foreseen, mine, WALK_AWAY), belief)
    report, _ = best_reports(expected, people.kind)
    free, _ = best_reports(np.einsum("nab,nb->na", mine, belief), people.kind)
    rows, lies = np.arange(len(report)), report != people.kind
    return Protected(
        ~rule.foreseen[rows, people.kind, people.other],
        _if_accepted(points, people, people.kind, rule),
        lies,
        lies & (free == people.kind),
        _if_accepted(points, people, report, rule),
    )


def _if_accepted(
    points: np.ndarray, people: People, report: np.ndarray, rule: Acceptance
) -> np.ndarray:
    other = report[people.partner]
    accepts = rule.accepts[np.arange(len(report)), report, other]
    agreed = accepts & accepts[people.partner]
    return np.where(agreed, scored(points, people, report, other), WALK_AWAY)
