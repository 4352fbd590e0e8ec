"""Chance: any option as likely as any other, whatever it leads to."""

from __future__ import annotations

import jax

from comity.inference.explanations.procedure import Procedure, View
from comity.inference.numerics import log_uniform


def choose(view: View) -> jax.Array:
    """Return log-probabilities of a choice at random."""
    return log_uniform(view.options)


CHANCE = Procedure(
    "random",
    choose,
    uses_motive=False,
    about="Chooses at random: what any explanation must do better than.",
    source="level 0 of Stahl and Wilson (1994)",
)
