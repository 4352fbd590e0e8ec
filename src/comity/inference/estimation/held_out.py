"""What an explanation says of people it was not fitted to, fold by fold, compiled once."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from comity.core import Result
from comity.core.randomness import Rng, as_generator
from comity.inference.estimation.cross_validation import split_folds
from comity.inference.estimation.likelihood import natural, prepare, tally
from comity.inference.estimation.maximum_likelihood import search
from comity.inference.estimation.scoring import hits, log_chosen
from comity.inference.estimation.units import unit_of
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.parameters import draw_starts


@dataclass(frozen=True, eq=False)
class HeldOut(Result):
    """Predictions for every decision by parameters that other people's decisions gave.

    Attributes
    ----------
    probabilities : shape (N, K), of every option.
    log_likelihoods : shape (N,), of what was chosen.
    hits : shape (N,), 1 where the likeliest option was chosen, a share of it among ties.
    fold : shape (N,), in which fold the row's person was held out.
    points : by fold the parameters by name.
    """

    probabilities: np.ndarray = field(repr=False)
    log_likelihoods: np.ndarray = field(repr=False)
    hits: np.ndarray = field(repr=False)
    fold: np.ndarray = field(repr=False)
    points: tuple[dict[str, float], ...]


def hold_out_people(
    explanation: Explanation,
    evidence: Evidence,
    *,
    folds: int = 5,
    starts: int = 8,
    by: str = "person",
    rng: Rng = 0,
) -> HeldOut:
    """Return what an explanation says of each person when fitted to the people of other folds.

    Parameters
    ----------
    folds : of people, made at random and as even as can be; at most one a person.
    starts : of each search.
    by : ``person``, or ``study``: then studies, such as sessions of people who met each other,
        are held out whole.

    Raises `InputError` where there is one person only, or one study. People outside a fold enter
    the same arrays with weight 0, so that nothing is compiled anew.
    """
    generator = as_generator(rng)
    unit_of(evidence, by)
    fold = split_folds(evidence, by, folds, generator)
    batch, _, scale = prepare(explanation, evidence)
    points = draw_starts(explanation.parameters, starts, generator)
    table: np.ndarray | None = None
    found = []
    for k in range(int(fold.max()) + 1):
        rows = fold == k
        training = np.ones(batch.people)
        training[evidence.person[rows]] = 0.0
        ends = search(explanation, points, tally(explanation, batch, scale, training))
        best = int(np.argmax(np.where(np.isfinite(ends.value), ends.value, -np.inf)))
        named = natural(explanation, ends.point[best], scale)
        found.append({name: float(value) for name, value in named.items()})
        predicted = explanation.predict(found[-1], evidence)
        table = np.zeros_like(predicted) if table is None else table
        table[rows] = predicted[rows]
    assert table is not None
    return HeldOut(table, log_chosen(table, evidence), hits(table, evidence), fold, tuple(found))
