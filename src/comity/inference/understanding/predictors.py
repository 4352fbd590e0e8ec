"""What predicts the held-out decisions of people whose other decisions are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from comity.inference.estimation.calibration import calibrate
from comity.inference.estimation.clustered_means import mean_by_person
from comity.inference.estimation.comparisons import compare
from comity.inference.estimation.cross_validation import Predictor, cross_validate
from comity.inference.estimation.empirical_bayes import empirical_bayes
from comity.inference.estimation.individuals import fit_individuals
from comity.inference.estimation.maximum_likelihood import fit
from comity.inference.estimation.scoring import accuracy_by_person, hits, log_chosen
from comity.inference.estimation.units import as_people
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation
from comity.inference.identification.confidence_set import shares_by_situation
from comity.inference.results import Calibration, Comparison
from comity.inference.understanding.crowd import Crowd
from comity.inference.understanding.standings import Tried

FEWEST = 4
"""Decisions a person must have on average for halves of them to be held out."""
MOST_WORTH = 100_000
"""Outcomes of all people together up to which each is drawn to the others."""
SEEN = (
    "Which explanation is compared on held-out decisions, and the types of the mixture, were "
    "chosen with all decisions in view, which favours them a little beside the yardsticks."
)


def compare_predictors(
    tried: Sequence[Tried],
    crowd: Crowd,
    evidence: Evidence,
    level: float,
    seed: int,
    cluster: str = "person",
) -> tuple[tuple[Comparison, ...], Calibration | None, list[str]]:
    """Return predictors of held-out decisions, the best first, the best one's calibration, notes.

    Every person's decisions are split in two halves (whole sequences, where decisions form
    sequences); each half is predicted from the other. Where people have too few decisions for
    that, or all of them are one sequence, the predictions are those for people of other folds.
    Intervals take each ``cluster``, ``person`` or ``study``, to be independent of the others.
    """
    kinds, tables, note, more = _tables(tried, crowd, evidence, seed)
    if not tables:
        return (), None, [note]
    scores = {name: log_chosen(table, evidence) for name, table in tables.items()}
    units = as_people(evidence, cluster)
    rows = tuple(
        Comparison(
            name=found.name,
            held_out=mean_by_person(scores[found.name], units, note, level),
            accuracy=accuracy_by_person(hits(tables[found.name], evidence), units, note, level),
            behind=found.behind,
            kind=kinds[found.name],
        )
        for found in compare(scores, units, level, rng=seed)
    )
    best = rows[0].name
    return rows, calibrate(best, tables[best], units, level=level), more


def _tables(
    tried: Sequence[Tried], crowd: Crowd, evidence: Evidence, seed: int
) -> tuple[Mapping[str, str], dict[str, np.ndarray], str, list[str]]:
    """Return kinds and predictions by name, what they were made from, and notes."""
    people, alone = _with_one_sequence(evidence)
    if alone < people and len(evidence) >= FEWEST * people:
        warned: list[str] = []
        predictors = _predictors(tried, crowd, evidence, seed, warned)
        found = cross_validate(
            {name: predictor for name, (_, predictor) in predictors.items()},
            evidence,
            "sequence",
            2,
            rng=seed,
        )
        kinds = {name: kind for name, (kind, _) in predictors.items()}
        notes = _notes(alone, _worth_of_people(evidence) > MOST_WORTH)
        notes += dict.fromkeys(warned)
        return kinds, found.tables, "the other half of the same people's decisions", notes
    known = {t.name: t.held_out.probabilities for t in tried if t.held_out is not None}
    if not known:
        return {}, {}, "Nothing could be held out: one person with few decisions.", []
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
    return kinds, tables, "people of other folds", []


def _with_one_sequence(evidence: Evidence) -> tuple[int, int]:
    """Return how many people there are, and how many have nothing but one sequence."""
    pairs = np.unique(np.stack([evidence.person, evidence.sequence], axis=1), axis=0)
    counts = np.bincount(pairs[:, 0])
    return int((counts > 0).sum()), int((counts == 1).sum())


def _notes(alone: int, large: bool) -> list[str]:
    """Return what favours or hampers predictors of halves."""
    notes = [SEEN]
    if large:
        notes.append(
            "Nobody was drawn to the others (partial pooling) for the held-out comparison: with so "
            "many options and people it takes many minutes. In Python fit_hierarchical and "
            "empirical_bayes do it on request."
        )
    if alone:
        whose = "these were predicted from other people's"
        notes.append(f"{alone:,} people have one sequence of decisions only: {whose}.")
    return notes


def _predictors(
    tried: Sequence[Tried], crowd: Crowd, evidence: Evidence, seed: int, warned: list[str]
) -> dict[str, tuple[str, Predictor]]:
    """Return every predictor with its kind; what should worry a reader goes to ``warned``."""
    best = max(tried, key=_promise).fit.explanation
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
        "mixture of explanations": ("mixture", crowd.predictor(seed)),
    } | _pooled(best, evidence, seed, warned)


def _promise(tried: Tried) -> float:
    """Return how well an explanation predicted people of other folds, or fits the only one."""
    if tried.held_out is None:
        return tried.fit.log_likelihood
    return float(tried.held_out.log_likelihoods.mean())


def _pooled(
    best: Explanation, evidence: Evidence, seed: int, warned: list[str]
) -> dict[str, tuple[str, Predictor]]:
    """Return everyone alone, drawn to the others; nothing where that would take too long."""
    if _worth_of_people(evidence) > MOST_WORTH:
        return {}
    name = f"{best.name}, each alone, drawn to the others"

    def predict(known: Evidence, whole: Evidence) -> np.ndarray:
        found = empirical_bayes(best, known, rng=seed)
        warned.extend(f"{name}: {warning}." for warning in found.warnings)
        return found.predict(whole)

    return {name: ("individual", predict)}


def _worth_of_people(evidence: Evidence) -> int:
    """Return how many outcomes have to be valued to look at every person once."""
    shapes = np.array([s.shape[:2] for s in evidence.situations])
    cells = int(len(shapes) * np.prod(shapes.max(axis=0)))
    return cells * len(np.unique(evidence.person))


def _chance(evidence: Evidence) -> np.ndarray:
    sizes = np.array([len(s.options) for s in evidence.situations])
    real = np.arange(sizes.max()) < sizes[:, None]
    return (real / sizes[:, None])[evidence.situation]
