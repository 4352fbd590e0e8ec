"""What predicts the held-out decisions of people whose other decisions are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from comity.inference.estimation.calibration import calibrate
from comity.inference.estimation.clustered_means import mean_by_person
from comity.inference.estimation.comparisons import compare
from comity.inference.estimation.empirical_bayes import empirical_bayes
from comity.inference.estimation.individuals import fit_individuals
from comity.inference.estimation.maximum_likelihood import fit
from comity.inference.estimation.scoring import accuracy_by_person, hits, log_chosen
from comity.inference.evidence.table import Evidence
from comity.inference.identification.confidence_set import shares_by_situation
from comity.inference.results import Calibration, Comparison
from comity.inference.understanding.crowd import Crowd
from comity.inference.understanding.standings import Tried

FEWEST = 4
"""Decisions a person must have on average for halves of them to be held out."""
Predictor = Callable[[Evidence, Evidence], np.ndarray]
"""From the decisions it may learn from, and all decisions with what came before each, to the
probabilities of every option of every row, shape (N, K)."""


def compare_predictors(
    tried: Sequence[Tried], crowd: Crowd, evidence: Evidence, level: float, seed: int
) -> tuple[tuple[Comparison, ...], Calibration | None, list[str]]:
    """Return predictors of held-out decisions, the best first, the best one's calibration, notes.

    Every person's decisions are split in two halves (whole sequences, where decisions form
    sequences); each half is predicted from the other. Where people have too few decisions for
    that, the predictions are those for people of other folds.
    """
    kinds, tables, note = _tables(tried, crowd, evidence, seed)
    if not tables:
        return (), None, [note]
    scores = {name: log_chosen(table, evidence) for name, table in tables.items()}
    rows = tuple(
        Comparison(
            name=found.name,
            held_out=mean_by_person(scores[found.name], evidence, note, level),
            accuracy=accuracy_by_person(hits(tables[found.name], evidence), evidence, note, level),
            behind=found.behind,
            kind=kinds[found.name],
        )
        for found in compare(scores, evidence, level, rng=seed)
    )
    best = rows[0].name
    return rows, calibrate(best, tables[best], evidence, level=level), []


def _tables(
    tried: Sequence[Tried], crowd: Crowd, evidence: Evidence, seed: int
) -> tuple[Mapping[str, str], dict[str, np.ndarray], str]:
    per_person = len(evidence) / max(1, len(np.unique(evidence.person)))
    if per_person >= FEWEST:
        halves = halves_of(evidence, np.random.default_rng(seed))
        predictors = _predictors(tried, crowd, seed)
        tables = {name: _crossed(p, evidence, halves) for name, (_, p) in predictors.items()}
        kinds = {name: kind for name, (kind, _) in predictors.items()}
        return kinds, tables, "the other half of the same people's decisions"
    known = {t.name: t.held_out.probabilities for t in tried if t.held_out is not None}
    if not known:
        return {}, {}, "Nothing could be held out: one person with few decisions."
    fold = next(t.held_out.fold for t in tried if t.held_out is not None)
    shares = np.zeros_like(next(iter(known.values())))
    for k in np.unique(fold):
        table = shares_by_situation(evidence.subset(fold != k))
        shares[fold == k] = table[evidence.situation[fold == k]]
    tables = {**known, "shares of choices": shares, "chance": _chance(evidence)}
    kinds = dict.fromkeys(known, "explanation") | {
        "shares of choices": "yardstick",
        "chance": "yardstick",
    }
    return kinds, tables, "people of other folds"


def _predictors(
    tried: Sequence[Tried], crowd: Crowd, seed: int
) -> dict[str, tuple[str, Predictor]]:
    best = max(tried, key=lambda t: t.fit.log_likelihood).fit.explanation
    return {
        "chance": ("yardstick", lambda known, whole: _chance(whole)),
        "shares of choices": (
            "yardstick",
            lambda known, whole: shares_by_situation(known)[whole.situation],
        ),
        f"{best.name}, one for all": (
            "explanation",
            lambda known, whole: best.predict(fit(best, known, rng=seed).point, whole),
        ),
        f"{best.name}, each alone": (
            "individual",
            lambda known, whole: best.predict(
                fit_individuals(best, known, rng=seed).values(), whole
            ),
        ),
        f"{best.name}, each alone, drawn to the others": (
            "individual",
            lambda known, whole: empirical_bayes(best, known, rng=seed).predict(whole),
        ),
        "mixture of explanations": ("mixture", crowd.predictor(seed)),
    }


def halves_of(evidence: Evidence, rng: np.random.Generator) -> np.ndarray:
    """Return true for one half of each person's sequences, drawn at random, shape (N,)."""
    half = np.zeros(len(evidence), bool)
    for person in np.unique(evidence.person):
        rows = np.flatnonzero(evidence.person == person)
        sequences = rng.permutation(np.unique(evidence.sequence[rows]))
        chosen = sequences[: len(sequences) // 2]
        half[rows] = np.isin(evidence.sequence[rows], chosen)
    return half


def _crossed(predictor: Predictor, evidence: Evidence, half: np.ndarray) -> np.ndarray:
    """Return predictions for each half from the other."""
    first = predictor(evidence.subset(half), evidence)
    second = predictor(evidence.subset(~half), evidence)
    return np.where(half[:, None], second, first)


def _chance(evidence: Evidence) -> np.ndarray:
    sizes = np.array([len(s.options) for s in evidence.situations])
    real = np.arange(sizes.max()) < sizes[:, None]
    return (real / sizes[:, None])[evidence.situation]
