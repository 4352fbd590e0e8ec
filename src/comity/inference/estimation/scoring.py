"""Scores of predictions: how likely, how often right, how far off."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from comity.core import Certified, Result
from comity.core.errors import InputError
from comity.inference.estimation.clustered_means import Clusters, mean_by_person, share_by_person
from comity.inference.evidence.table import Evidence


@dataclass(frozen=True, eq=False)
class Score(Result):
    """How well a table of probabilities predicts decisions; intervals let those of a person depend.

    Attributes
    ----------
    log_likelihood : of what was chosen, per decision; minus infinity where it had probability 0.
    accuracy : share of decisions for which the likeliest option was chosen, ties split.
    brier : mean of the squared distance between probabilities and what was chosen, summed over
        options (Brier 1950): 0 is best, 2 is worst.
    decisions, people : how many.
    """

    log_likelihood: Certified
    accuracy: Certified
    brier: Certified
    decisions: int
    people: int


@dataclass(frozen=True, eq=False)
class PersonScores(Result):
    """The same of every person with decisions.

    Attributes
    ----------
    people : names, P of them.
    decisions : shape (P,), how many each made.
    log_likelihood, accuracy, brier : shape (P,), means over the decisions of each.
    """

    people: tuple[str, ...]
    decisions: np.ndarray = field(repr=False)
    log_likelihood: np.ndarray = field(repr=False)
    accuracy: np.ndarray = field(repr=False)
    brier: np.ndarray = field(repr=False)

    def to_frame(self) -> Any:
        """Return a pandas DataFrame with a row a person."""
        import pandas as pd

        names = ("decisions", "log_likelihood", "accuracy", "brier")
        columns = {name: getattr(self, name) for name in names}
        return pd.DataFrame(columns, index=pd.Index(self.people, name="person"))


def score(table: np.ndarray, evidence: Evidence, level: float = 0.9) -> Score:
    """Return how well probabilities of all options, shape (N, K), predict the decisions.

    Raises `InputError` for a table that is not one of probabilities.
    """
    check_table(table, evidence)
    check_level(level)
    words = "means over decisions, by person"
    return Score(
        mean_by_person(log_chosen(table, evidence), evidence, words, level),
        accuracy_by_person(hits(table, evidence), evidence, words, level),
        mean_by_person(brier(table, evidence), evidence, words, level),
        len(evidence),
        len(np.unique(evidence.person)),
    )


def score_people(table: np.ndarray, evidence: Evidence) -> PersonScores:
    """Return the scores of every person with decisions, in the order of the evidence's names."""
    check_table(table, evidence)
    people, place, counts = np.unique(evidence.person, return_inverse=True, return_counts=True)
    means = [
        np.bincount(place, rows, minlength=len(people)) / counts
        for rows in (
            log_chosen(table, evidence),
            hits(table, evidence),
            brier(table, evidence),
        )
    ]
    return PersonScores(tuple(evidence.people[p] for p in people), counts, *means)


def log_chosen(table: np.ndarray, evidence: Evidence) -> np.ndarray:
    """Return the log-probability of what was chosen, shape (N,)."""
    chosen = table[np.arange(len(evidence)), evidence.choice]
    with np.errstate(divide="ignore"):
        return np.log(chosen)


def hits(table: np.ndarray, evidence: Evidence) -> np.ndarray:
    """Return 1 where the likeliest option was chosen, 1/m where m options tie for likeliest."""
    best = table >= table.max(axis=1, keepdims=True) - 1e-12
    return best[np.arange(len(evidence)), evidence.choice] / best.sum(axis=1)


def brier(table: np.ndarray, evidence: Evidence) -> np.ndarray:
    """Return squared distances of probabilities to what was chosen, summed over options, (N,)."""
    chosen = table[np.arange(len(evidence)), evidence.choice]
    return (table**2).sum(axis=1) - 2 * chosen + 1


def accuracy_by_person(
    values: np.ndarray, evidence: Evidence, what: str, level: float
) -> Certified:
    """Return the mean of hits with an interval inside [0, 1] that lets a person's depend."""
    clusters = Clusters.of(evidence.person)
    if clusters.count < 2:
        return Certified.unknown(f"{what}: one person tells nothing of others")
    share, low, high = share_by_person(values, clusters, level)
    return Certified.estimate(share, low, high, what, level)


def check_table(table: np.ndarray, evidence: Evidence, place: str = "table") -> None:
    """Raise `InputError` unless a table holds the probabilities of every row's options."""
    sizes = np.array([len(s.options) for s in evidence.situations], int)[evidence.situation]
    if not len(evidence):
        raise InputError("no decisions", place="evidence", found=0, expected="one or more")
    if table.ndim != 2 or len(table) != len(evidence) or table.shape[1] < sizes.max():
        raise InputError(
            "does not fit the evidence",
            place=place,
            found=table.shape,
            expected=f"({len(evidence)}, {sizes.max()})",
        )
    real = np.where(np.arange(table.shape[1]) < sizes[:, None], table, 0.0)
    sound = (table >= 0).all(axis=1) & (np.abs(real.sum(axis=1) - 1) < 1e-6)
    if not sound.all():
        row = int(np.argmin(sound))
        raise InputError(
            "not probabilities of the row's options",
            place=f"{place}, row {row}",
            found=np.array2string(table[row], precision=4, threshold=8),
            expected=f"{sizes[row]} numbers from 0 that sum to 1",
        )


def check_level(level: float) -> None:
    """Raise `InputError` for a level that no interval can have."""
    if not 0 < level < 1:
        raise InputError("out of range", place="level", found=level, expected="in (0, 1)")
