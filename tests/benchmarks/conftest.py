"""The benchmarks are scripts: make them importable, and pass over a copy that lacks them."""

import sys
from pathlib import Path

import numpy as np
import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
collect_ignore_glob = [] if BENCHMARKS.is_dir() else ["*"]
sys.path.append(str(BENCHMARKS))


@pytest.fixture
def crowd():
    """Made-up campers: a dialogue for every pair of rankings, beliefs drawn at random."""
    from casino_people import BELIEFS, People

    def make(seed=0):
        rng = np.random.default_rng(seed)
        pairs = np.array([(a, b) for a in range(6) for b in range(6)])
        held_of = rng.dirichlet(np.ones(6), pairs.size)
        inferred = held_of.reshape(-1, 2, 6)[:, ::-1].reshape(-1, 6)
        uniform = np.full(held_of.shape, 1 / 6)
        return People(
            kind=pairs.ravel(),
            other=pairs[:, ::-1].ravel(),
            role=np.tile([0, 1], len(pairs)),
            points=rng.integers(5, 30, pairs.size).astype(float),
            satisfaction=rng.integers(1, 6, pairs.size).astype(float),
            walked=np.zeros(len(pairs), dtype=bool),
            efficient=np.ones(len(pairs), dtype=bool),
            best_joint=np.full(len(pairs), 39.0),
            beliefs=dict(zip(BELIEFS, (uniform, uniform, inferred, inferred), strict=True)),
            held_of=held_of,
            calibration=None,
        )

    return make
