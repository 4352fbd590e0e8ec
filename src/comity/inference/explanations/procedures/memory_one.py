"""Memory one: a chance of cooperating after each of the four things that both may have done.

`MEMORY_ONE` leaves all chances open (Nowak and Sigmund 1993). `SEMI_GRIM` has one chance after
rounds in which one of the two defected, whoever it was; Breitmoser (2015) finds that it describes
play of repeated dilemmas better than mixtures of automata do.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from comity.inference.explanations.parameters import Parameter
from comity.inference.explanations.procedure import Procedure, View
from comity.inference.explanations.procedures.cooperation import log_cooperate, outcome


def _chance(name: str, when: str) -> Parameter:
    return Parameter(name, f"chance of cooperating {when}", 0.0, 1.0, typical=(0.1, 0.9))


FIRST = _chance("first", "at first")
CC = _chance("after_cc", "after both did")
CD = _chance("after_cd", "after only oneself did")
DC = _chance("after_dc", "after only the other did")
ONE = _chance("after_one", "after one of the two did")
DD = _chance("after_dd", "after neither did")


def _choose(view: View, state: jax.Array, **chances: jax.Array) -> jax.Array:
    """Choose by the chance of the state: 0 at first, then 1 to 4 by what both did."""
    return log_cooperate(view, jnp.stack(list(chances.values()))[state])


def _choose_alike(
    view: View,
    state: jax.Array,
    first: jax.Array,
    after_cc: jax.Array,
    after_one: jax.Array,
    after_dd: jax.Array,
) -> jax.Array:
    return log_cooperate(view, jnp.stack([first, after_cc, after_one, after_one, after_dd])[state])


def _start(view: View, **chances: jax.Array) -> jax.Array:
    return jnp.asarray(0)


def _update(
    state: jax.Array, view: View, own: jax.Array, others: jax.Array, **chances: jax.Array
) -> jax.Array:
    return 1 + outcome(view, own, others)


MEMORY_ONE = Procedure(
    "memory-one",
    _choose,
    (FIRST, CC, CD, DC, DD),
    start=_start,
    update=_update,
    uses_motive=False,
    about="Cooperates with a chance that depends on what both did in the round before.",
    source="Nowak and Sigmund (1993)",
)
SEMI_GRIM = Procedure(
    "semi-grim",
    _choose_alike,
    (FIRST, CC, ONE, DD),
    start=_start,
    update=_update,
    uses_motive=False,
    about="As memory-one, alike after either of the two defected.",
    source="Breitmoser (2015)",
)
