"""What one would write without comity: SciPy's search, and loops over people.

A logit of Bruhin, Fehr and Schunk's utility in plain NumPy, BFGS from one start, and standard
errors from differences of the gradient. The gradient is by hand, or SciPy takes differences, as
it does when it is given a likelihood only.
"""

from __future__ import annotations

import numpy as np
from scipy import optimize

from comity.inference.evidence import Evidence

NAMES = ("alpha", "beta", "gamma", "delta", "sensitivity")
STEP = 1e-5


def differences(evidence: Evidence) -> tuple[np.ndarray, np.ndarray]:
    """Return by row what option y gives beyond x: own payoff, and weight times gap, shape (N, 4).

    The four columns are what alpha, beta, gamma and delta multiply.
    """
    own, gaps = [], []
    for situation in evidence.situations:
        pay = situation.payoffs[:, 0]
        gap = pay[:, 1] - pay[:, 0]
        kind, unkind = (float(situation.history[k].ravel()[0]) for k in ("kind", "unkind"))
        columns = np.stack([gap * (gap > 0), gap * (gap < 0), gap * kind, gap * unkind], axis=1)
        own.append(pay[1, 0] - pay[0, 0])
        gaps.append(columns[1] - columns[0])
    return np.array(own)[evidence.situation], np.array(gaps)[evidence.situation]


def negative(x: np.ndarray, own: np.ndarray, gaps: np.ndarray, sign: np.ndarray) -> float:
    """Return minus the log-likelihood; the last entry of x is the logarithm of sensitivity."""
    index = np.exp(x[4]) * (own + gaps @ x[:4])
    return float(np.logaddexp(0.0, -sign * index).sum())


def gradient(x: np.ndarray, own: np.ndarray, gaps: np.ndarray, sign: np.ndarray) -> np.ndarray:
    """Return its slopes."""
    steep = np.exp(x[4])
    utility = own + gaps @ x[:4]
    pull = -sign / (1 + np.exp(np.clip(sign * steep * utility, -700, 700)))
    return np.concatenate([steep * (gaps.T @ pull), [steep * (utility @ pull)]])


def errors(x: np.ndarray, *data: np.ndarray) -> np.ndarray:
    """Return standard errors of the parameters from central differences of the gradient."""
    steps = np.eye(len(x)) * STEP
    hessian = [(gradient(x + s, *data) - gradient(x - s, *data)) / (2 * STEP) for s in steps]
    try:
        spread = np.diag(np.linalg.inv(np.array(hessian)))
    except np.linalg.LinAlgError:
        return np.full(len(x), np.nan)
    found = np.sqrt(np.where(spread > 0, spread, np.nan))
    found[4] *= np.exp(x[4])
    return found


def fit_people(evidence: Evidence, by_hand: bool = True) -> tuple[np.ndarray, ...]:
    """Return estimates (P, 5), standard errors (P, 5) and log-likelihoods (P,), person by person.

    ``by_hand`` gives BFGS the gradient; otherwise SciPy takes differences, as it does when a user
    gives it a likelihood only.
    """
    own, gaps = differences(evidence)
    sign = np.where(evidence.choice == 1, 1.0, -1.0)
    start = np.array([0.0, 0.0, 0.0, 0.0, np.log(0.01)])
    found = []
    for person in range(len(evidence.people)):
        rows = evidence.person == person
        data = (own[rows], gaps[rows], sign[rows])
        end = optimize.minimize(
            negative, start, data, method="BFGS", jac=gradient if by_hand else None
        )
        estimate = np.append(end.x[:4], np.exp(end.x[4]))
        found.append((estimate, errors(end.x, *data), -end.fun))
    return tuple(np.array(column) for column in zip(*found, strict=True))


def fit_all(evidence: Evidence, by_hand: bool = True) -> tuple[np.ndarray, np.ndarray, float]:
    """Return one set of estimates (5,) for all, errors clustered by person, and log-likelihood.

    Likelihood, gradient and scores are summed person by person.
    """
    own, gaps = differences(evidence)
    sign = np.where(evidence.choice == 1, 1.0, -1.0)
    people = [np.flatnonzero(evidence.person == p) for p in range(len(evidence.people))]
    parts = [(own[rows], gaps[rows], sign[rows]) for rows in people]

    def slopes(x: np.ndarray) -> np.ndarray:
        return np.array([gradient(x, *part) for part in parts])

    end = optimize.minimize(
        lambda x: sum(negative(x, *part) for part in parts),
        np.array([0.0, 0.0, 0.0, 0.0, np.log(0.01)]),
        method="BFGS",
        jac=(lambda x: slopes(x).sum(axis=0)) if by_hand else None,
    )
    steps = np.eye(5) * STEP
    changes = [(slopes(end.x + s) - slopes(end.x - s)).sum(axis=0) / (2 * STEP) for s in steps]
    inverse, scores = np.linalg.inv(np.array(changes)), slopes(end.x)
    factor = len(parts) / (len(parts) - 1)
    found = np.sqrt(factor * np.diag(inverse @ scores.T @ scores @ inverse))
    estimate = np.append(end.x[:4], np.exp(end.x[4]))
    return estimate, found * [1, 1, 1, 1, estimate[4]], -end.fun
