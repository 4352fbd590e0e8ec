import numpy as np
import pytest

from comity.learning.crossplay import intervals
from comity.learning.crossplay.intervals import averaged, crossed, less, lowest, over_seeds, own

MATRIX = np.array([[5.0, 1.0, 2.0], [3.0, 6.0, 0.0], [1.0, 2.0, 7.0]])


def test_figures_of_all_seeds():
    once = np.ones((1, 3))
    assert own(MATRIX)(once)[0] == 6.0
    assert crossed(MATRIX)(once)[0] == pytest.approx(9 / 6)
    assert averaged(MATRIX[:, 0])(once)[0] == 3.0
    assert lowest(MATRIX)(once)[0] == 3.0
    assert less(own(MATRIX), crossed(MATRIX))(once)[0] == pytest.approx(4.5)


def test_a_seed_drawn_twice_is_no_stranger_to_itself():
    counts = np.array([[2.0, 1.0, 0.0], [3.0, 0.0, 0.0]])
    found = crossed(MATRIX)(counts)
    assert found[0] == pytest.approx((2 * 1.0 + 2 * 3.0) / 4)
    assert np.isnan(found[1])
    assert own(MATRIX)(counts)[0] == pytest.approx((2 * 5 + 6) / 3)


def test_one_seed_tells_of_its_games_alone():
    found = over_seeds(own(MATRIX[:1, :1]), 1, 0, 0.95, errors=0.5)
    assert found.value == 5.0
    assert found.high - found.value == pytest.approx(0.98, abs=0.01)
    assert "one seed" in found.method
    assert over_seeds(crossed(MATRIX[:1, :1]), 1, 0, 0.95).kind == "unknown"


def test_the_interval_of_a_mean_is_about_students():
    from scipy.stats import t

    samples = np.random.default_rng(0).normal(size=12)
    found = over_seeds(averaged(samples), 12, 1, 0.95)
    half = t.ppf(0.975, 11) * samples.std(ddof=1) / np.sqrt(12)
    assert found.high - found.low == pytest.approx(2 * half, rel=0.03)


def test_one_pair_tells_nothing_of_others():
    found = over_seeds(crossed(MATRIX[:2, :2]), 2, 0, 0.95)
    assert (found.value, found.low, found.high) == (2.0, -np.inf, np.inf)
    assert "one pair" in found.method
    assert np.isfinite(over_seeds(own(MATRIX[:2, :2]), 2, 0, 0.95).high)


def strangers(rng, seeds):
    """Return scores of agents that have a skill each and pairs a fit: 0 on average over pairs."""
    skill = rng.normal(size=seeds)
    fit = rng.normal(size=(seeds, seeds))
    return skill[:, None] + skill + fit + fit.T + 100 * np.eye(seeds)


def outsiders(rng, seeds):
    """Return scores with three partners, with whom all agents do alike but for chance: 0."""
    return rng.normal(size=(seeds, 3)) + np.array([0.0, 0.0, 1.0])


PLANTED = {
    "cross-play": lambda rng, seeds: crossed(strangers(rng, seeds)),
    "a partner": lambda rng, seeds: averaged(outsiders(rng, seeds)[:, 0]),
    "worst partner": lambda rng, seeds: lowest(outsiders(rng, seeds)),
}


@pytest.mark.parametrize("seeds", [3, 8])
@pytest.mark.parametrize("planted", PLANTED)
def test_intervals_cover_what_was_planted_even_for_few_seeds(planted, seeds, monkeypatch):
    monkeypatch.setattr(intervals, "DRAWS", 500)
    rng, runs = np.random.default_rng(2), 200
    covered = 0
    for run in range(runs):
        found = over_seeds(PLANTED[planted](rng, seeds), seeds, run, 0.9)
        covered += found.low <= 0 <= found.high
    assert 0.83 <= covered / runs <= 0.99
