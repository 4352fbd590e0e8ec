"""Who would lie to the rule, believing what, and what it brings to both.

`points[role, true type, own report, the other's report]` is what a rule gives (`casino_rules`). A
liar reports what it expects to be best if the other is honest; it keeps to the truth unless a lie
promises strictly more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from casino_people import People
from casino_rules import TYPES

STRICT = 1e-9


@dataclass(frozen=True)
class Lies:
    """What everyone reports under one belief, a row a person.

    Attributes
    ----------
    report : the best report; the truth where no lie promises more.
    lies : whether it is not the truth.
    believed : what the liar thinks it gains.
    realised : what it gains where the other is honest.
    partner : what that costs the other, as a change.
    honest, both : points if all are honest, and if all report as in `report`.
    """

    report: np.ndarray
    lies: np.ndarray
    believed: np.ndarray
    realised: np.ndarray
    partner: np.ndarray
    honest: np.ndarray
    both: np.ndarray


def scored(points: np.ndarray, people: People, own: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return what each truly gets where these reports are made, shape (2n,)."""
    return points[people.role, people.kind, own, others]


def honest_points(points: np.ndarray, people: People) -> np.ndarray:
    return scored(points, people, people.kind, people.other)


def best_reports(expected: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the best report and its gain over the truth, from what each report promises."""
    rows = np.arange(len(truth))
    gain = expected - expected[rows, truth][:, None]
    best = gain.argmax(axis=1)
    pays = gain[rows, best] > STRICT
    return np.where(pays, best, truth), np.where(pays, gain[rows, best], 0.0)


def lies_under(points: np.ndarray, people: People, belief: np.ndarray) -> Lies:
    """Return what everyone reports who believes this of the other, (2n, 6)."""
    expected = np.einsum("nab,nb->na", points[people.role, people.kind], belief)
    report, believed = best_reports(expected, people.kind)
    truth, other, partner = people.kind, people.other, people.partner
    honest = honest_points(points, people)
    alone = scored(points, people, report, other)
    # Seen by the other, who is honest while this one lies.
    suffered = scored(points, people, truth, report[partner])[partner]
    return Lies(
        report,
        report != truth,
        believed,
        alone - honest,
        suffered - honest[partner],
        honest,
        scored(points, people, report, report[partner]),
    )


def certain(people: People) -> np.ndarray:
    """Return the belief of someone who knows the other's ranking, (2n, 6)."""
    return np.eye(TYPES)[people.other]
