"""Sampling error of log-odds equations: covariance, chi-square and generalised least squares.

Frequencies err in the players' own log-odds and in the mixes that they reply to. By the delta
method the errors of the equations have a covariance that depends on the parameters; a chi-square
statistic with that covariance tests a point without asking whether others fit as well (continuous
updating; Hansen, Heaton and Yaron 1996).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.core import InputError
from comity.inference.identification.blind import Noise, log_odds_system
from comity.inference.identification.played_states import PlayedState

STEPS = 50


@dataclass(frozen=True, eq=False)
class LogOddsModel:
    """The linear system at the observed frequencies, and its covariance at any point.

    Attributes
    ----------
    states : with frequencies of play.
    sizes : how many plays of the row and the column player in each state.
    noise : ``same`` or ``own``.
    """

    states: tuple[PlayedState, ...]
    sizes: tuple[tuple[float, float], ...]
    noise: Noise

    def system(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the equations, (equations, unknowns), and their right-hand sides."""
        return log_odds_system(self.states, self.noise)

    def covariance(self, point: np.ndarray) -> np.ndarray:
        """Return the covariance of the equations' errors at a point, by the delta method."""
        count = len(self.states[0].features)
        ratio = float(point[-1]) if self.noise == "own" else 1.0
        blocks = [
            _state_covariance(
                state, np.einsum("k,kab->ab", point[:count], state.features), ratio, n
            )
            for state, n in zip(self.states, self.sizes, strict=True)
        ]
        size = sum(len(block) for block in blocks)
        found, at = np.zeros((size, size)), 0
        for block in blocks:
            found[at : at + len(block), at : at + len(block)] = block
            at += len(block)
        return found

    def statistic(self, point: np.ndarray) -> float:
        """Return the chi-square statistic of a point."""
        left, right = self.system()
        if point.shape != (left.shape[1],):
            raise InputError(
                "shape does not fit", place="point", found=point.shape, expected=(left.shape[1],)
            )
        miss = left @ point - right
        return float(miss @ np.linalg.pinv(self.covariance(point), hermitian=True) @ miss)

    def fit(self) -> tuple[np.ndarray, np.ndarray]:
        """Return generalised least squares, weights and estimate in turn, and standard errors."""
        left, right = self.system()
        point = np.linalg.lstsq(left, right, rcond=None)[0]
        for _ in range(STEPS):
            inverse = np.linalg.pinv(self.covariance(point), hermitian=True)
            information = left.T @ inverse @ left
            following = np.linalg.pinv(information, rcond=1e-10, hermitian=True) @ (
                left.T @ inverse @ right
            )
            moved = float(np.abs(following - point).max())
            point = following
            if moved < 1e-12 * (1 + float(np.abs(point).max())):
                break
        return point, _standard_errors(information)


def _standard_errors(information: np.ndarray) -> np.ndarray:
    """Return root variances, infinite for coordinates that some open direction moves."""
    sizes, directions = np.linalg.eigh(information)
    open_ = sizes <= 1e-10 * max(float(sizes[-1]), 1e-300)
    variance = (directions[:, ~open_] ** 2 / sizes[~open_]).sum(axis=1)
    loose = np.abs(directions[:, open_]).max(axis=1, initial=0.0) > 1e-6
    return np.where(loose, np.inf, np.sqrt(variance))


def _state_covariance(
    state: PlayedState, table: np.ndarray, ratio: float, sizes: tuple[float, float]
) -> np.ndarray:
    """Return the covariance of one state's equations: first rows, then columns."""
    row, column = state.row, state.column
    own, reply = _contrast(row), _contrast(column)
    # By the row player's frequencies, then by the column player's.
    by_row = np.vstack([-own / row, -reply @ table.T])
    by_column = np.vstack([own @ table, -ratio * reply / column])
    spread = [np.diag(p) - np.outer(p, p) for p in (row, column)]
    first = by_row @ spread[0] @ by_row.T / sizes[0]
    return first + by_column @ spread[1] @ by_column.T / sizes[1]


def _contrast(mix: np.ndarray) -> np.ndarray:
    """Return rows that take each action less the most played one."""
    base = int(np.argmax(mix))
    unit = np.eye(len(mix))
    return np.delete(unit - unit[base], base, axis=0)
