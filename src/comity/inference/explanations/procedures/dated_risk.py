"""Risk and time apart: payments at several dates, of which some may not come.

A motive weighs one contingency at a time, so with it curvature over dates and curvature over chance
are one. `RISK_THEN_TIME` takes for each date the sure amount that is worth as much, and adds these
up over dates with another curvature (Selden 1978). `CERTAINTY_EFFECT` has one curvature for amounts
that are sure and another for those that are not (Andreoni and Sprenger 2012, after Schmidt 1998).
With equal curvatures both are `present-bias` with `logit`. Recipients are one person
at several dates; contingencies are chance.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from comity.inference.evidence.situations import Situation
from comity.inference.explanations.motives.curvature import power
from comity.inference.explanations.motives.present_bias import BETA, RATE, discounts, undated
from comity.inference.explanations.motives.risk import CURVATURE
from comity.inference.explanations.parameters import Parameter, sensitivity
from comity.inference.explanations.procedure import Procedure, View
from comity.inference.numerics import log_softmax

RISK_CURVATURE = Parameter(
    "risk_curvature", "power of amounts that are not sure", 0.0, typical=(0.4, 1.2)
)
PARAMETERS = (sensitivity(), BETA, RATE, CURVATURE, RISK_CURVATURE)


def choose_then(
    view: View,
    sensitivity: jax.Array,
    beta: jax.Array,
    rate: jax.Array,
    curvature: jax.Array,
    risk_curvature: jax.Array,
) -> jax.Array:
    """Return log-probabilities by the discounted utility of certainty equivalents."""
    risky = _mean(view, power(view.payoffs, risk_curvature))
    by_date = power(risky, curvature / risk_curvature)
    return _log_choice(view, by_date, sensitivity, beta, rate)


def choose_certain(
    view: View,
    sensitivity: jax.Array,
    beta: jax.Array,
    rate: jax.Array,
    curvature: jax.Array,
    risk_curvature: jax.Array,
) -> jax.Array:
    """Return log-probabilities by discounted utility, of one kind where an amount is sure."""
    sure = _mean(view, power(view.payoffs, curvature))
    risky = _mean(view, power(view.payoffs, risk_curvature))
    return _log_choice(view, jnp.where(_is_sure(view), sure, risky), sensitivity, beta, rate)


def _mean(view: View, amounts: jax.Array) -> jax.Array:
    """Return means over contingencies, shape (K, n)."""
    return jnp.einsum("ksn,s->kn", amounts, view.contingencies)


def _is_sure(view: View) -> jax.Array:
    """Return which amounts come whatever happens, shape (K, n)."""
    may = (view.contingencies > 0)[:, None]
    most = jnp.max(jnp.where(may, view.payoffs, -jnp.inf), axis=1)
    least = jnp.min(jnp.where(may, view.payoffs, jnp.inf), axis=1)
    return most == least


def _log_choice(
    view: View, by_date: jax.Array, sensitivity: jax.Array, beta: jax.Array, rate: jax.Array
) -> jax.Array:
    worth = by_date @ discounts(view.history["delays"], beta, rate)
    return log_softmax(sensitivity * worth, view.options)


def _refuse(situation: Situation) -> str:
    return undated(situation) or ("payoffs below 0" if situation.payoffs.min() < 0 else "")


RISK_THEN_TIME = Procedure(
    "risk-then-time",
    choose_then,
    PARAMETERS,
    uses_motive=False,
    refuses=_refuse,
    about="Takes the sure equivalent at each date, then discounts; curvatures may differ.",
    source="Selden (1978), with quasi-hyperbolic discounting",
)
CERTAINTY_EFFECT = Procedure(
    "certainty-effect",
    choose_certain,
    PARAMETERS,
    uses_motive=False,
    refuses=_refuse,
    about="Discounts, with one curvature for sure amounts and another for the rest.",
    source="Andreoni and Sprenger (2012); Schmidt (1998)",
)
