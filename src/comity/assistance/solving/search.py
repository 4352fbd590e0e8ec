"""Planning by search: for games too large to solve, the next action by playing on many times.

Partially observable Monte-Carlo planning (Silver and Veness 2010) with exact beliefs at the root,
since goals are few. The person must act by a table. One that replies would be a second player in
the tree, as in Malik et al. (2018); players who learn apart can settle on answers that
tell nothing, and no bound would show it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from comity.assistance.games.game import AssistanceGame
from comity.assistance.people.planners import noisy
from comity.assistance.people.procedure import Fixed, Procedure
from comity.assistance.solving.baselines import Belief, updated
from comity.assistance.solving.hidden import Hidden, one_person
from comity.assistance.solving.steps import ERROR, reward_range, steps_for
from comity.core import Certified, InputError, Result, as_generator
from comity.core.limits import check_cells
from comity.core.randomness import Rng

if TYPE_CHECKING:
    from comity.assistance.solving.search_kernel import Rules, Tree

SIMULATIONS = 2_000
EXPLORE = 0.5
"""Width of the confidence bounds that guide the search, as a share of the range of a game."""


@dataclass(frozen=True)
class Choice(Result):
    """The next action, as far as a search tells.

    Attributes
    ----------
    action : the assistant's action that was tried most.
    worths : shape (A,), mean returns after each action; ``nan`` where it was not tried.
    visits : shape (A,), how often each was tried.
    """

    action: int
    worths: np.ndarray
    visits: np.ndarray


@dataclass(frozen=True, eq=False)
class Searching:
    """An assistant that plans each action by a search from its belief.

    Attributes
    ----------
    hidden : types.
    simulations : games that are played on for each action.
    seed : the same seed gives the same search at the same belief.
    name : for tables.

    The person's table updates the belief. It keeps no plan, so what it is worth is found by playing
    (`play_out`), or by `evaluate_assistant` in games that are small after all.
    """

    hidden: Hidden
    simulations: int
    seed: int
    name: str = "search"
    known: dict[tuple[int, Belief], Choice] = field(default_factory=dict, repr=False)

    def begin(self) -> Belief:
        """Return the prior."""
        return Belief(0, tuple(self.hidden.prior.tolist()))

    def choice(self, state: int, memory: Belief) -> Choice:
        """Return what the search from a belief says."""
        if (state, memory) not in self.known:
            belief = np.array(memory.chances)
            self.known[state, memory] = search(
                self.hidden, state, belief, memory.step, self.simulations, rng=self.seed
            )
        return self.known[state, memory]

    def act(self, state: int, memory: Belief) -> int:
        """Return the action that was tried most."""
        return self.choice(state, memory).action

    def after(self, state: int, memory: Belief, person: int, slot: int) -> Belief:
        """Return the belief after an action of the person."""
        said = self.hidden.table(memory.step, state)[:, person]
        belief = updated(np.array(memory.chances), said)
        return Belief(memory.step + 1, tuple(np.round(belief, 12).tolist()))


def searching(
    game: AssistanceGame | Hidden,
    procedure: Procedure | None = None,
    *,
    simulations: int = SIMULATIONS,
    rng: Rng = 0,
) -> Searching:
    """Return the assistant that searches anew before each action.

    Parameters
    ----------
    procedure : how the person acts, by a table; `noisy` with sensitivity 10 unless given.
    """
    hidden = game if isinstance(game, Hidden) else one_person(game, procedure or noisy(game, 10.0))
    _check(hidden, simulations)
    return Searching(hidden, simulations, _seed(rng))


def search(
    game: Hidden,
    state: int,
    belief: np.ndarray,
    step: int = 0,
    simulations: int = SIMULATIONS,
    *,
    explore: float = EXPLORE,
    rng: Rng = 0,
) -> Choice:
    """Return the next action at a belief, by playing on from it.

    O(simulations x steps); memory for one node a simulation.
    """
    from comity.assistance.solving.search_kernel import grow

    _check(game, simulations)
    steps = steps_for(game.game, ERROR)
    rules, tree = _rules(game), _tree(game, simulations)
    # A copy, so that the compiled code is one for all beliefs.
    at = np.array(belief, float)
    grow(rules, tree, state, step, steps, at, simulations, _seed(rng), explore)
    visits = tree.visits[0]
    worths = np.where(visits > 0, tree.means[0], np.nan)
    allowed = game.game.assistant_allowed[state]
    action = int(np.argmax(np.where(allowed, visits, -1)))
    return Choice(action, worths, visits)


def play_out(
    game: Hidden, assistant: Searching, games: int, *, rng: Rng = 0, level: float = 0.95
) -> Certified:
    """Return what a searching assistant is worth, by playing games of which each is drawn anew.

    The interval is that of a mean of independent games (normal approximation), so ``games`` should
    not be few.
    """
    from scipy.stats import norm

    if games < 2:
        raise InputError("too few games", place="games", found=games, expected="2 or more")
    generator = as_generator(rng)
    got = np.array([_played(game, assistant, generator) for _ in range(games)])
    half = float(norm.ppf(0.5 + level / 2) * got.std(ddof=1) / np.sqrt(games))
    mean = float(got.mean())
    return Certified.estimate(mean, mean - half, mean + half, f"{games} games played", level)


def _played(hidden: Hidden, assistant: Searching, rng: np.random.Generator) -> float:
    game = hidden.game
    kind = int(rng.choice(len(hidden.prior), p=hidden.prior))
    state, memory, total = game.start, assistant.begin(), 0.0
    for step in range(steps_for(game, ERROR)):
        if game.final[state]:
            break
        choice = assistant.choice(state, memory)
        h = int(rng.choice(game.shape[1], p=hidden.table(step, state)[kind]))
        chances = game.chances[state, h, choice.action]
        slot = int(rng.choice(len(chances), p=chances))
        total += game.discount**step * hidden.rewards[kind, state, h, choice.action]
        memory = assistant.after(state, memory, h, slot)
        state = int(game.next_states[state, h, choice.action, slot])
    return total


def _check(hidden: Hidden, simulations: int) -> None:
    if not hidden.fixed.all():
        raise InputError(
            "a search needs people who act by a table",
            place="procedure",
            found=", ".join(dict.fromkeys(p.name for p in hidden.procedures)),
            expected="a procedure such as noisy(game, 2.0)",
        )
    if isinstance(simulations, bool) or not simulations >= 1:
        raise InputError(
            "out of range", place="simulations", found=simulations, expected="1 or more"
        )


def _seed(rng: Rng) -> int:
    return int(as_generator(rng).integers(0, 2**31 - 1))


def _rules(hidden: Hidden) -> Rules:
    from comity.assistance.solving.search_kernel import Rules

    game = hidden.game
    low, high = reward_range(hidden)
    times = max((len(p.table) for p in hidden.procedures if isinstance(p, Fixed)), default=1)
    states = range(len(game.states))
    rows = [np.stack([hidden.table(t, s) for s in states], axis=1) for t in range(times)]
    # A copy each: the compiled code is for arrays that can be written.
    return Rules(
        game.next_states.copy(),
        game.chances.copy(),
        np.array(hidden.rewards, order="C"),
        game.final.copy(),
        game.assistant_allowed.copy(),
        np.stack(rows),
        game.discount,
        max(high - low, 1e-300),
    )


def _tree(hidden: Hidden, simulations: int) -> Tree:
    from comity.assistance.solving.search_kernel import Tree

    _, h, a, _ = hidden.game.shape
    k, n = hidden.game.chances.shape[-1], simulations + 1
    check_cells(n * a * h * k, "simulations")
    return Tree(
        np.zeros((n, a), np.int64),
        np.zeros((n, a)),
        np.full((n, a, h, k), -1),
    )
