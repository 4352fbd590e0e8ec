import jax.numpy as jnp
import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.estimation.chains import agreement, arviz, sample
from comity.inference.numerics import x64

SPREADS = np.array([0.7, 1.0, 1.4])


@pytest.fixture(scope="module", params=["hmc", pytest.param("nuts", marks=pytest.mark.slow)])
def drawn(request):
    kind = request.param

    def energy(at):
        return 0.5 * jnp.sum((at["population"] / SPREADS) ** 2) + 0.5 * jnp.sum(at["people"] ** 2)

    rng = np.random.default_rng(0)
    with x64():
        start = {
            "population": jnp.asarray(rng.normal(size=(2, 3))),
            "people": jnp.asarray(rng.normal(size=(2, 4, 1))),
        }
        draws, stats = sample(energy, start, 100, 800, kind, 1)
        again, _ = sample(energy, start, 100, 800, kind, 1)
        return {k: np.asarray(v) for k, v in draws.items()}, stats, np.asarray(again["people"])


def test_draws_are_those_of_the_density(drawn):
    draws, stats, _ = drawn
    assert draws["population"].shape == (2, 800, 3)
    assert draws["people"].shape == (2, 800, 4, 1)
    flat = draws["population"].reshape(-1, 3)
    np.testing.assert_allclose(flat.mean(axis=0), 0, atol=0.15)
    np.testing.assert_allclose(flat.std(axis=0), SPREADS, rtol=0.1)
    energy = 0.5 * ((draws["population"] / SPREADS) ** 2).sum(axis=-1)
    energy += 0.5 * (draws["people"] ** 2).sum(axis=(-1, -2))
    np.testing.assert_allclose(stats["lp"], -energy)


def test_chains_differ_and_the_same_seed_gives_the_same_draws(drawn):
    draws, _, again = drawn
    assert not np.isclose(draws["people"][0, -1], draws["people"][1, -1]).any()
    np.testing.assert_array_equal(draws["people"], again)


def idata(draws, diverging=0):
    stats = {"diverging": np.arange(draws.size).reshape(draws.shape[:2]) < diverging}
    return arviz().from_dict(posterior={"x": draws}, sample_stats=stats)


def test_even_draws_agree_and_chains_apart_do_not():
    draws = np.random.default_rng(0).normal(size=(4, 500))
    rhat, ess, problems = agreement(idata(draws), ["x"])
    assert not problems
    assert 0.99 < rhat["x"] < 1.01
    assert 1200 < ess["x"] < 2400
    apart = draws + np.array([0.0, 0.0, 0.0, 1.0])[:, None]
    words = agreement(idata(apart), ["x"])[2]
    assert words[0].startswith("r-hat of x is 1.")
    assert "effective draws, fewer than 400" in words[1]


def test_divergences_and_short_chains_are_problems_and_constants_are_not():
    draws = np.random.default_rng(0).normal(size=(4, 500))
    assert agreement(idata(draws, diverging=3), ["x"])[2] == ["3 divergent draws"]
    assert "fewer than 400" in agreement(idata(draws[:, :50]), ["x"])[2][-1]
    assert agreement(idata(np.ones((4, 500))), ["x"]) == ({}, {}, [])


def test_an_unknown_sampler_is_named():
    with pytest.raises(InputError, match="no such sampler"):
        sample(lambda at: jnp.sum(at["x"] ** 2), {"x": jnp.zeros((2, 1))}, 1, 4, "gibbs", 0)
