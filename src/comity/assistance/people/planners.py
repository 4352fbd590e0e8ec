"""People who act by a plan of their own: noisy, alone, short-sighted, or teaching.

Where a person can only speak, nothing it says changes what happens at once. It then expects that
its words are followed: what `orders` has them ask for is done at the next step. Without that an
honest answer would be worth no more than any other to one who thinks that the assistant knows.
"""

from __future__ import annotations

import numpy as np

from comity.assistance.games.game import WAIT, AssistanceGame
from comity.assistance.people.known import Known, solve_known
from comity.assistance.people.procedure import Fixed, Reply
from comity.core.errors import InputError


def noisy(game: AssistanceGame, sensitivity: float, error: float = 0.0) -> Fixed:
    """Return a person who expects an assistant that knows the goal, and errs by degrees.

    Choices are logit in what actions are worth if all goes on best. Source: the "noisily optimal"
    person of Hadfield-Menell et al. (2016), with Luce's choice rule.
    """
    worth = _own(game, solve_known(game))
    return _by_worth(
        game,
        worth,
        Reply(sensitivity, error),
        f"noisy ({sensitivity:.3g})",
        "Acts as if the assistant knew, and errs by degrees.",
    )


def demonstrating(game: AssistanceGame, sensitivity: float = np.inf, error: float = 0.0) -> Fixed:
    """Return a person who acts as if nobody helped: what inverse reinforcement learning assumes.

    Needs an assistant that can wait. Source: Hadfield-Menell et al. (2016),
    "demonstration by expert".
    """
    policy = waiting_policy(game)
    alone = solve_known(game, assistant=policy)
    worth = _spoken(game, alone, np.einsum("sa,tgsha->tgsh", policy, alone.joint))
    words = "demonstrating" if np.isinf(sensitivity) else f"demonstrating ({sensitivity:.3g})"
    return _by_worth(
        game, worth, Reply(sensitivity, error), words, "Acts as if there were no assistant."
    )


def short_sighted(game: AssistanceGame, sensitivity: float, steps: int = 1) -> Fixed:
    """Return a person who sees only its next few steps, and errs by degrees.

    Source: the myopic planner of Evans, Stuhlmüller and Goodman (2016).
    """
    if steps < 1:
        raise InputError("out of range", place="steps", found=steps, expected="1 or more")
    worth = _own(game, solve_known(game.with_fields(horizon=steps)))
    left = [steps] if game.horizon is None else range(game.horizon, 0, -1)
    return _by_worth(
        game,
        worth[[max(0, steps - k) for k in left]],
        Reply(sensitivity),
        f"sees {steps} ahead ({sensitivity:.3g})",
        "Sees only its next steps.",
    )


def teaching(game: AssistanceGame, sensitivity: float, stress: float = 1.0) -> Fixed:
    """Return a person who prefers actions from which its goal can be told.

    Parameters
    ----------
    sensitivity : of the choice, and of the literal person that the listener is thought to assume.
    stress : how much a nat of the listener's belief in the true goal counts against a unit of
        ``sensitivity`` times reward.

    The listener knows the prior and takes the person for `noisy`; each action is judged on its
    own. Source: Ho, Littman, MacGlashan, Cushman and Austerweil (2016), *Showing versus doing*,
    with one level of reasoning and one step of belief: our shortening.
    """
    worth = _own(game, solve_known(game))
    literal = noisy(game, sensitivity).table
    weighted = literal * game.prior[:, None, None]
    total = weighted.sum(axis=1, keepdims=True)
    told = np.divide(weighted, total, out=np.full_like(weighted, 1e-12), where=total > 0)
    bonus = stress * np.log(np.maximum(told, 1e-12)) / max(sensitivity, 1e-12)
    return _by_worth(
        game,
        worth + bonus,
        Reply(sensitivity),
        f"teaching ({sensitivity:.3g})",
        "Prefers actions that tell its goal.",
        "Ho et al. (2016), shortened",
    )


def waiting_policy(game: AssistanceGame) -> np.ndarray:
    """Return the policy of an assistant that waits wherever it may, shape (S, A), else is even.

    Raises `InputError` where the game has no action of waiting for it.
    """
    if WAIT not in game.assistant_actions:
        raise InputError(
            "the assistant has no action of waiting",
            place="assistant_actions",
            found=", ".join(game.assistant_actions),
            expected=f"one called {WAIT!r}",
        )
    place = game.assistant_actions.index(WAIT)
    may = game.assistant_allowed
    even = may / may.sum(axis=1, keepdims=True)
    waits = np.zeros_like(even)
    waits[:, place] = 1.0
    return np.where(may[:, [place]], waits, even)


def spoken_bonus(game: AssistanceGame, assistant: np.ndarray) -> np.ndarray:
    """Return what words add to their own worth by being followed, shape (T, G, S, H).

    Parameters
    ----------
    assistant : shape (S, A), how the person thinks the assistant acts otherwise.
    """
    known = solve_known(game, assistant=assistant)
    worth = np.einsum("sa,tgsha->tgsh", assistant, known.joint)
    return _spoken(game, known, worth) - worth


def _own(game: AssistanceGame, known: Known) -> np.ndarray:
    """Return what the person's actions are worth with the assistant's best, (T, G, S, H)."""
    open_ = np.where(game.assistant_allowed[:, None, :], known.joint, -np.inf)
    return _spoken(game, known, open_.max(axis=-1))


def _spoken(game: AssistanceGame, known: Known, worth: np.ndarray) -> np.ndarray:
    """Return worths in which words count as what they ask for, where words are all there is."""
    told = worth.copy()
    for state in np.flatnonzero(_only_speaks(game)):
        a = int(np.argmax(game.assistant_allowed[state]))
        for h in np.flatnonzero(game.person_allowed[state] & (game.orders >= 0)):
            order = int(game.orders[h])
            for step in range(len(worth)):
                if game.horizon is not None and step + 1 >= len(worth):
                    continue
                total = game.rewards[:, state, h, a].copy()
                for _, follows, chance in game.successors(int(state), int(h), a):
                    total += (
                        game.discount * chance * _ordered(game, known, step + 1, follows, order)
                    )
                told[step, :, state, h] = total
    return told


def _ordered(game: AssistanceGame, known: Known, step: int, state: int, order: int) -> np.ndarray:
    """Return what a state is worth by goal if an order is carried out in it, where it may be."""
    if game.final[state] or not game.assistant_allowed[state, order]:
        return known.value(step)[:, state]
    joint = known.at(step)[:, state, :, order]
    best: np.ndarray = np.where(game.person_allowed[state], joint, -np.inf).max(axis=-1)
    return best


def _only_speaks(game: AssistanceGame) -> np.ndarray:
    """Return in which states nothing but words depends on the person's action, shape (S,)."""
    found = np.zeros(len(game.states), bool)
    for s in np.flatnonzero(~game.final & (game.person_allowed.sum(axis=1) > 1)):
        open_ = np.flatnonzero(game.person_allowed[s])
        first = open_[0]
        same = (
            np.array_equal(game.rewards[:, s, h], game.rewards[:, s, first])
            and np.array_equal(game.chances[s, h], game.chances[s, first])
            and np.array_equal(game.next_states[s, h], game.next_states[s, first])
            for h in open_
        )
        found[s] = game.assistant_allowed[s].sum() == 1 and all(same)
    return found


def _by_worth(
    game: AssistanceGame,
    worth: np.ndarray,
    reply: Reply,
    name: str,
    about: str,
    source: str = "",
) -> Fixed:
    allowed = game.person_allowed
    tables = [
        np.stack([reply.chances(worth[:, :, s], allowed[s]) for s in range(len(game.states))], 2)
    ]
    return Fixed(tables[0], name, about, source)
