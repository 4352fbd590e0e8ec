"""What tests of explanations share: utilities, slopes and tables in double precision."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from comity.games import NormalForm
from comity.inference.evidence.situations import Situation, decisions
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.batch import make_batch
from comity.inference.explanations.member import one_decision_each
from comity.inference.numerics import x64


def utility(motive, payoffs, role=0, history=None, beliefs=None, **parameters):
    """The utility of payoffs (..., n) by a motive, as an array of float64."""
    with x64():
        arrays = [
            {k: jnp.asarray(v, float) for k, v in (f or {}).items()} for f in (history, beliefs)
        ]
        values = {k: jnp.asarray(v, float) for k, v in parameters.items()}
        found = motive.utility(jnp.asarray(payoffs, float), role, *arrays, **values)
        assert found.dtype == jnp.float64
        return np.asarray(found)


def slopes(motive, payoffs, history=None, beliefs=None, **parameters):
    """The derivatives of the summed utility by every parameter."""
    with x64():
        arrays = [
            {k: jnp.asarray(v, float) for k, v in (f or {}).items()} for f in (history, beliefs)
        ]
        values = {k: jnp.asarray(v, float) for k, v in parameters.items()}
        given = jnp.asarray(payoffs, float)
        total = jax.grad(lambda v: jnp.sum(motive.utility(given, 0, *arrays, **v)))
        return {name: float(slope) for name, slope in total(values).items()}


def some_payoffs(shape, seed=0, low=-5.0, high=20.0):
    """Payoffs at random, in halves so that some are equal."""
    return np.round(np.random.default_rng(seed).uniform(low, high, shape) * 2) / 2


def table(explanation, situations, **parameters):
    """Probabilities of options by situation, shape (G, K), compiled once per explanation."""
    batch, _ = make_batch(one_decision_each(situations))
    with x64():
        values = {name: jnp.asarray(value, float) for name, value in parameters.items()}
        return np.exp(np.asarray(_log_table(explanation, values, batch)))


@partial(jax.jit, static_argnums=0)
def _log_table(explanation, values, batch):
    return explanation.log_table(values, batch)


def games(shape, count, seed=0):
    """Games at random, and the decision of the first player in each."""
    rng = np.random.default_rng(seed)
    tables = rng.uniform(0, 10, (count, len(shape), *shape)).round(1)
    return tables, [decisions(NormalForm.from_payoffs(one)) for one in tables]


def rounds(situation, own, others):
    """The decisions of one person in one sequence, round by round."""
    count = len(own)
    zeros = np.zeros(count, int)
    return Evidence(
        (situation,),
        ("somebody",),
        zeros,
        zeros,
        np.asarray(own, int),
        sequence=zeros,
        order=np.arange(count),
        others=np.asarray(others, int),
    )


DILEMMA = Situation(
    ("cooperate", "defect"),
    [[[3, 3], [0, 5]], [[5, 0], [1, 1]]],
    menus=(("cooperate", "defect"),),
)
