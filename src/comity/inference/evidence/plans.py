"""Decisions that lead to further decisions: small Markov decision processes, state by state."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from comity.core.errors import InputError
from comity.inference.evidence.situations import Feature, Situation


def decisions_by_state(
    options: Sequence[str],
    states: Sequence[str],
    rewards: np.ndarray,
    transitions: np.ndarray,
    **history: Feature,
) -> tuple[Situation, ...]:
    """Return the decision in each state of a Markov decision process.

    Parameters
    ----------
    options, states : names of the K options and S states.
    rewards : shape (K, S), what each option yields in each state at once; or (K, S, n), where there
        are several recipients, or features of what happens.
    transitions : shape (K, S, S), how likely each state follows. A sum below 1 leaves a chance that
        all ends.
    history : features; ``left`` is the number of decisions left, this one included.

    Examples
    --------
    >>> wait_or_go = decisions_by_state(
    ...     ["wait", "go"], ["here", "there"], [[0, 1], [-1, 0]], [np.eye(2), 1 - np.eye(2)]
    ... )
    >>> [situation.name for situation in wait_or_go], wait_or_go[1].contingencies.tolist()
    (['here', 'there'], [0.0, 1.0])
    """
    table = np.asarray(rewards, dtype=float)
    if table.ndim == 2:
        table = table[:, :, None]
    shape = (len(options), len(states))
    if table.ndim != 3 or table.shape[:2] != shape:
        raise InputError(
            "rewards do not fit the options and states",
            place="rewards",
            found=table.shape,
            expected=f"{shape}, or {(*shape, 'recipients')}",
        )
    return tuple(
        Situation(
            tuple(options),
            table,
            contingencies=now,
            transitions=np.asarray(transitions, dtype=float),
            history=history,
            name=state,
        )
        for state, now in zip(states, np.eye(len(states)), strict=True)
    )
