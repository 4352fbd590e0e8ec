"""Planning: an option is worth what it yields and what can be made of where it leads.

Situations are states of a small Markov decision process (`Situation.transitions`). Choices are
logit in the worth of options under a plan, so that inverse reinforcement learning is fitting a
motive: with `PLANNING` it is that of Ramachandran and Amir (2007), with `PLANNING_SOFT` maximum
causal entropy (Ziebart 2010). Planners with a bias are in `biased_planning`.

Decisions go on for ever, unless ``history["left"]`` says how many are left, this one included.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from comity.inference.evidence.situations import Situation
from comity.inference.explanations.parameters import Parameter, sensitivity
from comity.inference.explanations.procedure import Procedure, View
from comity.inference.explanations.procedures.bellman import (
    Improve,
    backward,
    stationary,
    worths,
)
from comity.inference.numerics import IMPOSSIBLE, best_options, log_softmax

HORIZON = 100
"""Most decisions ahead that are planned for one by one."""
DISCOUNT = Parameter("discount", "discount factor by decision", 0.0, 1.0, typical=(0.7, 0.97))


def choose(view: View, sensitivity: jax.Array, discount: jax.Array) -> jax.Array:
    """Return log-probabilities by worth under the best plan."""
    worth = worth_in(view)

    def improve(found: jax.Array, _: jax.Array) -> tuple[jax.Array, jax.Array]:
        return best_options(found.T, view.options).T, jnp.zeros(found.shape[1])

    values = _values(view, improve, best_step(view, discount), discount, sensitivity)
    return log_now(view, worth(values, discount), sensitivity)


def choose_soft(view: View, sensitivity: jax.Array, discount: jax.Array) -> jax.Array:
    """Return log-probabilities of the policy that also values its own entropy."""
    worth = worth_in(view)

    def improve(found: jax.Array, steepness: jax.Array) -> tuple[jax.Array, jax.Array]:
        log_p = log_softmax(steepness * found.T, view.options).T
        policy = jnp.exp(log_p)
        finite = jnp.where(view.options[:, None], log_p, 0.0)
        return policy, -jnp.sum(policy * finite, axis=0) / steepness

    def step(values: jax.Array) -> jax.Array:
        found = worth(values, discount)
        policy, bonus = improve(found, sensitivity)
        return jnp.sum(policy * found, axis=0) + bonus

    values = _values(view, improve, step, discount, sensitivity)
    return log_now(view, worth(values, discount), sensitivity)


def worth_in(view: View) -> Callable[[jax.Array, jax.Array], jax.Array]:
    """Return the function from values of states to come, (S,), and a discount to worths, (K, S)."""
    assert view.transitions is not None
    return partial(worths, view.utility, view.transitions)


def best_step(view: View, discount: jax.Array) -> Callable[[jax.Array], jax.Array]:
    """Return the step from values to those one decision back, where the best is done."""
    worth = worth_in(view)

    def step(values: jax.Array) -> jax.Array:
        found = worth(values, discount)
        return jnp.max(jnp.where(view.options[:, None], found, IMPOSSIBLE), axis=0)

    return step


def decisions_left(view: View) -> jax.Array:
    """Return how many decisions are left; the horizon where a situation does not say."""
    if "left" not in view.history:
        return jnp.asarray(float(HORIZON))
    left = jnp.max(jnp.asarray(view.history["left"]))
    return jnp.where(left > 0, left, HORIZON)


def log_now(view: View, worth: jax.Array, sensitivity: jax.Array) -> jax.Array:
    """Return logit choice by worth in the state it is now, or is thought to be."""
    return log_softmax(sensitivity * (worth @ view.contingencies), view.options)


def refuse(situation: Situation) -> str:
    """Return why nothing can be planned in a situation, if so."""
    if situation.transitions is None:
        return "no transitions: it leads to nothing that could be planned"
    left = float(np.max(situation.history.get("left", 1.0)))
    return "" if 1 <= left <= HORIZON else f"{left:g} decisions left, of 1 to {HORIZON}"


def _values(
    view: View,
    improve: Improve,
    step: Callable[[jax.Array], jax.Array],
    discount: jax.Array,
    sensitivity: jax.Array,
) -> jax.Array:
    """Return values of states for as many decisions as are left, or for ever."""
    if "left" in view.history:
        return backward(step, view.payoffs.shape[1], decisions_left(view), HORIZON)
    assert view.transitions is not None
    return stationary(improve, view.utility, view.transitions, discount, sensitivity)


PLANNING = Procedure(
    "planning",
    choose,
    (sensitivity(), DISCOUNT),
    refuses=refuse,
    about="Follows the best plan, but for errors.",
    source="Ramachandran and Amir (2007)",
)
PLANNING_SOFT = Procedure(
    "planning-soft",
    choose_soft,
    (sensitivity(), DISCOUNT),
    refuses=refuse,
    about="Plans, and values keeping its options open: maximum causal entropy.",
    source="Ziebart (2010)",
)
