import numpy as np
import pytest
from scipy.optimize import linprog

from comity.assistance.solving.pruning import undominated


def useful_by_linear_programs(vectors):
    """Which vectors are best by a margin somewhere, one linear program for each."""
    found = []
    n, types = vectors.shape
    for k in range(n):
        others = np.delete(vectors, k, axis=0)
        program = linprog(
            np.append(np.zeros(types), -1.0),
            A_ub=np.hstack([others - vectors[k], np.ones((n - 1, 1))]),
            b_ub=np.zeros(n - 1),
            A_eq=np.append(np.ones(types), 0.0)[None],
            b_eq=[1.0],
            bounds=[(0, 1)] * types + [(None, None)],
        )
        if -program.fun > 1e-7:
            found.append(k)
    return found


@pytest.mark.parametrize("types", [2, 3, 5, 7])
@pytest.mark.parametrize("seed", range(4))
def test_keeps_what_linear_programs_keep(types, seed):
    vectors = np.random.default_rng(seed).normal(size=(25, types))
    assert undominated(vectors, 1e-9).tolist() == useful_by_linear_programs(vectors)


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_lost_at_any_belief(seed):
    rng = np.random.default_rng(seed)
    vectors = np.round(rng.normal(size=(60, 4)), 1)  # With ties and duplicates.
    kept = undominated(vectors, 1e-9)
    beliefs = rng.dirichlet(np.full(4, 0.3), size=2_000)
    assert np.allclose((vectors[kept] @ beliefs.T).max(axis=0), (vectors @ beliefs.T).max(axis=0))


def test_one_of_equal_vectors_stays():
    vectors = np.array([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]])
    assert len(undominated(vectors, 1e-9)) == 1


def test_a_mixture_of_others_makes_a_vector_useless():
    vectors = np.array([[1.0, 0, 0], [0, 1, 0], [0, 0, 1], [1 / 3, 1 / 3, 1 / 3]])
    assert undominated(vectors, 1e-9).tolist() == [0, 1, 2]
    vectors[3] += 1e-3
    assert undominated(vectors, 1e-9).tolist() == [0, 1, 2, 3]


def test_tolerance_is_what_may_be_lost(rng):
    vectors = rng.normal(size=(200, 3))
    kept = undominated(vectors, 0.3)
    beliefs = rng.dirichlet(np.ones(3), size=2_000)
    lost = (vectors @ beliefs.T).max(axis=0) - (vectors[kept] @ beliefs.T).max(axis=0)
    assert len(kept) < len(undominated(vectors, 1e-9))
    assert lost.max() <= 0.3


def test_one_type_needs_one_vector():
    assert undominated(np.array([[1.0], [3.0], [2.0]]), 1e-9).tolist() == [1]
