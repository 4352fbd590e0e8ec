"""Advantages of decisions: the steps at which a player waits are passed over."""

from __future__ import annotations

from typing import Any


def advantages(
    rewards: Any,
    values: Any,
    acting: Any,
    done: Any,
    after: tuple[Any, Any],
    discount: float,
    gae_lambda: float,
) -> tuple[Any, Any]:
    """Return generalised advantages of each decision, and which of them are known.

    A player's next state is its own next decision: what it is paid while it waits belongs to the
    decision before, discounted by the steps that pass. Where the record ends while a player
    waits, its last decision has no end and is not known.

    Parameters
    ----------
    rewards, values, acting : shape (T, B, n); values count where the player acts.
    done : games that ended with the step, shape (T, B).
    after : values and who acts once the record has ended, shapes (B, n).

    Source: Schulman, Moritz, Levine, Jordan and Abbeel 2016, equation 16, per player.
    """
    import jax
    import jax.numpy as jnp

    def back(carry: Any, step: Any) -> Any:
        ahead, later, known = carry
        reward, value, acts, over = step
        over = over[:, None]
        target = reward + discount * jnp.where(over, 0.0, ahead)
        later = discount * jnp.where(over, 0.0, later)
        known = known | over
        advantage = jnp.where(known, target - value + gae_lambda * later, 0.0)
        carry = (
            jnp.where(acts, value, target),
            jnp.where(acts, advantage, later),
            known | acts,
        )
        return carry, (advantage, known & acts)

    value, acts = after
    start = (jnp.where(acts, value, 0.0), jnp.zeros_like(value), acts)
    steps = (rewards, values, acting, done)
    return jax.lax.scan(back, start, steps, reverse=True)[1]
