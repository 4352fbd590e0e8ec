"""What a question teaches or is worth, as a function of its numbers that can be differentiated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.core import InputError
from comity.inference.design.answers import all_counts, hypotheses, log_ways
from comity.inference.design.space import DesignSpace
from comity.inference.design.value import checked_payoffs
from comity.inference.explanations.batch import Batch, Rows, stack, typical_size
from comity.inference.explanations.member import Member

MOST_ANSWERS = 5_000

Objective = Callable[[jax.Array], jax.Array]


@dataclass(frozen=True, eq=False)
class Aims:
    """What counts, for members with draws of their parameters.

    Attributes
    ----------
    members : M of them.
    draws : shape (D, k) for each, one row where its parameters are known.
    prior : shape (H,), over all draws of all members.
    member : shape (H,), whose draw each is.
    worth : payoffs by action and draw, shape (A, H); ``None`` where information counts.
    people : how many answer.
    parameters : whether information about the parameters counts too.
    """

    members: tuple[Member, ...]
    draws: tuple[np.ndarray, ...]
    prior: np.ndarray
    member: np.ndarray
    worth: np.ndarray | None
    people: int
    parameters: bool = False


def aims_of(
    members: Sequence[Member],
    prior: Any = None,
    draws: Sequence[np.ndarray | None] | None = None,
    payoffs: Any = None,
    people: int = 1,
    parameters: bool = False,
) -> Aims:
    """Return what counts: information, or with payoffs the value for a choice."""
    given = [None] * len(members) if draws is None else list(draws)
    own = [
        np.array([[member.parameters[p.name] for p in member.explanation.parameters]], float)
        if drawn is None
        else np.asarray(drawn, float)
        for member, drawn in zip(members, given, strict=True)
    ]
    _, beliefs, member = hypotheses([np.zeros((len(d), 1)) for d in own], prior)
    worth = None if payoffs is None else checked_payoffs(payoffs, member)[0]
    return Aims(tuple(members), tuple(own), beliefs, member, worth, people, parameters)


def objective(space: DesignSpace, aims: Aims) -> Objective:
    """Return the function from the variables, shape (d,), to information in nats or to value.

    The function is to be called in double precision. Raises `InputError` where the answers of
    so many people are too many to list.
    """
    middle = space.question(space.low + space.width / 2)
    for member in aims.members:
        member.explanation.check((middle,))
    counts = all_counts(aims.people, len(space.options), MOST_ANSWERS)
    ways = log_ways(counts)
    batch = _batch(space, middle)

    def evaluated(x: jax.Array) -> jax.Array:
        placed = _placed(space, batch, x)
        tables = [_log_table(*pair, placed) for pair in zip(aims.members, aims.draws, strict=True)]
        likelihood = _likelihood(jnp.concatenate(tables), counts, ways)
        joint = jnp.asarray(aims.prior)[:, None] * likelihood
        return _information(joint, aims) if aims.worth is None else _value(joint, aims)

    return evaluated


def _batch(space: DesignSpace, middle: Any) -> Batch:
    situations, menus = stack([middle])
    one = np.zeros((1, 1), int)
    rows = Rows(one, one, one - 1, np.ones((1, 1), bool), np.ones((1, 1)))
    return Batch(situations, rows, menus, typical_size([middle]))


def _placed(space: DesignSpace, batch: Batch, x: jax.Array) -> Batch:
    """Return the batch of the one question at ``x``."""
    old = batch.situations
    history, beliefs = space.features(x)
    changed: dict[str, Any] = {
        "payoffs": jnp.reshape(jnp.asarray(space.payoffs(x), float), old.payoffs.shape),
        "history": {**old.history, **{name: _spread(value) for name, value in history.items()}},
        "beliefs": {**old.beliefs, **{name: _spread(value) for name, value in beliefs.items()}},
    }
    return replace(batch, situations=old._replace(**changed))


def _spread(value: Any) -> jax.Array:
    """Return a feature in the shape (1, K or 1, S or 1)."""
    array = jnp.asarray(value, float)
    return jnp.reshape(array, (1, *array.shape, *(1,) * (2 - array.ndim)))


def _log_table(member: Member, draws: np.ndarray, batch: Batch) -> jax.Array:
    """Return the log-probabilities of the options by draw, shape (D, K)."""
    names = [p.name for p in member.explanation.parameters]

    def one(row: jax.Array) -> jax.Array:
        values = {name: row[k] for k, name in enumerate(names)}
        return member.explanation.log_probabilities(values, batch)[0, 0]

    return jax.vmap(one)(jnp.asarray(draws))


def _likelihood(log_p: jax.Array, counts: np.ndarray, ways: np.ndarray) -> jax.Array:
    """Return how likely each hypothesis makes each answer, shape (H, Y)."""
    # Not a number is not impossible: it must stay what it is.
    there = log_p != -jnp.inf
    ruled_out = (1.0 - there) @ counts.T > 0
    found = jnp.exp(ways + jnp.where(there, log_p, 0.0) @ counts.T)
    return jnp.where(ruled_out, 0.0, found)


def _information(joint: jax.Array, aims: Aims) -> jax.Array:
    """Return the mutual information between answers and members, or answers and all draws."""
    groups = np.eye(len(aims.member)) if aims.parameters else _membership(aims.member)
    own = jnp.asarray(groups) @ joint
    apart = jnp.sum(own, axis=1, keepdims=True) * jnp.sum(own, axis=0, keepdims=True)
    ratio = jnp.where(own > 0, own, 1.0) / jnp.where(own > 0, apart, 1.0)
    return jnp.sum(own * jnp.log(ratio))


def _membership(member: np.ndarray) -> np.ndarray:
    """Return which hypotheses belong to which member, shape (M, H)."""
    return (member[None, :] == np.unique(member)[:, None]).astype(float)


def _value(joint: jax.Array, aims: Aims) -> jax.Array:
    """Return how much more the best action yields after the answers than before."""
    after = jnp.asarray(aims.worth) @ joint
    return jnp.sum(jnp.max(after, axis=0)) - jnp.max(jnp.sum(after, axis=1))


def check_space(space: DesignSpace, found: np.ndarray) -> None:
    """Raise `InputError` where some question of the space has no figure."""
    if not np.isfinite(found).all():
        raise InputError(
            "an explanation gives no probabilities to some question of this form",
            place=space.name,
            found=f"{np.count_nonzero(~np.isfinite(found)):,} of {found.size:,} questions",
            expected="probabilities everywhere within the bounds",
        )
