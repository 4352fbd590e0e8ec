"""Planners with a bias: too near, too fond of the present, or too hopeful.

With these, inverse reinforcement learning does not take a planner's mistakes for its wishes (Evans,
Stuhlmüller and Goodman 2016; Shah, Gundotra, Abbeel and Dragan 2019). What biased planners expect
of themselves need not settle, so they look ``history["left"]`` decisions ahead, or `HORIZON` where
a situation does not say.
"""

from __future__ import annotations

from functools import partial

import jax
import jax.numpy as jnp

from comity.inference.explanations.parameters import Parameter, sensitivity
from comity.inference.explanations.procedure import Procedure, View
from comity.inference.explanations.procedures.bellman import backward, worths
from comity.inference.explanations.procedures.planning import (
    DISCOUNT,
    HORIZON,
    best_step,
    decisions_left,
    log_now,
    refuse,
    worth_in,
)
from comity.inference.numerics import IMPOSSIBLE, log_softmax

LOOKAHEADS = (1, 2, 3)
BIAS = Parameter("present_bias", "weight on all but the present", 0.0, typical=(0.5, 1.1))
OPTIMISM = Parameter(
    "optimism", "tilt of chances towards what is better", units=-1, typical=(-1.0, 2.0)
)


def choose_ahead(
    view: View, sensitivity: jax.Array, discount: jax.Array | float = 1.0, *, depth: int
) -> jax.Array:
    """Return log-probabilities by worth within the next ``depth`` decisions."""
    rate, left = jnp.asarray(discount), jnp.minimum(decisions_left(view), depth)
    values = backward(best_step(view, rate), view.payoffs.shape[1], left, depth)
    return log_now(view, worth_in(view)(values, rate), sensitivity)


def choose_biased(
    view: View,
    sensitivity: jax.Array,
    discount: jax.Array,
    present_bias: jax.Array,
    *,
    foreseen: bool,
) -> jax.Array:
    """Return log-probabilities of one who counts the present once more, and may foresee it.

    Later selves are expected to err by the same sensitivity. A naive planner expects them to have
    no bias, a sophisticated one to have its own; with a bias of 1 the two are the same.
    """
    worth, later = worth_in(view), discount * (present_bias if foreseen else 1.0)

    def step(values: jax.Array) -> jax.Array:
        log_p = log_softmax(sensitivity * worth(values, later).T, view.options)
        return jnp.sum(jnp.exp(log_p).T * worth(values, discount), axis=0)

    values = backward(step, view.payoffs.shape[1], decisions_left(view), HORIZON)
    return log_now(view, worth(values, present_bias * discount), sensitivity)


def choose_optimist(
    view: View, sensitivity: jax.Array, discount: jax.Array, optimism: jax.Array
) -> jax.Array:
    """Return log-probabilities of one who thinks that what is better is likelier than it is.

    Chances of the states that follow are multiplied by ``exp(optimism x value)`` and made to sum to
    what they did before.
    """
    chances = view.transitions
    assert chances is not None
    pay = view.utility
    known = chances > 0
    logs = jnp.log(jnp.where(known, chances, 1.0))

    def seems(values: jax.Array) -> jax.Array:
        tilted = jnp.exp(log_softmax(logs + optimism * values, known))
        believed = jnp.where(known, tilted, 0.0) * jnp.sum(chances, axis=-1, keepdims=True)
        return worths(pay, believed, values, discount)

    def step(values: jax.Array) -> jax.Array:
        return jnp.max(jnp.where(view.options[:, None], seems(values), IMPOSSIBLE), axis=0)

    values = backward(step, view.payoffs.shape[1], decisions_left(view), HORIZON)
    return log_now(view, seems(values), sensitivity)


def lookahead(depth: int) -> Procedure:
    """Return the procedure of one who sees ``depth`` decisions ahead, this one included."""
    alone = depth == 1
    return Procedure(
        f"lookahead-{depth}",
        partial(choose_ahead, depth=depth),
        (sensitivity(),) if alone else (sensitivity(), DISCOUNT),
        refuses=refuse,
        settings={"depth": depth},
        about="Sees only what it gets at once."
        if alone
        else f"Plans {depth} decisions, this one included, and sees nothing beyond.",
        source="Evans, Stuhlmüller and Goodman (2016)",
    )


LOOKAHEAD = tuple(map(lookahead, LOOKAHEADS))
PLANNING_NAIVE = Procedure(
    "planning-naive",
    partial(choose_biased, foreseen=False),
    (sensitivity(), DISCOUNT, BIAS),
    refuses=refuse,
    about="Is biased to the present, and expects to have no such bias later.",
    source="O'Donoghue and Rabin (1999); Evans, Stuhlmüller and Goodman (2016)",
)
PLANNING_SOPHISTICATED = Procedure(
    "planning-sophisticated",
    partial(choose_biased, foreseen=True),
    (sensitivity(), DISCOUNT, BIAS),
    refuses=refuse,
    about="Is biased to the present, and foresees that it will be so later.",
    source="O'Donoghue and Rabin (1999); Evans, Stuhlmüller and Goodman (2016)",
)
PLANNING_OPTIMIST = Procedure(
    "planning-optimist",
    choose_optimist,
    (sensitivity(), DISCOUNT, OPTIMISM),
    refuses=refuse,
    about="Plans as if good outcomes were likelier than they are.",
    source="Shah, Gundotra, Abbeel and Dragan (2019), with an exponential tilt",
)
