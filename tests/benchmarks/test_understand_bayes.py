"""The rival of the Bayesian benchmark is the model that comity fits; its rows on small sizes."""

import numpy as np
import pytest
import understand
import understand_bayes

from comity.inference.estimation.population import default_prior
from comity.inference.explanations import make_batch
from comity.inference.explanations.parameters import constrain_all
from comity.inference.numerics import x64


@pytest.fixture(scope="module")
def few():
    evidence = understand.choices(understand.Options(None, seed=3, quick=True))[0]
    return evidence.of_people(np.arange(6)).subset(np.arange(6 * 117) % 117 < 30)


def test_the_rival_gives_choices_the_same_chances(few):
    from numpyro.infer import log_likelihood

    rng, size = np.random.default_rng(0), 5
    prior = default_prior(understand_bayes.RECIPROCAL.parameters)
    mean, sd = prior.middle + 0.1 * rng.normal(size=size), prior.spread * 0.3
    z = rng.normal(size=(6, size))
    with x64():
        drawn = {"mean": mean, "sd": sd, "factor": np.eye(size), "z": z}
        theirs = log_likelihood(
            understand_bayes.hand_written(few), {k: v[None] for k, v in drawn.items()}
        )["choice"][0]
        scale = make_batch(few)[0].scale
        values = constrain_all(understand_bayes.RECIPROCAL.parameters, mean + z * sd, scale)
        values = {name: np.asarray(value) for name, value in values.items()}
    ours = understand_bayes.RECIPROCAL.predict(values, few)
    wanted = np.log(ours[np.arange(len(few)), few.choice])
    np.testing.assert_allclose(theirs, wanted, rtol=1e-9, atol=1e-12)


@pytest.mark.slow
def test_rows_of_few_people(few):
    rows = understand_bayes.rows(few, "made-up choices", splits=1)
    assert len(rows) == 3
    assert "r-hat at most 1.0" in rows[0][1]
    assert rows[2][1].startswith("partial pooling -0.")
    assert all(len(row) == 4 for row in rows)
