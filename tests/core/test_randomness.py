"""Same seed, same answer."""

import numpy as np

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
