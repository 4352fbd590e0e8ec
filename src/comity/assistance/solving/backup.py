"""The generalised Bellman update: the person's best reply inside the backup.

For each action of the person the plans that may follow it are put together, and the person's reply
picks among actions type by type: |A_H| x |Theta| numbers a plan, where a rule for the person that
is chosen beforehand would be one of |A_H| ^ |Theta| (Malik et al. 2018).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.assistance.solving.hidden import Hidden
from comity.assistance.solving.plans import Layers, Stage, nothing
from comity.assistance.solving.pruning import undominated
from comity.core.errors import SizeError

MOST_PLANS = 20_000
"""Most plans that are held for one state before those of no use are left out."""
DUPLICATE = 1e-12


@dataclass
class Parts:
    """Plans under construction: values by type, and what follows."""

    values: np.ndarray
    children: np.ndarray


@dataclass
class Update:
    """One way to do the backup.

    Attributes
    ----------
    hidden : types.
    tolerance : of each pruning.
    prune : false where every different plan is kept.
    prunings : how many prunings lie on the longest path so far.
    largest : most plans held at once.
    """

    hidden: Hidden
    tolerance: float
    prune: bool
    prunings: int = 0
    largest: int = 0

    def stage(self, step: int, state: int, later: dict[int, Stage]) -> Stage:
        """Return the plans of a state, from those of the states that may follow."""
        game = self.hidden.game
        h, k = game.shape[1], game.chances.shape[-1]
        if game.final[state]:
            return nothing(len(self.hidden.names), h, k)
        found: list[tuple[int, Parts]] = []
        for a in np.flatnonzero(game.assistant_allowed[state]):
            found.append((int(a), self._action(step, state, int(a), later)))
        vectors = np.concatenate([parts.values for _, parts in found])
        actions = np.concatenate([np.full(len(parts.values), a) for a, parts in found])
        children = np.concatenate([parts.children for _, parts in found])
        return Stage(vectors, actions, children, self._kept(vectors))

    def _action(self, step: int, state: int, action: int, later: dict[int, Stage]) -> Parts:
        allowed = np.flatnonzero(self.hidden.game.person_allowed[state])
        parts = [self._after(state, int(h), action, later) for h in allowed]
        rational, fixed = self.hidden.rational, self.hidden.fixed
        if (rational | fixed).all():
            table = self.hidden.table(step, state)
            return self._merged(parts, allowed, table, rational)
        return self._replied(step, state, parts, allowed)

    def _after(self, state: int, h: int, a: int, later: dict[int, Stage]) -> Parts:
        """Return the plans that may follow one pair of actions: one for each next state."""
        game = self.hidden.game
        base = self.hidden.rewards[:, state, h, a][None]
        found = Parts(base, np.full((1, *game.chances.shape[1::2]), -1))
        successors = game.successors(state, h, a)
        for slot, follows, chance in successors:
            stage = later[follows]
            after = game.discount * chance * stage.vectors[stage.useful]
            found = self._cross(found, after, np.add)
            n = len(stage.useful)
            found.children[:, h, slot] = np.tile(stage.useful, len(found.values) // n)
            if len(successors) > 1:
                found = self._pruned(found)
        return found

    def _merged(
        self, parts: list[Parts], allowed: np.ndarray, table: np.ndarray, rational: np.ndarray
    ) -> Parts:
        """Return all choices of plans after actions: the best for some types, else the mean."""
        found: Parts | None = None
        for h, part in zip(allowed, parts, strict=True):
            own = np.where(rational, part.values, table[:, h] * part.values)
            if found is None:
                found = Parts(own, part.children)
                continue
            n = len(own)
            one = np.repeat(found.values, n, axis=0)
            two = np.tile(own, (len(found.values), 1))
            self._check(len(one))
            values = np.where(rational, np.maximum(one, two), one + two)
            children = np.repeat(found.children, n, axis=0)
            children[:, h] = np.tile(part.children[:, h], (len(found.values), 1))
            found = self._pruned(Parts(values, children))
        assert found is not None
        return found

    def _replied(self, step: int, state: int, parts: list[Parts], allowed: np.ndarray) -> Parts:
        """Return every choice of plans after all actions, and what the person makes of it."""
        total = int(np.prod([float(len(part.values)) for part in parts]))
        self._check(total)
        index = np.indices([len(part.values) for part in parts]).reshape(len(parts), -1)
        worth = np.full((total, len(self.hidden.names), self.hidden.game.shape[1]), -np.inf)
        children = np.full((total, *parts[0].children.shape[1:]), -1)
        for h, part, chosen in zip(allowed, parts, index, strict=True):
            worth[:, :, h] = part.values[chosen]
            children[:, h] = part.children[chosen][:, h]
        table = self.hidden.table(step, state)
        values = np.empty(worth.shape[:2])
        may = self.hidden.game.person_allowed[state]
        for x, procedure in enumerate(self.hidden.procedures):
            if self.hidden.fixed[x]:
                values[:, x] = np.where(may, worth[:, x], 0.0) @ table[x]
            else:
                values[:, x] = procedure.values(worth[:, x], may)  # type: ignore[union-attr]
        return self._pruned(Parts(values, children))

    def _cross(self, one: Parts, after: np.ndarray, join: np.ufunc) -> Parts:
        n = len(after)
        self._check(len(one.values) * n)
        values = join(np.repeat(one.values, n, axis=0), np.tile(after, (len(one.values), 1)))
        return Parts(values, np.repeat(one.children, n, axis=0))

    def _pruned(self, parts: Parts) -> Parts:
        if len(parts.values) == 1:
            return parts
        kept = self._kept(parts.values)
        return Parts(parts.values[kept], parts.children[kept])

    def _kept(self, vectors: np.ndarray) -> np.ndarray:
        self.largest = max(self.largest, len(vectors))
        if self.prune:
            return undominated(vectors, self.tolerance)
        _, first = np.unique(np.round(vectors / DUPLICATE), axis=0, return_index=True)
        return np.sort(first)

    def _check(self, count: int) -> None:
        if count > MOST_PLANS:
            raise SizeError(
                "too many plans for one state",
                place="exact solution",
                found=f"{count:,}",
                expected=f"at most {MOST_PLANS:,}; plan with points or by search instead",
            )


def backup_depth(hidden: Hidden) -> int:
    """Return how many prunings one backup puts on top of another at most."""
    _, h, _, _ = hidden.game.shape
    return h * hidden.game.chances.shape[-1] + h + 1


def solve_layers(update: Update, steps: int) -> Layers:
    """Return the plans of every state that can be met, by steps to go."""
    game = update.hidden.game
    seen = game.reachable(steps + 1)
    empty = nothing(len(update.hidden.names), game.shape[1], game.chances.shape[-1])
    layers: Layers = [dict.fromkeys(map(int, np.flatnonzero(seen[steps])), empty)]
    for left in range(1, steps + 1):
        later = layers[-1]
        states = np.flatnonzero(seen[steps - left])
        layers.append({int(s): update.stage(steps - left, int(s), later) for s in states})
    return layers
