"""What is independent of each other in a table: people, or studies such as sessions."""

from __future__ import annotations

import dataclasses

import numpy as np

from comity.core.choices import check_choice
from comity.core.errors import InputError
from comity.inference.evidence.table import Evidence

UNITS = ("person", "study")
"""What may be taken as independent. People who met each other in a session are not."""


def unit_of(evidence: Evidence, by: str) -> np.ndarray:
    """Return the unit of every person, shape (P,): itself, or the study it is in; -1 without rows.

    Raises `InputError` where a person has decisions in several studies.
    """
    check_choice(by, UNITS, "nothing of that name is independent", "cluster")
    found = np.full(len(evidence.people), -1)
    found[evidence.person] = evidence.person if by == "person" else evidence.study
    if by == "study" and (found[evidence.person] != evidence.study).any():
        row = int(np.flatnonzero(found[evidence.person] != evidence.study)[0])
        raise InputError(
            "a person has decisions in several studies, which then depend on each other",
            place="cluster",
            found=evidence.people[evidence.person[row]],
            expected="person",
        )
    return found


def as_people(evidence: Evidence, by: str) -> Evidence:
    """Return the table with its units in place of people, for what takes people as independent."""
    if by == "person":
        return evidence
    return dataclasses.replace(
        evidence, people=evidence.studies, person=unit_of(evidence, by)[evidence.person]
    )
