"""Any explanation of the inference room as the procedure of a person in an assistance game.

Each goal is a decision problem of its own: the options are the person's actions, the contingencies
are states, and what follows is averaged over an assistant that is thought to act in a stated way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from comity.assistance.games.game import AssistanceGame
from comity.assistance.people.planners import spoken_bonus, waiting_policy
from comity.assistance.people.procedure import Fixed
from comity.core.errors import InputError
from comity.core.limits import check_cells

if TYPE_CHECKING:
    from comity.inference import Explanation, Member

NEVER = -1e6
"""Reward, in units of the range, of an action that a state does not allow."""


def explained(
    game: AssistanceGame,
    explanation: Explanation | Member,
    parameters: Mapping[str, float] | None = None,
    *,
    assistant: np.ndarray | None = None,
) -> Fixed:
    """Return a person who acts as an explanation says.

    Parameters
    ----------
    explanation : such as ``explain("own-payoff", "planning")``, or a member of a confidence set.
    parameters : a value for each parameter left open; a member brings its own.
    assistant : shape (S, A), how the person thinks the assistant acts; it waits unless given.

    What is decided is a Markov decision process, so explanations that plan say the most; those that
    do not see only the reward of the step. Words count as what they ask for, as for all people of
    this room. Time is told as ``left``, the number of decisions left.
    Loads JAX. Raises `InputError` where the explanation says nothing about such decisions.
    """
    from comity.inference.explanations.member import Member, one_decision_each

    member = explanation
    if not isinstance(member, Member):
        member = Member(member, parameters or {})
    elif parameters is not None:
        raise InputError(
            "a member has its own parameters", place="parameters", found=dict(parameters)
        )
    missing = [p.name for p in member.explanation.parameters if p.name not in member.parameters]
    if missing:
        raise InputError(
            "parameters are not stated",
            place=member.name,
            found=", ".join(member.parameters) or "none",
            expected=", ".join(missing),
        )
    times = list(range(game.horizon or 1))
    asked = [s for s in range(len(game.states)) if not game.final[s]]
    policy = waiting_policy(game) if assistant is None else assistant
    situations = _situations(game, policy, times, asked)
    said = member.predict(one_decision_each(situations))
    table = np.zeros((len(times), len(game.goals), len(game.states), len(game.person_actions)))
    table[:, :, asked] = said.reshape(len(times), len(game.goals), len(asked), -1)
    table *= game.person_allowed
    total = table.sum(axis=-1, keepdims=True)
    even = np.broadcast_to(
        game.person_allowed / game.person_allowed.sum(axis=1, keepdims=True), table.shape
    )
    table = np.where(total > 0, table / np.where(total > 0, total, 1.0), even)
    return Fixed(table, member.name, source=member.explanation.procedure.source)


def _situations(
    game: AssistanceGame, policy: np.ndarray, times: list[int], asked: list[int]
) -> list:
    from comity.inference.evidence.situations import Situation

    s, h, _, g = game.shape
    check_cells(len(times) * g * len(asked) * h * s * s, "explained")
    moves = np.zeros((h, s, s))
    for k in range(game.chances.shape[-1]):
        chance = np.einsum("sa,sha->sha", policy, game.chances[..., k])
        for a in range(game.shape[2]):
            for action in range(h):
                states = np.arange(s)
                np.add.at(
                    moves[action], (states, game.next_states[:, action, a, k]), chance[:, action, a]
                )
    moves[:, game.final] = 0.0
    low, high = game.reward_range
    pay = np.einsum("sa,gsha->ghs", policy, np.where(game.final[:, None, None], 0.0, game.rewards))
    pay = np.where(game.person_allowed.T[None], pay, NEVER * max(high - low, 1.0))
    pay[:, :, game.final] = 0.0
    words = spoken_bonus(game, policy).swapaxes(2, 3)  # (T, G, H, S)
    found = []
    for step in times:
        for goal in range(g):
            for state in asked:
                here = np.zeros(s)
                here[state] = 1.0
                left = {} if game.horizon is None else {"left": float(game.horizon - step)}
                found.append(
                    Situation(
                        game.person_actions,
                        (pay[goal] + words[step, goal])[:, :, None],
                        contingencies=here,
                        transitions=moves,
                        history=left,
                        name=f"{game.goals[goal]}, {game.states[state]}",
                    )
                )
    return found
