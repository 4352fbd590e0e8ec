"""What a CaSiNo negotiator can infer of the partner's priorities from what the partner said.

Each of two campers privately ranks food, water and firewood (Chawla et al. 2021, *CaSiNo*,
CC BY 4.0). Seven counts per issue of the partner's words and offers *before* the deal
(`casino_words`) go into a conditional logit over the six rankings (McFadden 1974),

    P(ranking) = (1 - lapse) softmax((top . x[first] - low . x[last]) / temperature) + lapse / 6,

fitted by maximum likelihood with an L2 penalty. The temperature (Guo et al. 2017) and the lapse,
the share of people whose words say nothing, are fitted on folds the weights have not seen. The
same weights serve every issue, so relabelling the issues relabels the answer.

    python benchmarks/casino_beliefs.py --data DIR
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import numpy as np
from casino_words import FEATURES, ISSUES, features

from comity.core.errors import InputError

RANKINGS = tuple(permutations(ISSUES))  # highest priority first
TOP = np.array([ISSUES.index(ranking[0]) for ranking in RANKINGS])
LOW = np.array([ISSUES.index(ranking[2]) for ranking in RANKINGS])
DRAWS = 2000
FOLDS = 5
Interval = tuple[float, float, float]


def ranking(dialogue: Mapping, person: str) -> int:
    """Return the place of a person's true priorities in RANKINGS."""
    order = dialogue["participant_info"][person]["value2issue"]
    return RANKINGS.index(tuple(order[level] for level in ("High", "Medium", "Low")))


def dataset(dialogues: Sequence[Mapping]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return x (n, 3, 7), ranking (n,) and dialogue (n,): two rows a dialogue, names sorted."""
    people = [(d, p) for d in dialogues for p in sorted(d["participant_info"])]
    x = np.array([features(d, p) for d, p in people]).reshape(-1, len(ISSUES), len(FEATURES))
    return x, np.array([ranking(d, p) for d, p in people]), np.repeat(np.arange(len(dialogues)), 2)


@dataclass(frozen=True)
class Beliefs:
    """A fitted model: weights of the first and the last issue, (2, 7), and its calibration."""

    weights: np.ndarray
    temperature: float
    lapse: float


def contrasts(x: np.ndarray) -> np.ndarray:
    """Return (n, 6, 14): what speaks for each ranking's first issue and against its last."""
    return np.concatenate([x[:, TOP], -x[:, LOW]], axis=-1)


def _softmax(score: np.ndarray) -> np.ndarray:
    weight = np.exp(score - score.max(axis=1, keepdims=True))
    return weight / weight.sum(axis=1, keepdims=True)


def fit_weights(x: np.ndarray, y: np.ndarray, l2: float) -> np.ndarray:
    """Return the maximum of the penalised likelihood, which is concave, (2, 7)."""
    from scipy.optimize import minimize

    scale = np.maximum(contrasts(x).std(axis=(0, 1)), 1e-12)
    z, rows = contrasts(x) / scale, np.arange(len(y))

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        p = _softmax(z @ w)
        slope = np.einsum("nk,nkf->f", p, z) - z[rows, y].sum(axis=0)
        return l2 / 2 * w @ w - np.log(p[rows, y]).sum(), slope + l2 * w

    best = minimize(loss, np.zeros(z.shape[2]), jac=True, method="L-BFGS-B")
    return (best.x / scale).reshape(2, -1)


def folds(groups: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Return a fold number per row; both people of a dialogue fall in one fold."""
    names, place = np.unique(groups, return_inverse=True)
    return np.random.default_rng(seed).permutation(len(names))[place] % count


def _forecast(score: np.ndarray, temperature: float, lapse: float) -> np.ndarray:
    return (1 - lapse) * _softmax(score / temperature) + lapse / len(RANKINGS)


def fit(
    x: np.ndarray, y: np.ndarray, groups: np.ndarray, l2: float = 5.0, seed: int = 0
) -> Beliefs:
    """Fit the weights on all rows, temperature and lapse on five folds held out in turn."""
    from scipy.optimize import minimize

    fold, score = folds(groups, FOLDS, seed), np.zeros((len(y), len(RANKINGS)))
    for k in range(FOLDS):
        weights = fit_weights(x[fold != k], y[fold != k], l2)
        score[fold == k] = contrasts(x[fold == k]) @ weights.ravel()

    def held_out_loss(scale: np.ndarray) -> float:
        return log_loss(_forecast(score, np.exp(scale[0]), 1 / (1 + np.exp(-scale[1]))), y)

    best = minimize(held_out_loss, [0.0, -3.0], bounds=[(-2, 2), (-7, 0)], method="L-BFGS-B").x
    return Beliefs(fit_weights(x, y, l2), float(np.exp(best[0])), float(1 / (1 + np.exp(-best[1]))))


def predict(model: Beliefs, x: np.ndarray) -> np.ndarray:
    """Return the probability of each ranking, (n, 6)."""
    return _forecast(contrasts(x) @ model.weights.ravel(), model.temperature, model.lapse)


def cross_validate(x: np.ndarray, y: np.ndarray, groups: np.ndarray, seed: int = 0) -> np.ndarray:
    """Return probabilities for each row from a model that saw nothing of its dialogue, (n, 6)."""
    fold, p = folds(groups, FOLDS, seed), np.zeros((len(y), len(RANKINGS)))
    for k in range(FOLDS):
        model = fit(x[fold != k], y[fold != k], groups[fold != k], seed=seed + 1)
        p[fold == k] = predict(model, x[fold == k])
    return p


def log_loss(p: np.ndarray, y: np.ndarray) -> float:
    return float(-np.log(p[np.arange(len(y)), y]).mean())


@dataclass(frozen=True)
class Calibration:
    """Scores as (estimate, low, high), 95% by bootstrap over dialogues, and the bins behind ECE.

    A bin is (rows, mean confidence, share correct, low, high); `ece_by_chance` is the mean ECE that
    as many perfectly calibrated forecasts would show.
    """

    log_loss: Interval
    accuracy: Interval
    brier: Interval
    ece: Interval
    ece_by_chance: float
    bins: tuple[tuple[int, float, float, float, float], ...]


def calibration(
    p: np.ndarray, y: np.ndarray, groups: np.ndarray, bins: int = 10, seed: int = 0
) -> Calibration:
    """Score forecasts p (n, 6) of rankings y, in bins of equal count by the favourite's share."""
    rng, rows, bins = np.random.default_rng(seed), np.arange(len(y)), min(bins, len(y))
    sure, right = p.max(axis=1), (p.argmax(axis=1) == y).astype(float)
    member = np.eye(bins)[np.argsort(np.argsort(sure, kind="stable")) * bins // len(y)]
    missed = ((p - np.eye(len(RANKINGS))[y]) ** 2).sum(axis=1)
    columns = np.stack([-np.log(p[rows, y]), right, missed], axis=1)
    weight = _resampled(groups, rng)
    weight_sum = weight.sum(axis=1, keepdims=True)
    scores = weight @ columns / weight_sum
    ece = np.abs(weight @ (member * (right - sure)[:, None]) / weight_sum).sum(axis=1)
    share = weight @ (member * right[:, None]) / np.maximum(weight @ member, 1e-12)
    lucky = (rng.random((DRAWS, len(y))) < sure) - sure
    table = zip(member.sum(axis=0), sure @ member, share.T, strict=True)
    return Calibration(
        *map(_interval, (*scores.T, ece)),
        float(np.abs(lucky @ member).sum(axis=1).mean() / len(y)),
        tuple((int(n), float(total / n), *_interval(correct)) for n, total, correct in table),
    )


def _resampled(groups: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return how often each row counts, (1 + DRAWS, n): once each, then in bootstrap samples."""
    names, place = np.unique(groups, return_inverse=True)
    counts = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=DRAWS)
    return np.vstack([np.ones(len(groups)), counts[:, place]])


def _interval(values: np.ndarray) -> Interval:
    low, high = np.quantile(values[1:], [0.025, 0.975])
    return float(values[0]), float(low), float(high)


def load(folder: Path, part: str) -> list[dict]:
    """Read `casino_PART.json` from a folder or from the folder `casino` in it."""
    inner = folder / "casino" if (folder / "casino").is_dir() else folder
    path = inner / f"casino_{part}.json"
    try:
        dialogues = json.loads(path.read_text(encoding="utf-8"))
        complete = all({"chat_logs", "participant_info"} <= row.keys() for row in dialogues)
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise InputError("cannot read the dialogues", file=str(path), found=error) from error
    if not (complete and dialogues):
        raise InputError("no dialogues", file=str(path), expected="chat_logs and participant_info")
    return dialogues


def show(title: str, scores: Calibration) -> None:
    print(f"\n{title}")
    for name in ("log_loss", "accuracy", "brier", "ece"):
        print(f"  {name:9s} {{:.3f}}  [{{:.3f}}, {{:.3f}}]".format(*getattr(scores, name)))
    print(f"  ece by chance alone, were it perfectly calibrated: {scores.ece_by_chance:.3f}")
    print("     rows  confidence  correct  95% interval")
    for rows, sure, right, low, high in scores.bins:
        print(f"  {rows:7d}  {sure:10.3f}  {right:7.3f}  [{low:.3f}, {high:.3f}]")


def main() -> int:
    parser = argparse.ArgumentParser(description="Calibration of inferred CaSiNo priorities.")
    parser.add_argument("--data", type=Path, default=os.environ.get("COMITY_DATA", "."))
    folder = parser.parse_args().data
    try:
        train, valid = (dataset(load(folder, part)) for part in ("train", "valid"))
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    print(
        f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}, seed 0"
    )
    print(f"Uniform beliefs: log loss {np.log(6):.3f}, accuracy {1 / 6:.3f}, Brier {5 / 6:.3f}")
    show("Training dialogues, cross-validated", calibration(cross_validate(*train), *train[1:]))
    model = fit(*train)
    show("Validation dialogues", calibration(predict(model, valid[0]), *valid[1:], bins=3))
    print(f"\nTemperature {model.temperature:.2f}, lapse {model.lapse:.3f}; weights:")
    for name, top, low in zip(FEATURES, *model.weights, strict=True):
        print(f"  {name:14s} first {top:5.2f}   last {low:5.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
