"""Level-k: one answers people who think one step less, down to people who do not think.

Level 0 chooses at random; level k answers level k - 1 of everybody else (Stahl and Wilson 1994;
Nagel 1995). Answers are logit, or best with errors at random; the same at every level.
"""

from __future__ import annotations

from functools import partial

import jax
import jax.numpy as jnp

from comity.inference.explanations.parameters import error_rate, sensitivity
from comity.inference.explanations.procedure import Procedure, View
from comity.inference.explanations.procedures.answers import logit_answers, option_values, uniform
from comity.inference.explanations.procedures.tremble import trembling
from comity.inference.numerics import IMPOSSIBLE, log_uniform

LEVELS = (1, 2, 3)


def choose_logit(view: View, sensitivity: jax.Array, *, level: int) -> jax.Array:
    """Return log-probabilities at a level, with logit answers."""
    strategies, log_p = uniform(view), log_uniform(view.options)
    for _ in range(level):
        answers = logit_answers(view, strategies, sensitivity)
        strategies, log_p = tuple(map(jnp.exp, answers)), answers[0]
    return log_p


def choose_tremble(view: View, error: jax.Array, *, level: int) -> jax.Array:
    """Return log-probabilities at a level, with best answers and errors at random."""
    strategies = uniform(view)
    for _ in range(level):
        values = option_values(view.tables, strategies)
        strategies = tuple(
            trembling(v, options, error) for v, options in zip(values, view.available, strict=True)
        )
    return jnp.where(view.options, jnp.log(jnp.where(view.options, strategies[0], 1.0)), IMPOSSIBLE)


def level_k(level: int) -> Procedure:
    """Return the procedure of one who thinks ``level`` steps, with logit answers."""
    return Procedure(
        f"level-{level}",
        partial(choose_logit, level=level),
        (sensitivity(),),
        strategic=True,
        settings={"level": level},
        about=f"Thinks {level} {'step' if level == 1 else 'steps'} ahead of a choice at random.",
        source="Stahl and Wilson (1994); Nagel (1995)",
    )


def level_k_tremble(level: int) -> Procedure:
    """Return the procedure of one who thinks ``level`` steps, with best answers and errors."""
    return Procedure(
        f"level-{level}-tremble",
        partial(choose_tremble, level=level),
        (error_rate(),),
        strategic=True,
        smooth=False,
        settings={"level": level},
        about=f"As level-{level}, with best answers and errors at random.",
        source="Costa-Gomes, Crawford and Broseta (2001)",
    )


LEVEL_K = tuple(map(level_k, LEVELS))
LEVEL_K_TREMBLE = tuple(map(level_k_tremble, LEVELS))
