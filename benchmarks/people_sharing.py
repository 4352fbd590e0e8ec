"""160 people who chose between allocations (Bruhin, Fehr and Schunk 2019).

The published aggregate and three-type estimates are made again. Then halves of everybody's
decisions are predicted from the other halves, by one set of parameters for all, by a fit of each
person alone, by the three types, and by each person's posterior in a normal population.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from people_sharing_page import TEXT
from people_words import Line, Section, certified, lead, number, percent, table, with_error

from comity.cases import load
from comity.inference.estimation.calibration import calibrate
from comity.inference.estimation.clustered_means import mean_by_person
from comity.inference.estimation.comparisons import Difference, compare
from comity.inference.estimation.cross_validation import split_folds
from comity.inference.estimation.empirical_bayes import empirical_bayes
from comity.inference.estimation.fits import Fit
from comity.inference.estimation.individuals import fit_individuals
from comity.inference.estimation.maximum_likelihood import fit
from comity.inference.estimation.mixture_fits import MixtureFit
from comity.inference.estimation.mixtures import fit_mixture
from comity.inference.estimation.scoring import accuracy_by_person, hits, log_chosen
from comity.inference.evidence.table import Evidence
from comity.inference.explanations import explain
from comity.inference.understanding.reading import read_behaviour

DATA = "social_preferences/bfs2019_choices_exp1.csv"
NAME = "Sharing (Bruhin, Fehr, Schunk 2019)"
MOTIVE = "bruhin-fehr-schunk"
LEVEL = 0.95
AGGREGATE = {
    "alpha": 0.0835,
    "beta": 0.2605,
    "gamma": 0.0717,
    "delta": -0.0417,
    "sensitivity": 0.0156,
}
LOG_LIKELIHOOD = -5472.31
SHARES = {"strongly altruistic": 0.405, "moderately altruistic": 0.474, "behindness averse": 0.121}
"""Published; types are told apart by beta, from high to low."""
MEANINGS = {
    "alpha": "weight on the other when behind",
    "beta": "weight on the other when ahead",
    "gamma": "more of it for one who was kind",
    "delta": "more of it for one who was unkind",
    "sensitivity": "of choices to utility (their sigma)",
}
POOLED, ALONE, TYPES, PARTIAL = (
    "one set of parameters for all",
    "each person alone",
    "three types, by each person's posterior",
    "each person's posterior in a normal population",
)
FLOORED = "each person alone, with the best floor in hindsight"

Predictor = Callable[[Evidence], np.ndarray]


def predict_from(known: Evidence, whole: Evidence, seed: int) -> dict[str, np.ndarray]:
    """Return what each predictor that learnt from some decisions says of all, (N, K) each."""
    motive = explain(MOTIVE)
    return {
        POOLED: fit(motive, known, rng=seed).predict(whole),
        ALONE: fit_individuals(motive, known, rng=seed).predict(whole),
        TYPES: fit_mixture([(motive, 3)], known, rng=seed).predict(whole),
        PARTIAL: empirical_bayes(motive, known, rng=seed).predict(whole),
    }


def held_out(evidence: Evidence, seed: int) -> dict[str, np.ndarray]:
    """Return predictions for each half of everybody's decisions from the other, (N, K) each."""
    first = split_folds(evidence, "row", 2, seed) == 0
    from_first = predict_from(evidence.subset(first), evidence, seed)
    from_second = predict_from(evidence.subset(~first), evidence, seed)
    return {
        name: np.where(first[:, None], from_second[name], from_first[name]) for name in from_first
    }


def floored(tables: list[np.ndarray], evidence: Evidence) -> tuple[float, list[np.ndarray]]:
    """Return predictions mixed with chance, by the share of chance that scores best in hindsight.

    Nobody could know it beforehand: it favours the predictor.
    """
    shares = np.geomspace(1e-4, 0.5, 60)

    def mixed(share: float) -> list[np.ndarray]:
        return [(1 - share) * one + share / one.shape[1] for one in tables]

    scores = [sum(log_chosen(one, evidence).sum() for one in mixed(share)) for share in shares]
    best = float(shares[int(np.argmax(scores))])
    return best, mixed(best)


class Scores:
    """Log-likelihood and hits of every decision by predictor, averaged over splits."""

    def __init__(self, splits: list[dict[str, np.ndarray]], evidence: Evidence) -> None:
        self.evidence, self.splits = evidence, splits
        self.tables = {name: [split[name] for split in splits] for name in splits[0]}
        self.floor, self.tables[FLOORED] = floored(self.tables[ALONE], evidence)
        self.logs = self._mean(log_chosen)
        self.right = self._mean(hits)

    def behind(self, scores: dict[str, np.ndarray], seed: int) -> dict[str, Difference]:
        """Return how far each predictor is behind partial pooling, all at once."""
        found = compare(scores, self.evidence, LEVEL, reference=PARTIAL, rng=seed)
        return {one.name: one for one in found}

    def _mean(self, measure: Callable[[np.ndarray, Evidence], np.ndarray]) -> dict[str, np.ndarray]:
        return {
            name: np.mean([measure(one, self.evidence) for one in tables], axis=0)
            for name, tables in self.tables.items()
        }


def study(folder: Path, cases: Path, seed: int, splits: int) -> Section:
    """Return the section."""
    evidence, _ = read_behaviour([folder / DATA], load(cases / "sharing.toml"))
    motive = explain(MOTIVE)
    together, types = (
        fit(motive, evidence, rng=seed),
        fit_mixture([(motive, 3)], evidence, rng=seed),
    )
    scores = Scores([held_out(evidence, seed + k) for k in range(splits)], evidence)
    behind, wrong = scores.behind(scores.logs, seed), scores.behind(scores.right, seed)
    best = scores.splits[0][PARTIAL]
    error = calibrate("partial pooling", best, evidence, level=LEVEL, rng=seed).error
    text = TEXT.format(
        decisions=len(evidence),
        people=len(evidence.people),
        aggregate=_aggregate_table(together),
        types=_types_table(types),
        scores=_scores_table(scores, behind, wrong),
        splits=splits,
        floor=number(scores.floor, 3),
        calibration=percent(error),
    )
    return Section(_lines(together, types, scores, behind, wrong), text, _figures(scores, together))


def _ordered(types: MixtureFit) -> list[str]:
    """Return the types in the order of the published ones."""
    return sorted(types.types, key=lambda name: -types.points[name]["beta"])


def _lines(
    together: Fit,
    types: MixtureFit,
    scores: Scores,
    behind: dict[str, Difference],
    wrong: dict[str, Difference],
) -> tuple[Line, ...]:
    shares = [f"{100 * types.shares[name]:.1f}" for name in _ordered(types)]
    return (
        Line(
            NAME,
            "log-likelihood of one set of parameters",
            number(LOG_LIKELIHOOD),
            number(together.log_likelihood),
        ),
        Line(
            NAME,
            "shares of three types, %",
            " / ".join(f"{100 * share:.1f}" for share in SHARES.values()),
            " / ".join(shares),
        ),
        *(
            Line(
                NAME,
                "held-out log-likelihood per choice",
                f"{name}: {number(float(scores.logs[name].mean()), 4)}",
                f"{number(float(scores.logs[PARTIAL].mean()), 4)}; {lead(behind[name].behind, 4)}",
            )
            for name in (POOLED, FLOORED)
        ),
        *(
            Line(
                NAME,
                "held-out choices predicted right",
                f"{name}: {100 * scores.right[name].mean():.1f}%",
                f"{100 * scores.right[PARTIAL].mean():.1f}%; "
                + lead(wrong[name].behind, 1, unit=" points", scale=100),
            )
            for name in (POOLED, ALONE)
        ),
    )


def _figures(scores: Scores, together: Fit) -> dict[str, float]:
    figures = {f"log-likelihood, {name}": float(rows.mean()) for name, rows in scores.logs.items()}
    figures |= {f"accuracy, {name}": float(rows.mean()) for name, rows in scores.right.items()}
    return figures | {"aggregate log-likelihood": together.log_likelihood}


def _aggregate_table(found: Fit) -> str:
    rows = [
        (
            f"{name}: {MEANINGS[name]}",
            number(value, 4),
            with_error(found.estimates[name], found.standard_errors[name]),
        )
        for name, value in AGGREGATE.items()
    ]
    rows.append(("log-likelihood", number(LOG_LIKELIHOOD), number(found.log_likelihood)))
    return table(("one set of parameters for all", "published", "ours (s.e. by person)"), rows)


def _types_table(found: MixtureFit) -> str:
    rows = []
    for (name, share), kind in zip(SHARES.items(), _ordered(found), strict=True):
        values, errors = found.estimates[kind], found.standard_errors[kind]
        shown = (with_error(values[p], errors[p], 3) for p in AGGREGATE)
        own = with_error(100 * found.shares[kind], 100 * found.share_errors[kind], 1)
        rows.append((name, f"{100 * share:.1f}", own, *shown))
    return table(("type", "published share, %", "ours, %", *AGGREGATE), rows)


def _scores_table(
    scores: Scores, behind: dict[str, Difference], wrong: dict[str, Difference]
) -> str:
    evidence = scores.evidence
    rows = []
    for name in sorted(scores.logs, key=lambda name: -scores.right[name].mean()):
        logs = mean_by_person(scores.logs[name], evidence, "by person", LEVEL)
        right = accuracy_by_person(scores.right[name], evidence, "by person", LEVEL)
        shown = ("", "")
        if name != PARTIAL:
            shown = (certified(behind[name].behind, 4), percent(wrong[name].behind))
        rows.append((name, certified(logs, 4), shown[0], percent(right), shown[1]))
    return table(("predictor", "log-likelihood per choice", "behind", "right", "behind"), rows)
