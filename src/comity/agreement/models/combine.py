"""One common model from several reports, block by block.

On its own tastes each party is the authority; facts and the prior are estimates of one truth, so
they are pooled. Nobody at the table is the authority on a bystander's tastes: they are pooled as
facts are. The split into blocks is our completion of Clifton (2021), who leaves the combination
open; linear and logarithmic pools follow Genest and Zidek (1986, sections 2 and 3).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from comity.agreement.models.evidence import evidence_weights
from comity.agreement.models.narrow import Flat, flat_blocks, with_blocks
from comity.agreement.models.normalise import normalise
from comity.cases import Constitution, Evidence
from comity.core.errors import InputError
from comity.games import Game, Negotiation

Pool = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""Reports, shape (n, d), and weights, shape (n,) or (n, d) with columns summing to 1, to (d,)."""


def combine(
    reports: Mapping[str, Game], constitution: Constitution, evidence: Sequence[Evidence] = ()
) -> Game:
    """Return the common model of the reports, one from each player of the frame.

    The result does not depend on the order of ``reports``; equal reports give that report. Raises
    `InputError` for a missing report, differing frames, or a rule that these reports cannot use.

    Examples
    --------
    >>> from comity.games import NormalForm
    >>> a = NormalForm.from_payoffs([[[2., 0.]], [[0., 1.]]], ["A", "B"], block="facts")
    >>> b = NormalForm.from_payoffs([[[4., 0.]], [[0., 3.]]], ["A", "B"], block="facts")
    >>> combine({"A": a, "B": b}, Constitution(facts="mean")).table.ravel()
    array([3., 0., 0., 2.])
    """
    models = _in_order(reports)
    if constitution.normalise:
        models = [normalise(model) for model in models]
    blocks = [flat_blocks(model) for model in models]
    pooled = {}
    for name, block in blocks[0].items():
        rows = np.array([found[name].values for found in blocks])
        pooled[name] = _combined(block, rows, models, constitution, evidence)
    return _with_own_patience(with_blocks(models[0], pooled), models)


def _in_order(reports: Mapping[str, Game]) -> list[Game]:
    first = next(iter(reports.values()), None)
    if first is None:
        raise InputError("there is no report", place="reports", found=0, expected="one per party")
    for name in first.players:
        if name not in reports:
            raise InputError("a report is missing", place=f"reports.{name}")
        if reports[name].frame() != first.frame():
            raise InputError(
                "reports are not on one frame",
                place=f"reports.{name}",
                expected="the frame of the others",
            )
    return [reports[name] for name in first.players]


def _combined(
    block: Flat,
    rows: np.ndarray,
    models: Sequence[Game],
    constitution: Constitution,
    evidence: Sequence[Evidence],
) -> np.ndarray:
    """Return the values of one block of the common model, shape (d,)."""
    players = models[0].players
    if block.kind == "prior":
        return PRIOR_POOLS[constitution.prior](rows, _equal(rows))
    if block.owner in players:
        if constitution.tastes == "own":
            return rows[players.index(block.owner)]
        return _mean(rows, _equal(rows))
    pool = FACT_POOLS[constitution.facts]
    return pool(rows, _fact_weights(block, rows, models, constitution, evidence))


def _with_own_patience(common: Game, models: Sequence[Game]) -> Game:
    """Return the model in which each party discounts delay as it says it does."""
    if not isinstance(common, Negotiation):
        return common
    own = np.array([m.discount[i] for i, m in enumerate(models) if isinstance(m, Negotiation)])
    if np.array_equal(own, common.discount):
        return common
    return dataclasses.replace(common, discount=own)


def _equal(rows: np.ndarray) -> np.ndarray:
    return np.full(len(rows), 1 / len(rows))


def _fact_weights(
    block: Flat,
    rows: np.ndarray,
    models: Sequence[Game],
    constitution: Constitution,
    evidence: Sequence[Evidence],
) -> np.ndarray:
    if constitution.facts == "precision":
        return precision_weights(models[0].players, constitution)
    if constitution.facts == "evidence" and block.kind == "facts":
        return _evidence_columns(rows, models, evidence)
    return _equal(rows)


def precision_weights(players: Sequence[str], constitution: Constitution) -> np.ndarray:
    """Return the weight of each party's facts as the constitution states it, summing to 1."""
    place = "constitution.precision"
    missing = [name for name in players if name not in constitution.precision]
    if missing:
        raise InputError(
            "a party has no weight", place=f"{place}.{missing[0]}", expected="one weight per party"
        )
    weights = np.array([float(constitution.precision[name]) for name in players])
    if not np.all(np.isfinite(weights)) or weights.min() < 0 or weights.sum() <= 0:
        raise InputError(
            "weights are not usable", place=place, found=weights.tolist(), expected="positive sum"
        )
    return weights / weights.sum()


def _evidence_columns(
    rows: np.ndarray, models: Sequence[Game], evidence: Sequence[Evidence]
) -> np.ndarray:
    """Return one column of weights per entry of the facts, shape (n, d)."""
    if not evidence:
        raise InputError(
            "facts are weighted by evidence, and there is none",
            place="constitution.facts",
            found="evidence",
            expected="one [[evidence]] or more",
        )
    weights = evidence_weights(models, evidence)
    each = rows.shape[1] // len(weights)
    return np.repeat(np.array(list(weights.values())).T, each, axis=1)


def _mean(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the weighted mean, exact where all reports agree."""
    spread = rows - rows[0]
    if weights.ndim == 1:
        return rows[0] + weights @ spread
    return rows[0] + (weights * spread).sum(axis=0)


def _median(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return np.median(rows, axis=0)


def _trimmed_mean(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the mean without the lowest and the highest report of each entry."""
    check_trim(len(rows))
    return np.sort(rows, axis=0)[1:-1].mean(axis=0)


def check_trim(count: int) -> None:
    """Raise `InputError` where so few report that trimming leaves nothing."""
    if count < 3:
        raise InputError(
            "a trimmed mean needs three reports or more",
            place="constitution.facts",
            found=count,
            expected="three parties, or `mean`",
        )


def _linear(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the mean of the priors; rounding must not make a chance negative."""
    return np.clip(_mean(rows, weights), 0, None)


def _logarithmic(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the normalised geometric mean of the priors."""
    possible = np.all(rows > 0, axis=0)
    if not possible.any():
        raise InputError(
            "the priors have no state in common, so they have no logarithmic pool",
            place="constitution.prior",
            found="disjoint support",
            expected="a state that all think possible, or `linear`",
        )
    logs = np.full(rows.shape[1], -np.inf)
    logs[possible] = weights @ np.log(rows[:, possible])
    pooled = np.exp(logs - logs.max())
    return pooled / pooled.sum()


FACT_POOLS: dict[str, Pool] = {
    "mean": _mean,
    "median": _median,
    "trimmed-mean": _trimmed_mean,
    "precision": _mean,
    "evidence": _mean,
}
PRIOR_POOLS: dict[str, Pool] = {"linear": _linear, "logarithmic": _logarithmic}
