"""Point-based planning: plans at the beliefs that matter, and a bound that closes on them.

Trials walk from the start along the action that could be best and the outcome that is least known,
and improve both bounds on the way back (heuristic search value iteration, Smith and Simmons 2004).
A person who replies to the plan is part of the backup: at a belief its types are shared out among
its actions, by a sum over subsets, 3^types instead of |A_H|^types.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from comity.assistance.games.game import AssistanceGame
from comity.assistance.people.procedure import RATIONAL, Procedure
from comity.assistance.solving.baselines import Idle
from comity.assistance.solving.bounds import Lower, Upper
from comity.assistance.solving.hidden import Hidden, one_person
from comity.assistance.solving.known_types import blind, told
from comity.assistance.solving.plans import Layers, PlanAssistant, Stage, nothing
from comity.assistance.solving.results import Solved
from comity.assistance.solving.steps import ERROR, reward_range, steps_for, tail
from comity.core import Certified, InputError

GAP = 1e-3
"""Gap at which the search stops, as a share of the range of rewards."""
TRIALS = 2_000
MOST_RATIONAL = 8
"""Most types that reply best: they are shared out among actions in every way."""

Key = tuple[int, int]


@dataclass
class Search:
    """Bounds by steps to go and state, made when they are first asked for."""

    hidden: Hidden
    steps: int
    lowers: dict[Key, Lower] = field(default_factory=dict)
    uppers: dict[Key, Upper] = field(default_factory=dict)

    def __post_init__(self) -> None:
        game = self.hidden.game
        idle = Idle(game)
        self.idle = np.array([idle.act(s, 0) for s in range(len(game.states))])
        self.blind = blind(self.hidden, self.steps, self.idle)
        self.told = told(self.hidden, self.steps)
        self.rational = np.flatnonzero(self.hidden.rational)
        self.subsets = _subsets(len(self.rational), len(self.hidden.names), self.rational)

    def lower(self, left: int, state: int) -> Lower:
        """Return the plans of a state."""
        key = (left, state)
        if key not in self.lowers:
            game = self.hidden.game
            follow = np.zeros(game.chances.shape[1::2], int)
            self.lowers[key] = Lower(self.blind[left, :, state], int(self.idle[state]), follow)
        return self.lowers[key]

    def upper(self, left: int, state: int) -> Upper:
        """Return the bound of a state."""
        key = (left, state)
        if key not in self.uppers:
            self.uppers[key] = Upper(self.told[left, :, state])
        return self.uppers[key]

    def gap(self, left: int, state: int, belief: np.ndarray) -> float:
        """Return upper minus lower bound at a belief."""
        row = belief[None]
        high, low = self.upper(left, state).values(row), self.lower(left, state).values(row)
        return float(high[0] - low[0])

    def over(self, left: int, state: int) -> bool:
        """Whether nothing is left to gain."""
        return left == 0 or bool(self.hidden.game.final[state])

    def trial(self, left: int, state: int, belief: np.ndarray, target: float) -> None:
        """Walk to where the gap is small, and improve both bounds on the way back."""
        path: list[tuple[int, int, np.ndarray]] = []
        while not self.over(left, state) and self.gap(left, state, belief) > target:
            path.append((left, state, belief))
            masses = self._likeliest(left, state, belief)
            target /= self.hidden.game.discount
            best = max(masses, key=lambda m: self._excess(left - 1, m, target))
            state, belief, left = best[0], best[1] / best[1].sum(), left - 1
        for at in reversed(path):
            self.improve(*at)

    def _excess(self, left: int, reached: tuple[int, np.ndarray], target: float) -> float:
        state, mass = reached
        share = float(mass.sum())
        if self.over(left, state):
            return 0.0
        return share * (self.gap(left, state, mass / share) - target)

    def _likeliest(self, left: int, state: int, belief: np.ndarray) -> list[tuple[int, np.ndarray]]:
        """Return the states and unnormalised beliefs that the most hopeful action leads to."""
        game = self.hidden.game
        actions = np.flatnonzero(game.assistant_allowed[state])
        found = [self._best(left, state, belief, int(a), upper=True) for a in actions]
        k = int(np.argmax([value for value, _ in found]))
        reached = []
        for h, mass in found[k][1].items():
            for _, follows, chance in game.successors(state, h, int(actions[k])):
                if mass.sum() > 0:
                    reached.append((follows, chance * mass))
        return reached

    def improve(self, left: int, state: int, belief: np.ndarray) -> None:
        """Do one backup of both bounds at a belief."""
        game = self.hidden.game
        high, low = -np.inf, -np.inf
        chosen: tuple[int, dict[int, np.ndarray]] = (0, {})
        for a in map(int, np.flatnonzero(game.assistant_allowed[state])):
            high = max(high, self._best(left, state, belief, a, upper=True)[0])
            value, masses = self._best(left, state, belief, a, upper=False)
            if value > low:
                low, chosen = value, (a, masses)
        self.upper(left, state).add(belief, high)
        self.lower(left, state).add(*self._plan(left, state, *chosen))

    def _best(
        self, left: int, state: int, belief: np.ndarray, a: int, *, upper: bool
    ) -> tuple[float, dict[int, np.ndarray]]:
        """Return the worth of an action, and which types do what in the reply behind it."""
        game = self.hidden.game
        table = self.hidden.table(self.steps - left, state)
        persons = [int(h) for h in np.flatnonzero(game.person_allowed[state])]
        worths, masses = [], []
        for h in persons:
            mass = belief * (table[:, h] + self.subsets)  # (subsets, X)
            worth = mass @ self.hidden.rewards[:, state, h, a]
            for _, follows, chance in game.successors(state, h, a):
                if self.over(left - 1, follows):
                    continue
                side = self.upper if upper else self.lower
                worth = worth + game.discount * chance * side(left - 1, follows).values(mass)
            worths.append(worth)
            masses.append(mass)
        value, shares = _shared_out(np.array(worths))
        return value, {
            h: masses[k][m] for k, (h, m) in enumerate(zip(persons, shares, strict=True))
        }

    def _plan(
        self, left: int, state: int, a: int, masses: dict[int, np.ndarray]
    ) -> tuple[np.ndarray, int, np.ndarray]:
        """Return the plan that goes on in the best way after each action, and its vector."""
        game, hidden = self.hidden.game, self.hidden
        worth = np.full((len(hidden.names), game.shape[1]), -np.inf)
        children = np.full(game.chances.shape[1::2], -1)
        for h, mass in masses.items():
            worth[:, h] = hidden.rewards[:, state, h, a]
            for k, follows, chance in game.successors(state, h, a):
                after = self.lower(left - 1, follows)
                best = int(after.best(mass[None])[0])
                children[h, k] = best
                worth[:, h] += game.discount * chance * after.vectors[best]
        chances = hidden.chances(self.steps - left, state, worth)
        finite = np.where(np.isfinite(worth), worth, 0.0)
        return (chances * finite).sum(axis=1), a, children

    def layers(self) -> Layers:
        """Return the plan graph of all plans made."""
        game = self.hidden.game
        empty = nothing(len(self.hidden.names), game.shape[1], game.chances.shape[-1])
        seen = game.reachable(self.steps + 1)
        found: Layers = []
        for left in range(self.steps + 1):
            layer = {}
            for s in map(int, np.flatnonzero(seen[self.steps - left])):
                layer[s] = empty if self.over(left, s) else _stage(self.lower(left, s))
            found.append(layer)
        return found


def _stage(lower: Lower) -> Stage:
    n = len(lower.vectors)
    actions, children = np.array(lower.actions), np.stack(lower.children)
    return Stage(lower.vectors, actions, children, np.arange(n))


def _subsets(count: int, types: int, which: np.ndarray) -> np.ndarray:
    """Return every subset of some types as rows of 0 and 1, shape (2^count, types)."""
    found = np.zeros((2**count, types))
    for k, x in enumerate(which):
        found[:, x] = (np.arange(2**count) >> k) & 1
    return found


def _shared_out(worths: np.ndarray) -> tuple[float, list[int]]:
    """Return the best way to share out the types among actions, and which subset each gets.

    Parameters
    ----------
    worths : shape (H, 2^R), what an action is worth if a subset of types takes it.
    """
    actions, size = worths.shape
    best, picked = worths[0].copy(), [np.arange(size)]
    for j in range(1, actions):
        value, pick = np.full(size, -np.inf), np.zeros(size, int)
        for whole in range(size):
            part = whole
            while True:
                total = worths[j, part] + best[whole ^ part]
                if total > value[whole]:
                    value[whole], pick[whole] = total, part
                if part == 0:
                    break
                part = (part - 1) & whole
        best, picked = value, [*picked, pick]
    shares, rest = [0] * actions, size - 1
    for j in range(actions - 1, -1, -1):
        shares[j] = int(picked[j][rest]) if j else rest
        rest ^= shares[j]
    return float(best[-1]), shares


def solve_by_points(
    game: AssistanceGame | Hidden,
    procedure: Procedure = RATIONAL,
    *,
    gap: float = GAP,
    trials: int = TRIALS,
    error: float = ERROR,
) -> Solved:
    """Return a plan with a bound on how much better another could be.

    Parameters
    ----------
    game, procedure : as in `solve_assistance`; people who reply must do so without noise.
    gap : at which the search stops, as a share of the range of rewards.
    trials : at most.
    error : to which a game without end is covered.

    The value of the plan is a lower bound that can be had; the upper bound holds for every plan.
    Source: Smith and Simmons (2004), *Heuristic Search Value Iteration for POMDPs*, with the reply
    of Malik et al. (2018) in the backup.
    """
    hidden = game if isinstance(game, Hidden) else one_person(game, procedure)
    _check(hidden, gap, trials)
    search = Search(hidden, steps_for(hidden.game, error))
    start = (search.steps, hidden.game.start, hidden.prior)
    low, high = reward_range(hidden)
    target = gap * max(high - low, 1e-300)
    done = 0
    while done < trials and search.gap(*start) > target:
        search.trial(*start, target)
        done += 1
    return _result(search, done)


def _check(hidden: Hidden, gap: float, trials: int) -> None:
    if not (hidden.rational | hidden.fixed).all():
        raise InputError(
            "points need people who reply without error, or act by a table",
            place="procedure",
            found=", ".join(dict.fromkeys(p.name for p in hidden.procedures)),
            expected="the rational reply, or a procedure such as noisy(game, 2.0)",
        )
    if hidden.rational.sum() > MOST_RATIONAL:
        raise InputError(
            "too many types reply",
            place="goals",
            found=int(hidden.rational.sum()),
            expected=f"at most {MOST_RATIONAL}",
        )
    if not (np.isfinite(gap) and gap > 0) or trials < 1:
        raise InputError(
            "out of range", place="gap, trials", found=(gap, trials), expected="above 0; 1 or more"
        )


def _result(search: Search, done: int) -> Solved:
    hidden, game = search.hidden, search.hidden.game
    assistant = PlanAssistant(hidden, search.layers(), search.steps, "points")
    worth = assistant.layers[search.steps][game.start].vectors[assistant.begin().plan]
    high = float(search.upper(search.steps, game.start).values(hidden.prior[None])[0])
    least, most = tail(hidden, search.steps)
    value = float(worth @ hidden.prior)
    return Solved(
        game.title or "assistance game",
        ", ".join(dict.fromkeys(p.name for p in hidden.procedures)),
        Certified.lower(value + least, "this plan, its own value exact"),
        Certified.upper(max(value, high) + most, "sawtooth over corners that know the goal"),
        worth,
        sum(len(lower.vectors) for lower in search.lowers.values()),
        search.steps,
        f"point-based, {done} trials",
        assistant,
    )
