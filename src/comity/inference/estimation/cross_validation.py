"""Decisions held out, fold by fold: new people, new games, new studies, or more of the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from comity.core import Result
from comity.core.choices import pick
from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator
from comity.inference.estimation.scoring import check_table
from comity.inference.evidence.table import Evidence

Predictor = Callable[[Evidence, Evidence], np.ndarray]
"""From the decisions it may learn from, and all decisions with what came before each, to the
probabilities of every option of every row, shape (N, K). Of a row that is held out it may use what
came before, never what was chosen."""
WHOLE: dict[str, Callable[[Evidence], np.ndarray]] = {
    "person": lambda evidence: evidence.person,
    "game": lambda evidence: evidence.game,
    "study": lambda evidence: evidence.study,
}
"""What is held out whole, by name."""
WITHIN: dict[str, Callable[[Evidence], np.ndarray]] = {
    "sequence": lambda evidence: evidence.sequence,
    "row": lambda evidence: np.arange(len(evidence)),
}
"""What is held out of every person, who all stay known by their other decisions."""


@dataclass(frozen=True, eq=False)
class CrossValidation(Result):
    """Predictions for every decision by what learnt from the decisions of other folds.

    Attributes
    ----------
    by : what was held out.
    fold : shape (N,), in which fold each row was held out.
    tables : by predictor, shape (N, K), probabilities of every option.
    """

    by: str
    fold: np.ndarray = field(repr=False)
    tables: dict[str, np.ndarray] = field(repr=False)


def split_folds(
    evidence: Evidence, by: str = "person", folds: int | None = None, rng: Rng = 0
) -> np.ndarray:
    """Return the fold of every row, shape (N,), drawn at random.

    Parameters
    ----------
    by : ``person``, ``game`` or ``study``: each is held out whole, to see what is said of new ones.
        ``sequence`` or ``row``: some of every person's, to see what is said of people who are
        known; rows of one sequence depend on each other, so that sequences are the harder test.
    folds : at most one for each that is held out. Five unless given; of games and studies one
        each.

    Raises `InputError` where fewer than two folds can be made.
    """
    generator = as_generator(rng)
    group = pick(WHOLE | WITHIN, by, "nothing of that name can be held out", "by")(evidence)
    unit = group if by in WHOLE else np.stack([evidence.person, group], axis=1)
    names, place = np.unique(unit, axis=0, return_inverse=True)
    most = 5 if folds is None and by not in ("game", "study") else folds
    count = len(names) if most is None else min(most, len(names))
    if count < 2:
        raise InputError(
            "nothing can be held out",
            place="folds",
            found=f"{count} of {len(names)} by {by}",
            expected="two or more",
        )
    owner = np.zeros(len(names), int) if by in WHOLE else np.asarray(names)[:, 0]
    return _dealt(owner, count, generator)[np.ravel(place)]


def cross_validate(
    predictors: Mapping[str, Predictor],
    evidence: Evidence,
    by: str = "person",
    folds: int | None = None,
    *,
    n_jobs: int = 1,
    rng: Rng = 0,
) -> CrossValidation:
    """Return what predictors say of decisions that they did not learn from.

    Parameters
    ----------
    predictors : by name.
    by, folds, rng : see `split_folds`.
    n_jobs : workers of joblib; the answer does not depend on it.

    Raises `InputError` where a predictor returns no probabilities. `score` and `compare` judge
    the tables.
    """
    from joblib import Parallel, delayed

    fold = split_folds(evidence, by, folds, rng)
    count = int(fold.max()) + 1
    tasks = [(name, k) for name in predictors for k in range(count)]
    found = Parallel(n_jobs=n_jobs)(
        delayed(_held_out)(name, predictors[name], evidence, fold == k) for name, k in tasks
    )
    tables: dict[str, np.ndarray] = {}
    for (name, k), table in zip(tasks, found, strict=True):
        tables.setdefault(name, np.zeros((len(evidence), table.shape[1])))[fold == k] = table
    return CrossValidation(by, fold, tables)


def _held_out(name: str, predictor: Predictor, evidence: Evidence, held: np.ndarray) -> np.ndarray:
    """Return the rows that are held out of a predictor's table, shape (H, K)."""
    table = np.asarray(predictor(evidence.subset(~held), evidence), float)
    check_table(table, evidence, f"table of {name}")
    return table[held]


def _dealt(owner: np.ndarray, folds: int, rng: np.random.Generator) -> np.ndarray:
    """Return folds dealt out one after the other among each owner's units, shape (U,).

    Each owner begins with a fold of its own, so that folds are as even as can be and no fold
    gets every owner's first.
    """
    shuffled = rng.permutation(len(owner))
    sort = shuffled[np.argsort(owner[shuffled], kind="stable")]
    rank = np.arange(len(sort)) - np.searchsorted(owner[sort], owner[sort])
    begins = rng.integers(folds, size=int(owner.max()) + 1)
    dealt = np.empty(len(owner), int)
    dealt[sort] = (rank + begins[owner[sort]]) % folds
    return dealt
