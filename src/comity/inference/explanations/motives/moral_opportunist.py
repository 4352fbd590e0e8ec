"""The moral opportunist: guilt or inequity, whichever is cheaper at the moment.

``U = theta own / stake - (1 - theta) min(guilt + phi, inequity - phi)``, where

* the stake is what the decider received, and the believed stake what the other thinks that was,
* ``guilt = (max(expected payoff - other, 0) / believed stake)^2`` is what the other is let down by,
* ``inequity = (own / total - 1 / n)^2`` is how far the shares are from even.

Van Baar, Chang and Sanfey (2019, Methods) state this for the trustee of a trust game that received
what was sent, multiplied by more or less than the investor knows. There theta = 1 is greed, a phi
far below 0 is guilt aversion and one far above 0 inequity aversion.

Ours is what follows. With a procedure that errs, utility in shares means that errors are of a size
in shares too, not in tokens; for the best option, which the paper has people take, it makes no
difference. The other motives of that paper weigh tokens against squared shares; here greed, guilt
and inequity have the same normalisation as the opportunist, so that they are the special cases
named above and one sensitivity means the same in all. The paper is about two people; with more,
guilt is summed over the others and even means ``1 / n``.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from comity.inference.explanations.motive import Features, Motive, feature, split
from comity.inference.explanations.parameters import Parameter

SOURCE = "van Baar, Chang and Sanfey (2019), Methods"
GUILT_NEEDS = ("received", "expected_payoff")
THETA = Parameter("theta", "weight on one's own share", 0.0, 1.0, typical=(0.05, 0.5))
PHI = Parameter("phi", "preference for inequity aversion over guilt", typical=(-0.1, 0.1))


def own_share(payoffs: jax.Array, role: int, history: Features) -> jax.Array:
    """Return one's own payoff as a share of ``history["received"]``."""
    return payoffs[..., role] / _positive(feature(history, "received"))


def guilt_of(payoffs: jax.Array, role: int, history: Features, beliefs: Features) -> jax.Array:
    """Return the squared loss of the others against what they expect.

    ``beliefs["expected_payoff"]`` is the payoff that each other expects to get, and
    ``history["believed_received"]`` what it believes the stake to be, the stake itself unless
    given.
    """
    _, others = split(payoffs, role)
    loss = jnp.maximum(feature(beliefs, "expected_payoff")[..., None] - others, 0)
    received = feature(history, "received")
    believed = feature(history, "believed_received")
    stake = _positive(jnp.where(believed > 0, believed, received))
    return jnp.sum((loss / stake[..., None]) ** 2, axis=-1)


def inequity_of(payoffs: jax.Array, role: int) -> jax.Array:
    """Return the squared distance of one's own share in the total from an even one."""
    total = _positive(jnp.sum(payoffs, axis=-1))
    return (payoffs[..., role] / total - 1 / payoffs.shape[-1]) ** 2


def greed(payoffs: jax.Array, role: int, history: Features, beliefs: Features) -> jax.Array:
    """Return one's own share."""
    return own_share(payoffs, role, history)


def guilt_averse(
    payoffs: jax.Array, role: int, history: Features, beliefs: Features, theta: jax.Array
) -> jax.Array:
    """Return one's own share, mixed with guilt."""
    guilt = guilt_of(payoffs, role, history, beliefs)
    return theta * own_share(payoffs, role, history) - (1 - theta) * guilt


def inequity_averse(
    payoffs: jax.Array, role: int, history: Features, beliefs: Features, theta: jax.Array
) -> jax.Array:
    """Return one's own share, mixed with inequity."""
    inequity = inequity_of(payoffs, role)
    return theta * own_share(payoffs, role, history) - (1 - theta) * inequity


def opportunist(
    payoffs: jax.Array,
    role: int,
    history: Features,
    beliefs: Features,
    theta: jax.Array,
    phi: jax.Array,
) -> jax.Array:
    """Return one's own share, mixed with the cheaper of guilt and inequity."""
    guilt, inequity = guilt_of(payoffs, role, history, beliefs), inequity_of(payoffs, role)
    cheaper = jnp.minimum(guilt + phi, inequity - phi)
    return theta * own_share(payoffs, role, history) - (1 - theta) * cheaper


def _positive(amount: jax.Array) -> jax.Array:
    """Return an amount to divide by; where there is none, 1: shares of nothing are 0."""
    return jnp.where(amount > 0, amount, 1.0)


MORAL_GREED = Motive(
    "moral-greed",
    greed,
    needs=("received",),
    units=0,
    about="Wants its own share of the stake.",
    source=f"{SOURCE}: theta = 1",
)
MORAL_GUILT = Motive(
    "moral-guilt",
    guilt_averse,
    (THETA,),
    GUILT_NEEDS,
    units=0,
    about="Mixes its own share with squared guilt.",
    source=f"{SOURCE}: phi far below 0",
)
MORAL_INEQUITY = Motive(
    "moral-inequity",
    inequity_averse,
    (THETA,),
    ("received",),
    units=0,
    about="Mixes its own share with squared inequity.",
    source=f"{SOURCE}: phi far above 0",
)
MORAL_OPPORTUNIST = Motive(
    "moral-opportunist",
    opportunist,
    (THETA, PHI),
    GUILT_NEEDS,
    units=0,
    about="Mixes its own share with guilt or inequity, whichever is cheaper.",
    source=SOURCE,
)
