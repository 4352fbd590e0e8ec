"""Lower and upper bounds of one state's value at every belief."""

from __future__ import annotations

import numpy as np


class Lower:
    """Alpha-vectors of plans: at every belief the best of them can be had.

    Parameters
    ----------
    vector : the first plan, shape (X,).
    action : its action.
    children : shape (H, K).
    """

    def __init__(self, vector: np.ndarray, action: int, children: np.ndarray) -> None:
        self.vectors = vector[None]
        self.actions = [action]
        self.children = [children]

    def best(self, masses: np.ndarray) -> np.ndarray:
        """Return which plan is best at each of several unnormalised beliefs, (n, X)."""
        found: np.ndarray = np.argmax(masses @ self.vectors.T, axis=1)
        return found

    def values(self, masses: np.ndarray) -> np.ndarray:
        """Return the best values at unnormalised beliefs, shape (n,)."""
        found: np.ndarray = (masses @ self.vectors.T).max(axis=1)
        return found

    def add(self, vector: np.ndarray, action: int, children: np.ndarray) -> None:
        """Add a plan, unless another is at least as good for every type."""
        if (self.vectors >= vector).all(axis=1).any():
            return
        self.vectors = np.vstack([self.vectors, vector])
        self.actions.append(action)
        self.children.append(children)


class Upper:
    """Values at corners and at points between, and the lower hull of all of them.

    Parameters
    ----------
    corners : shape (X,), bounds where the type is known.

    The hull is bounded by one point at a time with the corners, the "sawtooth" (Hauskrecht 2000).
    """

    def __init__(self, corners: np.ndarray) -> None:
        self.corners = corners
        self.points = np.zeros((0, len(corners)))
        self.drops = np.zeros(0)

    def values(self, masses: np.ndarray) -> np.ndarray:
        """Return bounds at unnormalised beliefs, shape (n,)."""
        found: np.ndarray = masses @ self.corners
        if len(self.points):
            with np.errstate(divide="ignore", invalid="ignore"):
                shares = np.where(self.points > 0, masses[:, None] / self.points, np.inf).min(
                    axis=2
                )
            found = found - (shares * self.drops).max(axis=1)
        return found

    def add(self, belief: np.ndarray, value: float) -> None:
        """Add the bound at a belief, where it is news."""
        drop = float(belief @ self.corners) - value
        if drop <= 0 or value >= float(self.values(belief[None])[0]):
            return
        # Whatever the new point makes useless goes: it would be looked at every time.
        shares = np.where(belief > 0, self.points / np.where(belief > 0, belief, 1.0), np.inf)
        useful = shares.min(axis=1) * drop < self.drops
        self.points = np.vstack([self.points[useful], belief])
        self.drops = np.append(self.drops[useful], drop)
