"""Same seed, same answer."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.core.randomness import as_generator, spawn_seeds


def test_a_generator_stays_itself():
    generator = np.random.default_rng(1)
    assert as_generator(generator) is generator


def test_same_seed_same_draws():
    assert as_generator(7).random() == as_generator(7).random()
    assert as_generator(None).random() != as_generator(None).random()


def test_seeds_are_reproducible_and_differ():
    seeds = spawn_seeds(3, 100)
    assert seeds == spawn_seeds(3, 100)
    assert len(set(seeds)) == 100


@pytest.mark.parametrize("rng", [-1, "x", 1.5, True, [1, -1]])
def test_what_is_no_seed(rng):
    with pytest.raises(InputError, match=r"rng: not a seed .* expected a whole number, 0 or more"):
        as_generator(rng)


def test_numpy_integers_are_seeds():
    assert as_generator(np.int64(3)).random() == as_generator(3).random()
