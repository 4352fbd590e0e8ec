"""Why an assistant does what it does: what its actions are worth, and what they would tell it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.assistance.solving.baselines import updated
from comity.assistance.solving.plans import Memory, PlanAssistant

AHEAD = 2
"""Steps over which what is told is counted: a question, and its answer."""
TELLS = 0.05
"""Bits by which an action must tell more than another to be done for what it tells."""
CLOSE = 1e-9


@dataclass(frozen=True)
class Option:
    """One thing the assistant could do now.

    Attributes
    ----------
    action : index.
    worth : expected reward from now on if it goes on in the best way after it.
    bits : by how much it expects to know the goal better after `AHEAD` steps, in bits.
    """

    action: int
    worth: float
    bits: float


@dataclass(frozen=True)
class Reason:
    """Why an action was chosen.

    Attributes
    ----------
    options : what it could do, the best first.
    lacks : how uncertain it is, in bits.
    knowing : what it would be worth to be told the goal now.
    """

    options: tuple[Option, ...]
    lacks: float
    knowing: float


def entropy(belief: np.ndarray) -> float:
    """Return the uncertainty of a belief in bits.

    Examples
    --------
    >>> entropy(np.array([0.5, 0.25, 0.25]))
    1.5
    """
    known = belief[belief > 0]
    return float(max(0.0, -(known * np.log2(known)).sum()))


def reason(assistant: PlanAssistant, state: int, left: int, belief: np.ndarray) -> Reason:
    """Return what each action is worth at a belief, and what it would tell."""
    stage = assistant.layers[left][state]
    worth = stage.vectors @ belief
    options = []
    for action in np.unique(stage.actions):
        plans = np.flatnonzero(stage.actions == action)
        plan = int(plans[np.argmax(worth[plans])])
        bits = entropy(belief) - _uncertain_after(assistant, state, Memory(left, plan), belief)
        options.append(Option(int(action), float(worth[plan]), max(0.0, bits)))
    options.sort(key=lambda option: -option.worth)
    told = float(stage.vectors.max(axis=0) @ belief)
    return Reason(tuple(options), entropy(belief), max(0.0, told - float(worth.max())))


def _uncertain_after(
    assistant: PlanAssistant, state: int, memory: Memory, belief: np.ndarray, steps: int = AHEAD
) -> float:
    """Return the uncertainty expected after some steps of a plan, in bits."""
    game = assistant.hidden.game
    if steps == 0 or memory.left == 0 or game.final[state]:
        return entropy(belief)
    action = assistant.act(state, memory)
    said = assistant.responses(state, memory)
    total = 0.0
    for h in np.flatnonzero(game.person_allowed[state]):
        chance = float(belief @ said[:, h])
        if chance <= 0:
            continue
        after = updated(belief, said[:, h])
        for slot, follows, likely in game.successors(state, int(h), action):
            later = assistant.after(state, memory, int(h), slot)
            rest = _uncertain_after(assistant, follows, later, after, steps - 1)
            total += chance * likely * rest
    return total


def words(found: Reason, actions: tuple[str, ...]) -> str:
    """Return a reason in one or two sentences."""
    best, *others = found.options
    if not others:
        return "It can do nothing else here."
    other = others[0]
    lead = best.worth - other.worth
    if lead <= CLOSE:
        return f"It is as good as anything else; so is {actions[other.action]}."
    against = f"{_worth(lead)} more than {actions[other.action]}"
    if best.bits > other.bits + TELLS:
        return (
            f"To learn what you want: it expects to hear {best.bits:.2f} of the {found.lacks:.2f} "
            f"bits it lacks, which makes this worth {against}."
        )
    if found.lacks < TELLS:
        return f"It is sure of what you want; this is worth {against}."
    return f"On what it believes, this is worth {against}."


def _worth(amount: float) -> str:
    return f"{amount:.2g}" if amount < 0.1 else f"{amount:.2f}"
